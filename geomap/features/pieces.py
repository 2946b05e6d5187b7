"""What was written of events in former builds, so that only what is new is made ready again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Pieces(Protocol):
    """What remembers bytes, each under the checksum of all the data that they were made from."""

    def recall(self, kind: str, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return the pieces of an output that are known, by digest."""

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Remember a piece for the next build."""

    def write(self) -> None:
        """Put on the disk what is to be remembered."""
