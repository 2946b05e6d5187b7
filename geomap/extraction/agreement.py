"""How well a telling fits a happening: what ties them, and what forbids that they are one.

A contradiction in kind, day, attacker or place forbids. Ties add up: the same place, the same day,
a definite noun that takes up what was told ("the attack"), weapons, actors, nearness in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.happening import is_told_back, undated_day
from geomap.extraction.kinds import APART, ARMED, HARMLESS, VAGUE, alike, is_fought, names
from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.extraction.happening import Happening
    from geomap.extraction.tellings import Telling
    from geomap.extraction.whereabouts import Whereabouts
    from geomap.model import Range
    from geomap.ontology import EventType

NEAR_SENTENCES = 3
_ADJACENT = 2
_FRESH = 5.0  # what "another", "in a separate" take off
_CONTRADICTION = -1.0
_LEAD_SENTENCE = 1  # of a headline and the sentence under it the places may be told later
_ANOTHER_SPOT = -1.0
_SAME_PARAGRAPH = 1.5

_ANOTHER_GATHERING = 3.0
_GATHERINGS = frozenset({"protest", "riot"})
_SHOT_AT = frozenset({"unrest", "violence"})  # demonstrators that the police shoot
_STRIKE_WEAPONS = frozenset({"missile", "drone", "artillery", "rocket", "cluster"})


class Agreement:
    """Scores pairs of a telling and a happening of one document."""

    def __init__(self, types: Mapping[str, EventType]) -> None:
        self._types = types

    def score(self, telling: Telling, ground: Whereabouts, happening: Happening) -> float:
        """Say how well a telling on its ground fits a happening; below zero is a contradiction."""
        if not _dates_agree(telling, happening) or not _actors_agree(telling, happening):
            return _CONTRADICTION
        if not self._alike(telling, happening) and not self._harms(telling, happening):
            return _CONTRADICTION
        place = self._same_ground(telling, ground, happening)
        if place is None or _is_case_of(telling, ground, happening):
            return _CONTRADICTION
        if _is_yet_to_come(telling, ground, happening) or _is_outcome(telling, happening):
            return _CONTRADICTION
        above = _tops(telling, happening)
        distance = 0 if above else happening.distance(telling.sentence)
        score = self._bonds(telling, happening) + place - min(0.2 * distance, 1.5)
        if telling.amid is not None and happening.tells(telling.amid):
            score += _SAME_PARAGRAPH
        return score - _newness(telling, happening)

    # --- where -----------------------------------------------------------------------------------

    def _same_ground(
        self, telling: Telling, mine: Whereabouts, happening: Happening
    ) -> float | None:
        """Return what the places say for one happening; None where they contradict."""
        theirs = happening.said.ground
        if mine.size and theirs.size and mine.overlaps(theirs):
            return _shared(mine, theirs)
        if mine.size and theirs.size:
            again = telling.headline or self._is_spoken_of(telling, happening)
            return _ANOTHER_SPOT if again else None
        distance = happening.distance(telling.sentence)
        if telling.of_toll and mine.size and not theirs.size and distance:
            return None  # people harmed in a place of their own: a part, not the whole
        if mine.unknown and theirs.unknown:
            above = telling.headline and distance <= _ADJACENT
            again = above or self._is_spoken_of(telling, happening)
            spoken = _ANOTHER_SPOT if again else None
            return 4.0 if mine.unknown & theirs.unknown else spoken
        # A village that nobody lists is elsewhere, if it is not inside.
        outside = (mine.unknown and theirs.size) or (theirs.unknown and mine.size)
        score = -1.0 if outside else 0.0
        near = distance <= NEAR_SENTENCES or telling.definite or _tops(telling, happening)
        far = (mine.size or theirs.size) and not near
        return min(score, -1.5) if far else score

    def _is_spoken_of(self, telling: Telling, happening: Happening) -> bool:
        """Tell whether "the shooting", with a place only in its predicate, was told just before.

        "Three were shot dead in Uppsala. The shooting happened in Vaksala Square."
        """
        if happening.distance(telling.sentence) > _ADJACENT:
            return False
        return self._takes_up(telling, happening, plural=False, bare=True)

    # --- what ------------------------------------------------------------------------------------

    def _bonds(self, telling: Telling, happening: Happening) -> float:
        """Add up what ties a telling to a happening besides the place."""
        said = happening.said
        ties = (
            (3.0, telling.day in said.days),
            (0.5, telling.cue.type in said.first_of_type),
            (1.0, telling.attacker is not None and telling.attacker.name in said.attackers),
            (1.5, self._takes_up(telling, happening)),
            (1.5, self._takes_up(telling, happening, plural=False)),
            (0.5, telling.definite),
            (1.5, telling.fresh and said.is_fresh and not happening.distance(telling.sentence)),
            (0.5, telling.cue.type == "explosion"),  # what a strike sounds like
            (2.0, telling.headline),  # the text below tells it again
            (
                1.5,
                any(_several(toll.count) and toll.count in said.counts for toll in telling.tolls),
            ),
        )
        score = sum(weight for weight, tied in ties if tied)
        score += 0.2 * min(len(happening.tellings), 5)
        return score + self._arms(telling, happening) + _nearness(telling, happening)

    def _takes_up(
        self, telling: Telling, happening: Happening, *, plural: bool = True, bare: bool = False
    ) -> bool:
        """Tell whether the later of two speaks of the earlier by "the": "the shooting".

        A plural ("the strikes") does so less surely; with ``plural`` off it does not count. With
        ``bare`` on only a noun without a place of its own does.
        """
        index, name = telling.cue.index, telling.cue.type
        later = happening.said.types_taken_up(index, plural=plural, bare=bare)
        if telling.of_toll:
            later &= VAGUE - {"explosion"}  # "the blast" takes up no six people killed
        if any(self._names(other, name) for other in later):
            return True
        definite = telling.definite and not telling.fresh
        if not definite or (telling.plural and not plural) or (bare and not telling.bare):
            return False
        return any(self._names(name, other) for other in happening.said.types_before(index))

    def _names(self, general: str, name: str) -> bool:
        return names(self._types, general, name)

    def _arms(self, telling: Telling, happening: Happening) -> float:
        """Compare weapons: the same tie, others divide, the more so where the type names them."""
        kinds, known = self._kinds(telling), self._known_kinds(happening)
        if not kinds or not known:
            return 0.0
        if kinds & known:
            return 1.0
        names = (telling.cue.type, *happening.said.first_of_type)
        return -5.0 if any(self._types[name].weapons for name in names) else -2.5

    def _harms(self, telling: Telling, happening: Happening) -> bool:
        """Tell whether one is a bare toll ("killing 12") and the other its cause."""
        if telling.of_toll == happening.said.is_toll:
            return False
        again = telling.headline and any(
            toll.count in happening.said.counts for toll in telling.tolls
        )
        if happening.distance(telling.sentence) > NEAR_SENTENCES and not again:
            return False
        main = happening.tellings[0]
        cause = telling if happening.said.is_toll else main
        effect = telling if telling.of_toll else main
        if cause.sentence > effect.sentence and not again:
            return False  # harm is told after its cause, or with it
        if cause.cue.type == "detention":
            return False
        family = self._types[cause.cue.type].family
        if family == "unrest" and cause.sentence != effect.sentence and not _by_police(cause):
            return False  # a march seldom kills
        return family not in HARMLESS

    def _kinds(self, telling: Telling) -> set[str]:
        """Return the classes of weapons of a strike: those told, and those its type is made of."""
        told = {use.system.kind for use in telling.weapons} & _STRIKE_WEAPONS
        return told.union(self._types[telling.cue.type].weapons)

    def _known_kinds(self, happening: Happening) -> set[str]:
        named = (self._types[name].weapons for name in happening.said.first_of_type)
        return (happening.said.weapons & _STRIKE_WEAPONS).union(*named)

    def _alike(self, telling: Telling, happening: Happening) -> bool:
        mine = self._types[telling.cue.type]
        told = (self._types[name] for name in happening.said.first_of_type)
        theirs = max(told, key=lambda kind: kind.rank)
        if {mine.family, theirs.family} == _SHOT_AT and not {mine.name, theirs.name} & APART:
            return not telling.definite and telling.sentence in happening.said.introduced
        if _tops(telling, happening) and {mine.family, theirs.family} <= ARMED:
            return True  # "Gangs overrun town, 17 dead"
        named = telling.attacker is not None and telling.attacker.name in happening.said.attackers
        if named and {mine.family, theirs.family} <= ARMED and not {mine.name, theirs.name} & APART:
            return True  # "Turkey shelled a city", "it fired on Qamishli"
        if "battle" in {mine.family, theirs.family} and mine.family != theirs.family:
            armed = self._kinds(telling) or self._known_kinds(happening)
            return is_fought(mine, theirs) and not armed
        return self._takes_up(telling, happening, plural=False) or alike(mine, theirs)


def _is_case_of(telling: Telling, mine: Whereabouts, happening: Happening) -> bool:
    """Tell whether "In X, four people drowned …" is one of the floods of a state, with its toll."""
    theirs = happening.said.ground
    own = telling.tolls or (telling.day is not None and telling.day not in happening.said.days)
    if not telling.opens_place or telling.of_toll or telling.definite or not own:
        return False
    counts = {toll.count for toll in telling.tolls}
    return bool(mine.size and theirs.size) and not (
        mine.shares(theirs) or counts & happening.said.counts
    )


def _is_yet_to_come(telling: Telling, mine: Whereabouts, happening: Happening) -> bool:
    """Tell whether a happening opens later, as new: "On Tuesday night, a bomb …", "In X, …".

    What is told before, and has neither its day nor its place, is of something else.
    """
    said = happening.said
    later = said.earliest
    if later is None or telling.headline or telling.sentence <= _LEAD_SENTENCE:
        return False
    if telling.cue.index > happening.first or telling.sentence == later.sentence:
        return False
    opens = later.opens_place or later.fresh or (later.day is not None and later.indefinite)
    day = telling.day in said.days and not (later.opens_place and not mine.size)
    shared = day or mine.shares(said.ground)
    return opens and not shared and not later.definite


def _tops(telling: Telling, happening: Happening) -> bool:
    """Tell whether a headline gives the toll of a happening: it may be told far below."""
    counts = happening.said.counts
    return telling.headline and any(
        _several(toll.count) and toll.count in counts for toll in telling.tolls
    )


def _several(count: Range) -> bool:
    """Tell whether a figure is so large that two events hardly have it by chance."""
    return (count.low or count.high or 0) > 1


def _shared(mine: Whereabouts, theirs: Whereabouts) -> float:
    if mine.shares(theirs):
        return 4.0
    return 2.5 if mine.size == theirs.size == 1 else 1.0


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
    told_back = is_told_back(telling) != happening.said.is_told_back
    if telling.day in happening.said.days:
        # "Hours later", "also on Monday a man was shot": another one, be it in the same town.
        fresh = telling.fresh and not telling.headline and not happening.said.is_fresh
        return told_back * (5.0 if telling.definite else 8.0) + _FRESH * fresh
    elsewhere = happening.distance(telling.sentence) and not telling.headline
    score = _FRESH if telling.fresh and (not happening.said.is_fresh or elsewhere) else 0.0
    later = happening.said.earliest
    new = telling if later is None or telling.cue.index > happening.first else later
    if new.indefinite and happening.distance(telling.sentence) and not telling.headline:
        names = {telling.cue.type, *happening.said.first_of_type}
        score += _ANOTHER_GATHERING if new.day and names >= _GATHERINGS else 1.0
    return score + 3.0 * told_back


def _by_police(telling: Telling) -> bool:
    """Tell whether it came to blows: the police, or a riot."""
    name = telling.attacker.name.lower().split() if telling.attacker else []
    return telling.cue.type == "riot" or any(word in words("classes", "police") for word in name)


def _actors_agree(telling: Telling, happening: Happening) -> bool:
    mine = telling.attacker.country if telling.attacker else None
    others = happening.said.countries
    return mine is None or not others or mine in others


def _dates_agree(telling: Telling, happening: Happening) -> bool:
    said, mine = happening.said, telling.day
    if mine is None:
        name = undated_day(telling)
        return name is None or not said.day_names or name in said.day_names
    if said.first_end is None or said.last_start is None:
        return True
    return mine[0] <= said.first_end and said.last_start <= mine[1]


def _is_outcome(telling: Telling, happening: Happening) -> bool:
    """Tell whether one came after the other in one sentence: a riot after a shooting."""
    apart = [other for other in (telling.outcome_of, telling.led_to) if other is not None]
    return any(other is told for other in apart for told in happening.tellings)
