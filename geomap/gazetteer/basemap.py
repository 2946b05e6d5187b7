"""What lies under a map: land, borders, first-level areas and towns of a part of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geomap.gazetteer.codec import read_rings
from geomap.gazetteer.mesh import mesh
from geomap.gazetteer.schema import KINDS, SCALE
from geomap.model import Place, PlaceKind, noun

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    Shapes = NDArray[np.object_]
    Corners = NDArray[np.float64]
    Chosen = Any  # an array of bool; numpy types a comparison by tuples as either

Bounds = tuple[float, float, float, float]

_WORLD_DETAIL_DEG = 0.15
_LEAST_WORLD_DEG = 0.5  # an island smaller than this is not seen where the world is in outline
#: A first-level area is drawn if its side is at least this share of the window's: smaller ones
#: (Slovenia's municipalities) would cover the map with lines.
_LEAST_AREA_SHARE = 1 / 60
_DATASET = "Natural Earth 10m"


@noun
class Basemap:
    """Arrays of polygons or lines (lon, lat) in a window, in full detail, and the world in outline.

    ``world_land`` is the land of the whole world, simplified. ``provinces`` are borders of
    first-level areas. ``countries`` come with their width in degrees, the widest first. ``towns``
    are in order of population. ``dataset`` names the source.
    """

    land: Shapes
    lakes: Shapes
    borders: Shapes
    disputed: Shapes
    provinces: Shapes
    world_land: Shapes
    countries: tuple[tuple[Place, float], ...]
    towns: tuple[Place, ...]
    dataset: str = _DATASET


class _Reader:
    """Reads the shapes of a window (west, south, east, north)."""

    def __init__(
        self, database: sqlite3.Connection, place: Callable[[int], Place], window: Bounds
    ) -> None:
        self.execute = database.execute
        self.place = place
        self.window = window

    def blobs(self, kind: PlaceKind, least_deg: float = 0.0) -> dict[int, bytes]:
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
        return dict(rows.fetchall())

    def countries(self, numbers: Iterable[int]) -> tuple[tuple[Place, float], ...]:
        widths = dict(self.execute("SELECT place, east - west FROM shape").fetchall())
        ordered = sorted(numbers, key=lambda number: (-widths[number], number))
        return tuple((self.place(number), widths[number]) for number in ordered)

    def polygons(self, blobs: Iterable[bytes]) -> Shapes:
        return self.clipped(read_rings(blobs, self.inside).polygons())

    def lines(self, blobs: Iterable[bytes]) -> Shapes:
        return self.clipped(read_rings(blobs, self.inside).lines())

    def inside(self, lower: Corners, upper: Corners) -> Chosen:
        """Tell which parts, by their corners, reach into the window."""
        west, south, east, north = self.window
        reaches: Chosen = ((lower < (east, north)) & (upper > (west, south))).all(axis=1)
        return reaches

    def clipped(self, shapes: Shapes) -> Shapes:
        parts: Shapes = shapely.clip_by_rect(shapes, *self.window)
        kept: Shapes = parts[~shapely.is_empty(parts)]
        return kept

    def borders(self, countries: set[str | None]) -> Shapes:
        rows = self.execute("SELECT a, b, data FROM border ORDER BY a, b")
        return self.lines(data for a, b, data in rows if {a, b} <= countries)

    def towns(self, limit: int) -> tuple[Place, ...]:
        west, south, east, north = (round(edge * SCALE) for edge in self.window)
        rows = self.execute(
            "SELECT id FROM place WHERE kind = ? AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
            " AND population > 0 ORDER BY population DESC, id LIMIT ?",
            (KINDS.index(PlaceKind.CITY), west, east, south, north, limit),
        )
        return tuple(self.place(number) for (number,) in rows.fetchall())

    def provinces(self) -> Shapes:
        west, _, east, _ = self.window
        blobs = self.blobs(PlaceKind.ADMIN1, (east - west) * _LEAST_AREA_SHARE)
        return self.clipped(mesh(read_rings(blobs.values(), self.inside)))

    def lakes(self) -> Shapes:
        return self.polygons(self.column("SELECT data FROM layer WHERE name = 'lakes'"))

    def disputed(self) -> Shapes:
        return self.lines(self.column("SELECT data FROM disputed ORDER BY area, neighbor"))

    def column(self, query: str, values: tuple[float, ...] = ()) -> Iterator[bytes]:
        return (data for (data,) in self.execute(query, values))


def _seen_afar(lower: Corners, upper: Corners) -> Chosen:
    seen: Chosen = (upper - lower > _LEAST_WORLD_DEG).any(axis=1)
    return seen


def read_world(database: sqlite3.Connection) -> Shapes:
    """Read the land of the whole world, coarsely, from an open gazetteer file."""
    rows = database.execute(
        "SELECT data FROM shape JOIN place ON place.id = shape.place WHERE kind = ?"
        " AND max(east - west, shape.north - shape.south) > ? ORDER BY place.id",
        (KINDS.index(PlaceKind.COUNTRY), _LEAST_WORLD_DEG),
    )
    shapes = read_rings((data for (data,) in rows), _seen_afar).polygons()
    simple = shapely.simplify(shapes, _WORLD_DETAIL_DEG, preserve_topology=False)
    kept: Shapes = simple[~shapely.is_empty(simple)]
    return kept


def read_basemap(
    database: sqlite3.Connection,
    place: Callable[[int], Place],
    window: Bounds,
    *,
    towns: int,
    world_land: Shapes,
) -> Basemap:
    """Read the basemap of ``window`` from an open gazetteer file, but for the land of the world."""
    reader = _Reader(database, place, window)
    lands = reader.blobs(PlaceKind.COUNTRY)
    countries = reader.countries(lands)
    return Basemap(
        land=reader.polygons(lands.values()),
        borders=reader.borders({country.country for country, _ in countries}),
        provinces=reader.provinces(),
        lakes=reader.lakes(),
        disputed=reader.disputed(),
        world_land=world_land,
        countries=countries,
        towns=reader.towns(towns),
    )
