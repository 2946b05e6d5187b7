"""What is wrong with a text as text: mojibake, invisible characters, a language nobody reads here.

Whatever is changed in a text is said in the document's notes. Offsets refer to the text after
mending.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from typing import TYPE_CHECKING

from geomap.visible import whole_characters

if TYPE_CHECKING:
    from datetime import date

    from geomap.model import Document

# Soft hyphen, zero-width space, word joiner and byte order mark stand inside words of pages and
# PDFs and mean nothing. The zero-width joiners stay: scripts and emoji need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")

# Controls that no text means (C0, DEL, C1); they would reach terminals and spreadsheets. Tab and
# line feed stay.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# Embeddings, overrides and isolates of direction, which make a title read as another one.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")

# What is longer is no title, no publisher and no address but a text or an attack.
_TITLE_MAX_CHARS = 500
_URL_MAX_CHARS = 2_000

# The only addresses that a reader of the map may be led to; "javascript:" is one too.
_URL = re.compile(r"https?://\S+", re.IGNORECASE)

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
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")


def mend(document: Document) -> Document:
    """Return the document with its text mended, a note for each thing done, and clean fields."""
    text, notes = _mended(document.text)
    url, address_notes = _address(document.url)
    return dataclasses.replace(
        document,
        text=text,
        title=_line(document.title),
        publisher=_line(document.publisher),
        url=url,
        language=_line(document.language),
        notes=(*document.notes, *notes, *address_notes),
    )


def future_note(published: date | None, today: date) -> tuple[str, ...]:
    """Return what to note of a day of publication that has not come yet anywhere on earth.

    It is kept: days told relative to it may be as wrong as it is, and a reader must know.
    """
    if published is None or published <= today or published == today + timedelta(days=1):
        return ()
    return (f"dated in the future ({published.isoformat()}); days it tells may be wrong",)


def _mended(text: str) -> tuple[str, tuple[str, ...]]:
    notes: list[str] = []
    if not text.isascii():
        text, notes = _mended_letters(text)
    text, count = _CONTROL.subn(" ", text)
    if count:
        notes.append(f"{count} control characters replaced by spaces")
    return text, tuple(notes)


def _mended_letters(text: str) -> tuple[str, list[str]]:
    """Mend what only a text beyond ASCII can have."""
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    notes: list[str] = []
    whole = whole_characters(text)
    if whole != text:
        halves = sum(a != b for a, b in zip(text, whole, strict=True))
        notes.append(f"{halves} halves of characters replaced by \ufffd")
    fixed = fix_encoding(whole) if is_bad(whole) else whole
    if fixed != whole:
        notes.append("the text was decoded twice somewhere (mojibake); mended")
    seen, count = _INVISIBLE.subn("", fixed)
    if count:
        notes.append(f"{count} invisible characters removed")
    return seen, notes


def _line(value: str | None) -> str | None:
    """Return a title or a name as one line of bounded length; ``None`` where nothing is left."""
    if value is None:
        return None
    start = _DIRECTION.sub("", value[: 2 * _TITLE_MAX_CHARS])
    line = " ".join(_mended(start)[0].split())
    if len(line) > _TITLE_MAX_CHARS:
        return line[: _TITLE_MAX_CHARS - 1] + "…"
    return line or None


def _address(url: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the address where it is one of the web, else ``None`` and why."""
    line = url and _mended(url[: _URL_MAX_CHARS + 1])[0].strip()
    if not line:
        return None, ()
    if len(line) > _URL_MAX_CHARS or not _URL.fullmatch(line):
        return None, ("its address is none of the web (http, https) and was left out",)
    return line, ()


def foreign_language(document: Document) -> str | None:
    """Return the ISO 639 code of the language of a text that is not English, else ``None``.

    A text of a few words tells too little and is taken for what its header says, else for English.
    What a header says of an English text does not matter: many sites give all pages one language.
    """
    declared = _LANGUAGE.match((document.language or "").lower())
    if declared and declared[0] in {"en", "eng"}:
        return None
    words = _WORD.findall(document.text[: _SAMPLE_WORDS * 12])[:_SAMPLE_WORDS]
    english = sum(word.lower() in _ENGLISH for word in words)
    if len(words) < _ENOUGH_WORDS:
        return declared[0] if declared else None
    if english >= _ENGLISH_SHARE * len(words):
        return None
    return declared[0] if declared else _named(document.text[:4000])


def _named(sample: str) -> str | None:
    from py3langid import classify

    code: str = classify(sample)[0]
    return None if code == "en" else code
