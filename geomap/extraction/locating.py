"""Where a happening was: the places of its tellings, but for the wholes of those told closely."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from geomap.extraction.relevance import WIDE
from geomap.extraction.roads import road_around
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happening import Happening
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.model import Resolution
    from geomap.ontology import EventType

_SPREAD = frozenset({"meteorological", "hydrological", "geophysical", "climatological"})
_ONE_SPOT = frozenset({"landslide"})
_JOINTS = frozenset({",", "in", ", in"})
_REGIONS = frozenset({PlaceKind.ADMIN1, PlaceKind.ADMIN2})
_VAST = WIDE | {PlaceKind.SEA}  # a storm that crossed a sea was on the land around it


class Locator:
    """Tells where the happenings of one document were."""

    def __init__(
        self,
        syntax: Syntax,
        resolutions: tuple[Resolution, ...],
        types: Mapping[str, EventType],
    ) -> None:
        self._syntax = syntax
        self._resolutions = resolutions
        self._types = types

    def where(self, happening: Happening, main: Telling) -> tuple[Resolution, ...]:
        """Return where a happening was; ``main`` is the telling that says most of it."""
        mentions = [*main.places, *happening.mentions]
        if self._is_spread(main):
            mentions = self._of_whole(happening, mentions)
        parent = happening.parent
        if not mentions and parent is not None and self._types[main.cue.type].effect:
            mentions = parent.mentions
        found: dict[str, Resolution] = {}
        for number in mentions:
            if number < len(self._resolutions):
                resolution = self._resolutions[number]
                place = resolution.place
                found.setdefault(place.id if place else resolution.mention.text, resolution)
        if not found:
            return self._road(happening, main)
        narrow = [r for r in found.values() if r.place is None or r.place.kind not in _VAST]
        if all(r.place is None for r in narrow):
            # The country says at least roughly where a village is that nobody lists.
            return (*narrow, *(r for r in found.values() if r.place is not None))
        wholes = self._wholes(happening, narrow)
        return tuple(r for r in narrow if r.place is None or r.place.id not in wholes)

    def _road(self, happening: Happening, main: Telling) -> tuple[Resolution, ...]:
        """Return the road that an event of one spot was on, where no other words tell its place."""
        if self._is_spread(main):
            return ()
        told = [main, *(t for t in happening.tellings if not t.headline)]
        roads = (road_around(self._syntax, t.cue.index) for t in told)
        return tuple(islice((road for road in roads if road is not None), 1))

    def _is_spread(self, telling: Telling) -> bool:
        kind = self._types[telling.cue.type]
        return kind.family in _SPREAD and kind.name not in _ONE_SPOT

    def _of_whole(self, happening: Happening, mentions: list[int]) -> list[int]:
        """Return where a disaster was, without the places that a part of its dead are told of.

        "Floods in Italy killed eight … a man drowned in Ronta" were not in Ronta alone.
        """
        counts = [_most(t) for t in happening.tellings]
        parts = [
            m
            for telling, count in zip(happening.tellings, counts, strict=True)
            if telling.of_toll
            and count is not None
            and count < max(filter(None, counts), default=0)
            for m in telling.places
        ]
        whole = {m for t in happening.tellings for m in t.places}.difference(parts)
        return [m for m in mentions if m not in parts] if whole else mentions

    def _wholes(self, happening: Happening, found: Sequence[Resolution]) -> set[str]:
        """Return the regions that one sentence names and another one says more closely.

        "Trains collided in Odisha … coaches derailed in Balasore" is one place; a city and the
        region around it that one sentence names together are two, but for "Reno, Nevada". A
        district that is named stands for a part of what happened in its city.
        """
        resolutions = dict(enumerate(self._resolutions))
        told = [
            {r.place.id for m in telling.places if (r := resolutions.get(m)) and r.place}
            for telling in happening.tellings
        ]
        places = [r.place for r in found if r.place is not None]
        addresses = self._addresses(found)
        return {
            whole.id
            for whole in places
            if whole.kind in _REGIONS
            for part in places
            if whole.id in part.parents
            and (
                (part.id, whole.id) in addresses
                or not any({whole.id, part.id} <= ids for ids in told)
            )
        }

    def _addresses(self, found: Sequence[Resolution]) -> set[tuple[str, str]]:
        """Return the places that are named with what they are in: "Reno, Nevada", "X in Y"."""
        return {
            (first.place.id, second.place.id)
            for first, second in pairwise(sorted(found, key=lambda one: one.mention.start))
            if first.place is not None
            and second.place is not None
            and self._syntax.text[first.mention.end : second.mention.start].strip() in _JOINTS
        }

    def is_narrow(self, telling: Telling) -> bool:
        """Tell whether a telling names a place that is neither a country nor a sea."""
        places = [self._resolutions[m].place for m in telling.places if m < len(self._resolutions)]
        return any(place is None or place.kind not in _VAST for place in places)


def _most(telling: Telling) -> int | None:
    """Return how many a telling says were killed, at most."""
    killed = [toll.count.low for toll in telling.tolls if toll.kind == "killed"]
    return max((count for count in killed if count is not None), default=None)
