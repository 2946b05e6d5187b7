"""What the gazetteer holds, from where, and under which licences.

Counting that takes half a second, so it is kept beside the unpacked file in the user's cache, as
long as that is as it was unpacked. A gazetteer at any other place is counted each time.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.resources import checksum, is_as_unpacked, whole_or_not
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


_ORIGINS = "SELECT name, package, version, licence, url, layers FROM origin"
_VIEWPOINTS = "SELECT DISTINCT code FROM viewpoint ORDER BY code"
_DIGEST_BYTES = 32


def read_info(database: sqlite3.Connection, path: Path) -> GazetteerInfo:
    """Return what is in an open gazetteer, counted now or when it was new in the user's cache."""
    if not is_as_unpacked(path):
        return _count(database, path)
    beside = path.with_suffix(".info")
    known = _read(beside, path)
    if known is None:
        known = _count(database, path)
        with suppress(OSError):  # a cache that cannot be written costs the next start some time
            _keep(known, beside)
    return known


def _read(beside: Path, path: Path) -> GazetteerInfo | None:
    """Return what was kept of the gazetteer at ``path``, ``None`` where that is not what it was."""
    try:
        kept = beside.read_bytes()
    except OSError:
        return None
    digest, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    if digest != _digest(beside, content):
        return None
    known = json.loads(content)
    origins = tuple(Origin(**each) for each in known.pop("origins"))
    viewpoints = tuple(known.pop("viewpoints"))
    return GazetteerInfo(**known, path=str(path), viewpoints=viewpoints, origins=origins)


def _keep(info: GazetteerInfo, beside: Path) -> None:
    values = info.to_dict()
    del values["path"]
    content = json.dumps(values).encode()
    with whole_or_not(beside) as file:
        file.write(_digest(beside, content) + content)


def _digest(beside: Path, content: bytes) -> bytes:
    """Return a checksum over what is kept, of which gazetteer, and how this version counts it."""
    how = (_COUNTS, _KINDS, _SHAPES, _COUNTRIES, _ORIGINS, _VIEWPOINTS, [*KINDS])
    return hashlib.sha256(repr((beside.name, how)).encode() + content).digest()


def _count(database: sqlite3.Connection, path: Path) -> GazetteerInfo:
    execute = database.execute
    counts = {name: int(execute(query).fetchone()[0]) for name, query in _COUNTS.items()}
    fields = ("name", "package", "version", "licence", "url", "layers")
    return GazetteerInfo(
        path=str(path),
        checksum=checksum(path),
        kinds={KINDS[kind]: count for kind, count in execute(_KINDS)},
        shapes={KINDS[kind]: count for kind, count in execute(_SHAPES)},
        countries=dict(execute(_COUNTRIES)),
        viewpoints=tuple(code for (code,) in execute(_VIEWPOINTS)),
        origins=tuple(Origin(**dict(zip(fields, row, strict=True))) for row in execute(_ORIGINS)),
        **counts,
    )
