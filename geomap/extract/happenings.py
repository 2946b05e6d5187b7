"""Join the cues of one document that speak of the same happening."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.extract.tellings import Telling
    from geomap.model import Place, Resolution
    from geomap.ontology import EventType, Ontology


@dataclass(slots=True, kw_only=True)
class Happening:
    """Tellings of one event, in text order; ``parent`` is what it is an effect or a part of."""

    tellings: list[Telling] = field(default_factory=list)
    parent: Happening | None = None

    @property
    def mentions(self) -> list[int]:
        """The numbers of the mentions that are its places, in text order."""
        return sorted({m for telling in self.tellings for m in telling.places})

    @property
    def sentence(self) -> int:
        """The sentence of the last telling so far."""
        return self.tellings[-1].sentence


# Families whose types may name one happening: a strike is also an attack and an explosion.
_GROUPS = {
    "strike": "armed",
    "battle": "armed",
    "violence": "armed",
    "hydrological": "water",
    "meteorological": "water",
    "transport": "accident",
    "technological": "accident",
}
_NEAR_SENTENCES = 4

# Places so wide that they tell two events apart as little as they tie them together.
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.BLOC})


class Joiner:
    """Clusters the tellings of one document."""

    def __init__(self, resolutions: tuple[Resolution, ...], ontology: Ontology) -> None:
        self._resolutions = resolutions
        self._types = ontology.types
        self.happenings: list[Happening] = []

    def join(self, tellings: Sequence[Telling]) -> list[Happening]:
        """Return the happenings in order of first telling."""
        for telling in tellings:
            home = self._home(telling)
            if home is None:
                home = Happening(parent=self._cause(telling))
                self.happenings.append(home)
            home.tellings.append(telling)
        return self.happenings

    def _home(self, telling: Telling) -> Happening | None:
        for happening in reversed(self.happenings):
            if self._same(telling, happening):
                return happening
        return None

    def _same(self, telling: Telling, happening: Happening) -> bool:
        event_type = self._types[telling.cue.type]
        if not any(_alike(event_type, self._types[other.cue.type]) for other in happening.tellings):
            return False
        if not self._dates_agree(telling, happening) or not _actors_agree(telling, happening):
            return False
        places, others = self._places(telling.places), self._places(happening.mentions)
        if places and others:
            if not _overlap(places, others):
                return False
            return not (telling.fresh and telling.time is not None and not self._dated(happening))
        near = telling.sentence - happening.sentence <= _NEAR_SENTENCES
        if telling.fresh and not near:
            return False
        return near or telling.definite

    def _dated(self, happening: Happening) -> bool:
        return any(t.time is not None and t.time.first for t in happening.tellings)

    def _dates_agree(self, telling: Telling, happening: Happening) -> bool:
        time = telling.time
        if time is None or time.first is None or time.last is None:
            return True
        for other in happening.tellings:
            known = other.time
            if known is None or known.first is None or known.last is None:
                continue
            if time.first > known.last or known.first > time.last:
                return False
        return True

    def _places(self, mentions: Sequence[int]) -> list[Place]:
        found = [self._resolutions[m].place for m in mentions if m < len(self._resolutions)]
        return [place for place in found if place is not None and place.kind not in _WIDE]

    def _cause(self, telling: Telling) -> Happening | None:
        """Return what an effect follows from: the last strike or disaster told near it."""
        if not self._types[telling.cue.type].effect:
            return None
        for happening in reversed(self.happenings):
            if self._types[happening.tellings[0].cue.type].effect:
                continue
            near = telling.sentence - happening.sentence <= _NEAR_SENTENCES
            return happening if near else None
        return None


def _actors_agree(telling: Telling, happening: Happening) -> bool:
    mine = telling.attacker.country if telling.attacker else None
    others = {t.attacker.country for t in happening.tellings if t.attacker and t.attacker.country}
    return mine is None or not others or mine in others


def _alike(a: EventType, b: EventType) -> bool:
    if a.name == b.name:
        return True
    if a.effect or b.effect:
        return False
    group = _GROUPS.get(a.family)
    return group is not None and group == _GROUPS.get(b.family)


def _overlap(places: Sequence[Place], others: Sequence[Place]) -> bool:
    """Tell whether two lists share a place, or one has a place inside one of the other."""
    ids = {place.id for place in others}
    if any(place.id in ids for place in places):
        return True
    return any(a.id in b.parents or b.id in a.parents for a in places for b in others)
