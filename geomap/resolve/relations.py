"""How the readings of a document's names stand to one another: worked out once, used in each pass.

A name hears the names near it (at least ``WINDOW`` before and after), so that time and memory grow
with the length of the document. Within that window every pair of readings is compared at once.
"""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from math import log2
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import PlaceKind, noun
from geomap.resolve.sphere import Array, pairwise_km, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from geomap.model import Place
    from geomap.resolve.names import Name

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

WINDOW = 32
FAR = float(np.log1p(20_100.0))
"""ln(1 + km) to the far side of the Earth: what stands for "no distance"."""

_WIDE = {PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.BLOC}
_MOST_PARENTS = 6
_NOBODY = -1
_NOWHERE = -2


@noun
class Block:
    """Readings that are judged (rows) and those that are heard (columns), pair by pair.

    ``rows`` and ``columns`` are their positions in the document. ``same_name`` tells that both are
    of one name or of names spelt alike, ``itself`` that they are of one name. ``inside`` tells that
    the judged place lies in the heard one, ``holds`` the reverse. ``starts`` are the first columns
    of the heard names, and ``telling`` how much each of them tells.
    """

    rows: slice
    columns: slice
    apart: Array
    same_name: Mask
    itself: Mask
    same_place: Mask
    same_country: Mask
    same_admin1: Mask
    inside: Mask
    holds: Mask
    log_km: Array
    starts: Codes
    telling: Array


class Relations:
    """All readings of a document, a row each, and how they stand to one another."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._names = names
        self.offsets = offsets_of(names)
        self._rows = [(n, one.place) for n, name in enumerate(names) for one in name.readings]
        places = [place for _, place in self._rows]
        coder = _Coder()
        self.order = np.array([n for n, _ in self._rows], dtype=np.int64)
        self._key = coder.codes([names[n].key for n, _ in self._rows])
        self._id = coder.codes([("id", place.id) for place in places])
        self._country = coder.codes([place.country for place in places])
        self._admin1 = coder.codes([_admin1(place) for place in places])
        self._area = coder.codes([_area(place) for place in places])
        self._parents = coder.parents(places)
        self._precise = np.array([place.kind not in _WIDE for place in places], dtype=bool)
        self._vector = unit_vectors([place.point for place in places])

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The document cut into runs of names, each with what it hears."""
        count = len(self._names)
        return tuple(
            self._block(first, min(count, first + WINDOW))
            for first in range(0, count, WINDOW)
            if self.offsets[first] < self.offsets[min(count, first + WINDOW)]
        )

    def _block(self, first: int, last: int) -> Block:
        low, high = max(0, first - WINDOW), min(len(self._names), last + WINDOW)
        rows = slice(self.offsets[first], self.offsets[last])
        columns = slice(self.offsets[low], self.offsets[high])
        starts = sorted(set(self.offsets[low:high]) - {self.offsets[high]})
        return Block(
            rows=rows,
            columns=columns,
            apart=np.abs(self.order[rows, None] - self.order[columns]).astype(np.float64),
            same_name=self._key[rows, None] == self._key[columns],
            itself=self.order[rows, None] == self.order[columns],
            same_place=self._id[rows, None] == self._id[columns],
            same_country=_equal(self._country[rows], self._country[columns]),
            same_admin1=_equal(self._admin1[rows], self._admin1[columns]),
            inside=self._inside(rows, columns),
            holds=self._inside(columns, rows).T,
            log_km=self._log_km(rows, columns),
            starts=np.array(starts) - columns.start,
            telling=self._telling(starts, columns.stop),
        )

    def _inside(self, inner: slice, outer: slice) -> Mask:
        """Tell for every pair whether the first lies in the second."""
        area, parents = self._area[outer], self._parents[inner]
        held = _equal(self._country[inner], area) | _equal(self._admin1[inner], area)
        held |= (parents[:, :, None] == self._id[outer]).any(axis=1)
        result: Mask = held & (self._id[inner, None] != self._id[outer])
        return result

    def _log_km(self, rows: slice, columns: slice) -> Array:
        found = np.log1p(pairwise_km(self._vector[rows], self._vector[columns]))
        usable = ~np.isnan(found) & self._precise[columns]
        return np.where(usable, found, FAR)

    def _telling(self, starts: Sequence[int], stop: int) -> Array:
        """Return how much names tell: less, the more first-level areas they may lie in."""
        ends = [*starts[1:], stop]
        return np.array(
            [
                1 / log2(1 + len({(place.country, place.admin1) for _, place in self._rows[a:b]}))
                for a, b in zip(starts, ends, strict=True)
            ]
        )


def offsets_of(names: Sequence[Name]) -> tuple[int, ...]:
    """Return the first row of each name's readings, and the number of all rows."""
    return tuple(accumulate((len(name.readings) for name in names), initial=0))


class _Coder:
    """Gives equal things equal numbers."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def codes(self, things: Sequence[Hashable]) -> Codes:
        numbers = self._numbers
        return np.array(
            [
                _NOBODY if thing is None else numbers.setdefault(thing, len(numbers))
                for thing in things
            ],
            dtype=np.int64,
        )

    def parents(self, places: Sequence[Place]) -> Codes:
        """Return the codes of each place's parents, a row a place, filled up with none."""
        get = self._numbers.get
        rows = [
            (
                [get(("id", parent), _NOWHERE) for parent in place.parents]
                + [_NOWHERE] * _MOST_PARENTS
            )[:_MOST_PARENTS]
            for place in places
        ]
        return np.array(rows, dtype=np.int64).reshape(-1, _MOST_PARENTS)


def _admin1(place: Place) -> tuple[str, str] | None:
    """Return the first-level area that a place is in or is."""
    if place.country is None:
        return None
    name = place.name if place.kind is PlaceKind.ADMIN1 else place.admin1
    return (place.country, name) if name else None


def _area(place: Place) -> Hashable:
    """Return what others would carry as country or first-level area if they lay in this place."""
    if place.kind is PlaceKind.COUNTRY:
        return place.country
    return _admin1(place) if place.kind is PlaceKind.ADMIN1 else None


def _equal(rows: Codes, columns: Codes) -> Mask:
    """Tell for every pair whether two codes are the same and known."""
    same: Mask = (rows[:, None] == columns) & (rows[:, None] >= 0)
    return same
