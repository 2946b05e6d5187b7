"""Names that the gazetteer knows and the networks, for their spelling, do not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.recognize.tagging import TaggedSpan
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.recognize.lookup import Lookup
    from geomap.recognize.parse import Parsed

BY_GAZETTEER = "G"
"""The kind of a span that no network found."""


def with_additions(
    parsed: Parsed, spans: Sequence[TaggedSpan], stretch: range, lookup: Lookup
) -> list[TaggedSpan]:
    """Return the spans with those added that the networks miss, in order.

    ``stretch`` are the numbers of the words to look at.
    """
    taken = {number for span in spans for number in range(span.first, span.last)}
    added = [
        *_hyphenated(parsed, stretch, taken, lookup),
        *_blocs(parsed, stretch, taken, lookup),
    ]
    return sorted([*spans, *added], key=lambda span: span.first)


def _hyphenated(
    parsed: Parsed, stretch: range, taken: AbstractSet[int], lookup: Lookup
) -> Iterator[TaggedSpan]:
    """Yield names with a hyphen, after a preposition of place.

    Tokenizers part them in three words, of which the networks have seen too few together.
    """
    tokens, text = parsed.tokens, parsed.document.text
    for number in stretch[2:-1]:
        first, after = number - 1, number + 2
        if tokens[number].text != "-" or not taken.isdisjoint(range(first, after)):
            continue
        name = text[tokens[first].start : tokens[after - 1].end]
        led = tokens[first - 1].text.lower() in words().place_prepositions
        if led and name[0].isupper() and lookup.knows(name):
            yield TaggedSpan(first=first, last=after, kind=BY_GAZETTEER)


def _blocs(
    parsed: Parsed, stretch: range, taken: AbstractSet[int], lookup: Lookup
) -> Iterator[TaggedSpan]:
    """Yield acronyms of blocs that have a territory: the EU is on a map, NATO is not."""
    for number in stretch:
        name = parsed.tokens[number].text
        acronym = len(name) > 1 and name.isalpha() and name.isupper()
        if acronym and number not in taken and lookup.knows(name) and lookup.standing(name).bloc:
            yield TaggedSpan(first=number, last=number + 1, kind=BY_GAZETTEER)
