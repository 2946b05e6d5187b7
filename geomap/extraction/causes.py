"""The type of an event that is told by its dead alone: what the clause beside them says moved.

"A motorcyclist was killed when he struck a moose" has no word for a crash. Whoever died when a
vehicle did something met with an accident of its kind, if nobody is told to have done it; so did
who died when the wind or a slope did, or by a tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.company import belongs
from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.extraction.syntax import Syntax

# In order: a train is also a vehicle.
_ACCIDENTS = (
    ("train_derailment", ("train", "tram", "locomotive", "metro")),
    ("plane_crash", ("@aircraft", "glider", "balloon", "airliner", "microlight", "paraglider")),
    ("shipwreck", ("@vessel",)),
    ("road_accident", ("@vehicle", "rig", "quad", "camper", "lorry")),
    ("storm", ("wind", "gale", "gust", "storm", "hurricane", "typhoon", "cyclone", "tornado")),
    ("landslide", ("slope", "hillside", "mud", "boulder", "earth")),
    ("flood", ("floodwater", "river", "creek", "torrent", "dam")),
    ("accident", ("tree", "branch", "wall", "roof", "chimney", "balcony", "ceiling", "scaffold")),
)
_ROAD = "road_accident"
_RIDERS = ("motorcyclist", "biker", "cyclist", "bicyclist", "motorist", "trucker", "scooterist")
_MARKS = frozenset({"when", "after", "as", "while"})
_SLIPS = frozenset({"slip", "trip", "fall", "stumble", "tumble"})
_FALLS = _SLIPS | {"choke"}
_NOBODY = frozenset({"he", "she", "they", "it", "who", "which", "that"})


def accident_of(syntax: Syntax, harm: int) -> str | None:
    """Return the type of accident that a word of harm stands for, None where nothing tells."""
    by = syntax.subjects(harm) if syntax.is_passive(harm) else ()
    struck = _type_of(syntax, by)
    if struck is not None and struck != "plane_crash":  # "killed by jets" is no crash
        return struck  # "was killed by a falling branch"
    victims = syntax.objects(harm) or syntax.subjects(harm)
    riding = any(belongs(syntax, victim, _RIDERS) for victim in victims)
    for clause in _clauses(syntax, harm):
        movers = syntax.with_dep(clause, "nsubj", "nsubjpass")
        if riding and all(syntax.words[mover] in _NOBODY for mover in movers):
            return _ROAD
        by = syntax.subjects(clause) if syntax.is_passive(clause) else []
        name = _type_of(syntax, [*movers, *by])
        if name is not None:
            return name
        if not movers and syntax.lemmas[clause] in _FALLS:
            return "accident"  # "died after slipping on stairs"
    return _after(syntax, harm)


def _after(syntax: Syntax, harm: int) -> str | None:
    """Read "died after slipping on stairs", and "after a truck", if the parser lost what it did."""
    for verb in syntax.conjuncts(harm):
        name = _type_of(syntax, syntax.prepositional(verb, "after"))
        if name is not None:
            return name
        for after in syntax.with_dep(verb, "prep"):
            slips = syntax.with_dep(after, "pcomp") if syntax.words[after] == "after" else ()
            if any(syntax.lemmas[slip] in _SLIPS for slip in slips):
                return "accident"
    return None


def _type_of(syntax: Syntax, movers: Sequence[int]) -> str | None:
    """Return the type of accident that one of these things met with or made."""
    for name, things in _ACCIDENTS:
        if any(belongs(syntax, mover, things) for mover in movers):
            return name
    return None


def _clauses(syntax: Syntax, harm: int) -> Iterator[int]:
    """Yield the verbs of the clauses that tell on what occasion: "died when a bus lost its …"."""
    for after in syntax.with_dep(harm, "prep"):
        if syntax.words[after] in _MARKS:  # "died after being hit by a car"
            yield from syntax.with_dep(after, "pcomp")
    for clause in syntax.with_dep(harm, "advcl"):
        marks = syntax.with_dep(clause, "mark", "advmod")
        if any(syntax.words[mark] in _MARKS for mark in marks) and not _is_aimed(syntax, clause):
            yield from syntax.conjuncts(clause)


def _is_aimed(syntax: Syntax, clause: int) -> bool:
    """Tell whether somebody is told to have done it: "when a truck was fired on by rebels"."""
    armed = words("classes", "gunman") | words("classes", "military") | words("classes", "weapon")
    return any(syntax.lemmas[i] in armed for i in syntax.subtree(clause))
