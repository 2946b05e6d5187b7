"""Borders as one country sees them.

The default is the internationally recognized view. A viewpoint moves areas (Crimea, Kosovo,
Western Sahara …) to the country that they belong to in that view: their places, the polygons of
the countries and the border between them follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geomap.errors import GazetteerError
from geomap.gazetteer.codec import decode

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

Shape = Any


class Viewpoint:
    """Which areas belong to another country than by default; none without a ``code``."""

    def __init__(self, database: sqlite3.Connection, code: str | None) -> None:
        self._execute = database.execute
        self._owners: dict[str, str] = {}
        if code is None:
            return
        query = "SELECT area, country FROM viewpoint WHERE code = ?"
        self._owners.update(self._execute(query, (code,)).fetchall())
        if not self._owners:
            known = self._execute("SELECT DISTINCT code FROM viewpoint ORDER BY code").fetchall()
            codes = ", ".join(code for (code,) in known)
            raise GazetteerError(f"no viewpoint {code!r}; the source has {codes}")

    def __bool__(self) -> bool:
        return bool(self._owners)

    def owner(self, place_ids: Iterable[str]) -> str | None:
        """Return the country that the first moved area among ``place_ids`` belongs to, if any."""
        return next((self._owners[key] for key in place_ids if key in self._owners), None)

    def country_shape(self, code: str, shape_of: Callable[[str], Shape | None]) -> Shape | None:
        """Return the polygon of a country with what it gains and without what it loses."""
        shape = shape_of(f"country:{code}")
        gained = [area for area, owner in self._owners.items() if owner == code]
        lost = [area for area, owner in self._owners.items() if owner != code]
        for area in gained:
            shape = shapely.union_all([shape, shape_of(area)])
        for area in lost:
            other = shape_of(area)
            if shape is not None and other is not None and f"country:{code}" != area:
                shape = shapely.difference(shape, other)
        return shape

    def border(self, first: str, second: str | None) -> list[Shape]:
        """Return the parts of the land border of two countries, or of one with all others."""
        rows = self._execute("SELECT a, b, data FROM border ORDER BY a, b").fetchall()
        parts = [
            part
            for a, b, data in rows
            if _is_between((self._now(a), self._now(b)), first, second)
            for part in decode(data).geoms
        ]
        return parts + self._new_parts(first, second) if self else parts

    def _now(self, code: str) -> str:
        return self._owners.get(f"country:{code}", code)

    def _new_parts(self, first: str, second: str | None) -> list[Shape]:
        """Return boundaries of moved areas that are borders now: Crimea's with Kherson."""
        rows = self._execute("SELECT area, neighbor, data FROM disputed").fetchall()
        return [
            part
            for area, neighbor, data in rows
            if area in self._owners and neighbor.startswith("admin1:")
            if _is_between((self._owners[area], neighbor[7:9]), first, second)
            for part in decode(data).geoms
        ]


def _is_between(pair: tuple[str, str], first: str, second: str | None) -> bool:
    if pair[0] == pair[1] or first not in pair:
        return False
    return second is None or second in pair
