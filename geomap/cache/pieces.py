"""What outputs wrote of events and documents, kept from build to build as finished bytes."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from geomap import codec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.cache.shelf import Shelf


class Pieces:
    """What a shelf knows of pieces; ``mark`` stands for all that they hang on but the data.

    A forked process may use what its parent opened: it opens the file for itself, as SQLite asks.
    """

    FILE_NAME = "pieces.sqlite"

    def __init__(self, shelf: Shelf, mark: bytes) -> None:
        self._shelf = shelf
        self._mark = mark
        self._process = os.getpid()

    def recall(self, kind: str, digests: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the pieces of a kind that are known, by the digest of what they were made from."""
        wanted = {self._key(kind, digest): digest for digest in digests}
        known: dict[bytes, bytes] = {}
        shelf = self._own_shelf()
        for key, content in shelf.get(wanted):
            try:
                known[wanted[key]] = codec.decode_piece(content)
            except codec.CodecError:
                shelf.notes.append("an entry of the cache is damaged; it was made anew")
        return known

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Keep a piece for the next build."""
        shelf = self._own_shelf()
        if shelf.is_open:
            shelf.put(self._key(kind, digest), codec.encode_piece(content))

    def write(self) -> None:
        """Put on the disk what was kept until now: a forked process does so before it ends."""
        self._own_shelf().write()

    def _key(self, kind: str, digest: bytes) -> bytes:
        return hashlib.sha256(self._mark + kind.encode() + b"\0" + digest).digest()

    def _own_shelf(self) -> Shelf:
        if self._process != os.getpid():
            self._process = os.getpid()
            self._shelf = self._shelf.again()
        return self._shelf
