"""How well a telling fits a happening: what ties them, and what forbids that they are one.

A contradiction in kind, day, attacker or place forbids. Ties add up: the same place, the same day,
a definite noun that takes up what was told ("the attack"), weapons, actors, nearness in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.extraction.relevance import Relevance, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happenings import Happening
    from geomap.extraction.tellings import Telling
    from geomap.model import Place
    from geomap.ontology import EventType

NEAR_SENTENCES = 3
_ADJACENT = 2
_LONG_DAYS = 10
_CONTRADICTION = -1.0
_ANOTHER_SPOT = -1.0

# Families whose types may name one happening: an attack is also a bombing or a shooting.
_ARMED = frozenset({"strike", "battle", "violence"})
_ACCIDENTS = frozenset({"transport", "technological"})
_DROWNING = frozenset({"technological", "hydrological", "meteorological", "geophysical"})
_SHOT_AT = frozenset({"unrest", "violence"})  # demonstrators that the police shoot
_APART = frozenset({"detention", "abduction", "territory_capture", "siege"})
_EXPLOSIVE = frozenset({"bombing", "industrial_accident", "sabotage"})
_ONE_FAMILY = (frozenset({"strike"}), frozenset({"violence"}), frozenset({"unrest"}))

# What a general noun with an article may take up: "the crash" a derailment, "the blast" a bombing.
_GENERAL: Mapping[str, frozenset[str]] = {
    "attack": _ARMED,
    "killing": _ARMED,
    "explosion": frozenset({"strike", "violence", "technological"}),
    "accident": _ACCIDENTS,
    "road_accident": _ACCIDENTS,
}

_STRIKE_WEAPONS = frozenset({"missile", "drone", "artillery", "rocket", "cluster"})
HARMLESS = frozenset({"diplomacy", "posture", "alert", "cyber", "air_defense"})


class Agreement:
    """Scores pairs of a telling and a happening of one document."""

    def __init__(self, types: Mapping[str, EventType], relevance: Relevance) -> None:
        self._types = types
        self._relevance = relevance

    def score(self, telling: Telling, happening: Happening) -> float:
        """Say how well a telling fits a happening; below zero is a contradiction."""
        if not _dates_agree(telling, happening) or not _actors_agree(telling, happening):
            return _CONTRADICTION
        if not self._alike(telling, happening) and not self._harms(telling, happening):
            return _CONTRADICTION
        place = self._same_ground(telling, happening)
        if place is None:
            return _CONTRADICTION
        distance = happening.distance(telling.sentence)
        score = self._bonds(telling, happening) + place - min(0.2 * distance, 1.5)
        return score - _newness(telling, happening)

    # --- where -----------------------------------------------------------------------------------

    def _same_ground(self, telling: Telling, happening: Happening) -> float | None:
        """Return what the places say for one happening; None where they contradict."""
        narrow, unknown = self._relevance.narrow, self._relevance.unknown
        mine, theirs = narrow(telling.places), narrow(happening.mentions)
        if mine and theirs and overlap(mine, theirs):
            return _shared(mine, theirs)
        if mine and theirs:
            return _ANOTHER_SPOT if self._is_spoken_of(telling, happening) else None
        distance = happening.distance(telling.sentence)
        if telling.of_toll and mine and not theirs and distance:
            return None  # people harmed in a place of their own: a part, not the whole
        names, others = unknown(telling.places), unknown(happening.mentions)
        if names and others:
            spoken = _ANOTHER_SPOT if self._is_spoken_of(telling, happening) else None
            return 4.0 if names & others else spoken
        # A village that nobody lists is elsewhere, if it is not inside.
        score = -1.0 if (names and theirs) or (others and mine) else 0.0
        far = (mine or theirs) and distance > NEAR_SENTENCES and not telling.definite
        return min(score, -1.5) if far else score

    def _is_spoken_of(self, telling: Telling, happening: Happening) -> bool:
        """Tell whether "the shooting", with a place only in its predicate, was told just before.

        "Three were shot dead in Uppsala. The shooting happened in Vaksala Square."
        """
        if happening.distance(telling.sentence) > _ADJACENT:
            return False
        pairs = [sorted((telling, t), key=lambda t: t.cue.index) for t in happening.tellings]
        return any(
            second.bare and self._takes_up(first, second, plural=False) for first, second in pairs
        )

    # --- what ------------------------------------------------------------------------------------

    def _bonds(self, telling: Telling, happening: Happening) -> float:
        """Add up what ties a telling to a happening besides the place."""
        others = happening.tellings
        name = telling.attacker.name if telling.attacker else None
        ties = (
            (3.0, _same_day(telling, happening)),
            (0.5, any(t.cue.type == telling.cue.type for t in others)),
            (1.0, name is not None and any(t.attacker and t.attacker.name == name for t in others)),
            (1.5, any(self._takes_up(telling, other) for other in others)),
            (1.5, any(self._takes_up(telling, other, plural=False) for other in others)),
            (0.5, telling.definite),
            (1.5, telling.fresh and _fresh(happening)),
            (0.5, telling.cue.type == "explosion"),  # what a strike sounds like
            (2.0, telling.headline),  # the text below tells it again
        )
        score = sum(weight for weight, tied in ties if tied) + 0.2 * min(len(others), 5)
        return score + self._arms(telling, happening) + _nearness(telling, happening)

    def _takes_up(self, a: Telling, b: Telling, *, plural: bool = True) -> bool:
        """Tell whether the later of two speaks of the earlier by "the": "the shooting".

        A plural ("the strikes") does so less surely; with ``plural`` off it does not count.
        """
        first, second = sorted((a, b), key=lambda telling: telling.cue.index)
        if not second.definite or second.fresh or (second.plural and not plural):
            return False
        if first.cue.type == second.cue.type:
            return True
        kinds = _GENERAL.get(second.cue.type, frozenset())
        return self._types[first.cue.type].family in kinds

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
        if happening.distance(telling.sentence) > NEAR_SENTENCES:
            return False
        tolls = [t.of_toll for t in happening.tellings]
        cause = telling if all(tolls) else happening.tellings[0]
        if telling.of_toll == all(tolls):
            return False
        effect = telling if telling.of_toll else happening.tellings[0]
        if cause.sentence > effect.sentence:
            return False  # harm is told after its cause, or with it
        family = self._types[cause.cue.type].family
        if family == "unrest" and cause.sentence != effect.sentence and not _by_police(cause):
            return False  # a march seldom kills
        return family not in HARMLESS

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
        if any(self._takes_up(telling, other, plural=False) for other in happening.tellings):
            return True
        return _alike(mine, theirs)


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
    return families in _ONE_FAMILY


def _shared(mine: Sequence[Place], theirs: Sequence[Place]) -> float:
    if {place.id for place in mine} & {place.id for place in theirs}:
        return 4.0
    return 2.5 if len(mine) == len(theirs) == 1 else 1.0


def _nearness(telling: Telling, happening: Happening) -> float:
    distance = happening.distance(telling.sentence)
    score = 1.0 if distance <= _ADJACENT else 0.0
    if distance == 0 and not telling.indefinite:
        score += 0.5
    if telling.of_toll:
        score += 1.5 if distance == 0 else 1.0
    return score


def _newness(telling: Telling, happening: Happening) -> float:
    """Return what speaks for a happening of its own: "another attack", "a landslide"."""
    told_back = _is_told_back(telling) != any(map(_is_told_back, happening.tellings))
    if _same_day(telling, happening):
        return 5.0 if told_back else 0.0
    score = 4.0 if telling.fresh and not _fresh(happening) else 0.0
    later = min(happening.tellings, key=lambda other: other.cue.index)
    new = telling if telling.cue.index > happening.first else later
    if new.indefinite and happening.distance(telling.sentence) and not telling.headline:
        score += 1.0
    return score + 3.0 * told_back


def _by_police(telling: Telling) -> bool:
    """Tell whether it came to blows: the police, or a riot."""
    name = telling.attacker.name.lower().split() if telling.attacker else []
    return telling.cue.type == "riot" or any(word in words("classes", "police") for word in name)


def _is_told_back(telling: Telling) -> bool:
    """Tell whether a day is told back from that of another event, or only as part of a month."""
    time = telling.time
    if time is None:
        return False
    long = time.days > _LONG_DAYS  # "the fires of July"
    return long or (time.anchored and "same day" not in time.rule)


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
