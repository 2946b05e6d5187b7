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
class GazetteerInfo:
    """Counts and origins. ``checksum`` is the SHA-256 of the unpacked file."""

    path: str
    checksum: str
    places: int
    names: int
    kinds: dict[str, int]
    sources: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain data for JSON."""
        return asdict(self)


def read_info(database: sqlite3.Connection, path: Path) -> GazetteerInfo:
    """Count what is in an open gazetteer."""
    kinds = database.execute("SELECT kind, count(*) FROM place GROUP BY kind ORDER BY kind")
    sources = database.execute(
        "SELECT s.name, count(*) FROM place p JOIN source s ON s.id = p.source GROUP BY 1 ORDER BY 1"
    )
    return GazetteerInfo(
        path=str(path),
        checksum=checksum(path),
        places=database.execute("SELECT count(*) FROM place").fetchone()[0],
        names=database.execute("SELECT count(*) FROM name").fetchone()[0],
        kinds={KINDS[kind]: count for kind, count in kinds},
        sources=dict(sources),
    )
