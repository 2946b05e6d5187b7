"""The hashes of the words of texts, by which copies are found, kept from build to build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geomap import codec
from geomap.runs import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.cache.shelf import Shelf
    from geomap.merge.near_copies import Hashes, Shingle


# Fewer texts than this are looked up one by one as fast as together.
LEAST_RUN = 8


class Shingles:
    """What a shelf knows of texts; ``mark`` stands for the code that hashes them.

    A text is kept by itself, and with its neighbors once more.
    """

    FILE_NAME = "words.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark

    def before(self, shingle: Shingle) -> Shingle:
        """Return a function that asks ``shingle`` only for texts that are not known."""

        def shingle_all(texts: Sequence[str]) -> list[Hashes]:
            keys = [self._key(text) for text in texts]
            runs = _runs(keys)
            known = self._read_runs(runs)
            whole = set(known)
            known |= self._read([key for key in keys if key not in known])
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            for key, hashes in zip(missing, shingle(list(missing.values())), strict=True):
                self._shelf.put(key, codec.encode_hashes([hashes]))
                known[key] = hashes
            for digest, run in runs.items():
                if run[0] not in whole:
                    self._shelf.put(digest, codec.encode_hashes([known[key] for key in run]))
            return [known[key] for key in keys]

        return shingle_all

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._mark + text.encode("utf-8", "surrogatepass")).digest()

    def _read_runs(self, runs: Mapping[bytes, Sequence[bytes]]) -> dict[bytes, Hashes]:
        """Return what is known of neighbors."""
        known: dict[bytes, Hashes] = {}
        for digest, found in self._decoded(list(runs)):
            if len(found) == len(runs[digest]):
                known.update(zip(runs[digest], found, strict=True))
                self._shelf.use(runs[digest])
        return known

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Hashes]:
        """Return what is known of single texts."""
        return {key: found[0] for key, found in self._decoded(keys) if len(found) == 1}

    def _decoded(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, list[Hashes]]]:
        """Yield what is known; what is damaged is not."""
        for key, content in self._shelf.get(keys):
            try:
                yield key, codec.decode_hashes(content)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; it was made anew")


def _runs(keys: Sequence[bytes]) -> dict[bytes, Sequence[bytes]]:
    """Return neighbors by a checksum over them."""
    return {
        run.digest: keys[run.first : run.end]
        for run in cut([key.hex() for key in keys], keys)
        if run.end - run.first >= LEAST_RUN
    }
