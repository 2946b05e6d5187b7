"""The type of an event that is told by its dead alone: what the clause beside them says moved.

"A motorcyclist was killed when he struck a moose" has no word for a crash. Whoever died when a
vehicle did something met with an accident of its kind, if nobody is told to have done it; so did
who died when the wind or a slope did, by a tree, or after what they drank; who was hurt when two
bands fought, in a riot.
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
    ("volcano", ("volcano", "crater", "lava")),
    ("storm", ("wind", "gale", "gust", "storm", "hurricane", "typhoon", "cyclone", "tornado")),
    ("landslide", ("slope", "hillside", "mountainside", "mud", "boulder", "earth")),
    ("flood", ("floodwater", "river", "creek", "torrent", "dam")),
    ("accident", ("tree", "branch", "wall", "roof", "chimney", "balcony", "ceiling", "scaffold")),
    (
        "accident",
        ("stair", "stairs", "stairway", "staircase", "cable", "lift", "elevator", "swing"),
    ),
)
# What is done on the occasion, where what moved says nothing.
_DEEDS = (
    ("riot", frozenset({"fight", "brawl", "scuffle", "riot"})),
    ("landslide", frozenset({"slide"})),
    ("accident", frozenset({"drink", "eat", "inhale", "swallow", "breathe", "consume"})),
)
_BANDS = frozenset({"fan", "supporter", "student", "youth", "group", "wing", "inmate", "prisoner"})
_ROAD = "road_accident"
_RIDERS = ("motorcyclist", "biker", "cyclist", "bicyclist", "motorist", "trucker", "scooterist")
_MARKS = frozenset({"when", "after", "as", "while"})
_SLIPS = frozenset({"slip", "trip", "fall", "stumble", "tumble"})
_FALLS = _SLIPS | {"choke"}
# Weapons and gunmen of other classes, who may as well be anybody and anything.
_ANYBODY = frozenset({"driver", "mine", "object", "balloon", "debris"})
_BRAWLS = frozenset({"fight", "brawl", "scuffle", "melee"})
_NOBODY = frozenset({"he", "she", "they", "it", "who", "which", "that"})


def accident_of(syntax: Syntax, harm: int) -> str | None:
    """Return the type of accident that a word of harm stands for, None where nothing tells."""
    by = syntax.subjects(harm) if syntax.is_passive(harm) else ()
    struck = _type_of(syntax, by)
    if struck is not None and struck != "plane_crash":  # "killed by jets" is no crash
        return struck  # "was killed by a falling branch"
    if syntax.tokens[harm].pos not in {"VERB", "AUX"}:
        harm = syntax.clause_of(harm)  # "were confirmed dead", "bodies were found"
    victims = syntax.objects(harm) or syntax.subjects(harm)
    riding = any(belongs(syntax, victim, _RIDERS) for victim in victims)
    for clause in _clauses(syntax, harm):
        movers = _with_wholes(syntax, syntax.with_dep(clause, "nsubj", "nsubjpass"))
        if riding and all(syntax.words[mover] in _NOBODY for mover in movers):
            return _ROAD
        by = syntax.subjects(clause) if syntax.is_passive(clause) else []
        name = _type_of(syntax, [*movers, *by]) or _deed_of(syntax, clause, movers)
        if name is not None:
            return name
        if not movers and syntax.lemmas[clause] in _FALLS:
            return "accident"  # "died after slipping on stairs"
    return _after(syntax, harm)


def _with_wholes(syntax: Syntax, movers: Sequence[int]) -> list[int]:
    """Return what moved, and what it is a part of: "the cable of a ski lift"."""
    return [*movers, *(i for mover in movers for i in syntax.prepositional(mover, "of"))]


def _deed_of(syntax: Syntax, clause: int, movers: Sequence[int]) -> str | None:
    """Return the type that a verb stands for: "when two wings of the party fought"."""
    lemma = syntax.lemmas[clause]
    name = next((name for name, verbs in _DEEDS if lemma in verbs), None)
    if name == "riot" and _BANDS.isdisjoint(syntax.lemmas[i] for i in movers):
        return None
    return name


def _after(syntax: Syntax, harm: int) -> str | None:
    """Read "died after slipping on stairs", and "after a truck", if the parser lost what it did."""
    for verb in syntax.conjuncts(harm):
        before = syntax.prepositional(verb, "after", "in", "during")
        name = _type_of(syntax, syntax.prepositional(verb, "after"))
        if name is not None:
            return name
        if any(_is_brawl(syntax, noun) for noun in before):
            return "riot"
        for after in syntax.with_dep(verb, "prep"):
            slips = syntax.with_dep(after, "pcomp") if syntax.words[after] == "after" else ()
            if any(syntax.lemmas[slip] in _SLIPS for slip in slips):
                return "accident"
            deed = next((_deed_of(syntax, slip, ()) for slip in slips), None)
            if deed is not None:
                return deed
    return None


def _is_brawl(syntax: Syntax, noun: int) -> bool:
    """Tell whether a noun is a fight of bands: "a brawl between fans"."""
    if syntax.lemmas[noun] not in _BRAWLS:
        return False
    between = syntax.prepositional(noun, "between", "among", "of", "with")
    wholes = _with_wholes(syntax, between)
    return not _BANDS.isdisjoint(syntax.lemmas[i] for i in (*wholes, *syntax.modifiers(noun)))


def _type_of(syntax: Syntax, movers: Sequence[int]) -> str | None:
    """Return the type of accident that one of these things met with or made."""
    for name, things in _ACCIDENTS:
        if any(belongs(syntax, mover, things) for mover in movers):
            return name
    return None


def _clauses(syntax: Syntax, harm: int) -> Iterator[int]:
    """Yield the verbs of the clauses that tell on what occasion: "died when a bus lost its …"."""
    for verb in syntax.conjuncts(syntax.top_conjunct(harm)):
        for after in syntax.with_dep(verb, "prep"):
            if syntax.words[after] in _MARKS:  # "died after being hit by a car"
                yield from syntax.with_dep(after, "pcomp")
        for clause in [*syntax.with_dep(verb, "advcl"), *_on_days(syntax, verb)]:
            if is_occasion(syntax, verb, clause) and not _is_aimed(syntax, clause):
                yield from syntax.conjuncts(clause)


def _on_days(syntax: Syntax, verb: int) -> Iterator[int]:
    """Yield what parsers hang on a day: "on Monday when two bands fought"."""
    for preposition in syntax.with_dep(verb, "prep"):
        for day in syntax.with_dep(preposition, "pobj"):
            if syntax.entity_label(day) == "DATE":
                yield from syntax.with_dep(day, "relcl")


def is_occasion(syntax: Syntax, harm: int, clause: int) -> bool:
    """Tell whether a clause begins with "when" or "after", whichever way it was parsed."""
    if harm not in syntax.ancestors(clause):
        return False
    marks = syntax.with_dep(clause, "mark", "advmod")
    if any(syntax.words[mark] in _MARKS for mark in marks):
        return True
    # "After part of a road slid down a slope": its subject is hung on "after".
    return any(
        after < i < clause
        for after in syntax.with_dep(harm, "prep")
        if syntax.words[after] in _MARKS
        for i in syntax.with_dep(after, "pobj")
    )


def _is_aimed(syntax: Syntax, clause: int) -> bool:
    """Tell whether somebody is told to have done it: "when a truck was fired on by rebels"."""
    armed = words("classes", "gunman") | words("classes", "military") | words("classes", "weapon")
    armed -= words("classes", "people") | _ANYBODY
    return any(syntax.lemmas[i] in armed for i in syntax.subtree(clause))
