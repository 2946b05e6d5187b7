"""Files to documents.

:func:`read_documents` walks files and folders in a fixed order and yields a
:class:`~geomap.model.Document` for each text and a :class:`~geomap.model.Failure` for each file,
row or member that gave none. One bad file never stops the others, and nothing is fetched or
unpacked to disk.

A reader turns one :class:`~geomap.read.item.Item` into documents. Adding a format is adding such a
function, its name in :data:`READERS`, and how it is told apart in ``formats.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read import archive, pages, tables
from geomap.read.discover import discover
from geomap.read.formats import format_of
from geomap.read.item import Item
from geomap.read.mend import foreign_language, mend
from geomap.read.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.config import Settings

    Reader = Callable[[Item], Iterator[Document | Failure]]
    TableReader = Callable[[Item, Mapping[str, str]], Iterator[Document | Failure]]

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "html": pages.read_html,
    "feed": pages.read_feed,
    "pdf": pages.read_pdf,
    "docx": pages.read_docx,
}

TABLE_READERS: Mapping[str, TableReader] = {
    "json": tables.read_json,
    "table": tables.read_csv,
    "parquet": tables.read_parquet,
}

_MEGABYTE = 1_000_000


def read_documents(
    inputs: Sequence[str | Path], settings: Settings
) -> Iterator[Document | Failure]:
    """Read every document of files and folders, sorted by path; ``-`` is standard input.

    Raises :class:`InputError` when an input does not exist or there is no file to read at all.
    """
    limit_bytes = settings.max_file_mb * _MEGABYTE
    for source in discover(inputs):
        try:
            data = source.read(limit_bytes)
        except InputError as error:
            yield _failure(str(source.path), error)
            continue
        item = Item(id=source.id, name=source.path.name, source=str(source.path), data=data)
        yield from _documents(item, settings)


def _documents(item: Item, settings: Settings, depth: int = 0) -> Iterator[Document | Failure]:
    """Yield what is in an item; archives are opened as they are met."""
    try:
        name = format_of(item)
        if name in {"zip", "gzip"}:
            yield from _unpacked(item, name, settings, depth)
            return
        for found in _read(item, name, settings):
            yield _checked(found, settings) if isinstance(found, Document) else found
    except InputError as error:
        yield _failure(item.source, error)


def _read(item: Item, name: str, settings: Settings) -> Iterator[Document | Failure]:
    if name in TABLE_READERS:
        return TABLE_READERS[name](item, dict(settings.columns))
    return READERS[name](item)


def _unpacked(
    item: Item, name: str, settings: Settings, depth: int
) -> Iterator[Document | Failure]:
    if depth == archive.MAX_DEPTH:
        raise InputError(f"archives in archives, more than {archive.MAX_DEPTH} deep")
    limit_bytes = settings.max_file_mb * _MEGABYTE
    budget_bytes = settings.max_archive_mb * _MEGABYTE
    unpack = archive.zip_items if name == "zip" else archive.gzip_items
    for inner in unpack(item, limit_bytes):
        if not isinstance(inner, Item):
            yield _failure(*inner)
            continue
        budget_bytes -= len(inner.data)
        if budget_bytes < 0:
            raise InputError(
                f"unpacks to more than {settings.max_archive_mb} MB (max_archive_mb in geomap.toml)"
            )
        yield from _documents(inner, settings, depth + 1)


def _checked(document: Document, settings: Settings) -> Document | Failure:
    """Hold the limits of a text, and mend it."""
    source = document.source or document.id
    if len(document.text) > settings.max_text_chars:
        message = (
            f"a text of {len(document.text):,} characters; the limit is "
            f"{settings.max_text_chars:,} (max_text_chars in geomap.toml)"
        )
        return Failure(source=source, stage="read", message=message)
    mended = mend(document)
    language = foreign_language(mended)
    if language and settings.spacy_pipeline is None:
        message = f'written in the language "{language}"; geomap reads English'
        return Failure(source=source, stage="read", message=message)
    return mended


def _failure(source: str, error: InputError) -> Failure:
    return Failure(source=source, stage="read", message=str(error))
