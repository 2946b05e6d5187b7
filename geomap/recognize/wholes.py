"""Names of which the networks found a part: "OKLAHOMA" of OKLAHOMA CITY, "Bosnia and Herzegovina".

Where the gazetteer has a longer name around what was found, written large from end to end, and it
is the first name of a town or any of more than a town, the longer name is the toponym.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.model import noun
from geomap.recognize.lookup import is_joint, is_large
from geomap.recognize.tagging import TaggedSpan
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.model import Token
    from geomap.recognize.lookup import Lookup

# A name grows by at most this many words to either side, and has at most this many in all.
_MOST_ADDED = 4
_LONGEST_NAME = 6

# "Vt." and "Twp." keep their full stop where the sentence goes on behind it, "W.Va." always.
_STOP_INSIDE = re.compile(r"\.(?=[,;)]|\s[a-z(])")
_LONGEST_ABBREVIATION = 5


@noun
class Whole:
    """A name and the part of it that the networks found, which tells how sure they are."""

    span: TaggedSpan
    core: TaggedSpan


def whole_names(
    text: str, tokens: Sequence[Token], spans: Iterable[TaggedSpan], lookup: Lookup
) -> list[Whole]:
    """Return the spans, in order, with those grown that are a part of a longer name.

    A span that ends up in the one before it is left out.
    """
    found: list[Whole] = []
    for span in spans:
        if found and span.first < found[-1].span.last:
            continue
        whole = _whole(text, tokens, span, lookup) if span.kind == "T" else span
        while found and found[-1].span.last > whole.first:
            found.pop()
        found.append(Whole(span=whole, core=span))
    return found


def end_of(text: str, start: int, end: int) -> int:
    """Return where a name ends that may be an abbreviation: behind its full stop, or where it is.

    Tokenizers divide the stop from abbreviations they do not know.
    """
    last_word = text[start:end].rpartition(" ")[2]
    if len(last_word) > _LONGEST_ABBREVIATION or not text.startswith(".", end):
        return end
    return end + 1 if "." in last_word or _STOP_INSIDE.match(text, end) else end


def _whole(text: str, tokens: Sequence[Token], span: TaggedSpan, lookup: Lookup) -> TaggedSpan:
    """Return the longest known name around a span, the span itself where there is none."""
    part = text[tokens[span.first].start : tokens[span.last - 1].end]
    for first, last in _longer(text, tokens, span):
        name = text[tokens[first].start : tokens[last - 1].end]
        if "\n" in name or not lookup.knows(name):
            continue
        standing = lookup.standing(name)
        firm = standing.firm or lookup.lacks(part)
        if firm and (standing.first_name or " and " not in name):
            return TaggedSpan(first=first, last=last, kind=span.kind)
    return span


def _longer(text: str, tokens: Sequence[Token], span: TaggedSpan) -> Iterator[tuple[int, int]]:
    """Yield the runs of words around a span that may be a name, the longest first."""
    capitals = tokens[span.first].text.isupper()
    size = span.last - span.first
    firsts = range(max(0, span.first - _MOST_ADDED), span.first + 1)
    lasts = range(span.last, min(len(tokens), span.last + _MOST_ADDED) + 1)
    pairs = [
        (first, last) for first in firsts for last in lasts if size < last - first <= _LONGEST_NAME
    ]
    for first, last in sorted(pairs, key=lambda pair: (pair[0] - pair[1], pair[0])):
        if first < span.first and not _may_lead(tokens[first].text, capitals=capitals):
            continue
        if is_large(tokens[last - 1].text) and _joined(text, tokens, first, last):
            yield first, last


def _may_lead(word: str, *, capitals: bool) -> bool:
    """Tell whether a word may begin a longer name: written large, no article, no direction.

    "North Texas" is Texas to most; in a headline or dateline in capitals a direction is a part.
    """
    small = word.lower()
    if not word[0].isupper() or small in words().no_part_of_name:
        return False
    return capitals or small not in words().directions


def _joined(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether all words between are written large or such as stand small in names."""
    particles = words().name_particles
    return all(
        is_large(token.text) or token.text in particles or is_joint(text, token.start, token.end)
        for token in tokens[first:last]
    )
