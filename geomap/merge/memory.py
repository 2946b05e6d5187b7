"""What may remember what merging found out in former builds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from geomap.merge.near_copies import Copies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Pieces(Protocol):
    """What remembers bytes, each under a checksum of all the data that they were made from."""

    def recall(self, kind: str, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """Return the pieces of a kind that are known, by digest."""

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Remember a piece for the next build."""


class Forgetful:
    """Pieces of nothing."""

    def recall(self, kind: str, digests: Sequence[bytes]) -> Mapping[bytes, bytes]:  # noqa: ARG002  same shape
        """Know none."""
        return {}

    def keep(self, kind: str, digest: bytes, content: bytes) -> None:
        """Remember none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """``copies`` finds near-copies, and may have done so; ``pieces`` is for all the rest.

    Whatever is remembered, merging gives the same.
    """

    copies: Copies = field(default_factory=Copies)
    pieces: Pieces = Forgetful()  # noqa: RUF009  it has no state
