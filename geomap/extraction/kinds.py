"""Which types may name one happening: an attack is also a bombing, "the crash" a derailment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.extraction.happening import Happening
    from geomap.extraction.tellings import Telling
    from geomap.ontology import EventType

# Families whose types may name one happening: an attack is also a bombing or a shooting.
ARMED = frozenset({"strike", "battle", "violence"})
_ACCIDENTS = frozenset({"transport", "technological"})
_HAZARDS = frozenset({"meteorological", "hydrological", "geophysical"})
_MISHAPS = _ACCIDENTS | _HAZARDS
_DROWNING = frozenset({"technological", "hydrological", "meteorological", "geophysical"})
APART = frozenset({"detention", "abduction", "territory_capture", "siege"})
_FOUGHT = ARMED | {"unrest", "effect"}
_OF_PEOPLE = frozenset({"detention", "abduction"})
_EXPLOSIVE = frozenset({"bombing", "industrial_accident", "sabotage"})
_ONE_FAMILY = (frozenset({"strike"}), frozenset({"violence"}), frozenset({"unrest"}))

# What a general noun with an article may take up: "the crash" a derailment, "the blast" a bombing.
_GENERAL: Mapping[str, frozenset[str]] = {
    "attack": ARMED,
    "killing": ARMED,
    "explosion": frozenset({"strike", "violence", "technological"}),
    "accident": _ACCIDENTS,
    "road_accident": _ACCIDENTS,
}

VAGUE = frozenset({"attack", "killing", "explosion"})  # what a closer noun may take up
HARMLESS = frozenset({"diplomacy", "posture", "alert", "cyber", "air_defense"})


def names(types: Mapping[str, EventType], general: str, name: str) -> bool:
    """Tell whether a noun for one type may take up another: "the crash" a derailment."""
    if general != name and name in APART:
        return False  # "that killing" is no arrest
    if name in VAGUE and types[general].family in ARMED - {"battle"} and general not in APART:
        return True  # "the bombing" an attack
    return general == name or types[name].family in _GENERAL.get(general, ())


def takes_up(types: Mapping[str, EventType], telling: Telling, happening: Happening) -> bool:
    """Tell whether a telling by "the" takes up a happening that was told before it."""
    if not telling.definite or telling.fresh:
        return False
    before = happening.said.types_before(telling.cue.index)
    return any(names(types, telling.cue.type, other) for other in before)


def heads(a: EventType, b: EventType) -> bool:
    """Tell whether a headline may name by one type what the text below names by the other.

    "Gangs overrun a town" is an attack, a "launch collision" a shipwreck.
    """
    families = {a.family, b.family}
    return not {a.name, b.name} & _OF_PEOPLE and (families <= ARMED or families <= _ACCIDENTS)


def kin(a: EventType, b: EventType) -> bool:
    """Tell whether two types that are not alike may still be told of one happening.

    A raid is a gunfight and the capture of a town, a pit that collapses a landslide; a flood and a
    landslide are two.
    """
    names, families = {a.name, b.name}, {a.family, b.family}
    if a.effect or b.effect or names & _OF_PEOPLE or families <= _HAZARDS:
        return False
    if "explosion" in names and families & _MISHAPS:
        return True  # a tanker that overturns blows up
    if families == {"technological", "biological"}:
        return True  # a leak of gas makes people ill
    if "transport" in families and families & _HAZARDS:
        return False  # what a landslide derails has dead of its own
    return families <= ARMED or families <= _MISHAPS


def alike(a: EventType, b: EventType) -> bool:
    """Tell whether two types may name one happening."""
    names, families = {a.name, b.name}, {a.family, b.family}
    if a.name == b.name or names == {"fire", "wildfire"}:
        return True
    if a.effect or b.effect or names & APART:
        return False
    if "attack" in names and families <= ARMED:
        return True
    if "explosion" in names and names & _EXPLOSIVE:
        return True
    if "accident" in names and (families <= _ACCIDENTS or families <= _DROWNING):
        return True  # people also drown in a flood, a storm, a shipwreck
    return families in _ONE_FAMILY


def is_fought(a: EventType, b: EventType) -> bool:
    """Tell whether fighting, which is one, may be what the other is: no arrest, and no crash."""
    return {a.family, b.family} <= _FOUGHT and not {a.name, b.name} & _OF_PEOPLE
