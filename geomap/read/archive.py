"""ZIP and gzip: the items inside, within limits, without writing anything to disk."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.read.discover import is_report, unique
from geomap.read.item import Item
from geomap.read.limits import MAX_RATIO, MEGABYTE
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from geomap.read.limits import Budget

# The others are rare, and what unpacks them takes as much memory as the archive asks for.
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

_SYMLINK = 0o120000
_FILE_TYPE = 0o170000


def gzip_items(item: Item, budget: Budget) -> Iterator[Item]:
    """Yield the one item of a gzip file."""
    try:
        with gzip.open(BytesIO(item.data)) as stream:
            data = _bounded(stream, budget.file_bytes, len(item.data))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"a damaged gzip file ({error})") from error
    budget.unpack(len(data))
    name = item.name[:-3] if item.suffix == ".gz" else item.name
    yield Item(id=item.id, name=name, source=item.source, data=data)


def zip_items(item: Item, budget: Budget) -> Iterator[Item | tuple[str, InputError]]:
    """Yield the items of a ZIP file in order of name, and an error for each that cannot be read.

    Names of members are names and never paths: nothing is unpacked to disk. Links are passed over,
    and so is what a folder's own hidden files and READMEs would be.
    """
    taken: dict[str, int] = {}
    with zipfile.ZipFile(BytesIO(item.data)) as archive:
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            path = PurePosixPath(info.filename)
            if info.is_dir() or _is_link(info) or not is_report(path):
                continue
            name = unique(one_line(info.filename), taken)
            source = f"{item.source}!{name}"
            try:
                data = unpacked(archive, info, budget.file_bytes)
            except InputError as error:
                budget.unpack(0)
                yield source, error
                continue
            budget.unpack(len(data))
            yield Item(id=f"{item.id}!{name}", name=path.name, source=source, data=data)


def _is_link(info: zipfile.ZipInfo) -> bool:
    return (info.external_attr >> 16) & _FILE_TYPE == _SYMLINK


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit_bytes: int) -> bytes:
    """Return a member unpacked; raises :class:`InputError` where it is damaged or too large."""
    if info.compress_type not in _METHODS:
        raise InputError("packed by another method than DEFLATE; unpack it yourself")
    try:
        with archive.open(info) as stream:
            return _bounded(stream, limit_bytes, info.compress_size)
    except RuntimeError as error:  # the only way zipfile has to say that it wants a password
        raise InputError(f"cannot be unpacked ({error})") from error
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile) as error:
        raise InputError(f"damaged in the archive ({error})") from error


def _bounded(stream: IO[bytes] | gzip.GzipFile, limit_bytes: int, packed_bytes: int) -> bytes:
    """Read no more than the limits allow, whatever the archive says of itself."""
    allowed = min(limit_bytes, max(MEGABYTE, packed_bytes * MAX_RATIO))
    data = stream.read(allowed + 1)
    if len(data) > allowed:
        raise InputError(
            f"unpacks to more than {allowed / MEGABYTE:.0f} MB, which no text needs; "
            "unpack it yourself"
        )
    return data
