"""Cut a text into pieces that can be worked on alone.

A paragraph is read apart from the next, so that a heading without a full stop does not run into the
sentence below it; and a piece has a largest size, so that time and memory stay linear in the length
of a text whatever it looks like.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A paragraph of news is 100 to 1,500 characters; only lists, tables and hostile texts are longer.
MAX_PIECE_CHARS = 5_000

# A line longer than this was not wrapped by an editor, so that its end is the end of a paragraph.
WRAPPED_LINE_CHARS = 140

# Tokenizers peel brackets and quotation marks off a word one at a time, looking at all of it each
# time. No word of a language is longer than this, and few addresses of web pages.
MAX_WORD_CHARS = 400

_LONG_WORD = re.compile(rf"\S{{{MAX_WORD_CHARS + 1},}}")
_LINE = re.compile(r"[^\r\n]+")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")

# Lines that say who wrote something and when: "Published 14th Nov 2023, 09:41", "By A. Name". They
# are shorter than a wrapped line of prose, so that none of those ends at its date.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_STAMP = re.compile(
    rf"(?=.{{1,55}}$)(?:(?:By|Text by|Published|Posted|Updated|Issued|Last \w+)\b.*"
    rf"|.{{0,30}}\b(?:{_MONTH} \d{{1,2}},? (?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},?"
    r" (?:19|20)\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)\b.{0,30})",
    re.IGNORECASE,
)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the pieces of ``text`` in order; white space between is left out."""
    for first, last in _paragraphs(text):
        for start, end in _cut(text, first, last):
            yield from _cut_words(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Join lines that an editor wrapped.

    A blank line divides, and so does a line that ends by itself, or is a stamp of who wrote it and
    when, unless the next goes on in small letters.
    """
    first = last = -1
    closed = False
    for line in _LINE.finditer(text):
        start, end = _stripped(text, *line.span())
        if start == end:
            continue
        if _blank_line(text, last, start) or (closed and not text[start].islower()):
            if first >= 0:
                yield first, last
            first = start
        last = end
        closed = end - start > WRAPPED_LINE_CHARS or bool(
            _ENDS_SENTENCE.search(text, start, end) or _STAMP.fullmatch(text, start, end)
        )
    if first >= 0:
        yield first, last


def _blank_line(text: str, last: int, start: int) -> bool:
    """Tell whether there is an empty line between; before the first line there is."""
    between = text[last:start].replace("\r\n", "\n") if last >= 0 else "\n\n"
    return between.count("\n") + between.count("\r") > 1


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space at both ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long, where a sentence ends if possible, else between words."""
    while end - start > MAX_PIECE_CHARS:
        limit = start + MAX_PIECE_CHARS
        cut = max(text.rfind(mark, start + 1, limit) for mark in (". ", "! ", "? "))
        if cut < 0:
            cut = max(text.rfind(mark, start + 1, limit) for mark in (" ", "\n", "\t"))
        cut = limit if cut < 0 else cut + 1
        yield _stripped(text, start, cut)
        start, _ = _stripped(text, cut, end)
    if start < end:
        yield start, end


def _cut_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a piece inside of words that are too long."""
    for word in _LONG_WORD.finditer(text, start, end):
        for cut in range(word.start() + MAX_WORD_CHARS, word.end(), MAX_WORD_CHARS):
            yield start, cut
            start = cut
    yield start, end
