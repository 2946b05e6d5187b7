"""JSON, JSON Lines, CSV and Parquet: one document a row.

Which column holds what is found by its name (:data:`NAMES`) or said in ``geomap.toml``::

    columns = { text = "body_plain", published = "pub_day" }
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read.text import decode, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geomap.read.item import Item

    Row = tuple[int, Mapping[str, Any]]

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


def read_json(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a JSON array, of one JSON object, or of JSON Lines."""
    text = decode(item.data)
    try:
        whole = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        yield from _documents(item, _json_lines(text), columns)
        return
    rows = whole if isinstance(whole, list) else [whole]
    yield from _documents(item, enumerate(rows, start=1), columns)


def read_csv(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a table with a header line; comma, semicolon or tab divide fields."""
    text = decode(item.data)
    head = text.partition("\n")[0]
    delimiter = max("\t;,", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey="")
    try:
        yield from _documents(item, ((rows.line_num, row) for row in rows), columns)
    except csv.Error as error:
        raise InputError(f"line {rows.line_num}: not a table ({error})") from error


def read_parquet(item: Item, columns: Mapping[str, str]) -> Iterator[Document | Failure]:
    """Yield the documents of a Parquet file, read in batches."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(item.data))
        batches = file.iter_batches(batch_size=1000)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _documents(item, enumerate(rows, start=1), columns)
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"not a Parquet file ({error})") from error


def _json_lines(text: str) -> Iterator[Row]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                yield number, {"": f"not JSON ({error})"}


def _documents(
    item: Item, rows: Iterable[Row], columns: Mapping[str, str]
) -> Iterator[Document | Failure]:
    sha256 = hashlib.sha256(item.data).hexdigest()
    for number, row in rows:
        try:
            fields = _fields(row, columns)
            yield _document(item, number, fields, sha256)
        except InputError as error:
            source = f"{item.source}, line {number}"
            yield Failure(source=source, stage="read", message=str(error))


def _fields(row: Any, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the known fields of a row as stripped strings; what is empty is left out."""
    if not isinstance(row, dict):
        raise InputError("not an object with named fields")
    if set(row) == {""}:
        raise InputError(str(row[""]))
    lowered = {str(name).strip().lower(): value for name, value in row.items() if name}
    found: dict[str, str] = {}
    for field, names in NAMES.items():
        wanted = (columns[field].lower(),) if field in columns else names
        value = next((lowered[name] for name in wanted if lowered.get(name) is not None), None)
        if value is not None and str(value).strip():
            found[field] = str(value)
    return found


def _document(item: Item, number: int, fields: Mapping[str, str], sha256: str) -> Document:
    if "text" not in fields:
        known = ", ".join(NAMES["text"])
        raise InputError(
            f"no text; name its column {known}, or say columns = {{ text = … }} in geomap.toml"
        )
    written = fields.get("published")
    published = parse_date(written) if written else None
    unread = f'the date "{written}" cannot be read; write it as 2024-01-31'
    return Document(
        id=f"{item.id}#{fields.get('id', number)}",
        text=fields["text"],
        title=fields.get("title"),
        published=published,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
        language=fields.get("language"),
        source=f"{item.source}, line {number}",
        sha256=sha256,
        notes=(unread,) if written and not published else (),
    )
