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
    for number, key in enumerate(ids, start=1):
        if zlib.crc32(key.encode("utf-8", "surrogatepass")) % _MEAN == 0 or number == len(ids):
            inner = digests[first:number]
            digest = hashlib.sha256(b"".join(inner)).digest() if all(inner) else b""
            yield Run(first=first, end=number, digest=digest)
            first = number
