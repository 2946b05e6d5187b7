"""Places that are too doubtful for a mark on the map.

Resolution answers where a guess is likelier right than silence; a mark of an event has to be better
than that. A name whose place is a poor guess keeps its words and loses its pin, as a village does
that no gazetteer lists.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from geomap.model import MatchHow, PlaceKind
from geomap.names import split_affix

if TYPE_CHECKING:
    from geomap.model import Annotation, Place, Resolution

# An heir is told by its own name, in or near a place that lends its point.
_LIKELY = 0.5
_SPELT_ALIKE = frozenset({MatchHow.SKELETON, MatchHow.FUZZY})
_NATURAL = frozenset(
    {PlaceKind.SEA, PlaceKind.LAKE, PlaceKind.RIVER, PlaceKind.STRAIT, PlaceKind.CANAL}
    | {PlaceKind.MOUNTAIN, PlaceKind.ISLAND, PlaceKind.PENINSULA, PlaceKind.DESERT}
)
_BUILT = frozenset({PlaceKind.CITY, PlaceKind.ADMIN1, PlaceKind.ADMIN2})
_KNOWN_ABROAD = 50_000  # people; news far away seldom names a smaller town without its country
_SEVERAL = 2
_NOTE = "too doubtful for the place of an event: {reason}"


def without_doubtful(
    annotation: Annotation, resolutions: tuple[Resolution, ...]
) -> tuple[Resolution, ...]:
    """Return the resolutions, those without a place that are too doubtful for one."""
    if not any(_is_guess(one) or _is_small(one) for one in resolutions):
        return resolutions
    company = _Company(annotation, resolutions)
    return tuple(_judged(one, company) for one in resolutions)


def _judged(item: Resolution, company: _Company) -> Resolution:
    reason = company.doubt(item)
    if reason is None:
        return item
    note = _NOTE.format(reason=reason)
    return dataclasses.replace(item, location=None, confidence=0.0, note=note)


def _is_guess(item: Resolution) -> bool:
    """Tell whether a place is another's, or one whose name is only like the one told."""
    return item.location is not None and (_is_heir(item) or _is_likeness(item))


def _is_heir(item: Resolution) -> bool:
    return item.location is not None and item.location.name is not None


def _is_likeness(item: Resolution) -> bool:
    """Tell whether a place is but spelt alike, or a town for a river or a lake."""
    place = item.place
    if place is None:
        return False
    if item.rivals and item.rivals[0].candidate.how in _SPELT_ALIKE:
        return True
    return place.kind in _BUILT and split_affix(item.mention.text)[1] in _NATURAL


def _is_small(item: Resolution) -> bool:
    """Tell whether a place is a town that news abroad names with its country."""
    place = item.place
    if place is None or place.kind is not PlaceKind.CITY:
        return False
    return (place.population or 0) < _KNOWN_ABROAD


class _Company:
    """The places of a text that are known by their names: what a guess is held against."""

    def __init__(self, annotation: Annotation, resolutions: tuple[Resolution, ...]) -> None:
        self._starts = [sentence.start for sentence in annotation.sentences]
        known = [(one, one.place) for one in resolutions if one.place and not _is_guess(one)]
        self._countries = Counter(place.country for _, place in known if place.country)
        self._named = {place.country for one, place in known if not _is_small(one)}
        self._areas = {(place.country, _area(place)) for _, place in known if _area(place)}
        self._beside: dict[int, set[str]] = {}
        for item, place in known:
            if place.country:
                self._beside.setdefault(self._sentence(item), set()).add(place.country)

    def doubt(self, item: Resolution) -> str | None:
        """Say what speaks against a place."""
        if item.place is None:
            return None
        if _is_heir(item):
            return self._of_heir(item, item.place)
        if _is_likeness(item):
            return self._of_likeness(item.place)
        return self._of_town(item.place) if _is_small(item) else None

    def _of_heir(self, item: Resolution, place: Place) -> str | None:
        if item.confidence < _LIKELY:
            return f"in or near {place.name} is a poor guess"
        beside = self._beside.get(self._sentence(item)) or _most_named(self._countries)
        if beside and place.country not in beside:
            return f"it is told with another country than that of {place.name}"
        return None

    def _of_likeness(self, place: Place) -> str | None:
        if self._countries and place.country and not self._countries[place.country]:
            return f"{place.name} is but called alike, in a country that nothing else is in"
        told = {area for country, area in self._areas if country == place.country}
        if told and place.kind is not PlaceKind.COUNTRY and _area(place) not in told:
            return f"{place.name} is but called alike, in an area that nothing else is in"
        return None

    def _of_town(self, place: Place) -> str | None:
        others = self._countries.total() - self._countries[place.country or ""]
        if self._named and place.country not in self._named and others >= _SEVERAL:
            return f"{place.name} is a small town of a country that the text does not name"
        return None

    def _sentence(self, item: Resolution) -> int:
        return bisect_right(self._starts, item.mention.start)


def _most_named(countries: Counter[str]) -> set[str]:
    most = max(countries.values(), default=0)
    return {country for country, times in countries.items() if times == most}


def _area(place: Place) -> str | None:
    return place.name if place.kind is PlaceKind.ADMIN1 else place.admin1
