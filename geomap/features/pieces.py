"""What was written of events in former builds, so that only what is new is made ready again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Pieces(Protocol):
    """What remembers bytes, each under the checksum of all the data that they were made from."""

    def recall(self, kind: str, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return the pieces of an output that are known, by digest."""

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Remember a piece for the next build."""

    def write(self) -> None:
        """Put on the disk what is to be remembered."""


def remembered(pieces: Pieces | None, kind: str, about: bytes, make: Callable[[], bytes]) -> bytes:
    """Return a piece that hangs on ``about`` alone, and on the gazetteer: known, or made now."""
    if pieces is None:
        return make()
    digest = hashlib.sha256(about).digest()
    known = pieces.recall(kind, [digest])
    if digest in known:
        return known[digest]
    piece = make()
    pieces.keep(kind, digest, piece)
    return piece
