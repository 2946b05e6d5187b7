"""Days of what went on for some time: "calm returned on Monday after two nights of riots".

The day beside such words is that of the end. What ended began as much earlier as it is said to have
lasted: "the siege ended early on Friday after 13 hours".
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction import calendar_days as cal
from geomap.quantities import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

_RULE = "days up to the one named beside them"
_AFTER = frozenset({"after", "following"})
_UNIT_HOURS = {"hour": 1, "day": 24, "night": 24, "week": 168}
_DAY_HOURS = 24
_MOST_DAYS = 14  # what goes on for longer is more than one event
_ENDING = frozenset({"end", "conclude", "finish", "stop", "cease"})
_EARLY = ("early", "morning", "dawn")
_EARLY_HOURS = 12  # an early hour is so far into its day at most


class Lengths:
    """Gives tellings of one document the days that they lasted."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._syntax = scene.syntax

    def give(self) -> None:
        """Date what lasted some days or hours up to a day named beside it."""
        syntax = self._syntax
        for index, lemma in enumerate(syntax.lemmas):
            before = syntax.tokens[index].head
            if lemma not in _UNIT_HOURS or syntax.words[before] not in _AFTER:
                continue
            end = self._end(syntax.tokens[before].head, index)
            days = self._days(index, end) if end is not None else None
            if end is None or end.last is None or days is None:
                continue
            span = dataclasses.replace(end, first=cal.shift(end.last, -days), rule=_RULE)
            for telling in self._lasting(index, syntax.tokens[before].head):
                if telling.time is None or telling.time == end:
                    telling.time = span

    def _end(self, verb: int, unit: int) -> TimeExpression | None:
        """Return the day of the verb that a length is told with."""
        syntax = self._syntax
        for time in self._scene.times_around(unit):
            head = syntax.head_of_span(time.start, time.end)
            if time.is_day and head is not None and syntax.clause_of(head) == verb:
                return time
        return None

    def _days(self, unit: int, end: TimeExpression) -> int | None:
        """Return how many days before the last one it began."""
        syntax = self._syntax
        told = [syntax.words[i] for i in syntax.with_dep(unit, "nummod")]
        numbers = find_numbers(told[0]) if told else []
        if not numbers or not numbers[0].low:
            return None
        hours = int(numbers[0].low) * _UNIT_HOURS[syntax.lemmas[unit]]
        early = any(word in syntax.text[end.start : end.end].lower() for word in _EARLY)
        days = (hours + (_EARLY_HOURS if early else 0)) // _DAY_HOURS
        return days if days <= _MOST_DAYS else None

    def _lasting(self, unit: int, verb: int) -> Iterator[Telling]:
        """Yield what a length is of ("nights of riots"), or what is told to end after it."""
        below = set(self._syntax.subtree(unit))
        ended = self._syntax.lemmas[verb] in _ENDING
        for telling in self._scene.around(unit):
            cue = telling.cue.index
            if cue in below or (ended and cue in self._syntax.with_dep(verb, "nsubj")):
                yield telling
