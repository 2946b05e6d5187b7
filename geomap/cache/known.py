"""An engine before another engine: it tells what it knows, and has the other tell the rest."""

from __future__ import annotations

import dataclasses
import hashlib
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap import codec
from geomap.cache.store import FILE_NAME, Store
from geomap.errors import CacheError
from geomap.model import Document, Telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap.telling import Item, Tell, Told

# New entries are written in groups: often enough that a build cut short loses little.
_AT_ONCE = 50


class Known:
    """What a cache file knows. ``found`` counts documents it told, ``notes`` say what went wrong.

    Nothing that is wrong with a cache stops a build: it goes on without it.
    """

    def __init__(self, store: Store | None, fingerprint: bytes, notes: Sequence[str] = ()) -> None:
        self.found = 0
        self.notes = list(notes)
        self._store = store
        self._fingerprint = fingerprint
        self._new: list[tuple[bytes, bytes]] = []

    def before(self, tell: Tell) -> Tell:
        """Return an engine that asks ``tell`` only for what is not known."""

        def tell_all(items: Sequence[Item]) -> Iterator[Told]:
            keys = [self._key(item) if isinstance(item, Document) else b"" for item in items]
            known = self._read(items, keys)
            told = tell([item for item, key in zip(items, keys, strict=True) if key not in known])
            for key in keys:
                yield known[key] if key in known else self._noted(key, next(told))
            self._write()

        return tell_all

    def close(self, most_mb: int) -> None:
        """Keep what is new, bound the size of the file, and close it."""
        self._write()
        if self._store:
            try:
                self._store.prune(most_mb)
            except sqlite3.Error as error:
                self._give_up(error)
        if self._store:
            self._store.close()

    def _key(self, document: Document) -> bytes:
        """Return a checksum of a document, but for where it was read from, with the fingerprint."""
        content = codec.encode_document(_elsewhere(document))
        return hashlib.sha256(self._fingerprint + content).digest()

    def _read(self, items: Sequence[Item], keys: Sequence[bytes]) -> dict[bytes, Telling]:
        """Return what is known; what is damaged is not."""
        documents = dict(zip(keys, items, strict=True))
        known: dict[bytes, Telling] = {}
        try:
            for key, content in self._store.get(filter(None, keys)) if self._store else ():
                known.update(self._checked(key, content, documents[key]))
            if self._store:
                self._store.used(known)
        except sqlite3.Error as error:
            self._give_up(error)
        self.found += sum(key in known for key in keys)
        return known

    def _checked(self, key: bytes, content: bytes, item: Item) -> dict[bytes, Telling]:
        """Return what one entry tells, with the document as it was read now."""
        try:
            told = codec.decode(content)
        except codec.CodecError:
            self.notes.append("an entry of the cache is damaged; its document was told anew")
            return {}
        if not isinstance(told, Telling) or not isinstance(item, Document):
            return {}
        document = dataclasses.replace(item, published=told.document.published)
        return {key: dataclasses.replace(told, document=document)}

    def _noted(self, key: bytes, told: Told) -> Told:
        """Keep something new; what failed is tried again next time."""
        if self._store and key and isinstance(told, Telling):
            bare = dataclasses.replace(told.document, text="")
            self._new.append((key, codec.encode(dataclasses.replace(told, document=bare))))
            if len(self._new) >= _AT_ONCE:
                self._write()
        return told

    def _write(self) -> None:
        new, self._new = self._new, []
        if self._store and new:
            try:
                self._store.put(new)
            except sqlite3.Error as error:
                self._give_up(error)

    def _give_up(self, error: sqlite3.Error) -> None:
        """Go on without the file."""
        self.notes.append(f"the cache is not used any further ({error})")
        if self._store:
            self._store.close()
            self._store = None


@contextmanager
def open_known(folder: Path, fingerprint: bytes, most_mb: int) -> Iterator[Known]:
    """Open the cache in ``folder``, and bound it at the end to ``most_mb`` megabytes."""
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        known = Known(Store(path), fingerprint)
    except (CacheError, OSError, sqlite3.Error) as error:
        known = Known(None, fingerprint, [f"built without a cache: {error}"])
    try:
        yield known
    finally:
        known.close(most_mb)


def _elsewhere(document: Document) -> Document:
    """Return a document as if read from anywhere: no stage looks at that."""
    return dataclasses.replace(document, source=None, format=None, sha256=None, notes=())
