"""What was in files that are as they were.

A file is taken to be as it was where path, inode, size and times of change are, of which programs
cannot set back the second (``ctime``). Of two changes within one tick of the file system's clock
only the first would show, so that a file changed just before it was read is not kept.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import TYPE_CHECKING, NamedTuple

from geomap import codec, collector
from geomap.model import Document, Failure
from geomap.read.discover import STDIN
from geomap.runs import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.cache.shelf import Shelf
    from geomap.read.discover import Source

    Found = tuple[Document | Failure, ...]

_STDIN = str(STDIN)
# The coarsest tick of the file systems in use, that of FAT, takes two seconds.
_TICK_NS = 2_000_000_000
# Fewer files than this are looked up one by one as fast as together.
LEAST_RUN = 8
# A run of more text than this is not kept once more: its files are few, and read back quickly.
_MOST_CHARS = 4_000_000


class _State(NamedTuple):
    """What tells a file as it stands from any other, and when it was last changed."""

    facts: bytes
    changed_ns: int


class Files:
    """What a shelf knows of files; ``mark`` stands for all that reading hangs on but the file.

    A file is kept by itself, and with its neighbors once more, so that tens of thousands of files
    are looked up by hundreds of runs.
    """

    FILE_NAME = "read.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark
        self._states: dict[str, _State] = {}  # of the files that were not asked for yet
        self._known: dict[str, Found] = {}
        self._runs: dict[bytes, Sequence[str]] = {}  # that are not known, by their keys
        self._settled: dict[str, Found] = {}  # what is in files that may be kept

    def expect(self, sources: Sequence[Source]) -> None:
        """Look up the files that will be asked for, as they stand now."""
        states = {source.id: self._state(source) for source in sources}
        self._states = {name: state for name, state in states.items() if state}
        names = list(self._states)
        facts = [state.facts for state in self._states.values()]
        self._runs = {
            self._key(run.digest): names[run.first : run.end]
            for run in cut(names, facts)
            if run.end - run.first >= LEAST_RUN
        }
        with collector.paused():
            for key, content in self._shelf.get(list(self._runs)):
                self._recall_run(self._runs[key], content)

    def recall(self, source: Source) -> Found | None:
        """Return what was in a file, ``None`` where that is not known or the file has changed."""
        if source.id in self._known:
            return self._known.pop(source.id)
        state = self._states.get(source.id)
        for _, content in self._shelf.get([self._key(state.facts)] if state else []):
            try:
                found = self._settled[source.id] = codec.decode_read(content)
            except codec.CodecError:
                self._note_damage()
            else:
                return found
        return None

    def keep(self, source: Source, found: Sequence[Document | Failure]) -> None:
        """Keep what was in a file that was asked for, unless it may have changed meanwhile."""
        asked = self._states.get(source.id)
        if asked and asked == self._state(source) and asked.changed_ns + _TICK_NS < time.time_ns():
            self._shelf.put(self._key(asked.facts), codec.encode_read(found))
            self._settled[source.id] = tuple(found)

    def settle(self) -> None:
        """Keep the runs that were not known, once all files have been asked for."""
        for key, names in self._runs.items():
            if all(name in self._settled for name in names):
                run = [self._settled[name] for name in names]
                if sum(map(_n_chars, run)) <= _MOST_CHARS:
                    self._shelf.put(key, codec.encode_files(run))
        self._settled.clear()
        self._shelf.write()

    def _recall_run(self, names: Sequence[str], content: bytes) -> None:
        try:
            run = codec.decode_files(content)
        except codec.CodecError:
            self._note_damage()
            return
        if len(run) == len(names):
            self._known.update(zip(names, run, strict=True))
            self._shelf.use(self._key(self._states[name].facts) for name in names)

    def _note_damage(self) -> None:
        self._shelf.notes.append("an entry of the cache is damaged; its file was read anew")

    def _state(self, source: Source) -> _State | None:
        """Return how a file stands, ``None`` where that cannot be told."""
        path = source.location
        if path == _STDIN:
            return None
        try:
            status = os.stat(path)  # noqa: PTH116  asked for every file, and paths are slower
        except OSError:
            return None
        modified, changed = status.st_mtime_ns, status.st_ctime_ns
        facts = f"{source.id}\0{path}\0{status.st_ino}\0{status.st_size}\0{modified}\0{changed}\0"
        return _State(facts.encode("utf-8", "surrogateescape"), max(modified, changed))

    def _key(self, facts: bytes) -> bytes:
        """Return what is kept of a file under, or of a run of files by what stands for it."""
        return hashlib.sha256(self._mark + facts).digest()


def _n_chars(found: Found) -> int:
    return sum(len(one.text) for one in found if isinstance(one, Document))
