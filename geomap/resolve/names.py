"""The names of a document: mentions that say the same, with what they may mean.

Mentions of one name are read together (one sense per discourse), unless one of them is told by a
container ("Paris, Texas") or a word for a kind of area ("Odesa region"), which makes it a name of
its own.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from geomap.model import Candidate, MatchHow, Place, PlaceKind, noun
from geomap.names import fold, split_affix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation, Mention
    from geomap.resolve.options import Lookup, Options

_COMMA = re.compile(r",\s{0,3}|\s{0,2}\(")
_WITHIN = re.compile(
    r"(?:'s|’s)?\s{0,2},?\s{0,2}(?:in|of)\s(?:the\s|northern\s|southern\s|eastern\s|western\s|central\s)?"
)
_AFTER_COMMA = re.compile(r",\s{1,2}([A-Z][\w.]+(?:\s[A-Z][\w.]+)?)")
_INITIALS = 2


@noun
class Reading:
    """A candidate of a name; ``partial`` tells that only a part of the name was looked up."""

    candidate: Candidate
    partial: bool = False

    @property
    def place(self) -> Place:
        """The place that the name is read as."""
        return self.candidate.place


@noun
class Name:
    """A name in a document.

    ``mentions`` are indices of ``Annotation.mentions`` in text order, ``first`` the offset of the
    first. ``container`` holds what stands after a comma, and ``within`` what follows "in" or "of".
    """

    key: str
    text: str
    mentions: tuple[int, ...]
    first: int
    readings: tuple[Reading, ...]
    container: tuple[Place, ...] = ()
    within: tuple[Place, ...] = ()
    affix: PlaceKind | None = None


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether one place lies in another, by the gazetteer's parents."""
    if outer.id == inner.id:
        return False
    if outer.id in inner.parents:
        return True
    if outer.country is None or outer.country != inner.country:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return True
    return outer.kind is PlaceKind.ADMIN1 and outer.name == inner.admin1


def names_of(annotation: Annotation, gazetteer: Lookup, options: Options) -> tuple[Name, ...]:
    """Group the mentions of a document by name, in order of the first mention."""
    return _Grouping(annotation, gazetteer, options).names()


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
        groups: dict[tuple[str, str, str], list[int]] = {}
        links: dict[int, tuple[tuple[Place, ...], tuple[Place, ...]]] = {}
        for index in order:
            links[index] = self._links(index, following.get(index))
            container = ",".join(sorted(place.id for place in links[index][0]))
            affix = self._affix(self._mentions[index]) or ""
            key = (fold(self._mentions[index].text), container, affix)
            groups.setdefault(key, []).append(index)
        return tuple(self._name(key[0], members, links) for key, members in groups.items())

    def _place_in_text(self, index: int) -> tuple[int, int]:
        return self._mentions[index].start, self._mentions[index].end

    def _name(
        self,
        key: str,
        members: Sequence[int],
        links: dict[int, tuple[tuple[Place, ...], tuple[Place, ...]]],
    ) -> Name:
        mention = self._mentions[members[0]]
        return Name(
            key=key,
            text=mention.text,
            mentions=tuple(members),
            first=mention.start,
            readings=self.readings(mention.text),
            container=links[members[0]][0],
            within=tuple(place for member in members for place in links[member][1]),
            affix=self._affix(mention),
        )

    def readings(self, text: str) -> tuple[Reading, ...]:
        """Return what a string may mean; parts of it where the whole is unknown."""
        if text not in self._found:
            self._found[text] = self._search(text)
        return self._found[text]

    def _search(self, text: str) -> tuple[Reading, ...]:
        whole = self._gazetteer.candidates(text)
        if whole:
            return tuple(Reading(candidate=one) for one in whole[: self._options.max_candidates])
        for part in _parts(text):
            found = self._gazetteer.candidates(part)
            if found:
                return tuple(Reading(candidate=one, partial=True) for one in found[:8])
        fuzzy = self._gazetteer.candidates(text, fuzzy=True)
        return tuple(Reading(candidate=one) for one in fuzzy[:8])

    def _affix(self, mention: Mention) -> PlaceKind | None:
        """Return the kind of area that the name, or the word after it, tells."""
        kind = split_affix(mention.text)[1]
        if kind is not None:
            return kind
        word = re.match(r"\s(\w{1,20})", self._text[mention.end : mention.end + 24])
        return split_affix(f"{mention.text} {word[1]}")[1] if word else None

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


def _parts(text: str) -> list[str]:
    """List parts of a name that may be known when the whole is not, longest first."""
    words = text.split()[:6]
    spans = [
        " ".join(words[first:last])
        for length in range(len(words) - 1, 0, -1)
        for first in range(len(words) - length + 1)
        for last in [first + length]
    ]
    return [span for span in spans if span[:1].isupper() and len(span) > _INITIALS]
