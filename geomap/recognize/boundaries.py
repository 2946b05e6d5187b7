"""Where a place name begins and ends.

The conventions are those of the published corpora: no article, no possessive, no direction written
small ("eastern Ukraine" is Ukraine), the area word where it is written large ("Laurel County") or
where the name is none without it ("Solomyansky district").
"""

from __future__ import annotations

import re

from geomap.model import noun
from geomap.recognize.words import words

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})

# What a mention is labeled whose area word stands outside its span: "Idlib province", and each name
# of "Kharkiv, Kherson and Zaporizhia regions".
ADMIN = "ADMIN"

_ARTICLE = re.compile(r"(?:the|a|an|this|that)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’ʼ`]s|['’ʼ])$", re.IGNORECASE)
_EDGE = ' \t\r\n,;:!?"“”«»„()[]{}<>/|*_—–…'
_NEXT_WORD = re.compile(r"\s([a-z]+)\b")
_NEXT_IN_LIST = re.compile(r",?\s(?:and|or|&)\s|,\s|\s?/\s?")
_LIST_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}")

# A list of names is followed this far in search of its area word.
_LIST_CHARS = 300


@noun
class Span:
    """A place name in a text, with the recognizer's label for it."""

    start: int
    end: int
    label: str


def tidy(text: str, start: int, end: int, label: str) -> Span | None:
    """Bring a span to the conventions; ``None`` where nothing is left of it."""
    start, end = _without_edges(text, start, end)
    start = _after_small_words(text, _after_article(text, start, end), end)
    end = _before_small_words(text, start, end)
    start, end = _without_edges(text, start, end)
    if not any(char.isalpha() for char in text[start:end]):
        return None
    return with_area_word(text, start, end, label)


def _without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out punctuation at the ends and a possessive.

    A full stop at the end stays: tokenizers divide it from a word unless it abbreviates ("Kan.").
    """
    while start < end and text[start] in _EDGE + ".'’-":
        start += 1
    while start < end:
        possessive = _POSSESSIVE.search(text, max(start, end - 2), end)
        if possessive:
            end = possessive.start()
        elif text[end - 1] in _EDGE + "-":
            end -= 1
        else:
            break
    return start, end


def _after_article(text: str, start: int, end: int) -> int:
    """Step over an article, unless the name keeps its own ("The Hague")."""
    article = _ARTICLE.match(text, start, end)
    if article and text[start:end] not in words().names_with_article:
        return article.end()
    return start


def _after_small_words(text: str, start: int, end: int) -> int:
    """Step over words written small before the first written large; "kyiv" alone stays."""
    if not any(char.isupper() for char in text[start:end]):
        return start
    while text[start].islower():
        space = text.find(" ", start, end)
        if space < 0:
            return start
        start = space + 1
    return start


def _before_small_words(text: str, start: int, end: int) -> int:
    """Step back over words written small at the end, unless the name is none without them."""
    while True:
        space = text.rfind(" ", start, end)
        last = text[space + 1 : end]
        if space < 0 or not last.islower() or not any(map(str.isupper, text[start:space])):
            return end
        if last in words().own_area_words and not last.endswith("s"):
            return end
        end = space


def with_area_word(text: str, start: int, end: int, label: str) -> Span:
    """Take in the area word that follows, or let the label tell of one that stays outside."""
    following = _NEXT_WORD.match(text, end)
    word = following[1] if following else ""
    known = words()
    if word in known.own_area_words and not word.endswith("s") and label in PLACE_LABELS:
        return Span(start=start, end=end + 1 + len(word), label=label)
    if word in known.area_words or word in known.own_area_words or _heads_list(text, end):
        return Span(start=start, end=end, label=ADMIN if label in PLACE_LABELS else label)
    return Span(start=start, end=end, label=label)


def _heads_list(text: str, end: int) -> bool:
    """Tell whether a list of names goes on from ``end`` and closes with an area word in plural."""
    limit = min(len(text), end + _LIST_CHARS)
    joined = _NEXT_IN_LIST.match(text, end, limit)
    while joined:
        name = _LIST_NAME.match(text, joined.end(), limit)
        if not name:
            return False
        joined = _NEXT_IN_LIST.match(text, name.end(), limit)
        plural = None if joined else _NEXT_WORD.match(text, name.end())
        if plural:
            known = words()
            return plural[1].endswith("s") and plural[1] in known.own_area_words | known.area_words
    return False
