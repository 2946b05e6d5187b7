"""A file of bytes by key, bounded in size, which several builds may use at once.

SQLite in its write-ahead mode. The least recently used entries go first; "recently" counts builds
and looks at no clock. A file of another program is left alone; one of ours that is damaged is made
anew, as all it holds can be told again.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from geomap.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_APPLICATION = 0x67656F6D  # "geom"
_VERSION = 1
_WAIT_SECONDS = 10.0
_AT_ONCE = 500  # keys in one question; SQLite allows 32,766
_MEGABYTE = 1_000_000

_SCHEMA = f"""
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
CREATE TABLE told (key BLOB PRIMARY KEY, content BLOB NOT NULL, build INTEGER NOT NULL);
CREATE INDEX told_build ON told (build);
"""


class Store:
    """An open file. Every method may raise :class:`sqlite3.Error`."""

    def __init__(self, path: Path) -> None:
        """Open ``path``, made where it is missing and made anew where it is damaged.

        Raises :class:`~geomap.errors.CacheError` where the file is none of ours.
        """
        self.path = path
        self._database = _opened(path)
        (last,) = self._database.execute("SELECT max(build) FROM told").fetchone()
        self._build = (last or 0) + 1

    def get(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield key and content of those that are there."""
        wanted = list(keys)
        for first in range(0, len(wanted), _AT_ONCE):
            some = wanted[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            query = f"SELECT key, content FROM told WHERE key IN ({marks})"  # noqa: S608 - marks
            yield from self._database.execute(query, some).fetchall()

    def put(self, entries: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep entries; all of them or, where that fails, none."""
        rows = [(key, content, self._build) for key, content in entries]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", rows)

    def prune(self, most_mb: int, used: Iterable[bytes] = ()) -> None:
        """Remove the entries that were not used for longest, down to a size, and give room back.

        ``used`` are keys that this build used. While the file is far from its bound they need not
        be marked as such, and are not.
        """
        if self._size_bytes() <= most_mb * _MEGABYTE // 2:
            return
        self._mark(used)
        execute = self._database.execute
        (size,) = execute("SELECT coalesce(sum(length(content)), 0) FROM told").fetchone()
        over = size - most_mb * _MEGABYTE
        if over <= 0:
            return
        with self._database:
            execute(
                "DELETE FROM told WHERE key IN (SELECT key FROM (SELECT key, sum(length(content)) "
                "OVER (ORDER BY build, key) - length(content) AS before FROM told) "
                "WHERE before < ?)",
                (over,),
            )
        self._database.executescript("PRAGMA incremental_vacuum")

    def _size_bytes(self) -> int:
        """Return the size of the file, known without looking at what is in it."""
        execute = self._database.execute
        (pages,), (page_bytes,) = (
            execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        return int(pages * page_bytes)

    def _mark(self, keys: Iterable[bytes]) -> None:
        rows = [(self._build, key) for key in keys]
        with self._database:
            self._database.executemany("UPDATE told SET build = ? WHERE key = ?", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _opened(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.OperationalError:
        raise  # locked, or cannot be opened: it may be sound
    except sqlite3.DatabaseError as error:
        if not _was_ours(path):
            raise CacheError(f"{path} is no cache of geomap ({error}) and is left alone") from error
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_WAIT_SECONDS)
    try:
        _prepare(database, path)
    except BaseException:
        database.close()
        raise
    return database


def _prepare(database: sqlite3.Connection, path: Path) -> None:
    """Check that the file is ours, and make its table where it is new."""
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (made_as,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != _APPLICATION:
        raise CacheError(f"{path} is no cache of geomap and is left alone")
    if tables and made_as != _VERSION:
        raise CacheError(f"{path} is a cache of another version of geomap and is left alone")
    if not tables:
        with suppress(sqlite3.OperationalError):  # another build made it just now
            database.executescript(_SCHEMA)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("SELECT key FROM told LIMIT 1").fetchall()


def _was_ours(path: Path) -> bool:
    """Tell whether a damaged file begins as ours do: SQLite's header with our application id."""
    with path.open("rb") as file:
        head = file.read(72)
    return head[68:72] == _APPLICATION.to_bytes(4)
