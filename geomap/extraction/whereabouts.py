"""The places that mentions stand for, kept so that two lists of them are compared by the shorter.

What is as wide as a country is left out: it tells two events apart as little as it ties them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.extraction.relevance import WIDE
from geomap.geo import great_circle_km
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.model import Place, Resolution

_NEAR_KM = 40.0  # a village and the town that a headline puts it near
_COMPARED = 3  # places of a happening that distances are taken from
_NEAR_WATER_KM = 150.0  # a lake or range, known by a point in its middle, and a town on it
_WATERS = frozenset({PlaceKind.LAKE, PlaceKind.MOUNTAIN, PlaceKind.ISLAND})
_POINTS = frozenset({PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY}) | _WATERS
# Areas that a village may lie in.
_AREAS = frozenset(
    {
        PlaceKind.ADMIN1,
        PlaceKind.ADMIN2,
        PlaceKind.REGION,
        PlaceKind.SEA,
        PlaceKind.LAKE,
        PlaceKind.RIVER,
        PlaceKind.MOUNTAIN,
        PlaceKind.ISLAND,
        PlaceKind.PENINSULA,
        PlaceKind.DESERT,
    }
)


class Whereabouts:
    """Where the mentions of a telling or of a happening are; grows by mentions."""

    def __init__(self, resolutions: Sequence[Resolution], mentions: Iterable[int] = ()) -> None:
        self._resolutions = resolutions
        self.places: dict[str, Place] = {}
        self._wider: set[str] = set()
        self.unknown: set[str] = set()  # names in small letters that no place is known for
        for mention in mentions:
            self.add(mention)

    def add(self, mention: int) -> None:
        """Take in a mention by its number; one that has no resolution says nothing."""
        if mention >= len(self._resolutions):
            return
        resolution = self._resolutions[mention]
        place = resolution.place
        if place is None:
            name = resolution.mention.text.lower()
            ends = {name.rstrip(".").rpartition(" ")[2], name.partition(" ")[0]}
            if ends.isdisjoint(words("linking", "streets")):
                self.unknown.add(name)  # a street or quarter is not elsewhere than its town
        elif place.kind not in WIDE:
            self.places[place.id] = place
            self._wider.update(place.parents)

    @property
    def size(self) -> int:
        """How many places it is known to be in, however often they are named."""
        return len(self.places)

    @property
    def is_unlisted(self) -> bool:
        """Whether nothing but names that nobody lists is known of it."""
        return bool(self.unknown and not self.size)

    def shares(self, other: Whereabouts) -> bool:
        """Tell whether the two have a place in common."""
        return not self.places.keys().isdisjoint(other.places.keys())

    def is_part_of(self, other: Whereabouts) -> bool:
        """Tell whether the other has all the places of this one, and more."""
        return self.places.keys() < other.places.keys()

    def may_hold(self, other: Whereabouts) -> bool:
        """Tell whether the other is a village that nobody lists, and may lie in these areas."""
        areas = all(place.kind in _AREAS for place in self.places.values())
        return bool(self.size and areas and other.is_unlisted)

    def overlaps(self, other: Whereabouts) -> bool:
        """Tell whether most places of the shorter are in the other, or inside its places."""
        shorter, longer = sorted((self, other), key=lambda one: one.size)
        shared = sum(longer.meets(place) for place in shorter.places.values())
        return shared * 3 >= shorter.size * 2

    def meets(self, place: Place) -> bool:
        """Tell whether a place is one of these, in one of them, or around one of them."""
        inside = place.id in self.places or any(id_ in self.places for id_ in place.parents)
        return inside or place.id in self._wider

    def touches(self, other: Whereabouts) -> bool:
        """Tell whether the two overlap, or have the name of a place in common that nobody lists."""
        if self.unknown & other.unknown:
            return True
        return bool(self.size and other.size) and self.overlaps(other)

    def is_near(self, other: Whereabouts) -> bool:
        """Tell whether a spot of this is near one of the other."""
        mine, theirs = (
            [place.point for place in one.places.values() if place.kind in _POINTS]
            for one in (self, other)
        )
        kinds = {place.kind for one in (self, other) for place in one.places.values()}
        near_km = _NEAR_KM if kinds.isdisjoint(_WATERS) else _NEAR_WATER_KM
        return any(
            a is not None and b is not None and great_circle_km(a, b) <= near_km
            for a in mine[:_COMPARED]
            for b in theirs[:_COMPARED]
        )
