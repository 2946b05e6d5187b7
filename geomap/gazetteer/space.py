"""From a place to its geometry, and from a position to the places around it."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.gazetteer.codec import decode
from geomap.gazetteer.schema import KINDS, SCALE
from geomap.geo import distance_km
from geomap.model import PlaceKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geomap.model import Place, Point

_WIDTH = {PlaceKind.ADMIN2: 0, PlaceKind.ADMIN1: 1, PlaceKind.COUNTRY: 2}
_CACHED_SHAPES = 64
_KM_PER_DEGREE = 111.2


class Space:
    """Lookups by position in an open gazetteer."""

    def __init__(self, database: sqlite3.Connection, place: Callable[[int], Place]) -> None:
        self._execute = database.execute
        self._place = place
        self.shape = lru_cache(_CACHED_SHAPES)(self._read_shape)

    def _read_shape(self, number: int) -> Any | None:
        row = self._execute("SELECT data FROM shape WHERE place = ?", (number,)).fetchone()
        return decode(row[0]) if row else None

    @lru_cache(_CACHED_SHAPES)  # noqa: B019 - a store lives as long as its process
    def border(self, first: str, second: str | None) -> Any | None:
        """Return the land border of two countries, or all land borders of one."""
        query = (
            "SELECT data FROM border WHERE (a = ?1 OR b = ?1) AND (?2 IS NULL OR a = ?2 OR b = ?2)"
        )
        lines = [decode(data) for (data,) in self._execute(query, (first, second)).fetchall()]
        parts = [part for line in lines for part in line.geoms]
        return shapely.MultiLineString(parts) if parts else None

    @cached_property
    def _areas(self) -> tuple[NDArray[np.int64], Any]:
        """Return the numbers of all areas with a shape, and a tree of their boxes."""
        kinds = ",".join(str(KINDS.index(kind)) for kind in _WIDTH)
        rows = self._execute(
            "SELECT place, west, south, east, north FROM shape JOIN place ON place.id = place"  # noqa: S608 - numbers
            f" WHERE kind IN ({kinds}) ORDER BY place"
        ).fetchall()
        table = np.array(rows, dtype=np.float64)
        return table[:, 0].astype(np.int64), shapely.STRtree(shapely.box(*table[:, 1:].T))

    def containing(self, point: Point) -> tuple[Place, ...]:
        """Return the areas and the country around a point, the narrowest first."""
        numbers, tree = self._areas
        spot = shapely.Point(point.lon, point.lat)
        found = []
        for index in sorted(tree.query(spot)):
            shape = self.shape(int(numbers[index]))
            if shape is not None and shape.covers(spot):
                found.append(self._place(int(numbers[index])))
        return tuple(sorted(found, key=lambda place: (_WIDTH[place.kind], place.id)))

    @cached_property
    def _towns(self) -> tuple[NDArray[np.int64], ...]:
        """Return number, longitude, latitude and population of the towns, by latitude."""
        rows = self._execute(
            "SELECT id, lon, lat, coalesce(population, 0) FROM place WHERE kind = ?"
            " AND lat IS NOT NULL ORDER BY lat, id",
            (KINDS.index(PlaceKind.CITY),),
        ).fetchall()
        return tuple(np.array(rows, dtype=np.int64).T)

    def nearest(
        self, point: Point, limit: int, min_population: int
    ) -> tuple[tuple[Place, float], ...]:
        """Return the nearest populated places with their distance in km, the nearest first."""
        reach_deg = 0.5
        while True:
            found = self._within(point, reach_deg, min_population)
            certain = [pair for pair in found if pair[1] <= reach_deg * _KM_PER_DEGREE]
            if len(certain) >= limit or reach_deg > 180:
                return tuple((certain or found)[:limit])
            reach_deg *= 3

    def _within(
        self, point: Point, reach_deg: float, min_population: int
    ) -> list[tuple[Place, float]]:
        """Return the towns in a band of latitudes, the nearest first."""
        numbers, lons, lats, populations = self._towns
        low, high = np.searchsorted(
            lats, [(point.lat - reach_deg) * SCALE, (point.lat + reach_deg) * SCALE]
        )
        east = np.abs(lons[low:high] / SCALE - point.lon)
        east = np.minimum(east, 360 - east) * np.cos(np.radians(point.lat))
        near = np.hypot(east, lats[low:high] / SCALE - point.lat)
        near[populations[low:high] < min_population] = np.inf
        best = np.argsort(near, kind="stable")[:64]
        places = [self._place(int(numbers[low + i])) for i in best if np.isfinite(near[i])]
        pairs = [(place, distance_km(point, place.point)) for place in places if place.point]
        return sorted(pairs, key=lambda pair: (pair[1], pair[0].id))
