"""The hashes of the words of texts, by which copies are found, kept from build to build."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geomap import codec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.cache.shelf import Shelf
    from geomap.merge.near_copies import Hashes, Shingle


class Shingles:
    """What a shelf knows of texts; ``mark`` stands for the code that hashes them."""

    FILE_NAME = "words.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark

    def before(self, shingle: Shingle) -> Shingle:
        """Return a function that asks ``shingle`` only for texts that are not known."""

        def shingle_all(texts: Sequence[str]) -> list[Hashes]:
            keys = [self._key(text) for text in texts]
            known = self._read(keys)
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
            for key, hashes in zip(missing, shingle(list(missing.values())), strict=True):
                self._shelf.put(key, codec.encode_hashes(hashes))
                known[key] = hashes
            return [known[key] for key in keys]

        return shingle_all

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(self._mark + text.encode("utf-8", "surrogatepass")).digest()

    def _read(self, keys: Sequence[bytes]) -> dict[bytes, Hashes]:
        """Return what is known; what is damaged is not."""
        known: dict[bytes, Hashes] = {}
        for key, content in self._shelf.get(keys):
            try:
                known[key] = codec.decode_hashes(content)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; it was made anew")
        return known
