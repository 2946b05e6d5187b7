"""Files to documents.

:func:`read_documents` walks files and folders in a fixed order and yields a
:class:`~geomap.model.Document` for each text and a :class:`~geomap.model.Failure` for each file,
row or member that gave none. One bad file never stops the others, and nothing is fetched or
unpacked to disk.

A reader turns one :class:`~geomap.read.item.Item` into documents. Adding a format is adding such a
function, its name in :data:`READERS`, and how it is told apart in ``formats.py``.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from geomap.deadline import deadline
from geomap.errors import InputError, SlowError
from geomap.model import Document, Failure
from geomap.read import archive, pages, tables
from geomap.read.discover import discover, unique
from geomap.read.formats import format_of
from geomap.read.item import Item
from geomap.read.limits import MAX_DEPTH, MEGABYTE, Budget
from geomap.read.mend import foreign_language, future_note, mend
from geomap.read.office import read_docx, read_pdf
from geomap.read.text import read_text
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from geomap.config import Settings
    from geomap.read.discover import Source

    Found = Document | Failure
    Reader = Callable[[Item], Iterator[Found]]
    TableReader = Callable[[Item, Mapping[str, str]], Iterator[Found]]

READERS: Mapping[str, Reader] = {
    "text": read_text,
    "html": pages.read_html,
    "feed": pages.read_feed,
    "pdf": read_pdf,
    "docx": read_docx,
}

TABLE_READERS: Mapping[str, TableReader] = {
    "json": tables.read_json,
    "csv": tables.read_csv,
    "parquet": tables.read_parquet,
}

_ARCHIVES = frozenset({"zip", "gzip"})


class Memory(Protocol):
    """What remembers files that were read before."""

    def expect(self, sources: Sequence[Source]) -> None:
        """Hear which files will be asked for, in which order."""

    def settle(self) -> None:
        """Hear that all of them have been."""

    def recall(self, source: Source) -> Sequence[Found] | None:
        """Return what was in a file, ``None`` unless that is known and the file unchanged."""

    def keep(self, source: Source, found: Sequence[Found]) -> None:
        """Keep what was in a file that was asked for before it was read."""


def read_documents(
    inputs: Sequence[str | Path], settings: Settings, memory: Memory | None = None
) -> Iterator[Found]:
    """Read every document of files and folders, sorted by path; ``-`` is standard input.

    Ids are unique. Files that ``memory`` knows are not read again. Raises :class:`InputError` when
    an input does not exist or there is no file to read at all, and :class:`ConfigError` for columns
    of a field that documents do not have.
    """
    tables.check_columns(dict(settings.columns))
    today = datetime.now(UTC).date()
    taken: dict[str, int] = {}
    sources = discover(inputs)
    if memory:
        memory.expect(sources)
    for source in sources:
        known = memory.recall(source) if memory else None
        for found in _read_file(source, settings, memory) if known is None else known:
            yield _told_once(found, taken, today) if isinstance(found, Document) else found
    if memory:
        memory.settle()


def _read_file(source: Source, settings: Settings, memory: Memory | None) -> Iterator[Found]:
    """Yield what is in a file, and have it kept if reading it again would give the same."""
    path = one_line(source.location)
    try:
        data = source.read(settings.max_file_mb * MEGABYTE)
    except InputError as error:
        yield _failure(path, error)
        return
    item = Item(id=one_line(source.id), name=source.path.name, source=path, data=data)
    budget = Budget(settings, len(data))
    kept: list[Found] = []
    for found in _documents(item, settings, budget, ()):
        if memory and budget.is_small():
            kept.append(found)
        yield found
    if memory and budget.certain and budget.is_small():
        memory.keep(source, kept)


def _told_once(document: Document, taken: dict[str, int], today: date) -> Document:
    """Give a document a name of its own, and note a day of publication that is still to come.

    That one is a matter of when one reads.
    """
    name, late = unique(document.id, taken), future_note(document.published, today)
    if name == document.id and not late:
        return document
    return dataclasses.replace(document, id=name, notes=(*document.notes, *late))


def _documents(
    item: Item, settings: Settings, budget: Budget, within: tuple[str, ...]
) -> Iterator[Found]:
    """Yield what is in an item that lies ``within`` archives; those are opened as they are met."""
    try:
        form = format_of(item)
        if form in _ARCHIVES:
            found = _unpacked(item, settings, budget, (form, *within))
        else:
            trail = " in ".join((form, *within))
            in_time = _each_in_time(_read(item, form, settings), budget)
            found = (_as_read(one, trail) for one in in_time)
        yield from _some(found)
    except InputError as error:
        budget.certain &= not isinstance(error, SlowError)
        yield _failure(item.source, error)
    except Exception as error:  # noqa: BLE001  what a parser throws at one file stops no other
        budget.certain = False
        yield _failure(item.source, f"damaged ({type(error).__name__}: {error})")


def _as_read(found: Found, trail: str) -> Found:
    return dataclasses.replace(found, format=trail) if isinstance(found, Document) else found


def _read(item: Item, form: str, settings: Settings) -> Iterator[Found]:
    if form in TABLE_READERS:
        found = TABLE_READERS[form](item, dict(settings.columns))
    else:
        found = READERS[form](item)
    return (_checked(one, item, settings) for one in found)


def _each_in_time(found: Iterator[Found], budget: Budget) -> Iterator[Found]:
    """Hold the limits of time and number over each step of an iterator."""
    while True:
        with deadline(budget.seconds):
            one = next(found, None)
        if one is None:
            return
        budget.give(len(one.text) if isinstance(one, Document) else 0)
        yield one


def _unpacked(
    item: Item, settings: Settings, budget: Budget, within: tuple[str, ...]
) -> Iterator[Found]:
    if len(within) > MAX_DEPTH:
        raise InputError(f"archives in archives, more than {MAX_DEPTH} deep")
    unpack = archive.zip_items if within[0] == "zip" else archive.gzip_items
    for inner in unpack(item, budget):
        if isinstance(inner, Item):
            yield from _documents(inner, settings, budget, within)
        else:
            yield _failure(*inner)


def _some(found: Iterator[Found]) -> Iterator[Found]:
    """Raise :class:`InputError` where there is nothing at all, neither good nor bad."""
    any_found = False
    for one in found:
        any_found = True
        yield one
    if not any_found:
        raise InputError("empty: there is no document in it")


def _checked(found: Found, item: Item, settings: Settings) -> Found:
    """Hold the limits of a text, and mend it."""
    if isinstance(found, Failure):
        return dataclasses.replace(found, message=one_line(found.message))
    if len(found.text) > settings.max_text_chars:
        message = (
            f"a text of {len(found.text):,} characters; the limit is "
            f"{settings.max_text_chars:,} (max_text_chars in geomap.toml)"
        )
        return _failure(found.source or item.source, message)
    mended = mend(found)
    if not mended.text.strip():
        return _failure(found.source or item.source, "empty: there is no text to read")
    language = foreign_language(mended)
    if language and settings.spacy_pipeline is None:
        message = f'written in the language "{language}"; geomap reads English'
        return _failure(found.source or item.source, message)
    return mended


def _failure(source: str, reason: InputError | str) -> Failure:
    return Failure(source=source, stage="read", message=one_line(str(reason)))
