"""The page's data as one block: JSON as it is, or packed, with each run packed by itself.

Packed data are a raw DEFLATE stream (RFC 1951) in Base64, which browsers unpack by themselves. The
parts of such a stream that end on a byte can be made apart and joined.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

from geomap.webmap.policy import embed_json

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVEL = 6
_RAW = -15  # window of 32 KB, neither header nor checksum
_END = b"\x03\x00"  # an empty last block
#: What decides how data are packed: other versions may give other bytes.
PACKER = f"deflate {_LEVEL} {zlib.ZLIB_RUNTIME_VERSION}"

PLAIN_TYPE = "application/json"
PACKED_TYPE = "application/x-deflate-json"


def pack(content: bytes) -> bytes:
    """Return a part of a stream, which ends on a byte and refers to nothing before it."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)


def block(header: dict[str, Any], runs: Sequence[bytes], *, packed: bool) -> str:
    """Return ``header`` with the list ``runs``, whose parts each begin with a comma."""
    first = f'{embed_json(header)[:-1]},"runs":[null'
    last = "]}"
    if not packed:
        return f"{first}{b''.join(runs).decode()}{last}"
    stream = b"".join((pack(first.encode()), *runs, pack(last.encode()), _END))
    return base64.b64encode(stream).decode("ascii")
