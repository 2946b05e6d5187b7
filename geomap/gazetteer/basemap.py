"""What lies under a map: land, borders, first-level areas and towns of a part of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.gazetteer.codec import decode
from geomap.gazetteer.schema import KINDS, SCALE
from geomap.model import Place, PlaceKind, noun

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

Bounds = tuple[float, float, float, float]

_WORLD_DETAIL_DEG = 0.15
_LEAST_WORLD_DEG = 0.5  # an island smaller than this is not seen where the world is in outline
#: A first-level area is drawn if its side is at least this share of the window's: smaller ones
#: (Slovenia's municipalities) would cover the map with lines.
_LEAST_AREA_SHARE = 1 / 60
_DATASET = "Natural Earth 10m"


@noun
class Basemap:
    """Geometries (lon, lat) clipped to a window, at full detail, and the world in outline.

    ``world_land`` is the land of the whole world, simplified. ``provinces`` are borders of
    first-level areas. ``towns`` are in order of population. ``dataset`` names the source.
    """

    land: Any
    borders: Any
    provinces: Any
    world_land: Any
    countries: tuple[Place, ...]
    towns: tuple[Place, ...]
    lakes: Any = None
    disputed: Any = None
    dataset: str = _DATASET


class _Reader:
    """Reads the shapes of a window (west, south, east, north)."""

    def __init__(
        self, database: sqlite3.Connection, place: Callable[[int], Place], window: Bounds
    ) -> None:
        self.execute = database.execute
        self.place = place
        self.window = window

    def shapes(self, kind: PlaceKind, least_deg: float = 0.0) -> dict[int, Any]:
        """Return the shapes of a kind that reach into the window, by number of the place.

        ``least_deg`` is the least width and height.
        """
        west, south, east, north = self.window
        rows = self.execute(
            "SELECT place.id, data FROM shape JOIN place ON place.id = shape.place WHERE kind = ?"
            " AND west < ? AND east > ? AND shape.south < ? AND shape.north > ?"
            " AND east - west >= ? AND shape.north - shape.south >= ? ORDER BY place.id",
            (KINDS.index(kind), east, west, north, south, least_deg, least_deg),
        )
        return {number: decode(data, self.inside) for number, data in rows.fetchall()}

    def inside(self, lower: Any, upper: Any) -> Any:
        """Tell which parts, by their corners, reach into the window."""
        west, south, east, north = self.window
        return np.all(lower < (east, north), axis=1) & np.all(upper > (west, south), axis=1)

    def clipped(self, shapes: list[Any]) -> Any:
        parts = [shapely.clip_by_rect(shape, *self.window) for shape in shapes]
        return shapely.GeometryCollection([part for part in parts if not part.is_empty])

    def borders(self, countries: set[str | None]) -> Any:
        rows = self.execute("SELECT a, b, data FROM border ORDER BY a, b").fetchall()
        return self.clipped(
            [decode(data, self.inside) for a, b, data in rows if {a, b} <= countries]
        )

    def towns(self, limit: int) -> tuple[Place, ...]:
        west, south, east, north = (round(edge * SCALE) for edge in self.window)
        rows = self.execute(
            "SELECT id FROM place WHERE kind = ? AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
            " AND population > 0 ORDER BY population DESC, id LIMIT ?",
            (KINDS.index(PlaceKind.CITY), west, east, south, north, limit),
        )
        return tuple(self.place(number) for (number,) in rows.fetchall())

    def provinces(self) -> Any:
        west, _, east, _ = self.window
        shapes = self.shapes(PlaceKind.ADMIN1, (east - west) * _LEAST_AREA_SHARE)
        edges = self.clipped([shape.boundary for shape in shapes.values()])
        # Neighbors share their edges point by point; the union keeps each shared edge once.
        return shapely.line_merge(shapely.union_all(shapely.get_parts(edges)))

    def layer(self, name: str) -> Any:
        """Return a layer that belongs to no place, such as the lakes."""
        row = self.execute("SELECT data FROM layer WHERE name = ?", (name,)).fetchone()
        return self.clipped([decode(row[0])] if row else [])

    def disputed(self) -> Any:
        rows = self.execute("SELECT data FROM disputed ORDER BY area, neighbor").fetchall()
        return self.clipped([decode(data) for (data,) in rows])

    def world(self) -> Any:
        rows = self.execute(
            "SELECT data FROM shape JOIN place ON place.id = shape.place WHERE kind = ?"
            " AND (east - west > ? OR shape.north - shape.south > ?) ORDER BY place.id",
            (KINDS.index(PlaceKind.COUNTRY), _LEAST_WORLD_DEG, _LEAST_WORLD_DEG),
        )
        shapes = np.array([decode(data, _seen_afar) for (data,) in rows.fetchall()], dtype=object)
        simple = shapely.simplify(shapes, _WORLD_DETAIL_DEG, preserve_topology=False)
        return shapely.GeometryCollection([shape for shape in simple if not shape.is_empty])


def _seen_afar(lower: Any, upper: Any) -> Any:
    return np.any(upper - lower > _LEAST_WORLD_DEG, axis=1)


def read_basemap(
    database: sqlite3.Connection, place: Callable[[int], Place], window: Bounds, towns: int
) -> Basemap:
    """Read the basemap of ``window`` from an open gazetteer file."""
    reader = _Reader(database, place, window)
    lands = reader.shapes(PlaceKind.COUNTRY)
    countries = tuple(place(number) for number in lands)
    return Basemap(
        land=reader.clipped(list(lands.values())),
        borders=reader.borders({country.country for country in countries}),
        provinces=reader.provinces(),
        lakes=reader.layer("lakes"),
        disputed=reader.disputed(),
        world_land=reader.world(),
        countries=countries,
        towns=reader.towns(towns),
    )
