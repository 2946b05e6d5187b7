"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BUFFER_BYTES = 1 << 20


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path to write to; it takes the place of ``path`` when the block succeeds.

    The name is the same (drivers look at the extension), the folder a hidden one beside it, which
    also takes the side files that a driver may leave. Raises :class:`OutputError`.
    """
    if path.exists() and not os.access(path, os.W_OK):
        raise OutputError(f"{path}: is read-only; make it writable or choose another name")
    try:
        with tempfile.TemporaryDirectory(prefix=".geomap-", dir=path.parent) as folder:
            temporary = Path(folder) / path.name
            yield temporary
            temporary.replace(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason}); close programs that have it open, or choose "
            "another name"
        ) from error


def write_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write what is given in parts."""
    with replacing(path) as temporary, temporary.open("wb", buffering=_BUFFER_BYTES) as file:
        file.writelines(parts)


def utf8(text: str) -> bytes:
    r"""Return text as UTF-8; a lone surrogate, which that cannot hold, is written as ``\udc80``."""
    return text.encode("utf-8", "backslashreplace")


def write_text(path: Path, parts: Iterable[str]) -> None:
    r"""Write text, given in parts, as UTF-8 with line ends as they are.

    A lone surrogate, which UTF-8 cannot hold, is written as ``\udc80``.
    """
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        file.writelines(parts)
