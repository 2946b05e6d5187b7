"""What outputs wrote of events and documents, kept from build to build as finished bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from geomap import codec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.cache.shelf import Shelf


class Pieces:
    """What a shelf knows of pieces; ``mark`` stands for all that they hang on but the data."""

    FILE_NAME = "pieces.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark

    def recall(self, kind: str, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the pieces of a kind that are known, by the digest of what they were made from."""
        wanted = {self._key(kind, digest): digest for digest in digests}
        known: dict[bytes, bytes] = {}
        for key, content in self._shelf.get(wanted):
            try:
                known[wanted[key]] = codec.decode_piece(content)
            except codec.CodecError:
                self._shelf.notes.append("an entry of the cache is damaged; it was made anew")
        return known

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Keep a piece for the next build."""
        if self._shelf.is_open:
            self._shelf.put(self._key(kind, digest), codec.encode_piece(content))

    def write(self) -> None:
        """Put on the disk what was kept until now: a forked process does so before it ends."""
        self._shelf.write()

    def _key(self, kind: str, digest: bytes) -> bytes:
        return hashlib.sha256(self._mark + kind.encode() + b"\0" + digest).digest()
