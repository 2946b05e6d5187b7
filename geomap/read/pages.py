"""Saved web pages and feeds: documents with a layout around their text."""

from __future__ import annotations

import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read.encoding import decode
from geomap.read.limits import MAX_FEED_TAGS, MAX_PAGE_TAGS, check_tags
from geomap.read.text import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.read.item import Item

# In a feed of any encoding: what is no letter may stand between the letters.
_ENTITY = re.compile(rb"<\0{0,3}!\0{0,3}E\0{0,3}N\0{0,3}T\0{0,3}I\0{0,3}T\0{0,3}Y", re.IGNORECASE)

_DAYS = ("published_parsed", "updated_parsed")


def read_html(item: Item) -> Iterator[Document]:
    """Yield the main text of a saved page with the title, day, publisher and address it names."""
    import trafilatura

    # They tell every oddity of a page to whoever listens, which is standard error.
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    check_tags(item.data, MAX_PAGE_TAGS)
    page, notes = decode(item.data)
    found: Any = trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, include_tables=True
    )
    if found is None or not (found.text or "").strip():
        raise InputError("no main text found in the page; save the article's text as .txt")
    yield item.document(
        found.text,
        title=found.title,
        published=parse_date(found.date) if found.date else None,
        publisher=found.sitename or found.hostname,
        url=found.url,
        language=found.language,
        notes=notes,
    )


def read_feed(item: Item) -> Iterator[Document | Failure]:
    """Yield the entries of an RSS or Atom file; their HTML becomes plain text."""
    if _ENTITY.search(item.data):
        raise InputError("declares XML entities, which a feed has no use for and a bomb has")
    check_tags(item.data, MAX_FEED_TAGS)
    import feedparser

    feed: Any = feedparser.parse(BytesIO(item.data))
    if not feed.entries:
        raise InputError("no entries: neither RSS nor Atom")
    for number, entry in enumerate(feed.entries, start=1):
        html = entry.content[0].value if entry.get("content") else entry.get("summary", "")
        text = _plain(html)
        if not text:
            source = f"{item.source}, entry {number}"
            yield Failure(source=source, stage="read", message="empty: the entry has no text")
            continue
        day = next((entry[key] for key in _DAYS if key in entry), None)
        yield item.document(
            text,
            id=f"{item.id}#{number}",
            title=entry.get("title"),
            published=parse_date("-".join(f"{n:02}" for n in day[:3])) if day else None,
            publisher=feed.feed.get("title"),
            url=entry.get("link"),
        )


def _plain(html: str) -> str:
    """Return the text of a fragment of HTML, a paragraph to a line."""
    from lxml import html as parser
    from lxml.etree import LxmlError

    check_tags(html.encode("utf-8", "replace"), MAX_PAGE_TAGS)
    if not html.strip():
        return ""
    try:
        fragment = parser.fragment_fromstring(html, create_parent="div")
    except (LxmlError, ValueError):  # no HTML, or a declaration of encoding in what is decoded
        return ""
    for element in fragment.iter("p", "br", "div", "li"):
        element.tail = "\n" + (element.tail or "")
    return str(fragment.text_content()).strip()
