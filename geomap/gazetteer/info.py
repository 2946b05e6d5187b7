"""What the gazetteer holds, from where, and under which licences."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.resources import checksum
from geomap.gazetteer.schema import KINDS
from geomap.model import noun

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path


@noun
class Origin:
    """A source of the gazetteer: the package it was read from, and what may be done with it."""

    name: str
    package: str
    version: str
    licence: str
    url: str
    layers: str


@noun
class GazetteerInfo:
    """Counts and origins. ``checksum`` is the SHA-256 of the unpacked file.

    ``kinds`` and ``countries`` count places, ``shapes`` polygons by kind, ``borders`` pairs of
    neighbors. ``viewpoints`` are the countries whose view of borders can be asked for.
    """

    path: str
    checksum: str
    places: int
    names: int
    borders: int
    kinds: dict[str, int]
    shapes: dict[str, int]
    countries: dict[str, int]
    viewpoints: tuple[str, ...]
    origins: tuple[Origin, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain data for JSON."""
        return asdict(self)


_COUNTS = {
    "places": "SELECT count(*) FROM place",
    "names": "SELECT count(*) FROM name",
    "borders": "SELECT count(*) FROM border",
}
_KINDS = "SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind"
_SHAPES = "SELECT kind, count(*) FROM place WHERE has_shape GROUP BY kind ORDER BY kind"
_COUNTRIES = (
    "SELECT country, count(*) FROM place WHERE country IS NOT NULL GROUP BY country"
    " ORDER BY country"
)


def read_info(database: sqlite3.Connection, path: Path) -> GazetteerInfo:
    """Count what is in an open gazetteer."""
    execute = database.execute
    counts = {name: int(execute(query).fetchone()[0]) for name, query in _COUNTS.items()}
    origins = execute("SELECT name, package, version, licence, url, layers FROM origin")
    viewpoints = execute("SELECT DISTINCT code FROM viewpoint ORDER BY code")
    fields = ("name", "package", "version", "licence", "url", "layers")
    return GazetteerInfo(
        path=str(path),
        checksum=checksum(path),
        kinds={KINDS[kind]: count for kind, count in execute(_KINDS)},
        shapes={KINDS[kind]: count for kind, count in execute(_SHAPES)},
        countries=dict(execute(_COUNTRIES)),
        viewpoints=tuple(code for (code,) in viewpoints),
        origins=tuple(Origin(**dict(zip(fields, row, strict=True))) for row in origins),
        **counts,
    )
