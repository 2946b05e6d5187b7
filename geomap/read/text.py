"""Plain text and Markdown, each with an optional header.

Two forms of header are read: front matter between two lines of ``---``, and lines of ``Key: value``
at the very top that end at the first empty line. The known keys are in :data:`KEYS`; a block with
no known key is no header but the beginning of the text.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date
from typing import TYPE_CHECKING

from geomap.errors import InputError
from geomap.read.encoding import decode
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
# A date among the words around it: "9:27 AM ET, Mon January 5, 2015", "2024-01-02T08:00:00Z".
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<y1>\d{4})(?:-(?P<n1>\d{2})-| (?P<m1>[A-Za-z]{3,9})\.? )(?P<d1>\d{1,2})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)? (?P<m2>[A-Za-z]{3,9})\.? (?P<y2>\d{4})"
    r"|(?P<m3>[A-Za-z]{3,9})\.? (?P<d3>\d{1,2})(?:st|nd|rd|th)? (?P<y3>\d{4})"
    r"|(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y4>\d{4})"
    r")(?!\d)"
)
_MONTHS = {
    name.lower(): number for names in (month_name, month_abbr) for number, name in enumerate(names)
} | {"sept": 9}
_MONTHS_A_YEAR = 12

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
    """Read the one date of ``value``, whatever clock and zone stand beside it.

    ``None`` for none, for two, and for "01/02/2024", which has two meanings.
    """
    words = " ".join(value.strip()[:_DATE_MAX_CHARS].replace(",", " ").split())
    days = {_day(match) for match in _DATE.finditer(words)}
    return days.pop() if len(days) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    """Return the day of a date, ``None`` where there is no such day or nobody can tell which."""
    part = match.groupdict()
    year = int(part["y1"] or part["y2"] or part["y3"] or part["y4"])
    day = int(part["d1"] or part["d2"] or part["d3"] or 0)
    name = part["m1"] or part["m2"] or part["m3"] or ""
    month = int(part["n1"] or 0) or _MONTHS.get(name.lower(), 0)
    if part["a"]:
        month, day = sorted((int(part["a"]), int(part["b"])))
        if day <= _MONTHS_A_YEAR and day != month:
            return None
    try:
        return date(year, month, day)
    except ValueError:
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
