"""A store that is no reason to stop: what goes wrong with it is noted, and the build goes on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from geomap.cache.store import Store
from geomap.errors import CacheError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# New entries are written in groups: often enough that a build cut short loses little.
_AT_ONCE = 50


class Shelf:
    """Bytes by key in a store, or nothing where there is none. ``notes`` say what went wrong.

    A forked process may use what its parent opened: it opens the file for itself, as SQLite asks.
    """

    def __init__(self, store: Store | None = None, notes: Iterable[str] = ()) -> None:
        self.notes = list(notes)
        self._opened = store
        self._process = os.getpid()
        self._new: list[tuple[bytes, bytes]] = []
        self._used: list[Iterable[bytes]] = []

    @property
    def _store(self) -> Store | None:
        """The store, opened by this process."""
        if self._opened and self._process != os.getpid():
            self._process = os.getpid()
            self._parents = self._opened  # kept, as closing it is not for this process to do
            self._new, self._used = [], []
            try:
                self._opened = Store(self._opened.path)
            except (CacheError, sqlite3.Error):  # whoever opened the file first has said more
                self._opened = None
        return self._opened

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept."""
        return self._store is not None

    def get(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield key and content of those that are there."""
        try:
            used: list[bytes] = []
            self._used.append(used)
            for key, content in self._store.get(keys) if self._store else ():
                used.append(key)
                yield key, content
        except sqlite3.Error as error:
            self._give_up(error)

    def use(self, keys: Iterable[bytes]) -> None:
        """Say that entries were of use without being asked for: they are not to go first.

        Their keys are looked at only where something may have to go.
        """
        if self._store:
            self._used.append(keys)

    def put(self, key: bytes, content: bytes) -> None:
        """Keep an entry, soon."""
        if self._store:
            self._new.append((key, content))
            if len(self._new) >= _AT_ONCE:
                self.write()

    def write(self) -> None:
        """Keep what was put until now."""
        store = self._store
        new, self._new = self._new, []
        if store and new:
            try:
                store.put(new)
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self, most_mb: int) -> None:
        """Keep what is new, bound the size of the file, and close it."""
        self.write()
        if self._store:
            try:
                self._store.prune(most_mb, chain.from_iterable(self._used))
            except sqlite3.Error as error:
                self._give_up(error)
        if self._store:
            self._store.close()

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file."""
        self.notes.append(f"the cache is not used any further ({error})")
        if self._store:
            self._store.close()
            self._opened = None


@contextmanager
def open_shelf(path: Path, most_mb: int) -> Iterator[Shelf]:
    """Open the store at ``path``, and bound it at the end to ``most_mb`` megabytes."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shelf = Shelf(Store(path))
    except (CacheError, OSError, sqlite3.Error) as error:
        shelf = Shelf(None, [f"built without a cache: {error}"])
    try:
        yield shelf
    finally:
        shelf.close(most_mb)
