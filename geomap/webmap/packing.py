"""The page's data as one block: JSON as it is, or packed, with each run packed by itself.

Packed data are a raw DEFLATE stream (RFC 1951) in Base64, which browsers unpack by themselves. The
parts of such a stream that end on a byte can be made apart and joined.
"""

from __future__ import annotations

import base64
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from geomap.features.pieces import remembered
from geomap.webmap.policy import embed_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.features.pieces import Pieces

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


def begin(header: dict[str, Any], *, packed: bool) -> bytes:
    """Return the begin of a block: ``header`` without its end, packed if that is asked."""
    text = embed_json(header)[:-1].encode()
    return pack(text) if packed else text


def lasting(values: Mapping[str, Any], pieces: Pieces | None, *, packed: bool) -> bytes:
    """Return further members of what was begun, large ones that most builds have in common.

    What a former build packed is not packed again.
    """
    texts = [_member(name, value) for name, value in values.items()]
    if not packed:
        return b"".join(texts)
    kind = f"packed {PACKER}"
    return b"".join(remembered(pieces, kind, text, partial(pack, text)) for text in texts)


def block(
    begun: bytes, more: dict[str, Any], lists: Mapping[str, Sequence[bytes]], *, packed: bool
) -> str:
    """Return a whole block: what was begun, further members, and lists.

    The parts of lists each begin with a comma, and are packed where the rest is; what comes of them
    begins with ``null``.
    """
    between = pack if packed else bytes
    parts = [begun]
    parts += [between(_member(name, value)) for name, value in more.items()]
    for name, items in lists.items():
        parts += (between(f',"{name}":[null'.encode()), *items, between(b"]"))
    parts.append(between(b"}"))
    if not packed:
        return b"".join(parts).decode()
    return base64.b64encode(b"".join((*parts, _END))).decode("ascii")


def _member(name: str, value: Any) -> bytes:
    return f',"{name}":{embed_json(value)}'.encode()
