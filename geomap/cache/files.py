"""What was in files that are as they were.

A file is taken to be as it was where path, inode, size and times of change are, of which programs
cannot set back the second (``ctime``). Of two changes within one tick of the file system's clock
only the first would show, so that a file changed just before it was read is not kept.
"""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from geomap import codec
from geomap.model import noun
from geomap.read.discover import STDIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.cache.shelf import Shelf
    from geomap.model import Document, Failure
    from geomap.read.discover import Source

# The coarsest tick of the file systems in use, that of FAT, takes two seconds.
_TICK_NS = 2_000_000_000


@noun
class _State:
    """The key of a file as it stands, and when it was last changed."""

    key: bytes
    changed_ns: int


class Files:
    """What a shelf knows of files; ``mark`` stands for all that reading hangs on but the file."""

    FILE_NAME = "read.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark
        self._asked: dict[str, _State] = {}

    def recall(self, source: Source) -> tuple[Document | Failure, ...] | None:
        """Return what was in a file, ``None`` where that is not known or the file has changed."""
        state = self._state(source)
        if state is None:
            return None
        for _, content in self._shelf.get([state.key]):
            try:
                return codec.decode_read(content)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; its file was read anew")
        self._asked[source.id] = state
        return None

    def keep(self, source: Source, found: Sequence[Document | Failure]) -> None:
        """Keep what was in a file that was asked for, unless it may have changed meanwhile."""
        asked = self._asked.pop(source.id, None)
        if asked and asked == self._state(source) and asked.changed_ns + _TICK_NS < time.time_ns():
            self._shelf.put(asked.key, codec.encode_read(found))

    def _state(self, source: Source) -> _State | None:
        """Return how a file stands, ``None`` where that cannot be told."""
        if source.path == STDIN:
            return None
        try:
            status = source.path.stat()
        except OSError:
            return None
        times = (status.st_mtime_ns, status.st_ctime_ns)
        facts = (source.id, str(source.path), status.st_ino, status.st_size, *times)
        content = "\0".join(map(str, facts)).encode("utf-8", "surrogateescape")
        key = hashlib.sha256(self._mark + content).digest()
        return _State(key=key, changed_ns=max(times))
