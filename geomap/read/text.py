"""Plain text and Markdown, each with an optional header.

Two forms of header are read: front matter between two lines of ``---``, and lines of ``Key: value``
at the very top that end at the first empty line. The known keys are in :data:`KEYS`; a block with
no known key is no header but the beginning of the text.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.read.encoding import decode
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from geomap.model import Document
    from geomap.read.item import Item

# What people write, and the field it fills.
KEYS: Mapping[str, str] = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "publisher": "publisher",
    "source": "publisher",
    "outlet": "publisher",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
}

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<header>.*?)\n---[ \t]*(?:\n|\Z)\n*", re.DOTALL)
_LINES = re.compile(r"(?P<header>(?:[A-Za-z][A-Za-z -]{0,30}:[^\n]*\n)+)(?:\n+|\Z)")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")

_DATE_MAX_CHARS = 60

# A title is short and does not end as a sentence does.
_TITLE_MAX_CHARS = 200


def read_text(item: Item) -> Iterator[Document]:
    r"""Yield the one document of a text or Markdown file.

    ``Document.text`` is what follows the header, unchanged but for line ends, which become ``\n``.
    A date that cannot be read leaves ``published`` unknown, with a note. Raises
    :class:`InputError` when the file is empty or is no text.
    """
    text, notes = decode(item.data)
    fields, body = split_header(text)
    if not body.strip():
        raise InputError("empty: there is no text to read")
    written = fields.get("published")
    published = parse_date(written) if written else None
    yield item.document(
        body,
        title=fields.get("title") or leading_title(body),
        published=published,
        publisher=fields.get("publisher"),
        url=fields.get("url"),
        language=fields.get("language"),
        notes=(*notes, unread_date(written)) if written and not published else notes,
    )


def split_header(text: str) -> tuple[dict[str, str], str]:
    """Return the known header fields and the text behind the header (all of it without one)."""
    match = _FRONT_MATTER.match(text) or _LINES.match(text)
    if not match:
        return {}, text
    fields: dict[str, str] = {}
    for line in match["header"].splitlines():
        key, colon, value = line.partition(":")
        if colon and (field := KEYS.get(key.strip().lower())):
            fields.setdefault(field, value.strip().strip("\"'"))
    return (fields, text[match.end() :]) if fields else ({}, text)


def parse_date(value: str) -> date | None:
    """Read a date that has one meaning; ``None`` for "01/02/2024", which has two, and the like."""
    short = value.strip()[:_DATE_MAX_CHARS]
    iso = _ISO_DATE.match(short)
    words = " ".join(short.replace(",", " ").split())
    for text, form in ((iso[0] if iso else "", "%Y-%m-%d"), *((words, form) for form in _FORMS)):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def unread_date(written: str) -> str:
    """Return the note that says that a date could not be read."""
    return (
        f'the date "{one_line(written[:_DATE_MAX_CHARS])}" cannot be read; write it as 2024-01-31'
    )


def leading_title(text: str) -> str | None:
    """Return the first line where it stands alone and does not end as a sentence does."""
    first, _, rest = text.lstrip().partition("\n")
    title = first.lstrip("# ").strip()
    alone = rest.startswith("\n") or first.startswith("#")
    if not title or len(title) > _TITLE_MAX_CHARS or not alone:
        return None
    return None if title.endswith((".", "…")) and not first.startswith("#") else title
