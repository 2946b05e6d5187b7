"""Names that the gazetteer knows and the networks, for their spelling, do not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.recognize.tagging import TaggedSpan
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.model import Token
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
    added = {
        span.first: span
        for rule in (_hyphenated, _blocs, _plain_names)
        for span in rule(parsed, stretch, taken, lookup)
    }
    return sorted([*spans, *added.values()], key=lambda span: span.first)


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
        if name[0].isupper() and _is_led(tokens, first) and lookup.knows(name):
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


def _plain_names(
    parsed: Parsed, stretch: range, taken: AbstractSet[int], lookup: Lookup
) -> Iterator[TaggedSpan]:
    """Yield names of several words that mean nothing else.

    Those of countries wherever they stand; those of large towns, by whatever spelling, after a
    preposition of place or a verb like "shelled", and of buildings and the like after a
    preposition. A university is named for who was there more often than for where it is.
    """
    text, tokens = parsed.document.text, parsed.tokens
    places = [(tokens[number].start, tokens[number].end) for number in stretch]
    for begin, end in lookup.names(text, places, 0, len(places)):
        first, last = stretch.start + begin, stretch.start + end
        name = text[places[begin][0] : places[end - 1][1]]
        if last - first == 1 or "\n" in name or not taken.isdisjoint(range(first, last)):
            continue
        standing = lookup.standing(name)
        led = _is_led(tokens, first)
        town = standing.large and not standing.adjective and not _owns(tokens, last)
        ground = town and (led or _is_struck(tokens, first))
        seat = standing.facility and words().learned_words.isdisjoint(name.lower().split())
        if standing.country or ground or (seat and led):
            yield TaggedSpan(first=first, last=last, kind=BY_GAZETTEER)


def _is_led(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a preposition of place stands before a name, but for an article."""
    before = [token.text.lower() for token in tokens[max(0, first - 2) : first]]
    if before and before[-1] == "the":
        before.pop()
    return bool(before) and before[-1] in words().place_prepositions


def _is_struck(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether the verb before a name has a place for its object: "shelled Wad Madani"."""
    return first > 0 and tokens[first - 1].text in words().place_verbs


def _owns(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a name is that of an owner: "at St. Paul's" is in London."""
    return last < len(tokens) and tokens[last].text in {"'s", "’s"}
