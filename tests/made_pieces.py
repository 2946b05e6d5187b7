"""What a cache keeps of outputs, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Kept:
    """Pieces by kind and digest; ``known`` counts those that were asked for and there."""

    def __init__(self) -> None:
        self.content: dict[tuple[str, bytes], bytes] = {}
        self.known = 0

    def recall(self, kind: str, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return what is known."""
        found = {key: self.content[kind, key] for key in digests if (kind, key) in self.content}
        self.known += len(found)
        return found

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Remember a piece."""
        self.content[kind, digest] = content

    def write(self) -> None:
        """Do nothing: memory is no disk."""
