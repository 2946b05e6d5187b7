"""JSON, JSON Lines, CSV and Parquet: one document a row.

Which column holds what is found by its name (:data:`NAMES`) or said in ``geomap.toml``::

    columns = { text = "body_plain", published = "pub_day" }
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

from geomap.errors import ConfigError, InputError
from geomap.given import json_value
from geomap.model import Document, Failure
from geomap.read.encoding import decode
from geomap.read.text import parse_date, unread_date
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geomap.read.item import Item

    Row = tuple[int, Any]  # its number, and what stands there or the error

# What people call the columns, the likeliest first.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "maintext"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publish_date", "date_publish", "day"),
    "publisher": ("publisher", "source", "outlet", "domain", "source_domain"),
    "url": ("url", "link"),
    "language": ("language", "lang"),
    "id": ("id", "doc_id", "document_id"),
}

# A text in a cell of a spreadsheet may be long; the limit on texts is held elsewhere.
csv.field_size_limit(2**31 - 1)

# A table of news has a dozen columns; each row of a wider one would be a large object.
_MAX_COLUMNS = 2_000

# Rows are taken out of Parquet by so many, since one value may stand in all of them.
_PARQUET_ROWS = 16

# More rows without a text than this are counted and not listed one by one.
_MAX_LISTED = 100

_ID_MAX_CHARS = 200


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise :class:`ConfigError` where a field is named that documents do not have."""
    for field in columns:
        if field not in NAMES:
            raise ConfigError(
                f'columns: documents have no field "{field}"; known: {", ".join(NAMES)}'
            )


def read_json(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a JSON array, of one JSON object, or of JSON Lines."""
    text, notes = decode(item.data)
    try:
        whole = json_value(text)
    except ValueError:
        yield from _documents(item, _json_lines(text), columns, notes)
        return
    rows = whole if isinstance(whole, list) else [whole]
    yield from _documents(item, enumerate(rows, start=1), columns, notes)


def read_csv(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a table with a header line; comma, semicolon or tab divide fields."""
    text, notes = decode(item.data)
    head = text.partition("\n")[0]
    delimiter = max("\t;,", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        if len(rows.fieldnames or ()) > _MAX_COLUMNS:
            raise InputError(f"a table of more than {_MAX_COLUMNS:,} columns")
        yield from _documents(item, ((rows.line_num, row) for row in rows), columns, notes)
    except csv.Error as error:
        raise InputError(f"line {rows.line_num}: not a table ({error})") from error


def read_parquet(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a Parquet file, read in batches of the columns that are wanted."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = {name for field in NAMES for name in _columns_of(field, columns)}
    try:
        file = pq.ParquetFile(io.BytesIO(item.data))
        names = [name for name in file.schema_arrow.names if name.strip().lower() in wanted]
        batches = file.iter_batches(batch_size=_PARQUET_ROWS, columns=names)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _documents(item, enumerate(rows, start=1), columns, ())
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"not a Parquet file ({error})") from error


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json_value(line)
            except ValueError as error:
                yield number, InputError(f"not JSON ({error})")


def _documents(
    item: Item, rows: Iterable[Row], columns: Mapping[str, str], notes: tuple[str, ...]
) -> Iterator[Document | Failure]:
    listed = 0
    for number, row in rows:
        source = f"{item.source}, line {number}"
        try:
            yield _document(item, source, _fields(row, columns, number), notes)
        except InputError as error:
            listed += 1
            if listed <= _MAX_LISTED:
                yield Failure(source=source, stage="read", message=str(error))
    if listed > _MAX_LISTED:
        more = f"{listed - _MAX_LISTED:,} more lines that give no document, like those before"
        yield Failure(source=item.source, stage="read", message=more)


def _fields(row: object, columns: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the known fields of a row as strings; what is empty is left out."""
    if isinstance(row, InputError):
        raise row
    if not isinstance(row, dict):
        raise InputError("not an object with named fields")
    lowered = {str(name).strip().lower(): value for name, value in row.items() if name}
    found = {"id": str(number)}
    for field in NAMES:
        named = (lowered.get(name) for name in _columns_of(field, columns))
        value = _string(next((value for value in named if value is not None), None))
        if value and value.strip():
            found[field] = value
    return found


def _columns_of(field: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names, in lower case, under which a field may stand, the likeliest first."""
    return (columns[field].strip().lower(),) if field in columns else NAMES[field]


def _string(value: Any) -> str | None:
    """Return a cell as text; a list of paragraphs is one, and an object is none."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return str(value) if isinstance(value, str | int | float | date) else None


def _document(
    item: Item, source: str, fields: Mapping[str, str], notes: tuple[str, ...]
) -> Document:
    if "text" not in fields:
        known = ", ".join(NAMES["text"])
        raise InputError(
            f"no text; name its column {known}, or say columns = {{ text = … }} in geomap.toml"
        )
    written = fields.get("published")
    published = parse_date(written) if written else None
    return item.document(
        fields["text"],
        id=f"{item.id}#{one_line(fields['id'][:_ID_MAX_CHARS])}",
        title=fields.get("title"),
        published=published,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
        language=fields.get("language"),
        source=source,
        notes=(*notes, unread_date(written)) if written and not published else notes,
    )
