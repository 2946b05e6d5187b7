"""The tables written by hand: places, aliases, demonyms, representative points, everyday words.

A wrong row fails the build with its file and line; targets that mean nothing fail it all together.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer.build.entry import Entry
from geomap.model import GeoPrecision, PlaceKind, Point
from geomap.names import fold, is_acronym

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.gazetteer.build.world import World

SOURCE = "geomap curated"
PLACES = ("regions", "waters", "relief", "islands", "facilities", "districts", "blocs")
PLACE_COLUMNS = (
    "id", "name", "kind", "lat", "lon", "country", "admin1", "parent", "radius_km", "geonameid",
    "aliases", "reason",
)  # fmt: skip
_WIDE = {
    PlaceKind.CONTINENT, PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION,
    PlaceKind.BLOC, PlaceKind.SEA, PlaceKind.RIVER, PlaceKind.DESERT, PlaceKind.PENINSULA,
}  # fmt: skip
_HIERARCHY = {PlaceKind.CONTINENT, PlaceKind.COUNTRY, PlaceKind.ADMIN1}  # others lie in them
_NARROW = {PlaceKind.CITY, PlaceKind.FACILITY}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table, with where it stands."""

    path: Path
    number: int
    cells: dict[str, str]

    def error(self, message: str) -> GazetteerError:
        """Return an error that tells file and line."""
        return GazetteerError(f"{self.path.name}, line {self.number}: {message}")

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def point(self) -> Point | None:
        """Return the point of ``lat`` and ``lon``; ``None`` where both are empty."""
        if not self["lat"] and not self["lon"]:
            return None
        lat, lon = self.number_of("lat"), self.number_of("lon")
        if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):  # noqa: PLR2004 - degrees
            raise self.error(f"no position: lat {self['lat']!r}, lon {self['lon']!r}")
        return Point(lon=lon, lat=lat)

    def number_of(self, column: str) -> float | None:
        """Return a cell as a number; ``None`` where it is empty."""
        try:
            return float(self[column]) if self[column] else None
        except ValueError:
            raise self.error(f"{column} is {self[column]!r}, expected a number") from None

    def geonameid(self) -> int | None:
        """Return the GeoNames id, if the row has one."""
        number = self.number_of("geonameid")
        return None if number is None else int(number)


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[Line]:
    """Yield the rows of a CSV file whose header must be ``columns``; blank lines are skipped."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = tuple(next(reader, ()))
        if header != columns:
            raise GazetteerError(f"{path.name}, line 1: header {header}, expected {columns}")
        for cells in reader:
            line = Line(path, reader.line_num, dict(zip(columns, cells, strict=False)))
            if len(cells) != len(columns):
                raise line.error(f"{len(cells)} cells, expected {len(columns)}")
            if not line["reason"].strip():
                raise line.error("no reason")
            yield line


class Curator:
    """Adds the tables of a folder to the world, and collects the targets that mean nothing."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.folder = folder
        self.unknown: list[str] = []

    def add_points(self) -> None:
        """Give countries and areas their representative points, the measured ones first."""
        for table in ("points_measured", "points"):
            for line in self._lines(table, ("target", "lat", "lon", "geonameid", "reason")):
                if entry := self._target(line, line["target"]):
                    entry.point = line.point()

    def name_areas(self) -> None:
        """Call first-level areas by their English names; the local ones stay aliases."""
        for line in self._lines("area_names", ("target", "name", "reason")):
            if entry := self._target(line, line["target"]):
                entry.add_names([entry.name])
                entry.name = line["name"]

    def add_places(self) -> None:
        """Add the places, or their names and kind to a place that is there already."""
        lines = [line for table in PLACES for line in self._lines(table, PLACE_COLUMNS)]
        entries = [(line, self._place(line)) for line in lines]
        for line, entry in entries:
            self._set_parents(line, entry)

    def add_names(self) -> None:
        """Add aliases and demonyms to the places they mean."""
        for line in self._lines("aliases", ("alias", "target", "type", "reason")):
            if entry := self._target(line, line["target"]):
                entry.add_names([line["alias"]])
                if line["type"] == "abbreviation":
                    entry.abbreviations.add(line["alias"])
        for line in self._lines("demonyms", ("demonym", "target", "reason")):
            if entry := self._target(line, line["target"]):
                entry.add_names([line["demonym"]])

    def everyday(self) -> dict[str, float]:
        """Return by key how often a name is no place in running text."""
        priors: dict[str, float] = {}
        for line in self._lines("everyday", ("name", "prior", "reason")):
            prior = line.number_of("prior")
            if prior is None or not 0 <= prior <= 1:
                raise line.error(f"prior is {line['prior']!r}, expected 0 to 1")
            priors[fold(line["name"])] = prior
        return priors

    def check(self) -> None:
        """Raise an error that lists every target without a meaning, if there is one."""
        if self.unknown:
            raise GazetteerError("targets that mean no place:\n" + "\n".join(self.unknown))

    def _lines(self, table: str, columns: tuple[str, ...]) -> Iterator[Line]:
        path = self.folder / f"{table}.csv"
        return read_table(path, columns) if path.exists() else iter(())

    def _target(self, line: Line, reference: str) -> Entry | None:
        entry = self.world.find(reference)
        if entry is None:
            self.unknown.append(f"{line.path.name}, line {line.number}: {reference}")
        return entry

    def _place(self, line: Line) -> Entry:
        if line["kind"] not in set(PlaceKind):
            raise line.error(f"kind is {line['kind']!r}, expected one of {', '.join(PlaceKind)}")
        kind, key, geonameid = PlaceKind(line["kind"]), f"curated:{line['id']}", line.geonameid()
        known = self.world.entries.get(geonameid or 0)
        entry = known or self._new(line, key, kind, geonameid)
        if known:
            self.world.refer(key, known.number)
            entry.source = f"{known.source}; {SOURCE}"
            if known.kind not in _HIERARCHY:
                entry.kind, entry.precision = kind, _precision(kind)
        entry.radius_km = line.number_of("radius_km") or entry.radius_km
        names = [line["name"], *filter(None, line["aliases"].split("|"))]
        entry.add_names(names)
        entry.abbreviations.update(name for name in names if is_acronym(name))
        return entry

    def _new(self, line: Line, key: str, kind: PlaceKind, geonameid: int | None) -> Entry:
        if self.world.find(key):
            raise line.error(f"the id {line['id']!r} is taken")
        entry = Entry(
            number=geonameid or self.world.new_number(),
            key=key,
            name=line["name"],
            kind=kind,
            source=SOURCE,
            point=line.point(),
            country=line["country"] or None,
            precision=_precision(kind),
            geonameid=geonameid,
        )
        self.world.add(entry)
        return entry

    def _set_parents(self, line: Line, entry: Entry) -> None:
        country = self.world.find(f"country:{line['country']}") if line["country"] else None
        if line["country"] and country is None:
            self.unknown.append(f"{line.path.name}, line {line.number}: country:{line['country']}")
        parent = self._target(line, line["parent"]) if line["parent"] else None
        wider = parent or country
        if wider is not None and wider is not entry:
            entry.parent = wider.number
            entry.admin1 = wider.number if wider.kind is PlaceKind.ADMIN1 else wider.admin1


def _precision(kind: PlaceKind) -> GeoPrecision:
    if kind in _WIDE:
        return GeoPrecision.AREA
    return GeoPrecision.EXACT if kind in _NARROW else GeoPrecision.NEAR
