"""From a place to its geometry, and from a position to the places around it."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.gazetteer.codec import decode
from geomap.gazetteer.schema import KINDS, SCALE
from geomap.geo.arrays import distances_km
from geomap.model import PlaceKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from numpy.typing import NDArray

    from geomap.model import Place, Point

    Numbers = NDArray[np.int64]
    Towns = tuple[Numbers, ...]

_WIDTH = {PlaceKind.ADMIN2: 0, PlaceKind.ADMIN1: 1, PlaceKind.COUNTRY: 2}
_CACHED_SHAPES = 64
_TOWN = 15_000  # inhabitants: whoever asks for towns of this size does without five in six places
_BAND = 5 * SCALE  # of latitude, that towns are read by; of more than a few all are read at once
_MOST_BANDS = 3
_EVERYWHERE = 91 * SCALE
_KM_PER_DEGREE = 110.5  # of latitude, where it is shortest
_HALF_WORLD_KM = 20_100
_FIRST_REACH_KM = 40.0
_SHORTEST_RADIUS_KM = 6335.0


class Space:
    """Lookups by position in an open gazetteer."""

    def __init__(self, database: sqlite3.Connection, place: Callable[[int], Place]) -> None:
        self._execute = database.execute
        self._place = place
        self.shape = lru_cache(_CACHED_SHAPES)(self._read_shape)
        self._band = lru_cache(None)(self._read_band)

    def _read_shape(self, number: int) -> Any | None:
        row = self._execute("SELECT data FROM shape WHERE place = ?", (number,)).fetchone()
        return decode(row[0]) if row else None

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

    def _towns(self, low: float, high: float, min_population: int) -> Towns:
        """Return the towns between two latitudes and some around them, by latitude.

        The file has no index by position: what is asked for is read in bands and kept.
        """
        least = _TOWN if min_population >= _TOWN else 0
        first, last = int(low // _BAND), int(high // _BAND)
        if least or last - first > _MOST_BANDS:
            return self._band(least, None)
        bands = [self._band(least, band) for band in range(first, last + 1)]
        return tuple(np.concatenate(columns) for columns in zip(*bands, strict=True))

    def _read_band(self, least: int, band: int | None) -> Towns:
        """Return number, longitude, latitude and population of the towns, by latitude."""
        edges = (-_EVERYWHERE, _EVERYWHERE) if band is None else (band * _BAND, (band + 1) * _BAND)
        rows = self._execute(
            "SELECT id, lon, lat, coalesce(population, 0) AS people FROM place WHERE kind = ?"
            " AND lat >= ? AND lat < ? AND people >= ? ORDER BY lat, id",
            (KINDS.index(PlaceKind.CITY), *edges, least),
        ).fetchall()
        return tuple(np.array(rows, dtype=np.int64).reshape(-1, 4).T)

    def nearest(
        self, point: Point, limit: int, min_population: int
    ) -> tuple[tuple[Place, float], ...]:
        """Return the nearest populated places with their distance in km, the nearest first."""
        reach_km = _FIRST_REACH_KM
        while True:
            found = self.within(point, reach_km, min_population)
            if len(found) >= limit or reach_km > _HALF_WORLD_KM:
                return found[:limit]
            reach_km *= 3

    def within(
        self, point: Point, radius_km: float, min_population: int
    ) -> tuple[tuple[Place, float], ...]:
        """Return the populated places in a circle with their distance in km, the nearest first."""
        reach = radius_km / _KM_PER_DEGREE * SCALE
        south, north = point.lat * SCALE - reach, point.lat * SCALE + reach + 1
        numbers, lons, lats, populations = self._towns(south, north, min_population)
        low, high = np.searchsorted(lats, np.array([south, north]).astype(lats.dtype))
        near = low + np.flatnonzero(
            (populations[low:high] >= min_population)
            & (_east_west_km(point, lons[low:high], lats[low:high]) <= radius_km)
        )
        far_km = distances_km(point.lon, point.lat, lons[near] / SCALE, lats[near] / SCALE)
        order = np.lexsort((numbers[near], far_km))
        return tuple(
            (self._place(int(numbers[near[i]])), float(far_km[i]))
            for i in order
            if far_km[i] <= radius_km
        )


def _east_west_km(point: Point, lons: Numbers, lats: Numbers) -> NDArray[np.float64]:
    """Return how far off points would be on the parallel between: never more than they are.

    The haversine formula without its term of latitude, on a sphere no larger than the ellipsoid.
    """
    cosines = np.cos(np.radians(lats / SCALE)) * np.cos(np.radians(point.lat))
    chord = np.sqrt(np.maximum(cosines, 0)) * np.abs(
        np.sin(np.radians(lons / SCALE - point.lon) / 2)
    )
    far_km: NDArray[np.float64] = 2 * _SHORTEST_RADIUS_KM * np.arcsin(np.minimum(chord, 1))
    return far_km
