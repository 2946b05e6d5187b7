"""Places as arrays: those that are judged, and those that are heard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import PlaceKind, noun
from geomap.resolve.sphere import Array, unit_vectors

if TYPE_CHECKING:
    from collections.abc import Hashable

    from geomap.model import Place
    from geomap.resolve.names import Name

Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]

WINDOW = 32
"""A name hears at least so many names before and after it."""

_WIDE = {PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.BLOC}


@noun
class Side:
    """Places as arrays, a row each: those that are judged, or those that vote.

    ``order`` is the number of the name in the document. Codes are -1 where there is none.
    """

    order: Codes
    key: Codes
    id: Codes
    country: Codes
    admin1: Codes
    area: Codes
    precise: Mask
    vector: Array
    parents: Sequence[frozenset[str]]
    ids: Sequence[str]


class Coder:
    """Give equal things equal numbers."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def _codes(self, things: Sequence[Hashable]) -> Codes:
        numbers = self._numbers
        return np.array(
            [-1 if thing is None else numbers.setdefault(thing, len(numbers)) for thing in things],
            dtype=np.int64,
        )

    def side(self, rows: Sequence[tuple[int, Place]], names: Sequence[Name]) -> Side:
        """Turn (number of the name, place) rows into arrays."""
        places = [place for _, place in rows]
        return Side(
            order=np.array([index for index, _ in rows], dtype=np.int64),
            key=self._codes([("key", names[index].key) for index, _ in rows]),
            id=self._codes([("id", place.id) for place in places]),
            country=self._codes([place.country for place in places]),
            admin1=self._codes([_admin1(place) for place in places]),
            area=self._codes([_area(place) for place in places]),
            precise=np.array([place.kind not in _WIDE for place in places], dtype=bool),
            vector=unit_vectors([place.point for place in places]),
            parents=[frozenset(place.parents) for place in places],
            ids=[place.id for place in places],
        )


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


def equal(rows: Codes, columns: Codes) -> Mask:
    """Tell for every pair whether two codes are the same and known."""
    same: Mask = (rows[:, None] == columns) & (rows[:, None] >= 0)
    return same
