"""Which happenings are events of their own: what says enough, and is no background."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geomap.extraction.kinds import ARMED
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happening import Happening
    from geomap.ontology import EventType

# Places so wide that they tell two events apart as little as they tie them together.
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.BLOC})

# What was over so long before publication is told to compare with, not to report; what was over
# for less is so only beside news.
BACKGROUND_DAYS = 45
_NEWS_DAYS = 24

_LONGEST_DAYS = 60
_LASTING = frozenset({"biological", "climatological", "posture", "diplomacy"})
_SWEEPING = frozenset({"meteorological", "transport"})
_BURNING = ARMED | {"unrest"}
_NEED_PLACE_OR_DAY = frozenset({"killing", "armed_clash", "explosion", "damage", "siege"})


class Relevance:
    """Judges the happenings of one document, published on a day or on none that is known."""

    def __init__(self, types: Mapping[str, EventType], published: date | None) -> None:
        self._types = types
        self._published = published
        self._horizon = published
        self._longest_days = BACKGROUND_DAYS

    def told(self, happenings: Sequence[Happening]) -> list[Happening]:
        """Return those that are events of the document.

        Where the day of publication is unknown, the year of the latest event stands for it.
        """
        ends = [h.said.last_end for h in happenings if h.said.last_end]
        if self._published is None:
            self._horizon = date(max(ends).year, 1, 1) if ends else None
        elif any(abs((self._published - end).days) <= _NEWS_DAYS for end in ends):
            self._longest_days = _NEWS_DAYS
        return [happening for happening in happenings if self.is_told(happening)]

    def is_told(self, happening: Happening) -> bool:
        """Tell whether a happening says enough to be an event, and is no background."""
        if all(telling.natural for telling in happening.tellings):
            return False  # "the poet died in Lisbon on Tuesday"
        if all(t.passing for t in happening.tellings) and not happening.said.days:
            return False  # "survivors of the crash"
        if self._is_statistic(happening):
            return False
        return self._says_enough(happening) and not self.is_background(happening)

    def _is_statistic(self, happening: Happening) -> bool:
        """Tell whether it is counted over months: "300 have drowned this year"."""
        if self._published is None or not happening.said.days:
            return False
        kinds = {self._types[name].family for name in happening.said.first_of_type}
        return not kinds & _LASTING and all(
            (end - first).days > _LONGEST_DAYS for first, end in happening.said.days
        )

    def is_background(self, happening: Happening) -> bool:
        """Tell whether all that dates a happening is long before publication."""
        days = happening.said.days
        if not days and happening.parent is not None:
            days = happening.parent.said.days
        if self._horizon is None or not days:
            return False
        # Of a month the middle counts: "in March" is over in May.
        last = max(first + (end - first) / 2 for first, end in days)
        return (self._horizon - last).days > self._longest_days

    def _says_enough(self, happening: Happening) -> bool:
        tellings = happening.tellings
        named = (self._types[name] for name in happening.said.first_of_type)
        kind = max(named, key=lambda kind: kind.rank)
        placed, dated = bool(happening.said.mentions), bool(happening.said.days)
        counted = any(t.tolls for t in tellings) or any(
            use.count for t in tellings for use in t.weapons
        )
        if kind.name == "damage":
            return placed and happening.parent is None
        if kind.effect:
            return self._is_effect_told(happening, counted=counted, dated=dated)
        narrow = bool(happening.said.ground.size or happening.said.ground.unknown)
        if kind.name in _NEED_PLACE_OR_DAY:
            again = len(tellings) > 1
            return narrow or (dated and counted) or (again and (dated or counted))
        if kind.name == "attack":
            return dated or counted or narrow
        return placed or dated or counted or happening.parent is not None or len(tellings) > 1

    @staticmethod
    def _is_outcome(effect: Happening, cause: Happening) -> bool:
        """Tell whether one sentence tells the effect and then what it came after.

        "A fire broke out after shelling hit X": place and day are those of the shelling.
        """
        said = effect.said
        same = set(said.sentences) <= set(cause.said.sentences)
        return same and len(effect.tellings) == 1 and effect.first < cause.first

    def _is_effect_told(self, happening: Happening, *, counted: bool, dated: bool) -> bool:
        """Tell whether an effect is more than a word in the sentence that tells its cause."""
        cause = happening.parent
        if counted or cause is None:
            return counted or bool(happening.said.mentions)
        mine = happening.said.mentions
        family = self._types[cause.tellings[0].cue.type].family
        arson = family in _BURNING and all(telling.arson for telling in happening.tellings)
        if arson or family in _SWEEPING:
            # A storm that cuts power in a town is one event, as is a crash with its fire.
            mine = mine - cause.said.mentions
        if arson:
            return bool(mine)  # what attackers or rioters set on fire is part of what they did
        if mine and not (mine <= cause.said.mentions and self._is_outcome(happening, cause)):
            return True
        # "The strike", taken up, is not told anew: what it caused is.
        told = cause.said.introduced
        return not dated and told.isdisjoint(happening.said.sentences)
