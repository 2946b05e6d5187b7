"""Days and places that a telling has from another: what came before, and what came of it.

"Rescuers dug on Sunday, three days after a shaft collapsed" tells the day of the collapse. Who is
arrested in the sentences behind a riot was arrested there and then, and "another attack" of a row
without a day of its own was on the same day.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction import calendar_days as cal
from geomap.extraction.anchors import past_midnight
from geomap.extraction.dates import TimeExpression
from geomap.extraction.modality import Modality
from geomap.extraction.otherdays import is_of_later
from geomap.quantities import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling

RULE = "days before the one named beside it"
_UNIT_DAYS = {"day": 1, "morning": 1, "night": 1, "week": 7}
_ONE = frozenset({"a", "an", "the", "one"})
_ARREST_SENTENCES = 5
_ROW_SENTENCES = 2
_ROW = frozenset({"another", "second", "third", "fourth"})
_OVER = frozenset({"over", "for", "accused", "suspected"})
_LATER = frozenset({"detention", "force_movement", "evacuation"})  # days after as often as not
_NO_CAUSES = frozenset({"posture", "alert", "diplomacy", "effect", "air_defense"})


class Aftermath:
    """Hands on days and places among the tellings of one document."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._syntax = scene.syntax

    def give(self) -> None:
        """Date what is told as so many days before, then what belongs to a day told before."""
        for index, word in enumerate(self._syntax.words):
            if word in {"after", "since"}:
                self._give_before(index)
            if word == "after" and not self._days_back(index)[0]:
                self._give_back(index)
        told: list[Telling] = []
        for sentence in sorted(self._scene.by_sentence):
            tellings = self._scene.by_sentence[sentence]
            for telling in sorted(tellings, key=lambda t: t.cue.index):
                if telling.modality is Modality.ASSERTED:
                    self._hand_on(telling, told)
                    told.append(telling)

    # --- "three days after a shaft collapsed" ----------------------------------------------------

    def _give_before(self, after: int) -> None:
        """Date the tellings in a clause under "N days after" by the day beside it."""
        back, start = self._days_back(after)
        if not back:
            return
        token = self._syntax.tokens[after]
        inside = {i for i in self._syntax.subtree(self._clause_below(after)) if i >= after}
        day = self._day_beside(after, inside) or self._today(after)
        first = cal.shift(day.first, -back) if day and day.first else None
        if day is None or first is None:
            return
        main = self._syntax.clause_of(after)
        for telling in self._scene.around(after):
            cue = telling.cue.index
            # "Found bodies under soil that came down, three days after a quake": with the quake.
            found = telling.time is None and is_of_later(self._syntax, main, cue)
            if cue not in inside and not found:
                continue
            if telling.time is None or not self._is_in(telling.time, inside):
                telling.time = dataclasses.replace(
                    day,
                    start=self._syntax.tokens[start].start,
                    end=token.end,
                    first=first,
                    last=first,
                    rule=RULE,
                    day_name=None,
                )

    def _give_back(self, after: int) -> None:
        """Let place and day at the end of what came before hold of what came after it too.

        "A riot broke out after police shot dead a boy in X on Tuesday": the riot was there.
        """
        syntax, below = self._syntax, self._clause_below(after)
        main = syntax.tokens[below].head
        inside = {i for i in syntax.subtree(below) if i >= after}
        around = [t for t in self._scene.around(after) if t.modality is Modality.ASSERTED]
        cause = next((t for t in reversed(around) if t.cue.index in inside), None)
        told = [t for t in around if t.cue.index < after and self._is_new(t)]
        outcome = next((t for t in told if main in self._words_of(t)), None)
        if cause is None or outcome is None or cause.day is None or outcome.cue.type in _LATER:
            return
        # A riot is another than the shooting before it; a fire and its explosion are one.
        if self._scene.types[outcome.cue.type].family == "unrest":
            outcome.outcome_of, cause.led_to = cause, outcome
        if self._day_beside(after, inside) is None and outcome.time is None:
            outcome.time = cause.time
        if not outcome.places and outcome.time == cause.time:
            outcome.places = list(cause.places)

    def _is_new(self, telling: Telling) -> bool:
        """Tell whether something is not told as known: "the strikes came after …"."""
        syntax = self._syntax
        known = {syntax.words[i] for i in syntax.with_dep(telling.cue.index, "det", "poss")}
        return not (telling.definite or known - {"a", "an"})

    def _words_of(self, telling: Telling) -> tuple[int, int]:
        return telling.cue.index, self._syntax.clause_of(telling.cue.index)

    def _clause_below(self, after: int) -> int:
        """Return the top of what stands under "after", which parsers may take for a preposition.

        "A day after a boy was shot" has the day as the subject of the verb then.
        """
        token = self._syntax.tokens[after]
        if token.dep == "mark":
            return token.head
        unit = self._syntax.tokens[token.head]
        subject = token.dep == "prep" and unit.dep in {"nsubj", "nsubjpass"} and unit.head > after
        return unit.head if subject else after

    def _days_back(self, after: int) -> tuple[int, int]:
        """Return how many days "two days after" tells, and where the words begin; 0 for none."""
        if after < 1:
            return 0, after
        unit = _UNIT_DAYS.get(self._syntax.lemmas[after - 1])
        number = self._syntax.words[after - 2] if after > 1 else ""
        if unit is None:
            return 0, after
        if number in _ONE:
            return unit, after - 2
        counts = find_numbers(number)
        low = counts[0].low if counts else None
        return (unit * int(low), after - 2) if low else (0, after)

    def _day_beside(self, after: int, inside: set[int]) -> TimeExpression | None:
        """Return the day of the sentence that stands outside of a clause, one before it first."""
        syntax = self._syntax
        days = [t for t in self._scene.times_around(after) if t.is_day and not t.anchored]
        outside = [t for t in days if not self._is_in(t, inside)]
        before = [t for t in outside if t.start < syntax.tokens[after].start]
        return before[-1] if before else next(iter(outside), None)

    def _today(self, since: int) -> TimeExpression | None:
        """Return the day of publication for "it is a week since a storm hit"."""
        published = self._syntax.annotation.document.published
        if self._syntax.words[since] != "since" or published is None:
            return None
        token = self._syntax.tokens[since]
        return TimeExpression(
            start=token.start, end=token.end, first=published, last=published, rule=RULE
        )

    def _is_in(self, time: TimeExpression, inside: set[int]) -> bool:
        head = self._syntax.head_of_span(time.start, time.end)
        return head is not None and head in inside

    # --- what belongs to a day told before -------------------------------------------------------

    def _hand_on(self, telling: Telling, told: list[Telling]) -> None:
        if telling.cue.type == "detention":
            self._give_arrest(telling, told)
        elif telling.time is None and self._is_of_row(telling):
            self._take_day(telling, self._last(telling, told, _ROW_SENTENCES))

    def _give_arrest(self, telling: Telling, told: list[Telling]) -> None:
        """Give an arrest the place and day of what people were arrested for."""
        if self._is_over(telling.cue.index):
            return
        for other in self._last(telling, told, _ARREST_SENTENCES):
            if self._scene.types[other.cue.type].family in _NO_CAUSES or other.definite:
                continue
            if not telling.places and other.places:
                telling.places = list(other.places)
            if telling.places == other.places and self._is_simple_past(telling.cue.index):
                self._take_day(telling, iter((other,)))
            if telling.places:
                return

    def _last(self, telling: Telling, told: list[Telling], reach: int) -> Iterator[Telling]:
        """Yield what was told shortly before, the nearest first; a day of its own ends the row."""
        for other in reversed(told):
            if telling.sentence - other.sentence > reach:
                return
            if not other.headline:
                yield other

    def _take_day(self, telling: Telling, others: Iterator[Telling]) -> None:
        if telling.time is not None or self._scene.times_around(telling.cue.index):
            return
        for other in others:
            if other.time is not None:
                if other.day is not None and not other.time.cumulative:
                    telling.time = past_midnight(self._syntax, other.time, telling.cue.index)
                return

    def _is_over(self, cue: int) -> bool:
        """Tell whether an arrest says for what it was, which was elsewhere as often as not."""
        syntax = self._syntax
        return any(syntax.words[i] in _OVER for i in syntax.with_dep(cue, "prep", "acl"))

    def _is_simple_past(self, verb: int) -> bool:
        """Tell whether a deed is told as one of that time: "were arrested", not "have been"."""
        syntax = self._syntax
        aux = {syntax.words[i] for i in syntax.with_dep(verb, "aux", "auxpass")}
        if syntax.tokens[verb].tag == "VBD":
            return "had" not in aux
        return syntax.tokens[verb].tag == "VBN" and bool(aux & {"was", "were"}) and "had" not in aux

    def _is_of_row(self, telling: Telling) -> bool:
        """Tell whether "in another attack" opens the sentence of a telling."""
        first = self._syntax.sentence(telling.cue.index).first
        opener = self._syntax.words[first : first + 3]
        return opener[:1] == ["in"] and not _ROW.isdisjoint(opener)
