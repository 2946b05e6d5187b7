"""Names that the gazetteer knows and the networks, for their spelling, do not see."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from geomap.recognize.tagging import TaggedSpan
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.model import Token
    from geomap.recognize.lookup import Lookup, Standing
    from geomap.recognize.parse import Parsed

    Chance = Callable[[int, int], float]
    LongName = tuple[TaggedSpan, str, Standing]

BY_GAZETTEER = "G"
"""The kind of a span that no network found."""

# A known name of several words that the networks give this chance at least is one after a
# preposition of place: they doubt names of forms that they saw seldom.
_SOME_CHANCE = 0.03


def with_additions(
    parsed: Parsed, spans: Sequence[TaggedSpan], stretch: range, lookup: Lookup, *, chance: Chance
) -> list[TaggedSpan]:
    """Return the spans with those added that the networks miss, in order.

    ``stretch`` are the numbers of the words to look at; ``chance`` gives the probability that the
    networks see in the words from a first to behind a last one.
    """
    taken = {number for span in spans for number in range(span.first, span.last)}
    names = list(_long_names(parsed, stretch, taken, lookup))
    doubted = (s for s in _doubted(parsed.tokens, names, taken) if _has_chance(s, chance))
    found = chain(
        _hyphenated(parsed, stretch, taken, lookup),
        _blocs(parsed, stretch, taken, lookup),
        _plain_names(parsed.tokens, names),
        doubted,
    )
    added = {span.first: span for span in found}
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


def _plain_names(tokens: Sequence[Token], names: Iterable[LongName]) -> Iterator[TaggedSpan]:
    """Yield names of several words that mean nothing else.

    Those of countries wherever they stand; those of large towns, by whatever spelling, after a
    preposition of place or a verb like "shelled", and of buildings and the like after a
    preposition. A university is named for who was there more often than for where it is.
    """
    for span, name, standing in names:
        led = _is_led(tokens, span.first)
        town = standing.large and not standing.adjective and not _owns(tokens, span.last)
        ground = town and (led or _is_struck(tokens, span.first))
        seat = standing.facility and words().learned_words.isdisjoint(name.lower().split())
        if standing.country or ground or (seat and led):
            yield span


def _doubted(
    tokens: Sequence[Token], names: Iterable[LongName], taken: AbstractSet[int]
) -> Iterator[TaggedSpan]:
    """Yield names of several words of any town, led, struck or listed as a place: Birnin Gwari.

    What goes on in large letters is the name of something else: "Grand View Mausoleum".
    """
    for span, _, standing in names:
        first, last = span.first, span.last
        longer = last < len(tokens) and tokens[last].text[0].isupper()
        if standing.adjective or standing.facility or longer or _owns(tokens, last):
            continue
        listed = first > 1 and tokens[first - 1].text in _LISTS and first - 2 in taken
        led = _is_led(tokens, first, words().place_only_prepositions | _AT)
        if listed or led or _is_struck(tokens, first):
            yield span


def _has_chance(span: TaggedSpan, chance: Chance) -> bool:
    return chance(span.first, span.last) >= _SOME_CHANCE


_LISTS = frozenset({"and", "or", ","})
_AT = frozenset({"at", "from"})


def _long_names(
    parsed: Parsed, stretch: range, taken: AbstractSet[int], lookup: Lookup
) -> Iterator[LongName]:
    """Yield the known names of several words of one line that no network found."""
    text, tokens = parsed.document.text, parsed.tokens
    places = [(tokens[number].start, tokens[number].end) for number in stretch]
    for begin, end in lookup.names(text, places, 0, len(places)):
        first, last = stretch.start + begin, stretch.start + end
        name = text[places[begin][0] : places[end - 1][1]]
        if last - first > 1 and "\n" not in name and taken.isdisjoint(range(first, last)):
            span = TaggedSpan(first=first, last=last, kind=BY_GAZETTEER)
            yield span, name, lookup.standing(name)


def _is_led(
    tokens: Sequence[Token], first: int, prepositions: AbstractSet[str] | None = None
) -> bool:
    """Tell whether a preposition of place stands before a name, but for an article."""
    before = [token.text.lower() for token in tokens[max(0, first - 2) : first]]
    if before and before[-1] == "the":
        before.pop()
    return bool(before) and before[-1] in (prepositions or words().place_prepositions)


def _is_struck(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether the verb before a name has a place for its object: "shelled Wad Madani"."""
    return first > 0 and tokens[first - 1].text in words().place_verbs


def _owns(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a name is that of an owner: "at St. Paul's" is in London."""
    return last < len(tokens) and tokens[last].text in {"'s", "’s"}
