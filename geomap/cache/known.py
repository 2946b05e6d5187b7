"""An engine before another engine: it tells what it knows, and has the other tell the rest."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from geomap import codec
from geomap.cache.sharing import Sharing
from geomap.model import Document, Telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.cache.shelf import Shelf
    from geomap.telling import Item, Tell, Told


class Known:
    """What a shelf knows of documents. ``found`` counts those it told."""

    FILE_NAME = "told.sqlite"

    def __init__(self, shelf: Shelf, fingerprint: bytes) -> None:
        self.found = 0
        self._shelf = shelf
        self._fingerprint = fingerprint
        self._sharing = Sharing()

    def before(self, tell: Tell) -> Tell:
        """Return an engine that asks ``tell`` only for what is not known."""

        def tell_all(items: Sequence[Item]) -> Iterator[Told]:
            keys = [self._key(item) if isinstance(item, Document) else b"" for item in items]
            known = self._read(items, keys)
            told = tell([item for item, key in zip(items, keys, strict=True) if key not in known])
            for key in keys:
                yield known[key] if key in known else self._noted(key, next(told))
            self._shelf.write()

        return tell_all

    def _key(self, document: Document) -> bytes:
        """Return a checksum of a document, but for where it was read from, with the fingerprint."""
        content = codec.encode_document(_elsewhere(document))
        return hashlib.sha256(self._fingerprint + content).digest()

    def _read(self, items: Sequence[Item], keys: Sequence[bytes]) -> dict[bytes, Telling]:
        """Return what is known; what is damaged is not."""
        documents = dict(zip(keys, items, strict=True))
        known: dict[bytes, Telling] = {}
        for key, content in self._shelf.get(filter(None, keys)):
            known.update(self._checked(key, content, documents[key]))
        self.found += sum(key in known for key in keys)
        return known

    def _checked(self, key: bytes, content: bytes, item: Item) -> dict[bytes, Telling]:
        """Return what one entry tells, with the document as it was read now."""
        try:
            told = codec.decode(content)
        except codec.CodecError:
            self._shelf.notes.append("an entry of the cache is damaged; its document was told anew")
            return {}
        if not isinstance(told, Telling) or not isinstance(item, Document):
            return {}
        self._sharing.share(told)
        document = dataclasses.replace(item, published=told.document.published)
        return {key: dataclasses.replace(told, document=document, digest=key)}

    def _noted(self, key: bytes, told: Told) -> Told:
        """Keep something new; what failed is tried again next time."""
        if key and isinstance(told, Telling):
            bare = dataclasses.replace(told.document, text="")
            self._shelf.put(key, codec.encode(dataclasses.replace(told, document=bare)))
            return dataclasses.replace(told, digest=key)
        return told


def _elsewhere(document: Document) -> Document:
    """Return a document as if read from anywhere: no stage looks at that."""
    return dataclasses.replace(document, source=None, format=None, sha256=None, notes=())
