"""The towns of a text: the only one that it is about, and the capitals that it names."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from geomap.extraction.homes import is_home, is_speakers, is_ward
from geomap.extraction.lexicon import capitals
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax
    from geomap.model import Resolution

TOWNS = frozenset({PlaceKind.CITY})
_GOALS = frozenset({"for", "to", "toward", "towards"})
_FAR_BEFORE = 3  # how many times as often as all others a text names the town it is about


class Towns:
    """Finds towns among the names of one document; mentions are told by their numbers."""

    def __init__(self, syntax: Syntax, resolutions: tuple[Resolution, ...]) -> None:
        self._syntax = syntax
        self._resolutions = resolutions

    def only(self) -> int | None:
        """Return the first mention of the only town of the text, or of one far before the others.

        Where somebody was taken, speaks or lives does not count, nor a town that one only goes to.
        """
        first: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for number, resolution in enumerate(self._resolutions):
            place, mention = resolution.place, resolution.mention
            if place is None or place.kind not in TOWNS:
                continue
            if any(rule(self._syntax, mention) for rule in (is_ward, is_speakers, is_home)):
                continue
            before = self._syntax.span_tokens(mention.start, mention.end).start - 1
            if before < 0 or self._syntax.words[before] not in _GOALS:
                first.setdefault(place.id, number)
            counts[place.id] += 1
        (town, most), *others = counts.most_common() or [("", 0)]
        if most and sum(count for _, count in others) * _FAR_BEFORE <= most:
            return first.get(town)
        return None

    def country_of(self, known: list[int]) -> str | None:
        """Return the country of the last of some mentions that has one."""
        places = [self._resolutions[m].place for m in reversed(known)]
        return next((place.country for place in places if place and place.country), None)

    def capital(self, country: str | None) -> list[int]:
        """Return the first mention of the capital of a country, or of the first that is one."""
        places = [(m, resolution.place) for m, resolution in enumerate(self._resolutions)]
        return [
            m
            for m, place in places
            if place is not None
            and country in {None, place.country}
            and place.geonameid in capitals(place.country)
        ][:1]
