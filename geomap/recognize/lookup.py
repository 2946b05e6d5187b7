"""What the gazetteer knows of the words of a text, as features of a network."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import MatchHow, PlaceKind, noun
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.model import Candidate
    from geomap.recognize.evidence import NameIndex

# One feature for each place in a known name (begin, inside, last, unit); four for what the best of
# its bearers is; and one that there is a gazetteer at all.
FEATURES = 9

_BEGIN, _INSIDE, _LAST, _UNIT, _WIDE, _LARGE, _FIRST_NAME, _EVERYDAY, _ASKED = range(FEATURES)

# Bearers of a name: as many inhabitants make a town one that is written about elsewhere.
_MANY = 50_000

# No place name in running text has more words, hyphens counted, than this.
_LONGEST_NAME = 6

# The cache of answers starts anew at this size: memory stays bounded, whatever the texts.
_MOST_CACHED = 200_000

_COUNTRIES = {PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.PENINSULA}
_DEMONYM_ENDING = re.compile(r"(?:ans?|ese|ish|ch)\Z")
_SHORTENED = re.compile(r"\b(?:Sta|Ste|Sto|St|Mt|Ft|Pt)\Z")
_TOWNS = {PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.ADMIN2, PlaceKind.FACILITY}


@noun
class Standing:
    """What the places of one name are: how widely known, and how much the name is one of places.

    ``wide`` tells that one is more than a town, ``large`` that one is a large town, ``first_name``
    that it is the first name of one; ``everyday`` is how often the word means no place. ``firm``
    tells that the name is not but the alias of a town, nor that of a building: what is found of it
    is a part of it. ``adjective`` tells that it is the alias of a country or of what is wider, and
    ``bloc``, ``country`` and ``facility`` that it is first of all the name of a bloc that has a
    position, of a country, or the first name of a building or the like.
    """

    wide: bool
    large: bool
    first_name: bool
    everyday: float
    firm: bool = False
    adjective: bool = False
    bloc: bool = False
    country: bool = False
    facility: bool = False

    def is_town(self, name: str) -> bool:
        """Tell whether a name is that of a town, whatever it looks like, and no demonym."""
        if not self.first_name or self.adjective:
            return False
        return not (self.wide and _DEMONYM_ENDING.search(name))


def standing_of(candidates: Sequence[Candidate]) -> Standing:
    """Return what the candidates of a name say of it."""
    exact = [one for one in candidates if one.how in {MatchHow.EXACT, MatchHow.ALIAS}]
    first = [one.place for one in exact if one.how is MatchHow.EXACT]
    wide = any(one.place.kind not in _TOWNS for one in exact)
    return Standing(
        wide=wide,
        large=any((one.place.population or 0) >= _MANY for one in exact),
        first_name=bool(first),
        everyday=max((one.everyday for one in exact), default=0.0),
        firm=wide or any(place.kind is not PlaceKind.FACILITY for place in first),
        adjective=any(
            one.how is MatchHow.ALIAS and one.place.kind in _COUNTRIES for one in candidates
        ),
        bloc=any(
            one.place.kind is PlaceKind.BLOC and one.place.point is not None
            for one in candidates[:1]
        ),
        country=any(one.place.kind is PlaceKind.COUNTRY for one in exact[:1]),
        facility=any(place.kind is PlaceKind.FACILITY for place in first[:1]),
    )


def mark(rows: NDArray[np.float32], standing: Standing) -> None:
    """Set the features of the words of one known name."""
    if len(rows) == 1:
        rows[0, _UNIT] = 1
    else:
        rows[0, _BEGIN] = rows[-1, _LAST] = 1
        rows[1:-1, _INSIDE] = 1
    rows[:, _WIDE], rows[:, _LARGE] = standing.wide, standing.large
    rows[:, _FIRST_NAME], rows[:, _EVERYDAY] = standing.first_name, standing.everyday


def is_large(word: str) -> bool:
    """Tell whether a word is written large, be it behind an apostrophe: "d'Isère"."""
    return word[0].isupper() or any(
        mark in word and word.partition(mark)[2][:1].isupper() for mark in "'’"
    )


def is_joint(text: str, start: int, end: int) -> bool:
    """Tell whether a word only joins others of a name: "-" and "e" of Bandar-e Lengeh, "'s".

    And the stop of "Ste." in Sault Ste. Marie, where tokenizers part it.
    """
    if text[start] == ".":
        return _SHORTENED.search(text, max(0, start - 4), start) is not None
    glued = start > 0 and text[start - 1] in "-‑'’"
    return text[start] in "-‑'’" or (glued and text[end : end + 1].isspace())


class Lookup:
    """A gazetteer's knowledge of names, asked once for each name."""

    def __init__(self, index: NameIndex | None) -> None:
        """Without an index, nothing is known, and the features say that nothing was asked."""
        self._index = index
        self._cache: dict[str, bool] = {}
        self.standing = lru_cache(_MOST_CACHED)(self._standing)

    def features(
        self, text: str, spans: Sequence[tuple[int, int]], lengths: Sequence[int]
    ) -> NDArray[np.float32]:
        """Return features (words, 5) of the words at ``spans`` of ``text``.

        Known names are taken from left to right, the longest first; none crosses the end of a
        sequence of ``lengths``.
        """
        features = np.zeros((len(spans), FEATURES), np.float32)
        if self._index is None:
            return features
        features[:, _ASKED] = 1
        first = 0
        for length in lengths:
            for begin, end in self.names(text, spans, first, first + length):
                name = text[spans[begin][0] : spans[end - 1][1]]
                mark(features[begin:end], self.standing(name))
            first += length
        return features

    def names(
        self, text: str, spans: Sequence[tuple[int, int]], first: int, end: int
    ) -> Iterator[tuple[int, int]]:
        """Yield first and end of each known name among the words ``first`` to ``end``."""
        while first < end:
            last = self._known_name(text, spans, first, end)
            if last > first:
                yield first, last
            first = max(last, first + 1)

    def _known_name(self, text: str, spans: Sequence[tuple[int, int]], first: int, end: int) -> int:
        """Return where the longest known name from ``first`` ends; ``first`` if there is none."""
        start, stop = spans[first]
        if not text[start].isupper() or stop - start < 2:  # noqa: PLR2004 - a letter is no name
            return first
        for last in reversed(self._ends(text, spans, first, end)):
            if self.knows(text[start : spans[last - 1][1]]):
                return last
        return first

    def _ends(self, text: str, spans: Sequence[tuple[int, int]], first: int, end: int) -> list[int]:
        """Return where a name from ``first`` may end: after words written large."""
        ends = []
        for last in range(first, min(end, first + _LONGEST_NAME)):
            start, stop = spans[last]
            word = text[start:stop]
            if is_large(word):
                ends.append(last + 1)
            elif word not in words().name_particles and not is_joint(text, start, stop):
                break
        return ends

    def _standing(self, name: str) -> Standing:
        return standing_of(self._index.candidates(name) if self._index else ())

    def lacks(self, name: str) -> bool:
        """Tell whether there is a gazetteer, and no place of that name in it."""
        return self._index is not None and not self.knows(name)

    def knows(self, name: str) -> bool:
        """Tell whether there is a place of that name."""
        answer = self._cache.get(name)
        if answer is None:
            if len(self._cache) >= _MOST_CACHED:
                self._cache.clear()
            answer = self._index is not None and self._index.knows(name)
            self._cache[name] = answer
        return answer
