"""ZIP and gzip: the items inside, within limits, without writing anything to disk."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.read.item import Item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

MAX_MEMBERS = 10_000
MAX_DEPTH = 3

# Text shrinks to about a tenth; DEFLATE cannot do better than about a thousandth, which only a
# bomb comes near to.
MAX_RATIO = 200

_SYMLINK = 0o120000
_FILE_TYPE = 0o170000


def gzip_items(item: Item, limit_bytes: int) -> Iterator[Item]:
    """Yield the one item of a gzip file."""
    try:
        with gzip.open(BytesIO(item.data)) as stream:
            data = _bounded(stream, limit_bytes, len(item.data))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"a damaged gzip file ({error})") from error
    name = item.name[:-3] if item.suffix == ".gz" else item.name
    yield Item(id=item.id, name=name, source=item.source, data=data)


def zip_items(item: Item, limit_bytes: int) -> Iterator[Item | tuple[str, InputError]]:
    """Yield the items of a ZIP file in order of name, and an error for each that cannot be read.

    Names of members are names and never paths: nothing is unpacked to disk. Links are passed over.
    """
    with zipfile.ZipFile(BytesIO(item.data)) as archive:
        members = sorted(archive.infolist(), key=lambda info: info.filename)
        if len(members) > MAX_MEMBERS:
            raise InputError(f"an archive of {len(members):,} files; the limit is {MAX_MEMBERS:,}")
        for info in members:
            if info.is_dir() or (info.external_attr >> 16) & _FILE_TYPE == _SYMLINK:
                continue
            source = f"{item.source}!{info.filename}"
            try:
                data = _member(archive, info, limit_bytes)
            except InputError as error:
                yield source, error
                continue
            name = info.filename.rpartition("/")[2]
            yield Item(id=f"{item.id}!{info.filename}", name=name, source=source, data=data)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit_bytes: int) -> bytes:
    try:
        with archive.open(info) as stream:
            return _bounded(stream, limit_bytes, info.compress_size)
    except (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise InputError(f"cannot be unpacked ({error})") from error
    except zipfile.BadZipFile as error:
        raise InputError(f"damaged in the archive ({error})") from error


def _bounded(stream: IO[bytes] | gzip.GzipFile, limit_bytes: int, packed_bytes: int) -> bytes:
    """Read no more than the limits allow, whatever the archive says of itself."""
    allowed = min(limit_bytes, max(1_000_000, packed_bytes * MAX_RATIO))
    data = stream.read(allowed + 1)
    if len(data) > allowed:
        raise InputError(
            f"unpacks to more than {allowed / 1e6:.0f} MB, which no text needs; unpack it yourself"
        )
    return data
