"""Which reader an item wants: by what it holds first, by its name where that says more."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from geomap.errors import InputError

if TYPE_CHECKING:
    from geomap.read.item import Item

# Endings that text alone does not give away.
_BY_NAME = {
    ".csv": "csv",
    ".tsv": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".htm": "html",
    ".html": "html",
    ".xhtml": "html",
    ".md": "text",
    ".markdown": "text",
    ".txt": "text",
    ".text": "text",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)

# What is surely no report, by its first bytes, with the words for people.
_FOREIGN = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .docx"),
    (b"{\\rtf", "an RTF file; save it as .docx"),
    (b"7z\xbc\xaf", "a 7-Zip archive; pack it as .zip"),
    (b"Rar!", "a RAR archive; pack it as .zip"),
    (b"BZh", "a bzip2 archive; pack it as .zip or .gz"),
    (b"\xfd7zXZ\0", "an xz archive; pack it as .zip or .gz"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive; pack it as .zip or .gz"),
)

_HEAD_BYTES = 2000
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_HTML = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype html|html)",
    re.DOTALL | re.IGNORECASE,
)


def format_of(item: Item) -> str:
    """Return the name of the format of an item.

    Raises :class:`InputError` where it is of a kind that holds no report that geomap could read.
    """
    head = item.data[:_HEAD_BYTES]
    for magic, words in _FOREIGN:
        if head.startswith(magic):
            raise InputError(f"no document: it is {words}")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return _office(item) if name == "zip" else name
    if _FEED.search(head):
        return "feed"
    if _HTML.match(head):
        return "html"
    return _BY_NAME.get(item.suffix, "text")


def _office(item: Item) -> str:
    """Tell a Word document from any other archive."""
    try:
        with zipfile.ZipFile(BytesIO(item.data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError(f"a damaged archive ({error})") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        raise InputError("an Excel workbook; save the sheet as .csv")
    return "zip"
