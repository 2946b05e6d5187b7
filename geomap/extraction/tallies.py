"""Compare the figures that two happenings have: one told twice has them in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.extraction.happening import Happening
    from geomap.model import Range


def figures(happening: Happening) -> dict[str, set[Range]]:
    """Return the counts that are told of a happening, by kind of harm."""
    found: dict[str, set[Range]] = {}
    for telling in happening.tellings:
        for toll in telling.tolls:
            found.setdefault(toll.kind, set()).add(toll.count)
    return found


def numbers(happening: Happening) -> set[tuple[str, int]]:
    """Return the kinds of harm with their numbers, be they exact or bounds."""
    return {
        (kind, number)
        for kind, counts in figures(happening).items()
        for count in counts
        for number in [count.high if count.low is None else count.low]
        if number is not None
    }


def differ(mine: Mapping[str, set[Range]], theirs: Mapping[str, set[Range]]) -> bool:
    """Tell whether two have other counts of one kind of harm.

    One person told apart ("my neighbor was crushed") is one of several, and no other count.
    """
    for kind in mine.keys() & theirs.keys():
        a, b = _of_several(mine[kind]), _of_several(theirs[kind])
        if bool(a) != bool(b):
            continue
        if not any(_may_be_one(x, y) for x in a or mine[kind] for y in b or theirs[kind]):
            return True
    return False


def _of_several(counts: set[Range]) -> set[Range]:
    return {count for count in counts if (count.low or count.high or 0) > 1}


def _may_be_one(a: Range, b: Range) -> bool:
    """Tell whether two counts have a number in common: "at least 20" and "23"."""
    low = max(one.low or 0 for one in (a, b))
    high = min((one.high for one in (a, b) if one.high is not None), default=low)
    return low <= high
