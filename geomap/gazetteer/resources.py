"""Where the gazetteer file is, and how it gets there: unpacked once into the user's cache.

The compressed file lies in ``gazetteer/`` of a checkout and in ``geomap/_gazetteer/`` of a wheel.
Unpacked it is named after the checksum at the end of the compressed file, so that two versions of
geomap may share a cache, and a start needs no more than a look at both ends of the one and at size
and time of the other.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import zstandard

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE_NAME = "geomap.sqlite.zst"
CACHE_VARIABLE = "GEOMAP_CACHE"
_UNPACKED_TIME = 1_600_000_000  # any time in the past: a file written to later has another


def compressed_file() -> Path:
    """Return the compressed gazetteer of this installation: a wheel's or a checkout's."""
    package = Path(__file__).resolve().parents[1]
    for path in (package / "_gazetteer" / FILE_NAME, package.parent / "gazetteer" / FILE_NAME):
        if path.is_file():
            return path
    raise GazetteerError(
        f"the gazetteer ({FILE_NAME}) is missing from this installation; install geomap again, "
        "or make it with `geomap gazetteer build`"
    )


def cache_folder() -> Path:
    """Return the folder for unpacked files: ``GEOMAP_CACHE``, else the user's cache."""
    if folder := os.environ.get(CACHE_VARIABLE):
        return Path(folder)
    import platformdirs

    return Path(platformdirs.user_cache_dir("geomap", appauthor=False))


def unpacked_file(*, anew: bool = False) -> Path:
    """Return the unpacked gazetteer, unpacking it where the cache lacks it, or where ``anew``."""
    packed = compressed_file()
    stamp, size = _stamp(packed)
    path = _unpacked(stamp)
    if anew or not _is_untouched(path, size):
        _unpack(packed, path)
    return path


def is_as_unpacked(path: Path) -> bool:
    """Tell whether a gazetteer is the one of this installation as it was unpacked."""
    if path.parent != cache_folder():
        return False
    stamp, size = _stamp(compressed_file())
    return path == _unpacked(stamp) and _is_untouched(path, size)


def _unpacked(stamp: str) -> Path:
    return cache_folder() / f"gazetteer-{stamp}.sqlite"


def _is_untouched(path: Path, size: int) -> bool:
    """Tell whether a file is as ``_unpack`` left it, whose time any later change would move."""
    if not path.is_file():
        return False
    status = path.stat()
    return (status.st_size, int(status.st_mtime)) == (size, _UNPACKED_TIME)


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stamp(packed: Path) -> tuple[str, int]:
    """Return a name for the content and its unpacked size, from both ends of the file.

    A zstandard frame begins with the size of its content and ends with its checksum.
    """
    size = packed.stat().st_size
    with packed.open("rb") as file:
        head = file.read(18)
        file.seek(-4, os.SEEK_END)
        tail = file.read()
    return f"{size:x}-{tail.hex()}", zstandard.frame_content_size(head)


def _unpack(packed: Path, path: Path) -> None:
    try:
        with packed.open("rb") as source, whole_or_not(path) as target:
            zstandard.ZstdDecompressor(max_window_size=1 << 27).copy_stream(source, target)
            target.flush()
            os.utime(target.fileno(), (_UNPACKED_TIME, _UNPACKED_TIME))
    except zstandard.ZstdError as error:
        raise GazetteerError(f"{packed} is damaged ({error}); install geomap again") from error
    except OSError as error:
        raise _unwritable(path.parent, error) from error


@contextmanager
def whole_or_not(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, renamed to ``path`` at the end: others see all of it or nothing.

    Its folder is made where it is missing. May raise :class:`OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _unwritable(folder: Path, error: OSError) -> GazetteerError:
    return GazetteerError(
        f"the gazetteer cannot be unpacked into {folder} ({error.strerror}); "
        f"set {CACHE_VARIABLE} to a folder that can be written and has 200 MB of space"
    )
