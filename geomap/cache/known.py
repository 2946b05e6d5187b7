"""An engine before another engine: it tells what it knows, and has the other tell the rest."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from geomap import codec, collector
from geomap.cache import told_runs
from geomap.cache.sharing import Sharing
from geomap.model import Document, Telling
from geomap.runs import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.cache.shelf import Shelf
    from geomap.telling import Item, Tell, Told

# Fewer documents than this are read back one by one as fast as together.
LEAST_RUN = 8


class Known:
    """What a shelf knows of documents. ``found`` counts those it told.

    A document is kept by itself, and with its neighbors once more: of tens of thousands a few
    hundred runs are looked up, and only those that hold something new one document at a time.
    """

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
            pairs = zip(keys, items, strict=True)
            documents = {key: item for key, item in pairs if isinstance(item, Document)}
            runs = _runs(documents)
            with collector.paused():
                known = self._read_runs(runs, documents)
            fresh = documents.keys() - known.keys()
            known |= self._read({key: documents[key] for key in documents if key in fresh})
            self.found += len(known)
            told = tell([item for item, key in zip(items, keys, strict=True) if key not in known])
            for key in keys:
                known_or_new = known.get(key) or self._noted(key, next(told))
                if key in fresh and isinstance(known_or_new, Telling):
                    known[key] = known_or_new
                yield known_or_new
            self._keep_runs(runs, known, fresh)
            self._shelf.write()

        return tell_all

    def _key(self, document: Document) -> bytes:
        """Return a checksum of a document, but for where it was read from, with the fingerprint."""
        return hashlib.sha256(self._fingerprint + codec.encode_elsewhere(document)).digest()

    def _read_runs(
        self, runs: Mapping[bytes, Sequence[bytes]], documents: Mapping[bytes, Document]
    ) -> dict[bytes, Telling]:
        """Return what is known of whole runs."""
        known: dict[bytes, Telling] = {}
        for digest, content in self._shelf.get(runs):
            keys = runs[digest]
            try:
                told = told_runs.decode(content, [documents[k] for k in keys], keys, self._sharing)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; it was made anew")
                continue
            known.update(zip(keys, told, strict=True))
            self._shelf.use(keys)
        return known

    def _keep_runs(
        self,
        runs: Mapping[bytes, Sequence[bytes]],
        known: Mapping[bytes, Telling],
        fresh: set[bytes],
    ) -> None:
        """Keep the runs that were not known, but those in which a document failed."""
        for digest, keys in runs.items():
            if keys[0] in fresh and all(key in known for key in keys):
                self._shelf.put(digest, told_runs.encode([known[key] for key in keys]))

    def _read(self, documents: Mapping[bytes, Document]) -> dict[bytes, Telling]:
        """Return what is known of single documents; what is damaged is not."""
        known: dict[bytes, Telling] = {}
        for key, content in self._shelf.get(documents):
            known.update(self._checked(key, content, documents[key]))
        return known

    def _checked(self, key: bytes, content: bytes, item: Document) -> dict[bytes, Telling]:
        """Return what one entry tells, with the document as it was read now."""
        try:
            told = codec.decode(content)
        except codec.CodecError:
            self._shelf.notes.append("an entry of the cache is damaged; its document was told anew")
            return {}
        if not isinstance(told, Telling):
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


def _runs(documents: Mapping[bytes, Document]) -> dict[bytes, Sequence[bytes]]:
    """Return the keys of neighbors by a checksum over them."""
    keys = list(documents)
    ids = [document.id for document in documents.values()]
    return {
        told_runs.key(run.digest): keys[run.first : run.end]
        for run in cut(ids, keys)
        if run.end - run.first >= LEAST_RUN
    }
