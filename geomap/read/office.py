"""PDF and Word files."""

from __future__ import annotations

import logging
import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.read.archive import unpacked
from geomap.read.limits import MAX_WORD_TAGS, MEGABYTE, check_tags
from geomap.read.text import leading_title, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Document
    from geomap.read.item import Item

_LINE_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")

# A book of a thousand pages takes a tenth.
_MAX_XML_BYTES = 50 * MEGABYTE

# ISO/IEC 29500-1, Office Open XML: the names of WordprocessingML that hold text.
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _ROW, _CELL = f"{_WORD}p", f"{_WORD}tr", f"{_WORD}tc"
_TEXT = f"{_WORD}t"
_SIGNS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}
# The same once more for older programs, and what an author took out.
_SKIPPED = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_WORD}del",
    f"{_WORD}moveFrom",
)
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_pdf(item: Item) -> Iterator[Document]:
    """Yield the text layer of a PDF, with words put together that a line end had cut."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity of a file
    try:
        reader = pypdf.PdfReader(BytesIO(item.data))
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        metadata: Any = reader.metadata or {}
        title, made = str(metadata.get("/Title") or ""), str(metadata.get("/CreationDate") or "")
    except Exception as error:  # a damaged PDF makes pypdf throw whatever it happens to meet
        raise InputError(f"a damaged or locked PDF ({type(error).__name__}: {error})") from error
    if not text.strip():
        raise InputError("a scanned PDF without a text layer; run OCR on it first")
    day = _PDF_DATE.match(made)
    yield item.document(
        _LINE_HYPHEN.sub("", text),
        title=title or leading_title(text),
        published=parse_date("-".join(day.groups())) if day else None,
        notes=("the date is that of the PDF file",) if day else (),
    )


def read_docx(item: Item) -> Iterator[Document]:
    """Yield the text of a Word document, table rows with a tab between cells."""
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(BytesIO(item.data)) as file:
            body = _xml(file, "word/document.xml")
            core = _xml(file, "docProps/core.xml") if _has(file, "docProps/core.xml") else None
    except (LxmlError, KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise InputError(f"a damaged Word document ({error})") from error
    text = "\n\n".join(block for block in _blocks(body) if block.strip())
    if not text:
        raise InputError("empty: the Word document has no text")
    title = core.findtext(_TITLE) if core is not None else None
    yield item.document(text, title=title or leading_title(text))


def _has(file: zipfile.ZipFile, name: str) -> bool:
    return name in file.namelist()


def _xml(file: zipfile.ZipFile, name: str) -> Any:
    """Parse a part of the package, without entities, DTDs or anything from elsewhere."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    data = unpacked(file, file.getinfo(name), _MAX_XML_BYTES)
    check_tags(data, MAX_WORD_TAGS)
    return etree.fromstring(data, parser)


def _blocks(body: Any) -> Iterator[str]:
    """Yield paragraphs and rows of tables in the order of the document."""
    for skipped in list(body.iter(*_SKIPPED)):
        if skipped.getparent() is not None:
            skipped.getparent().remove(skipped)
    for element in body.iter(_PARAGRAPH, _ROW):
        if next(element.iterancestors(_PARAGRAPH, _ROW), None) is not None:
            continue  # what is in a table or in a box of a paragraph was told with it
        if element.tag == _ROW:
            yield "\t".join(_cells(element))
        else:
            yield _written(element)


def _cells(row: Any) -> Iterator[str]:
    """Yield the text of each cell of a row; that of a table inside belongs to its cell."""
    for cell in row.iter(_CELL):
        if next(cell.iterancestors(_ROW)) is row:
            yield " ".join(_written(paragraph) for paragraph in cell.iter(_PARAGRAPH))


def _written(paragraph: Any) -> str:
    """Return the text of one paragraph."""
    return "".join(
        _SIGNS.get(element.tag) or element.text or "" for element in paragraph.iter(_TEXT, *_SIGNS)
    )
