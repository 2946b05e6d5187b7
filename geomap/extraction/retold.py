"""Join happenings of one kind that nothing tells apart: an event told anew further down.

News tells its event at the top, and again from the beginning below: "A farmer died when his tractor
rolled over near Dunmore … The accident happened on Thursday night". Two happenings of one kind
whose places, days, attackers and figures do not differ are one, unless a word says that there were
two ("another", "a week before").
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from geomap.extraction.agreement import APART, HARMLESS, NEAR_SENTENCES, alike

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happening import Happening
    from geomap.model import Range
    from geomap.ontology import EventType

_MOST = 24  # more happenings are a list or a table, which tells each once
# In a war one attack follows another, and few words tell two apart.
_WARS = frozenset({"strike", "battle"})
_GATHERINGS = frozenset({"unrest"})


def join_retold(happenings: Sequence[Happening], types: Mapping[str, EventType]) -> list[Happening]:
    """Return the happenings with those joined that only tell another one anew."""
    left = list(happenings)
    if len(left) > _MOST:
        return left
    while pair := _first_pair(left, types):
        first, second = pair
        for telling in second.tellings:
            first.add(telling)
        left.remove(second)
    return left


def _first_pair(
    happenings: Sequence[Happening], types: Mapping[str, EventType]
) -> tuple[Happening, Happening] | None:
    """Return two that are one; what several others could be is left alone."""
    same: dict[int, list[Happening]] = {}
    for a, b in combinations(happenings, 2):
        if _is_one(a, b, types):
            same.setdefault(id(a), []).append(b)
            same.setdefault(id(b), []).append(a)
    for happening in happenings:
        others = same.get(id(happening), [])
        if len(others) == 1 or (
            others and all(_is_one(*two, types) for two in combinations(others, 2))
        ):
            return happening, others[0]
    return None


def _is_one(a: Happening, b: Happening, types: Mapping[str, EventType]) -> bool:
    if a.parent is not None or b.parent is not None or a.said.is_told_back or b.said.is_told_back:
        return False
    if a.said.is_fresh or b.said.is_fresh or not _is_of_one_kind(a, b, types):
        return False
    return _same_ground(a, b) and _same_days(a, b) and _same_harm(a, b)


def _is_of_one_kind(a: Happening, b: Happening, types: Mapping[str, EventType]) -> bool:
    mine, theirs = (
        max((types[name] for name in one.said.first_of_type), key=lambda kind: kind.rank)
        for one in (a, b)
    )
    if mine.effect or theirs.effect or {mine.family, theirs.family} & _WARS:
        return False
    if a.said.is_toll != b.said.is_toll:
        cause = theirs if a.said.is_toll else mine
        near = a.distance(b.tellings[0].sentence) <= NEAR_SENTENCES
        return near and cause.family not in HARMLESS | _GATHERINGS and cause.name not in APART
    return alike(mine, theirs)


def _same_ground(a: Happening, b: Happening) -> bool:
    """Tell whether one is where the other is, or nowhere."""
    mine, theirs = a.said.ground, b.said.ground
    if mine.unknown - theirs.unknown and theirs.unknown - mine.unknown:
        return False
    if mine.size and theirs.size:
        return mine.overlaps(theirs)
    return not (mine.unknown or theirs.unknown)


def _same_days(a: Happening, b: Happening) -> bool:
    mine, theirs = a.said, b.said
    if mine.day_names and theirs.day_names and mine.day_names.isdisjoint(theirs.day_names):
        return False
    if mine.countries and theirs.countries and mine.countries.isdisjoint(theirs.countries):
        return False
    return not mine.days or not theirs.days or not mine.days.isdisjoint(theirs.days)


def _same_harm(a: Happening, b: Happening) -> bool:
    """Tell whether the figures of one kind are the same, or only one tells them."""
    mine, theirs = _figures(a), _figures(b)
    return all(
        any(_may_be_one(one, other) for one in mine[kind] for other in theirs[kind])
        for kind in mine.keys() & theirs.keys()
    )


def _may_be_one(a: Range, b: Range) -> bool:
    """Tell whether two figures have a number in common: "at least 20" and "23"."""
    low = max(one.low or 0 for one in (a, b))
    high = min((one.high for one in (a, b) if one.high is not None), default=low)
    return low <= high


def _figures(happening: Happening) -> dict[str, set[Range]]:
    found: dict[str, set[Range]] = {}
    for telling in happening.tellings:
        for toll in telling.tolls:
            found.setdefault(toll.kind, set()).add(toll.count)
    return found
