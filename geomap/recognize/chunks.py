"""Cut a text into pieces that can be worked on alone.

A paragraph is read apart from the next, so that a heading without a full stop does not run into the
sentence below it; and a piece has a largest size, so that time and memory stay linear in the length
of a text whatever it looks like.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A paragraph of news is 100 to 1,500 characters; only lists, tables and hostile texts are longer.
MAX_PIECE_CHARS = 5_000

# A line longer than this was not wrapped by an editor, so that its end is the end of a paragraph.
WRAPPED_LINE_CHARS = 140

# No column of running text is narrower.
NARROWEST_COLUMN_CHARS = 40

# Tokenizers peel brackets and quotation marks off a word one at a time, looking at all of it each
# time. No word of a language is longer than this, and few addresses of web pages.
MAX_WORD_CHARS = 400

_LONG_WORD = re.compile(rf"\S{{{MAX_WORD_CHARS + 1},}}")
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"\S+")
# What stands in a line of its own below a heading: who wrote it, when, and what to do with it.
_HEAD_LINE = re.compile(
    r"(?:(?:text )?by (?-i:[A-Z])|(?:first |last )?(?:published|posted|updated|modified|issued)\b"
    r"|(?:share|print|source|credit|photo(?:graph)?|image|caption)\b)",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the pieces of ``text`` in order; white space between is left out."""
    for first, last in _paragraphs(text):
        for start, end in _cut(text, first, last):
            yield from _cut_words(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Join lines that an editor wrapped.

    A blank line divides, and unless the next line goes on in small letters so does a line that ends
    by itself, or that was not wrapped: the next word would have had room in it.
    """
    for block in _blocks(text):
        widest = max(end - start for start, end in block)
        first = block[0][0]
        for (start, end), (below, below_end) in pairwise(block):
            if not text[below].islower() and (
                _ends_by_itself(text, start, end)
                or _has_room(text, end - start, below, widest)
                or _HEAD_LINE.match(text, below, below_end)
            ):
                yield first, end
                first = below
        yield first, block[-1][1]


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the lines between blank lines, without the white space around them."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start, end = _stripped(text, *line.span())
        if start == end:
            continue
        if block and _blank_line(text, block[-1][1], start):
            yield block
            block = []
        block.append((start, end))
    if block:
        yield block


def _ends_by_itself(text: str, start: int, end: int) -> bool:
    return end - start > WRAPPED_LINE_CHARS or bool(_ENDS_SENTENCE.search(text, start, end))


def _has_room(text: str, width: int, below: int, widest: int) -> bool:
    """Tell whether the first word of the line below would have fit behind a line.

    Headings, bylines and stamps end where they end; a column is filled.
    """
    word = _WORD.match(text, below)
    room = max(widest, NARROWEST_COLUMN_CHARS) - width - 1
    return word is not None and len(word[0]) <= room


def _blank_line(text: str, last: int, start: int) -> bool:
    """Tell whether there is an empty line between."""
    between = text[last:start].replace("\r\n", "\n")
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
