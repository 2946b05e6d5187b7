"""What former builds read and told, so that only what is new or changed is worked on again.

A file is known again by how it looks on the disk, a document by a checksum over itself, and both by
what else decides what comes of them (:mod:`geomap.fingerprint`). What the cache gives is what doing
it anew would.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from geomap import fingerprint
from geomap.cache.files import Files
from geomap.cache.known import Known
from geomap.cache.pieces import Pieces
from geomap.cache.shelf import Shelf, open_shelf
from geomap.cache.shingles import Shingles
from geomap.cache.surroundings import Surroundings
from geomap.merge import Copies, Memory, shingle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from geomap.config import Settings
    from geomap.gazetteer import Gazetteer

__all__ = [
    "Cache",
    "Files",
    "Known",
    "Pieces",
    "Shelf",
    "Shingles",
    "Surroundings",
    "open_cache",
    "open_shelf",
]


_KINDS = (Files, Known, Shingles, Surroundings, Pieces)


class Cache:
    """All that is kept, each kind in a file of its own.

    ``mark`` is the fingerprint of this process. ``shelf`` opens a file by its name.
    """

    def __init__(
        self, settings: Settings, gazetteer: Gazetteer, shelf: Callable[[str], Shelf]
    ) -> None:
        self.mark = fingerprint.fingerprint(settings, gazetteer)
        around = fingerprint.surroundings(settings, self.mark)
        shelves = [shelf(kind.FILE_NAME) for kind in _KINDS]
        self.files = Files(shelves[0], fingerprint.reading(settings))
        self.known = Known(shelves[1], self.mark)
        self.shingles = Shingles(shelves[2], fingerprint.shingling())
        self.surroundings = Surroundings(shelves[3], around)
        writing = fingerprint.writing(settings, self.mark)
        self.pieces = Pieces(shelves[4], writing)
        self._shelves = shelves

    def merging(self) -> Memory:
        """Return what merging remembers."""
        return Memory(copies=Copies(self.shingles.before(shingle)), pieces=self.pieces)

    @property
    def notes(self) -> tuple[str, ...]:
        """What went wrong, each thing once."""
        return tuple(dict.fromkeys(note for shelf in self._shelves for note in shelf.notes))


@contextmanager
def open_cache(folder: Path | None, settings: Settings, gazetteer: Gazetteer) -> Iterator[Cache]:
    """Open the cache in ``folder``; without one nothing is known and nothing is kept."""
    with ExitStack() as stack:

        def shelf(name: str) -> Shelf:
            if folder is None:
                return Shelf()
            return stack.enter_context(open_shelf(folder / name, settings.cache_max_mb))

        yield Cache(settings, gazetteer, shelf)
