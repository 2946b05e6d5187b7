"""The names of a document: mentions that say the same, with what they may mean.

Mentions of one name are read together (one sense per discourse), unless one of them is told by a
container ("Paris, Texas") or a word for a kind of area ("Odesa region"), which makes it a name of
its own.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.model import MatchHow, Place, PlaceKind, Use, noun
from geomap.names import fold, split_affix
from geomap.resolve.readings import Reading, contains, fitting, ruled_out_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.model import Annotation, Mention
    from geomap.resolve.options import Lookup, Options
    from geomap.resolve.setting import Home, Setting

_COMMA = re.compile(r",\s{0,3}|\s{0,2}\(")
_WITHIN = re.compile(
    r"(?:'s|’s)?\s{0,2},?\s{0,2}(?:in|of)\s(?:the\s|northern\s|southern\s|eastern\s|western\s|central\s)?"
)
_AFTER_COMMA = re.compile(r",\s{1,2}([A-Z][\w.]+(?:\s[A-Z][\w.]+)?)")
_INITIALS = 2
RULED_OUT = -8.0
"""What a reading outside of its container loses, in log-odds: no other feature makes up for it."""

_MOST_WORDS = 6
_READINGS_OF_PART = 8
_LIST = re.compile(r",?\s{1,2}(?:(?:and|or)\s{1,2})?")
_SINGULAR = {
    "counties": "county",
    "districts": "district",
    "governorates": "governorate",
    "oblasts": "oblast",
    "provinces": "province",
    "raions": "raion",
    "regions": "region",
    "states": "state",
}
_PLURALS = "|".join(_SINGULAR)
_PLURAL_AFTER = re.compile(rf"\s({_PLURALS})\b", re.IGNORECASE)
_PLURAL_BEFORE = re.compile(rf"\b({_PLURALS})\s+of\s+(?:the\s+)?\Z", re.IGNORECASE)


@noun
class Name:
    """A name in a document.

    ``mentions`` are indices of ``Annotation.mentions`` in text order, ``first`` the offset of the
    first. ``container`` holds what stands after a comma, and ``within`` what follows "in" or "of".
    ``outside`` are the positions of the readings that the container rules out. ``is_home`` tells
    that the outlet is at home there or called so.
    """

    key: str
    text: str
    mentions: tuple[int, ...]
    first: int
    readings: tuple[Reading, ...]
    container: tuple[Place, ...] = ()
    within: tuple[Place, ...] = ()
    affix: PlaceKind | None = None
    outside: frozenset[int] = frozenset()
    is_home: bool = False


def names_of(
    annotation: Annotation, gazetteer: Lookup, options: Options, setting: Setting
) -> tuple[Name, ...]:
    """Group the mentions of a document by name, in order of the first mention.

    First come names without mentions, which are heard like the others: those of the places that
    the outlet is at home in or called by, and those of large cities that nobody marked.
    """
    grouping = _Grouping(annotation, gazetteer, options)
    names = grouping.names()
    marked = {name.key for name in names}
    cities = (city for city in setting.cities if fold(city[0]) not in marked)
    return (*grouping.homes(setting.homes), *grouping.unmarked(cities), *names)


class _Grouping:
    """Look every distinct string up once, and tell which mentions belong together."""

    def __init__(self, annotation: Annotation, gazetteer: Lookup, options: Options) -> None:
        self._text = annotation.document.text
        self._mentions = annotation.mentions
        self._gazetteer = gazetteer
        self._options = options
        self._found: dict[str, tuple[Reading, ...]] = {}

    def names(self) -> tuple[Name, ...]:
        order = sorted(range(len(self._mentions)), key=self._place_in_text)
        following = dict(itertools.pairwise(order))
        listed = self._listed(order)
        groups: dict[tuple[str, str, str], list[int]] = {}
        links: dict[int, tuple[tuple[Place, ...], tuple[Place, ...]]] = {}
        for index in order:
            links[index] = self._links(index, following.get(index))
            container = ",".join(sorted(place.id for place in links[index][0]))
            affix = listed.get(index) or self._affix(self._mentions[index]) or ""
            key = (fold(self._mentions[index].text), container, affix)
            groups.setdefault(key, []).append(index)
        return tuple(
            self._name((key[0], key[2]), members, links) for key, members in groups.items()
        )

    def homes(self, homes: Sequence[Home]) -> tuple[Name, ...]:
        return tuple(
            Name(
                key=fold(home.text),
                text=home.text,
                mentions=(),
                first=0,
                is_home=True,
                readings=(Reading(candidate=home.known),)
                if home.known
                else self.readings(home.text),
            )
            for home in homes
        )

    def unmarked(self, cities: Iterable[tuple[str, int]]) -> tuple[Name, ...]:
        return tuple(
            Name(
                key=fold(text),
                text=text,
                mentions=(),
                first=start,
                readings=self.readings(text)[:_READINGS_OF_PART],
            )
            for text, start in cities
        )

    def _place_in_text(self, index: int) -> tuple[int, int]:
        return self._mentions[index].start, self._mentions[index].end

    def _name(
        self,
        key: tuple[str, str],
        members: Sequence[int],
        links: dict[int, tuple[tuple[Place, ...], tuple[Place, ...]]],
    ) -> Name:
        mention, container = self._mentions[members[0]], links[members[0]][0]
        found = self._of_area(mention.text, key[1]) or self.readings(mention.text)
        readings = fitting(mention.text, found, container, bare=not key[1])
        return Name(
            key=key[0],
            text=mention.text,
            mentions=tuple(members),
            first=mention.start,
            readings=readings,
            outside=ruled_out_by(readings, container),
            container=container,
            within=tuple(place for member in members for place in links[member][1]),
            affix=self._kind(mention.text, key[1]),
        )

    def _of_parts(self, text: str) -> tuple[Reading, ...]:
        """Return what the longest known parts of a name may mean, some readings of each."""
        for parts in _parts(text):
            found = [self._gazetteer.candidates(part)[:_READINGS_OF_PART] for part in parts]
            unique = {one.place.id: one for candidates in found for one in candidates}
            if unique:
                return tuple(Reading(candidate=one, partial=True) for one in unique.values())
        return ()

    def _of_area(self, text: str, affix: str) -> tuple[Reading, ...]:
        """Return the areas that a name means together with a word for their kind, if any."""
        if not affix or split_affix(text)[1] is not None:
            return ()
        kind = split_affix(f"{text} {affix}")[1]
        found = self._gazetteer.candidates(f"{text} {affix}")
        areas = [one for one in found if one.place.kind is kind or one.how is MatchHow.EXACT]
        return tuple(Reading(candidate=one) for one in areas[: self._options.max_candidates])

    def _kind(self, text: str, affix: str) -> PlaceKind | None:
        """Return the kind of area that a name, or the word that goes with it, tells."""
        return split_affix(text)[1] or (split_affix(f"{text} {affix}")[1] if affix else None)

    def _listed(self, order: Sequence[int]) -> dict[int, str]:
        """Return the word for a kind of area that a list shares: "Kherson and Odesa regions"."""
        found: dict[int, str] = {}
        for chain in self._chains(order):
            first, last = self._mentions[chain[0]], self._mentions[chain[-1]]
            after = _PLURAL_AFTER.match(self._text, last.end, last.end + 24)
            before = _PLURAL_BEFORE.search(self._text[max(0, first.start - 30) : first.start])
            told = after or before
            if told:
                found |= dict.fromkeys(chain, _SINGULAR[told[1].lower()])
        return found

    def _chains(self, order: Sequence[int]) -> Iterator[list[int]]:
        """Yield runs of two and more mentions with nothing but commas and "and" between them."""
        chain: list[int] = []
        for index in order:
            start = self._mentions[index].start
            gap = self._text[self._mentions[chain[-1]].end : start][:10] if chain else ""
            if chain and not _LIST.fullmatch(gap):
                if len(chain) > 1:
                    yield chain
                chain = []
            chain.append(index)
        if len(chain) > 1:
            yield chain

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return what a string may mean; parts of it where the whole is unknown."""
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> tuple[Reading, ...]:
        whole = self._gazetteer.candidates(text)
        if whole:
            return tuple(Reading(candidate=one) for one in whole[: self._options.max_candidates])
        parts = self._of_parts(text)
        if parts:
            return parts
        fuzzy = self._gazetteer.candidates(text, fuzzy=True)
        return tuple(Reading(candidate=one) for one in fuzzy[:8])

    def _affix(self, mention: Mention) -> str | None:
        """Return the word for a kind of area that stands right after a mention.

        "The French city" tells nothing of what "French" is; "Equateur province" is listed.
        """
        word = re.match(r"\s(\w{1,20})", self._text[mention.end : mention.end + 24])
        if word is None or split_affix(f"{mention.text} {word[1]}")[1] is None:
            return None
        if self._is_demonym(mention) and not self._is_listed(f"{mention.text} {word[1]}"):
            return None
        return word[1].lower()

    def _is_listed(self, name: str) -> bool:
        return any(one.how is MatchHow.EXACT for one in self._gazetteer.candidates(name))

    def _is_demonym(self, mention: Mention) -> bool:
        if mention.use is Use.DEMONYM:
            return True
        best = self.readings(mention.text)[:1]
        return any(
            one.place.kind is PlaceKind.COUNTRY and one.candidate.how is not MatchHow.EXACT
            for one in best
        )

    def _links(
        self, index: int, following: int | None
    ) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Return the places that hold a mention by its syntax: after a comma, after "in"."""
        mention = self._mentions[index]
        if following is not None and self._mentions[following].start >= mention.end:
            after = self._mentions[following]
            between = self._text[mention.end : min(after.start, mention.end + 20)]
            if _COMMA.fullmatch(between):
                return self._holding(mention.text, after.text), ()
            if _WITHIN.fullmatch(between):
                return (), self._holding(mention.text, after.text)
        unmarked = _AFTER_COMMA.match(self._text, mention.end, mention.end + 60)
        return (self._holding(mention.text, unmarked[1]) if unmarked else ()), ()

    def _holding(self, inner: str, outer: str) -> tuple[Place, ...]:
        """Return the readings of ``outer`` in which some reading of ``inner`` lies."""
        insides = self.readings(inner)
        return tuple(
            reading.place
            for reading in self.readings(outer)
            if reading.candidate.how is not MatchHow.FUZZY
            and any(contains(reading.place, one.place) for one in insides)
        )


def _parts(text: str) -> Iterator[list[str]]:
    """Yield the parts of a name by falling number of words, but for words of any venue."""
    words = text.split()[:_MOST_WORDS]
    generic = kind_words("venues") | kind_words("institutions")
    for length in range(len(words) - 1, 0, -1):
        spans = [words[first : first + length] for first in range(len(words) - length + 1)]
        yield [
            " ".join(span)
            for span in spans
            if span[0][:1].isupper() and len(" ".join(span)) > _INITIALS
            if not {fold(word) for word in span} <= generic
        ]


@cache
def kind_words(group: str) -> frozenset[str]:
    """Return the words of "venues" (streets, schools, parks) or of "institutions"."""
    data = (files("geomap.resolve") / "venues.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(data)[group])
