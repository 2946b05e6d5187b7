"""What stands in a row, cut into runs, so that what is made of a run can be kept between builds.

A run ends where the id of what is in it says so, and not after a number: one that is new changes
the run that it falls into, and no other. Runs are the same whether anything is kept or not.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# One id in so many ends a run: fewer pieces to look up, against more to make anew around one that
# is new.
_MEAN = 32


@noun
class Run:
    """Those from ``first`` to before ``end``; ``digest`` stands for them, empty where unknown."""

    first: int
    end: int
    digest: bytes


def cut(ids: Sequence[str], digests: Sequence[bytes]) -> Iterator[Run]:
    """Yield runs of what has these ids; ``digests`` stand for their content."""
    first = 0
    for end in _ends(ids):
        inner = digests[first:end]
        digest = hashlib.sha256(b"".join(inner)).digest() if all(inner) else b""
        yield Run(first=first, end=end, digest=digest)
        first = end


def _ends(ids: Sequence[str]) -> list[int]:
    """Return where runs end: behind each id whose checksum says so, and at the end of all."""
    checksum = zlib.crc32
    ends = [
        number
        for number, key in enumerate(ids, start=1)
        if checksum(key.encode("utf-8", "surrogatepass")) % _MEAN == 0
    ]
    return ends if not ids or ends[-1:] == [len(ids)] else [*ends, len(ids)]
