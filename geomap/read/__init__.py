"""Files to documents.

:func:`read_documents` walks files and folders in a fixed order and yields a
:class:`~geomap.model.Document` for each text and a :class:`~geomap.model.Failure` for each file
that gave none. One bad file never stops the others.

A reader turns the bytes of one file into documents. Adding a format is adding a module with one
function of the form :data:`Reader` and a line in :data:`READERS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read.discover import Source, discover
from geomap.read.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.config import Settings

    Reader = Callable[[bytes, Source], Iterable[Document]]

READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_text,
    ".markdown": read_text,
}

_MEGABYTE = 1_000_000


def read_documents(
    inputs: Sequence[str | Path], settings: Settings
) -> Iterator[Document | Failure]:
    """Read every document of files and folders, sorted by path.

    Raises :class:`InputError` when an input does not exist or there is no file to read at all.
    """
    sources = discover(inputs)
    for source in sources:
        try:
            yield from _read_one(source, settings)
        except InputError as error:
            yield Failure(source=str(source.path), stage="read", message=str(error))
        except OSError as error:
            message = f"cannot be read ({error.strerror})"
            yield Failure(source=str(source.path), stage="read", message=message)


def _read_one(source: Source, settings: Settings) -> Iterator[Document]:
    """Read one file; raises :class:`InputError` where it gives no document."""
    reader = READERS.get(source.path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise InputError(f"not a kind of file that geomap reads (it reads {known})")
    if source.path.stat().st_size > settings.max_file_mb * _MEGABYTE:
        raise InputError(
            f"larger than {settings.max_file_mb} MB; split it or raise max_file_mb in geomap.toml"
        )
    for document in reader(source.path.read_bytes(), source):
        if len(document.text) > settings.max_text_chars:
            raise InputError(
                f"a text of {len(document.text):,} characters; the limit is "
                f"{settings.max_text_chars:,} (max_text_chars in geomap.toml)"
            )
        yield document
