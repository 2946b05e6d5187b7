"""Saved web pages, feeds, PDF and Word files: documents with a layout around their text."""

from __future__ import annotations

import hashlib
import logging
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read.text import decode, leading_title, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from geomap.read.item import Item

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_LINE_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read_html(item: Item) -> Iterator[Document]:
    """Yield the main text of a saved page with the title, day, publisher and address it names."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(
        decode(item.data), with_metadata=True, include_comments=False, include_tables=True
    )
    if found is None or not (found.text or "").strip():
        raise InputError("no main text found in the page; save the article's text as .txt")
    yield _document(
        item,
        found.text,
        title=found.title,
        published=parse_date(found.date) if found.date else None,
        publisher=found.sitename or found.hostname,
        url=found.url,
        language=found.language,
    )


def read_feed(item: Item) -> Iterator[Document | Failure]:
    """Yield the entries of an RSS or Atom file; their HTML becomes plain text."""
    if _ENTITY.search(item.data):
        raise InputError("declares XML entities, which a feed has no use for and a bomb has")
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
        day = entry.get("published_parsed") or entry.get("updated_parsed")
        yield _document(
            item,
            text,
            part=str(number),
            title=entry.get("title"),
            published=parse_date("-".join(f"{n:02}" for n in day[:3])) if day else None,
            publisher=feed.feed.get("title"),
            url=entry.get("link"),
        )


def read_pdf(item: Item) -> Iterator[Document]:
    """Yield the text layer of a PDF, with words put together that a line end had cut."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity of a file
    try:
        reader = pypdf.PdfReader(BytesIO(item.data))
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        metadata: Any = reader.metadata or {}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(f"a damaged or locked PDF ({error})") from error
    if not text.strip():
        raise InputError("a scanned PDF without a text layer; run OCR on it first")
    made = _PDF_DATE.match(str(metadata.get("/CreationDate", "")))
    yield _document(
        item,
        _LINE_HYPHEN.sub("", text),
        title=str(metadata.get("/Title") or "") or leading_title(text),
        published=parse_date("-".join(made.groups())) if made else None,
        notes=("the date is that of the PDF file",) if made else (),
    )


def read_docx(item: Item) -> Iterator[Document]:
    """Yield the paragraphs and table cells of a Word document."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        file = docx.Document(BytesIO(item.data))
        paragraphs = [paragraph.text for paragraph in file.paragraphs]
        rows = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
    except (OpcError, LxmlError, KeyError, ValueError, OSError) as error:
        raise InputError(f"a damaged Word document ({error})") from error
    text = "\n\n".join([*paragraphs, *("\t".join(cells) for cells in rows)])
    if not text.strip():
        raise InputError("empty: the Word document has no text")
    yield _document(item, text, title=file.core_properties.title or leading_title(text))


def _plain(html: str) -> str:
    """Return the text of a fragment of HTML, a paragraph to a line."""
    from lxml import html as parser
    from lxml.etree import LxmlError

    if not html.strip():
        return ""
    try:
        fragment = parser.fragment_fromstring(html, create_parent="div")
    except LxmlError:
        return ""
    for element in fragment.iter("p", "br", "div", "li"):
        element.tail = "\n" + (element.tail or "")
    return str(fragment.text_content()).strip()


def _document(  # noqa: PLR0913  a document has this many facts
    item: Item,
    text: str,
    *,
    part: str | None = None,
    title: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    return Document(
        id=f"{item.id}#{part}" if part else item.id,
        text=text,
        title=title or None,
        published=published,
        publisher=publisher or None,
        url=url or None,
        language=language or None,
        source=item.source,
        sha256=hashlib.sha256(item.data).hexdigest(),
        notes=notes,
    )
