"""What documents tell, as bytes: for the cache, for other processes and for other machines.

MessagePack of exactly our nouns, read strictly: bytes that say anything else are refused, and
nothing in them is ever run, as a pickle would be. Compressed, with a checksum.
"""

from __future__ import annotations

import dataclasses
import threading
from functools import cache
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import zstandard

from geomap.model import Document, Failure, Telling, noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.model import Place, Point

_LEVEL = 3  # of compression: a twelfth of the size in a fiftieth of the time of telling
_PIECE_LEVEL = 1  # what outputs hold is large, and read much more often than it is made


# What tells only where a document was read from.
_WHERE_READ = frozenset({"source", "format", "sha256", "notes"})
_ELSEWHERE = attrgetter(
    *(field.name for field in dataclasses.fields(Document) if field.name not in _WHERE_READ)
)
_COLUMNS = dict[str, str | int | float | None]
_PLAIN = msgspec.msgpack.Encoder()


class CodecError(ValueError):
    """Bytes that are no telling of ours, or no longer."""


@noun
class _Told:
    """One of the two, as MessagePack cannot tell them apart."""

    telling: Telling | None = None
    failure: Failure | None = None


@noun
class _Found:
    """What was in a file, in order: of each pair one is there."""

    pairs: tuple[tuple[Document | None, Failure | None], ...]


def encode_document(document: Document) -> bytes:
    """Return a document as bytes, the same for the same document."""
    return msgspec.msgpack.encode(document)


def encode_elsewhere(document: Document) -> bytes:
    """Return a document as if read from anywhere as bytes: no stage looks at where that was."""
    return _PLAIN.encode(_ELSEWHERE(document))


def decode_document(content: bytes) -> Document:
    """Undo :func:`encode_document`."""
    document: Document = _decoder(Document).decode(content)
    return document


def encode(told: Telling | Failure) -> bytes:
    """Return what a document tells, or why it could not be asked, as bytes."""
    wrapped = _Told(failure=told) if isinstance(told, Failure) else _Told(telling=told)
    return pack(wrapped)


def decode(content: bytes) -> Telling | Failure:
    """Undo :func:`encode`; raises :class:`CodecError` for bytes that are damaged or foreign."""
    told: _Told = unpack(content, _Told, "what a document tells")
    item: Telling | Failure | None = told.telling or told.failure
    if item is None:
        raise CodecError("not what a document tells: nothing")
    return item


def encode_read(found: Iterable[Document | Failure]) -> bytes:
    """Return what was in a file as bytes."""
    return pack(_found(found))


def decode_read(content: bytes) -> tuple[Document | Failure, ...]:
    """Undo :func:`encode_read`; raises :class:`CodecError` for bytes damaged or foreign."""
    found: _Found = unpack(content, _Found, "what was in a file")
    return _each(found)


def encode_files(files: Iterable[Iterable[Document | Failure]]) -> bytes:
    """Return what was in several files as bytes."""
    return pack(tuple(map(_found, files)))


def decode_files(content: bytes) -> list[tuple[Document | Failure, ...]]:
    """Undo :func:`encode_files`; raises :class:`CodecError` for bytes damaged or foreign."""
    return [_each(found) for found in unpack(content, tuple[_Found, ...], "what was in files")]


def _found(found: Iterable[Document | Failure]) -> _Found:
    pairs = ((None, one) if isinstance(one, Failure) else (one, None) for one in found)
    return _Found(pairs=tuple(pairs))


def _each(found: _Found) -> tuple[Document | Failure, ...]:
    return tuple(one for pair in found.pairs for one in pair if one is not None)


def encode_position(point: Point, place: Place) -> bytes:
    """Return a point and the place it was told by as bytes, the same for the same two."""
    return msgspec.msgpack.encode((point, place))


def encode_columns(columns: Mapping[str, Any]) -> bytes:
    """Return columns of plain values as bytes."""
    return pack(columns)


def decode_columns(content: bytes) -> dict[str, Any]:
    """Undo :func:`encode_columns`; raises :class:`CodecError` for bytes damaged or foreign."""
    columns: dict[str, Any] = unpack(content, _COLUMNS, "columns")
    return columns


def encode_hashes(texts: Sequence[NDArray[np.uint32]]) -> bytes:
    """Return the hashes of texts as bytes, the same on every machine."""
    hashes = np.concatenate([*texts, np.empty(0, dtype=np.uint32)])
    return pack(([len(each) for each in texts], hashes.astype("<u4").tobytes()))


def decode_hashes(content: bytes) -> list[NDArray[np.uint32]]:
    """Undo :func:`encode_hashes`; raises :class:`CodecError` for bytes damaged or foreign."""
    lengths, packed = unpack(content, tuple[list[int], bytes], "hashes")
    if min(lengths, default=0) < 0 or 4 * sum(lengths) != len(packed):
        raise CodecError("not hashes: of another number than is said")
    hashes = np.frombuffer(packed, "<u4").astype(np.uint32, copy=False)
    ends = list(accumulate(lengths))
    return [hashes[end - length : end] for length, end in zip(lengths, ends, strict=True)]


def encode_piece(content: bytes) -> bytes:
    """Return finished bytes of an output, compressed, with a checksum."""
    return zstandard.ZstdCompressor(_PIECE_LEVEL, write_checksum=True).compress(content)


def decode_piece(content: bytes) -> bytes:
    """Undo :func:`encode_piece`; raises :class:`CodecError` for bytes damaged or foreign."""
    try:
        return _decompressor(threading.get_ident()).decompress(content)
    except zstandard.ZstdError as error:
        raise CodecError(f"not a piece of an output: {error}") from error


def pack(wrapped: Any) -> bytes:
    """Return our nouns, or what is made of plain values, as bytes with a checksum."""
    packed = msgspec.msgpack.encode(wrapped)
    return zstandard.ZstdCompressor(_LEVEL, write_checksum=True).compress(packed)


def unpack(content: bytes, kind: Any, words: str) -> Any:
    """Undo :func:`pack` for a type that ``words`` name.

    Raises :class:`CodecError` for bytes damaged or foreign.
    """
    try:
        return _decoder(kind).decode(_decompressor(threading.get_ident()).decompress(content))
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise CodecError(f"not {words}: {error}") from error


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


@cache
def _decompressor(_thread: int) -> zstandard.ZstdDecompressor:
    """Return the decompressor of a thread, which others must not use."""
    return zstandard.ZstdDecompressor()
