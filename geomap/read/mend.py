"""What is wrong with a text as text: mojibake, invisible characters, a language nobody reads here.

Whatever is changed is said in the document's notes. Offsets refer to the text after mending.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.model import Document

# Soft hyphen, zero-width space, word joiner and byte order mark stand inside words of pages and
# PDFs and mean nothing. The zero-width joiners stay: scripts and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")

# Controls that no text means; they would reach terminals and spreadsheets. Tab and line feed stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# Common words of English that few other languages have. They make up a third of its running text
# and next to nothing of any other language's; a fifteenth tells them apart, room on both sides.
_ENGLISH_WORDS = (
    "the of and to that for it as with be by not his but have from had they which you were their"
    " her has there been if more when will who said this would after also than its people"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_ENGLISH_SHARE = 1 / 15
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE_WORDS = 400
_ENOUGH_WORDS = 40


def mend(document: Document) -> Document:
    """Return the document with its text and title mended, and a note for each thing done."""
    text, notes = _mended(document.text)
    if not notes:
        return document
    title = _mended(document.title)[0] if document.title else None
    return dataclasses.replace(document, text=text, title=title, notes=(*document.notes, *notes))


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    notes = []
    if not text.isascii():
        from ftfy import fix_encoding
        from ftfy.badness import is_bad

        fixed = fix_encoding(text) if is_bad(text) else text
        if fixed != text:
            notes.append("the text was decoded twice somewhere (mojibake); mended")
        text, count = _INVISIBLE.subn("", fixed)
        if count:
            notes.append(f"{count} invisible characters removed")
    text, count = _CONTROL.subn(" ", text)
    if count:
        notes.append(f"{count} control characters replaced by spaces")
    return text, tuple(notes)


def foreign_language(document: Document) -> str | None:
    """Return the ISO 639-1 code of the language of a text that is not English, else ``None``.

    A text of a few words tells too little and is taken for English, and so is a text whose header
    says it is.
    """
    if document.language:
        code = document.language.lower()[:2]
        return None if code == "en" else code
    words = _WORD.findall(document.text[: _SAMPLE_WORDS * 12])[:_SAMPLE_WORDS]
    english = sum(word.lower() in _ENGLISH for word in words)
    if len(words) < _ENOUGH_WORDS or english >= _ENGLISH_SHARE * len(words):
        return None
    return _named(document.text[:4000])


def _named(sample: str) -> str | None:
    from py3langid import classify

    code: str = classify(sample)[0]
    return None if code == "en" else code
