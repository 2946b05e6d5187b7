"""Days told from another day of the text: "that night", "hours later", "two days earlier".

They are told from the day that the story stands on, which is not always the last one named: an
official may have spoken on another, or a wounded man died.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction import calendar_days as cal
from geomap.extraction.otherdays import DYING, dates_speech, is_to_come
from geomap.extraction.published import in_dateline
from geomap.extraction.timereaders import HOURS, SAME_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.syntax import Syntax

_FAR_SENTENCES = 8
_NEXT_SENTENCES = 2
_DARK = ("evening", "night")
_EARLY = frozenset({"dawn", "daybreak", "sunrise"})
_MORNING_AFTER = "morning after the evening named before"
_NIGHT_DAYS = 2  # a night is of two days


def told_from_story(syntax: Syntax, times: Iterable[TimeExpression]) -> list[TimeExpression]:
    """Return the days of a text, those told from another one counted from that of the story."""
    told = list(times)
    for number, time in enumerate(told):
        if time.anchored and time.first is not None and time.anchor is not None:
            told[number] = _told_anew(syntax, number, told)
    return told


def past_midnight(syntax: Syntax, time: TimeExpression, index: int) -> TimeExpression:
    """Return the day that a story has come to at a word: at dawn, it is the day after a night."""
    words = syntax.text[time.start : time.end].lower()
    sentence = syntax.sentence(index)
    hours = syntax.words[sentence.first : sentence.last]
    if not time.is_day or not words.endswith(_DARK) or _EARLY.isdisjoint(hours):
        return time
    assert time.last is not None
    day = cal.shift(time.last, 1)
    return dataclasses.replace(time, first=day, last=day, day_name=None, rule=_MORNING_AFTER)


def _told_anew(syntax: Syntax, number: int, times: Sequence[TimeExpression]) -> TimeExpression:
    time = times[number]
    assert time.first is not None
    assert time.anchor is not None
    days = _story_days(syntax, number, times)
    if days is None:
        told = time.rule not in {HOURS, SAME_DAY} or _is_any_told(syntax, times[:number])
        return time if told else dataclasses.replace(time, first=None, last=None)
    if time.rule == SAME_DAY:
        return dataclasses.replace(time, first=days.first, last=days.last, anchor=days.last)
    back = time.first < time.anchor or _is_before(syntax, time)
    base = days.first if back else days.last
    assert base is not None
    day = cal.shift(base, (time.first - time.anchor).days)
    return dataclasses.replace(time, first=day, last=day, anchor=base)


def _story_days(
    syntax: Syntax, number: int, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """Return the day that the story stands on where a day is told from it.

    "Hours before the crash" is told from the crash that the text is about: from its first day.
    """
    time = times[number]
    here = _sentence(syntax, time)
    if _is_beside_event(syntax, time):
        known = next((t for t in times[:number] if _is_of_story(syntax, t)), None)
        behind = (t for t in times[number + 1 :] if _sentence(syntax, t) <= here + _NEXT_SENTENCES)
        return known or next((t for t in behind if _is_of_story(syntax, t)), None)
    for before in reversed(times[:number]):
        apart = here - _sentence(syntax, before)
        if apart > _FAR_SENTENCES:
            return None
        # "Said on Tuesday that it had bombed a camp a day earlier" is told from Tuesday.
        if _is_of_story(syntax, before) or (not apart and before.is_day):
            return before
    return None


def _is_any_told(syntax: Syntax, times: Iterable[TimeExpression]) -> bool:
    return any(time.is_day and not in_dateline(syntax.text, time.start) for time in times)


def _sentence(syntax: Syntax, time: TimeExpression) -> int:
    return syntax.sentence_of[syntax.span_tokens(time.start, time.end).start]


def _is_before(syntax: Syntax, time: TimeExpression) -> bool:
    words = syntax.text[time.start : time.end].lower()
    return words.endswith(("earlier", "before"))


def _is_beside_event(syntax: Syntax, time: TimeExpression) -> bool:
    """Tell whether an hour is told from a known event: "minutes after the blast"."""
    words = syntax.text[time.start : time.end].lower()
    return time.rule == HOURS and words.endswith(("after", "before"))


def _is_of_story(syntax: Syntax, time: TimeExpression) -> bool:
    """Tell whether a day is one that something happened on, and not of a saying or a death."""
    if not 0 < time.days <= _NIGHT_DAYS or time.cumulative or is_to_come(syntax, time):
        return False
    head = syntax.head_of_span(time.start, time.end)
    if head is None or in_dateline(syntax.text, time.start) or dates_speech(syntax, head, time):
        return False
    return syntax.lemmas[syntax.clause_of(head)] not in DYING
