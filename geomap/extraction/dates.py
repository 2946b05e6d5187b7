"""Words that tell when, and the days they mean against the day of publication.

Each expression keeps its words and the name of the rule that read it; what cannot be dated says
why and has no days. The rules are those of ``timerules.py``.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date

from geomap.extraction import calendar_days as cal
from geomap.extraction.timereaders import Context
from geomap.extraction.timerules import SINCE_DAY, UP_TO, Rule, apply, scan
from geomap.model import DateRange, Provenance, TimePrecision, noun

_WEEK_DAYS = 7
_SHORT_DAYS = 14  # what goes on for longer is more than one event

_RULES_OF_NAMED_DAYS = frozenset({"weekday", "named day"})
_WEEKDAY = re.compile("|".join(cal.WEEKDAYS), re.IGNORECASE)


@noun
class TimeExpression:
    """Words that tell when, and what they mean.

    ``anchored`` marks days told from another day of the text ("a day earlier"), the ``anchor``;
    ``cumulative`` a
    span from some day long ago ("since February 2022"): it dates no single event, as "since
    Monday" may. ``day_name`` is the
    weekday or holiday that is named, in lower case: two names are two days, dated or not.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    rule: str
    anchored: bool = False
    cumulative: bool = False
    day_name: str | None = None
    anchor: date | None = None

    @property
    def days(self) -> int:
        """How many days it spans, 0 where it is not dated."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def is_day(self) -> bool:
        """Whether it means a single day."""
        return self.first is not None and self.first == self.last


def find_times(text: str, published: date | None) -> list[TimeExpression]:
    """Return the time expressions of ``text`` in order, none inside another."""
    found: list[TimeExpression] = []
    anchor = published
    for rule, match in scan(text):
        context = Context(published=published, anchor=anchor)
        expression = _read(rule, match, context)
        if expression.rule == UP_TO:
            continue
        found.append(expression)
        if expression.is_day and not expression.anchored:
            anchor = expression.first
    return found


def within_since(expression: TimeExpression, text: str, published: date | None) -> TimeExpression:
    """Return the day that "since …" starts from, as what the clause "when …" behind it is dated by.

    "The worst since 2007, when 199 died": they died in 2007.
    """
    words = re.sub(
        r"(?i)^(?:ever )?since (?:the )?", "in ", text[expression.start : expression.end]
    )
    for inner in find_times(words, published):
        return dataclasses.replace(inner, start=expression.start, end=expression.end)
    return dataclasses.replace(expression, last=expression.first, cumulative=False)


def as_range(expression: TimeExpression, document_id: str, text: str) -> DateRange:
    """Return the noun for an expression, with the words and where they stand."""
    words = text[expression.start : expression.end]
    return DateRange(
        first=expression.first,
        last=expression.last,
        precision=precision_of(expression.first, expression.last),
        rule=expression.rule,
        text=words,
        provenance=Provenance(
            document_id=document_id, start=expression.start, end=expression.end, quote=words
        ),
    )


def precision_of(first: date | None, last: date | None) -> TimePrecision | None:
    """Return ACLED's code: a day or two, a week, a month or longer."""
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    if days <= 2:  # noqa: PLR2004  a night belongs to two days and is still one time
        return TimePrecision.DAY
    return TimePrecision.WEEK if days <= _WEEK_DAYS else TimePrecision.MONTH


def _read(rule: Rule, match: re.Match[str], context: Context) -> TimeExpression:
    first, last, name = apply(rule, match, context)
    return TimeExpression(
        start=match.start(),
        end=match.end(),
        first=first if last else None,
        last=last if first else None,
        rule=name,
        anchored=rule.anchored,
        cumulative=rule.cumulative and not _is_short(first, last, name),
        day_name=_day_name(rule.name, match[0]),
        anchor=context.anchor if rule.anchored else None,
    )


def _is_short(first: date | None, last: date | None, name: str) -> bool:
    """Tell whether "since Monday" is so near that it dates what it stands with."""
    if first is None or last is None or name != SINCE_DAY:
        return False
    return (last - first).days <= _SHORT_DAYS


def _day_name(rule_name: str, words: str) -> str | None:
    if rule_name not in _RULES_OF_NAMED_DAYS:
        return None
    weekday = _WEEKDAY.search(words)
    return (weekday[0] if weekday else words).lower()
