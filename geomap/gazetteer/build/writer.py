"""The entries as one SQLite file, the same bytes for the same entries."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.codec import bounds, encode
from geomap.gazetteer.fuzzy import SHORTEST
from geomap.gazetteer.schema import (
    ABBREVIATION,
    ALIAS,
    EXACT,
    KINDS,
    SCALE,
    SCHEMA,
    SHORTEST_SKELETON,
)
from geomap.model import PlaceKind
from geomap.names import fold, skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from geomap.gazetteer.build.entry import Entry
    from geomap.gazetteer.build.world import World

FEWEST_FOR_FUZZY = 15_000
"""Inhabitants of the smallest town whose name is also found with a slip in it."""

FEWEST_FOR_SKELETON = 1000
"""Inhabitants of the smallest town whose name is also found by its transliteration."""

_VERSION_BYTES = slice(92, 100)
"""Header bytes that name the SQLite library that wrote the file; it may differ, the data not."""


class Writer:
    """An SQLite file in the making; every table is filled in the order of its key."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.path = path
        self.database = sqlite3.connect(path)
        self.database.executescript(
            "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA temp_store = FILE;"
        )
        self.database.executescript(SCHEMA)

    def add_world(self, world: World) -> None:
        """Write places, names, skeletons, references and shapes."""
        entries = [world.entries[number] for number in sorted(world.entries)]
        sources = sorted({entry.source for entry in entries})
        self._insert("source", enumerate(sources))
        numbers = {source: number for number, source in enumerate(sources)}
        self._insert("place", (_place_row(entry, numbers) for entry in entries))
        self._insert("reference", world.references())
        self._insert_sorted("name", (row for entry in entries for row in _name_rows(entry)))
        self._insert_sorted("skeleton", (row for entry in entries for row in _skeletons(entry)))
        self._insert("shape", (_shape_row(entry) for entry in entries if entry.shape))

    def add_fuzzy_keys(self, world: World) -> None:
        """Write the names that are also found with a slip in them, one a line."""
        keys = {
            fold(name)
            for entry in world.entries.values()
            if _is_prominent(entry)
            for name in (entry.name, *entry.names)
        }
        lines = "\n".join(sorted(key for key in keys if key.isascii() and len(key) >= SHORTEST))
        self._insert("layer", [("fuzzy", lines.encode())])

    def add_everyday(self, priors: Mapping[str, float]) -> None:
        """Write the priors of everyday words."""
        self._insert("everyday", sorted(priors.items()))

    def add_origins(self, path: Path) -> None:
        """Write the table of sources with their versions and licences."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            self._insert("origin", sorted(map(tuple, rows)))

    def add_layer(self, name: str, shape: Any) -> None:
        """Write a geometry of the basemap."""
        self._insert("layer", [(name, encode(shape))])

    def add_borders(self, borders: Iterable[tuple[str, str, bytes]]) -> None:
        """Write the land border of each pair of countries."""
        self._insert("border", sorted(borders))

    def add_disputes(
        self, lines: Iterable[tuple[str, str, bytes]], views: Iterable[tuple[str, str, str]]
    ) -> None:
        """Write disputed boundaries, and whose the areas are in the view of a country."""
        self._insert("disputed", sorted(lines))
        self._insert("viewpoint", sorted(set(views)))

    def close(self) -> None:
        """Pack the file and take the version of the SQLite library out of its header."""
        with closing(self.database) as database:
            database.commit()
            database.execute("VACUUM")
        with self.path.open("r+b") as file:
            file.seek(_VERSION_BYTES.start)
            file.write(bytes(8))

    def _insert_sorted(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert distinct rows in the order of the key; the database sorts, and not in memory."""
        self.database.execute(f"CREATE TEMP TABLE unsorted AS SELECT * FROM {table}")  # noqa: S608 - our own table names
        self._insert("unsorted", rows)
        self.database.execute(
            f"INSERT INTO {table} SELECT DISTINCT * FROM unsorted ORDER BY 1, 2"  # noqa: S608 - the same
        )
        self.database.execute("DROP TABLE unsorted")

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        marks = ",".join("?" * len(first))
        statement = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608 - our own table names
        self.database.execute(statement, first)
        self.database.executemany(statement, rows)


def _is_prominent(entry: Entry) -> bool:
    if entry.kind is PlaceKind.CITY:
        return (entry.population or 0) >= FEWEST_FOR_FUZZY
    return entry.kind is not PlaceKind.ADMIN2


def _place_row(entry: Entry, sources: Mapping[str, int]) -> tuple[Any, ...]:
    return (
        entry.number,
        None if entry.key == f"geonames:{entry.number}" else entry.key,
        entry.name,
        KINDS.index(entry.kind),
        round(entry.point.lon * SCALE) if entry.point else None,
        round(entry.point.lat * SCALE) if entry.point else None,
        entry.country,
        entry.parent,
        entry.population,
        int(entry.precision),
        entry.radius_km,
        sources[entry.source],
        int(entry.shape is not None),
    )


def _name_rows(entry: Entry) -> Iterator[tuple[str, int, int]]:
    """Yield one row for each key of an entry; the first name that has the key gives the row."""
    abbreviated = {fold(name) for name in entry.abbreviations}
    keys: set[str] = set()
    for name in (entry.name, *entry.names):
        key = fold(name)
        if key and key not in keys:
            how = ALIAS if keys else EXACT
            keys.add(key)
            how = ABBREVIATION if key in abbreviated else how
            yield key, entry.number, how


def _skeletons(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the transliteration keys of a place that news may well name."""
    if entry.kind is PlaceKind.CITY and (entry.population or 0) < FEWEST_FOR_SKELETON:
        return
    for name in sorted({fold(name) for name in (entry.name, *entry.names)}):
        key = skeleton(name)
        if len(key) >= SHORTEST_SKELETON and key.isascii():
            yield key, entry.number


def _shape_row(entry: Entry) -> tuple[Any, ...]:
    assert entry.shape
    return (entry.number, *bounds(entry.shape), entry.shape)
