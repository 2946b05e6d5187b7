"""What documents tell, as bytes: for the cache, for other processes and for other machines.

MessagePack of exactly our nouns, read strictly: bytes that say anything else are refused, and
nothing in them is ever run, as a pickle would be. Compressed, with a checksum.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import zstandard

from geomap.model import Document, Failure, Telling, noun

_LEVEL = 3  # of compression: a twelfth of the size in a fiftieth of the time of telling


class CodecError(ValueError):
    """Bytes that are no telling of ours, or no longer."""


@noun
class _Told:
    """One of the two, as MessagePack cannot tell them apart."""

    telling: Telling | None = None
    failure: Failure | None = None


def encode_document(document: Document) -> bytes:
    """Return a document as bytes, the same for the same document."""
    return msgspec.msgpack.encode(document)


def decode_document(content: bytes) -> Document:
    """Undo :func:`encode_document`."""
    document: Document = _decoder(Document).decode(content)
    return document


def encode(told: Telling | Failure) -> bytes:
    """Return what a document tells, or why it could not be asked, as bytes."""
    wrapped = _Told(failure=told) if isinstance(told, Failure) else _Told(telling=told)
    packed = msgspec.msgpack.encode(wrapped)
    return zstandard.ZstdCompressor(_LEVEL, write_checksum=True).compress(packed)


def decode(content: bytes) -> Telling | Failure:
    """Undo :func:`encode`; raises :class:`CodecError` for bytes that are damaged or foreign."""
    try:
        told = _decoder(_Told).decode(zstandard.ZstdDecompressor().decompress(content))
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise CodecError(f"not what a document tells: {error}") from error
    item: Telling | Failure | None = told.telling or told.failure
    if item is None:
        raise CodecError("not what a document tells: nothing")
    return item


@cache
def _decoder(kind: type) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
