"""What former builds read and told, so that only what is new or changed is worked on again.

A file is known again by how it looks on the disk, a document by a checksum over itself, and both by
what else decides what comes of them (:mod:`geomap.fingerprint`). What the cache gives is what doing
it anew would.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from geomap.cache.files import Files
from geomap.cache.known import Known
from geomap.cache.shelf import Shelf, open_shelf
from geomap.cache.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Cache", "Files", "Known", "Shelf", "Surroundings", "open_cache", "open_shelf"]


class Cache:
    """The shelves of a folder, one file for each kind of thing; empty ones without a folder."""

    def __init__(self, folder: Path | None, most_mb: int, stack: ExitStack) -> None:
        self._folder = folder
        self._most_mb = most_mb
        self._stack = stack
        self._shelves: list[Shelf] = []

    def shelf(self, name: str) -> Shelf:
        """Open a shelf, which is closed with the cache."""
        if self._folder is None:
            return Shelf()
        shelf = self._stack.enter_context(open_shelf(self._folder / name, self._most_mb))
        self._shelves.append(shelf)
        return shelf

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong, each thing once."""
        return tuple(dict.fromkeys(note for shelf in self._shelves for note in shelf.notes))


@contextmanager
def open_cache(folder: Path | None, most_mb: int) -> Iterator[Cache]:
    """Open the cache in ``folder``; each of its files is bounded to ``most_mb`` megabytes."""
    with ExitStack() as stack:
        yield Cache(folder, most_mb, stack)
