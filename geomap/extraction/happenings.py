"""Join the cues of one document that speak of the same happening.

Tellings that say most (place and day) found the happenings; the others join the one they agree with
best, or found their own. Text order decides between equals, so that the result is determined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction.modality import Modality
from geomap.extraction.relevance import Relevance, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.extraction.tellings import Telling
    from geomap.model import Resolution
    from geomap.ontology import EventType, Ontology


@dataclass(slots=True, kw_only=True)
class Happening:
    """Tellings of one event; ``parent`` is what it is an effect or a part of."""

    tellings: list[Telling] = field(default_factory=list)
    parent: Happening | None = None
    disputed: bool = False
    retracted: bool = False

    @property
    def mentions(self) -> list[int]:
        """The numbers of the mentions that are its places, in text order."""
        return sorted({m for telling in self.tellings for m in telling.places})

    @property
    def first(self) -> int:
        """The index of the first trigger."""
        return min(telling.cue.index for telling in self.tellings)

    def distance(self, sentence: int) -> int:
        """Return how many sentences away it is told."""
        return min(abs(telling.sentence - sentence) for telling in self.tellings)


# Families whose types may name one happening: an attack is also a bombing or a shooting.
_ARMED = frozenset({"strike", "battle", "violence"})
_APART = frozenset({"detention", "abduction", "territory_capture", "siege"})
_ACCIDENTS = frozenset({"transport", "technological"})
_DROWNING = frozenset({"technological", "hydrological", "meteorological", "geophysical"})
_SHOT_AT = frozenset({"unrest", "violence"})  # demonstrators that the police shoot

_STRIKE_WEAPONS = frozenset({"missile", "drone", "artillery", "rocket", "cluster"})
_HARMLESS = frozenset({"diplomacy", "posture", "alert", "cyber", "air_defense"})
_ADJACENT = 2
_NEAR_SENTENCES = 3
_CAUSE_SENTENCES = 4
_JOINS = 1.5  # the least agreement that makes two tellings one happening


class Joiner:
    """Clusters the tellings of one document."""

    def __init__(
        self, resolutions: tuple[Resolution, ...], ontology: Ontology, published: date | None
    ) -> None:
        self._types: Mapping[str, EventType] = ontology.types
        self._relevance = Relevance(resolutions, ontology.types, published)
        self._happenings: list[Happening] = []

    def join(self, tellings: Sequence[Telling], retracted: Sequence[int] = ()) -> list[Happening]:
        """Return the happenings in order of first telling.

        ``retracted`` are the sentences in which somebody takes back what was said before.
        """
        happened = [t for t in tellings if t.modality is Modality.ASSERTED]
        for telling in sorted(happened, key=self._founding_order):
            home = self._home(telling)
            if home is None or self._is_part(telling, home):
                home = Happening(parent=home)
                self._happenings.append(home)
            home.tellings.append(telling)
        self._happenings.sort(key=lambda happening: happening.first)
        for happening in self._happenings:
            happening.tellings.sort(key=lambda telling: telling.cue.index)
        self._dispute([t for t in tellings if t.modality is Modality.DENIED])
        for sentence in retracted:
            self._retract(sentence)
        self._tie()
        self._inherit()
        return [happening for happening in self._happenings if self._relevance.is_told(happening)]

    def _founding_order(self, telling: Telling) -> tuple[bool, int, int]:
        says = bool(self._relevance.narrow(telling.places)) + (telling.day is not None)
        return telling.headline, -says, telling.cue.index

    def _home(self, telling: Telling) -> Happening | None:
        scored = [(self._agreement(telling, h), -n, h) for n, h in enumerate(self._happenings)]
        best = max(scored, key=lambda item: item[:2], default=None)
        return best[2] if best is not None and best[0] >= _JOINS else None

    def _is_part(self, telling: Telling, home: Happening) -> bool:
        """Tell whether a telling has figures of one of several places: a part of the whole."""
        mine = {place.id for place in self._relevance.narrow(telling.places)}
        theirs = {place.id for place in self._relevance.narrow(home.mentions)}
        told = {toll.count for other in home.tellings for toll in other.tolls}
        new = any(toll.count not in told for toll in telling.tolls)
        counted = new or (not telling.tolls and any(use.count for use in telling.weapons))
        return (
            bool(counted) and bool(mine) and mine < theirs and home.distance(telling.sentence) > 0
        )

    def _agreement(self, telling: Telling, happening: Happening) -> float:
        """Say how well a telling fits a happening; below zero is a contradiction."""
        if not _dates_agree(telling, happening):
            return -1.0
        if not self._alike(telling, happening) and not self._harms(telling, happening):
            return -1.0
        if not _actors_agree(telling, happening):
            return -1.0
        mine, theirs = (
            self._relevance.narrow(telling.places),
            self._relevance.narrow(happening.mentions),
        )
        if mine and theirs and not overlap(mine, theirs):
            return -1.0
        if telling.of_toll and mine and not theirs and happening.distance(telling.sentence):
            return -1.0  # people harmed in a place of their own: a part, not the whole
        distance = happening.distance(telling.sentence)
        score = self._bonds(telling, happening) - min(0.2 * distance, 1.5)
        if mine and theirs:
            one = len(mine) == len(theirs) == 1
            same = bool({p.id for p in mine} & {p.id for p in theirs})
            score += 4.0 if same else 2.5 if one else 1.0
        elif (mine or theirs) and distance > _NEAR_SENTENCES:
            score -= 0.0 if telling.definite else 1.5
        if (
            telling.indefinite
            and distance
            and not telling.headline
            and not _same_day(telling, happening)
        ):
            score -= 1.0
        if telling.fresh and not _fresh(happening) and not _same_day(telling, happening):
            score -= 4.0
        return score

    def _bonds(self, telling: Telling, happening: Happening) -> float:
        """Add up what ties a telling to a happening besides the place."""
        others = happening.tellings
        name = telling.attacker.name if telling.attacker else None
        ties = (
            (3.0, _same_day(telling, happening)),
            (0.5, any(t.cue.type == telling.cue.type for t in others)),
            (1.0, name is not None and any(t.attacker and t.attacker.name == name for t in others)),
            (1.5, telling.definite and happening.first < telling.cue.index),
            (1.5, self._takes_up(telling, happening)),
            (0.5, telling.definite and happening.first >= telling.cue.index),
            (1.5, telling.fresh and _fresh(happening)),
            (0.5, telling.cue.type == "explosion"),  # what a strike sounds like
            (2.0, telling.headline),  # the text below tells it again
        )
        score = sum(weight for weight, tied in ties if tied) + 0.2 * min(len(others), 5)
        return score + self._arms(telling, happening) + _nearness(telling, happening)

    def _takes_up(self, telling: Telling, happening: Happening) -> bool:
        """Tell whether "the shooting", without place and day, is the one told before."""
        bare = telling.definite and telling.day is None
        placed = bool(self._relevance.narrow(telling.places))
        same = any(t.cue.type == telling.cue.type for t in happening.tellings)
        common = telling.cue.type in _COMMON
        return bare and not placed and (same or common) and happening.first < telling.cue.index

    def _arms(self, telling: Telling, happening: Happening) -> float:
        """Compare weapons: the same tie, others divide, the more so where the type names them."""
        others = happening.tellings
        kinds, known = self._kinds(telling), {k for t in others for k in self._kinds(t)}
        if not kinds or not known:
            return 0.0
        if kinds & known:
            return 1.0
        named = any(self._types[t.cue.type].weapons for t in (telling, *others))
        return -5.0 if named else -2.5

    def _harms(self, telling: Telling, happening: Happening) -> bool:
        """Tell whether one is a bare toll ("killing 12") and the other its cause."""
        if happening.distance(telling.sentence) > _NEAR_SENTENCES:
            return False
        tolls = [t.of_toll for t in happening.tellings]
        cause = telling if all(tolls) else happening.tellings[0]
        if telling.of_toll == all(tolls):
            return False
        effect = telling if telling.of_toll else happening.tellings[0]
        if cause.sentence > effect.sentence:
            return False  # harm is told after its cause, or with it
        return self._types[cause.cue.type].family not in _HARMLESS

    def _kinds(self, telling: Telling) -> set[str]:
        """Return the classes of weapons of a strike: those told, and those its type is made of."""
        told = {use.system.kind for use in telling.weapons} & _STRIKE_WEAPONS
        return told | set(self._types[telling.cue.type].weapons)

    def _alike(self, telling: Telling, happening: Happening) -> bool:
        mine = self._types[telling.cue.type]
        theirs = max(
            (self._types[t.cue.type] for t in happening.tellings), key=lambda kind: kind.rank
        )
        if {mine.family, theirs.family} == _SHOT_AT:
            return happening.distance(telling.sentence) == 0
        if "battle" in {mine.family, theirs.family} and mine.family != theirs.family:
            return not self._kinds(telling) and not any(map(self._kinds, happening.tellings))
        return _alike(mine, theirs)

    # --- what belongs to what --------------------------------------------------------------------

    def _tie(self) -> None:
        """Give effects, interceptions and parts their parent."""
        for happening in self._happenings:
            kind = self._types[happening.tellings[0].cue.type]
            if kind.effect or kind.family == "air_defense" or happening.tellings[0].of_toll:
                happening.parent = happening.parent or self._cause(happening)

    def _inherit(self) -> None:
        """Give a happening without a place that of what is told with it, or just before."""
        for number, happening in enumerate(self._happenings):
            kind = self._types[happening.tellings[0].cue.type]
            if happening.mentions or kind.effect or kind.family not in _WITH_OTHERS:
                continue
            sentence = happening.tellings[0].sentence
            for other in reversed(self._happenings[:number]):
                last = max(t.sentence for t in other.tellings if t.sentence <= sentence)
                if sentence - last <= 1 and self._relevance.narrow(other.mentions):
                    happening.tellings[0].places = other.mentions[:1]
                    break

    def _cause(self, happening: Happening) -> Happening | None:
        """Return the nearest strike or disaster that it can follow from, told before or with it."""
        sentence = happening.tellings[0].sentence
        mine = self._relevance.narrow(happening.mentions)
        best: tuple[int, int, Happening] | None = None
        for order, other in enumerate(self._happenings):
            kind = self._types[other.tellings[0].cue.type]
            if other is happening or kind.effect or kind.family in _NO_CAUSES:
                continue
            theirs = self._relevance.narrow(other.mentions)
            apart = other.distance(sentence)
            if apart > _CAUSE_SENTENCES or (mine and theirs and not overlap(mine, theirs)):
                continue
            if best is None or (apart, order) < best[:2]:
                best = (apart, order, other)
        return best[2] if best else None

    def _dispute(self, denied: Sequence[Telling]) -> None:
        for telling in denied:
            home = self._home(telling)
            if home is not None:
                home.disputed = True

    def _retract(self, sentence: int) -> None:
        """Mark the last happening told by a speaker before a retraction."""
        before = [
            h
            for h in self._happenings
            if 0 <= sentence - h.tellings[-1].sentence <= _NEAR_SENTENCES
            and any(t.claim.speaker for t in h.tellings)
        ]
        if before:
            max(before, key=lambda h: h.tellings[-1].cue.index).retracted = True


_WITH_OTHERS = frozenset({"violence", "unrest"})
_NO_CAUSES = frozenset({"posture", "alert", "unrest", "diplomacy", "air_defense", "cyber"})


def _nearness(telling: Telling, happening: Happening) -> float:
    distance = happening.distance(telling.sentence)
    score = 1.0 if distance <= _ADJACENT else 0.0
    if distance == 0 and not telling.indefinite:
        score += 0.5
    if telling.of_toll:
        score += 1.5 if distance == 0 else 1.0
    return score


def _alike(a: EventType, b: EventType) -> bool:
    """Tell whether two types may name one happening."""
    names, families = {a.name, b.name}, {a.family, b.family}
    if a.name == b.name or names == {"fire", "wildfire"}:
        return True
    if a.effect or b.effect or names & _APART:
        return False
    if "attack" in names and families <= _ARMED:
        return True
    if "explosion" in names and names & _EXPLOSIVE:
        return True
    if "accident" in names and (families <= _ACCIDENTS or families <= _DROWNING):
        return True  # people also drown in a flood, a storm, a shipwreck
    return families in ({"strike"}, {"violence"}, {"unrest"})


_COMMON = frozenset({"attack", "accident", "road_accident"})  # words that take up any such event
_EXPLOSIVE = frozenset({"bombing", "industrial_accident", "sabotage"})


def _actors_agree(telling: Telling, happening: Happening) -> bool:
    mine = telling.attacker.country if telling.attacker else None
    others = {t.attacker.country for t in happening.tellings if t.attacker and t.attacker.country}
    return mine is None or not others or mine in others


def _dates_agree(telling: Telling, happening: Happening) -> bool:
    mine = telling.day
    if mine is None:
        words = _undated_day(telling)
        others = {_undated_day(other) for other in happening.tellings} - {None}
        return words is None or not others or words in others
    known = [t.day for t in happening.tellings if t.day is not None]
    return all(mine[0] <= day[1] and day[0] <= mine[1] for day in known)


def _undated_day(telling: Telling) -> str | None:
    """Return the day that is named ("friday") where no date is known to count from.

    "On Friday" and "on Tuesday" are two days, whatever the dates.
    """
    time = telling.time
    if time is None or time.first is not None or not time.day_name:
        return None
    return time.day_name


def _same_day(telling: Telling, happening: Happening) -> bool:
    mine = telling.day
    return mine is not None and any(t.day == mine for t in happening.tellings)


def _fresh(happening: Happening) -> bool:
    return any(telling.fresh for telling in happening.tellings)
