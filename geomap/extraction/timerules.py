"""The rules of time expressions: patterns of words, and how they are read.

A rule is one row of ``RULES``: a name, a pattern and a reader of ``timereaders.py``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from geomap.extraction import calendar_days as cal
from geomap.extraction import timereaders as read
from geomap.extraction.timereaders import Context, Days
from geomap.extraction.timewords import (
    CAPITAL,
    COUNT,
    DAY,
    EARLY,
    HOLIDAY,
    LAST_YEAR,
    MONTH,
    NAMED_DAY,
    NO_HOUSE,
    NOT_OF,
    PAIRS,
    PART,
    STRETCHES,
    TIGHT,
    WEEKDAY,
    YEAR,
)
from geomap.model import noun

if TYPE_CHECKING:
    from datetime import date


SINCE_DAY = "from some day on"
UP_TO = "up to some day"  # "by Monday": dates no event, and no count of one
_WHOLE = re.compile(rf"{MONTH}(?:,? {YEAR})?|{YEAR}", re.IGNORECASE)


def apply(rule: Rule, match: re.Match[str], context: Context) -> Days:
    """Read a match of a rule: the days that it means."""
    if rule.needs_publication and context.published is None:
        return None, None, f"{rule.name}; the day of publication is unknown"
    if rule.anchored and context.anchor is None:
        return None, None, f"{rule.name}; no day that it is told from is known"
    return rule.read(match, context)


def _since(match: re.Match[str], context: Context) -> Days:
    inner = _first_rule(RULES, match.string, match.start("from"))
    start = apply(*inner, context)[0] if inner else _start_of(match["from"].lower(), context)
    whole = _WHOLE.fullmatch(match["from"]) is not None
    return start, context.published, "from some month or year on" if whole else SINCE_DAY


def _start_of(words: str, context: Context) -> date | None:
    """Return the first day of a year, a month or the last weekend."""
    if words.isdigit():
        return cal.safe_date(int(words), 1, 1)
    if context.published is None:
        return None
    if words.endswith("of the week"):
        return cal.weekday_before(0, context.published, strictly=False)
    if words == "weekend":
        return cal.weekday_before(cal.SATURDAY, context.published, strictly=False)
    month = cal.MONTH_NUMBERS.get(words.rstrip("."))
    if month is None:
        return None
    return cal.safe_date(context.published.year - (month > context.published.month), month, 1)


def _no_day(match: re.Match[str], context: Context) -> Days:  # noqa: ARG001  a reader's form
    return None, None, UP_TO


@noun
class Rule:
    """One way to tell when; ``anchored`` and ``cumulative`` as in ``TimeExpression``."""

    name: str
    words: str
    read: Callable[[re.Match[str], Context], Days]
    needs_publication: bool = True
    anchored: bool = False
    cumulative: bool = False

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Match at an offset; patterns are compiled when first asked for, most never are."""
        return _compiled(self.words).match(text, start)


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(TIGHT + words, re.IGNORECASE)


def _rule(
    name: str, pattern: str, read: Callable[[re.Match[str], Context], Days], *flags: str
) -> Rule:
    return Rule(
        name=name,
        words=pattern,
        read=read,
        needs_publication="free" not in flags and "anchored" not in flags,
        anchored="anchored" in flags,
        cumulative="cumulative" in flags,
    )


RULES = (
    _rule(
        "from some day on",
        r"(?:since|ever since) (?:the )?(?:\w+ of |early |late )?(?:the )?"
        rf"(?P<from>{NAMED_DAY}{MONTH}(?:[ ,]+(?:of|{DAY}))?[ ,]+{YEAR}"
        rf"|{DAY} {MONTH}(?: {YEAR})?"
        rf"|{MONTH}(?: {DAY}(?:,? {YEAR})?)?|{YEAR}|{WEEKDAY}|last \w+|yesterday|weekend"
        r"|(?:start|beginning) of the week"
        rf"|{HOLIDAY})",
        _since,
        "free",
        "cumulative",
    ),
    _rule(
        UP_TO,
        rf"(?:by|until|till|as of) (?:early |late |the end of )?"
        rf"(?:{NAMED_DAY}{MONTH} {DAY}|{DAY} {MONTH}|{WEEKDAY}{PART}|yesterday)\b(?!['’])",
        _no_day,
        "free",
    ),
    _rule(
        "days of a month",
        rf"(?P<m>{MONTH}) (?P<d>{DAY}) ?(?:[-–—/]| and | to | through ) ?"
        rf"(?:(?P<m2>{MONTH}) )?(?P<d2>{DAY})(?:,? (?P<y>{YEAR}))?",
        read.days_of_month,
        "free",
    ),
    _rule(
        "days of a month",
        rf"(?P<d>{DAY})(?: (?P<m>{MONTH}))? ?(?:[-–—/]| and | to ) ?(?P<d2>{DAY})"
        rf" (?:of )?(?P<m2>{MONTH})(?:,? (?P<y>{YEAR}))?",
        read.days_of_month,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{NAMED_DAY}(?P<m>{MONTH}) (?P<d>{DAY}),? (?:of )?(?P<y>{YEAR})",
        read.full,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{NAMED_DAY}(?:the )?(?P<d>{DAY})[ -](?:of )?(?P<m>{MONTH}),?[ -](?P<y>{YEAR})",
        read.full,
        "free",
    ),
    _rule("explicit date", rf"(?P<y>{YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)", read.iso, "free"),
    _rule(
        "explicit date",
        rf"(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>{YEAR})(?!\d)",
        read.iso,
        "free",
    ),
    _rule(
        "month and year", rf"(?P<m>{MONTH}),? (?:of )?(?P<y>{YEAR})", read.month_and_year, "free"
    ),
    _rule(
        "day and month",
        rf"{NAMED_DAY}(?P<m>{MONTH}) (?P<d>{DAY})(?![\d:,]*\d){LAST_YEAR}",
        read.day_of_month,
    ),
    _rule(
        "day and month",
        rf"{NAMED_DAY}(?:the )?(?P<d>{DAY}) (?:of )?(?P<m>{MONTH}){LAST_YEAR}",
        read.day_of_month,
    ),
    _rule(
        "day of the month",
        rf"on the (?P<d>{DAY}(?<=[a-z]))"
        r"(?=[,.;]| (?:of this month|a|an|the|at|in|near|outside|when|after)\b)",
        read.day_only,
    ),
    _rule(
        "named day",
        rf"(?P<eve>(?:the )?(?:eve|day before) (?:of )?)?(?:the )?(?P<h>{HOLIDAY})\b"
        r"(?P<weekend> weekend)?",
        read.holiday,
    ),
    _rule(read.TURN, r"(?:into|over|around) the new year\b", read.new_year),
    _rule("weekday of last week", rf"last week on (?P<w>{WEEKDAY})", read.weekday_of_last_week),
    _rule(
        "weekday of last week",
        rf"{EARLY}(?P<w>{WEEKDAY}){PART},? (?:of )?last week\b",
        read.weekday_of_last_week,
    ),
    _rule("weekday a week ago", rf"a week ago (?:on )?(?P<w>{WEEKDAY})", read.weekday_a_week_ago),
    _rule(
        "weekdays",
        rf"(?:overnight )?(?:from|between) {EARLY}(?P<w>{WEEKDAY}){PART}"
        r" (?:to|until|till|through|into|and)"
        r" (?:the (?:\w+ hours|morning|evening|night|end) of "
        r"|(?:dawn|noon|midday|midnight|daybreak)(?: on)? )?"
        rf"{EARLY}(?P<w2>{WEEKDAY}){PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"{EARLY}(?P<w>{WEEKDAY}){PART},? (?:(?:and|that|which) )?"
        r"(?:last(?:ed|ing)|went on|rag(?:ed|ing)|continu(?:ed|ing)|dragged on|stretch(?:ed|ing))"
        rf" (?:until|till|through|into|to|on) {EARLY}(?P<w2>{WEEKDAY}){PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"(?:overnight )?{EARLY}(?P<w>{WEEKDAY}){PART} (?:and )?(?:to|into)"
        rf" {EARLY}(?P<w2>{WEEKDAY}){PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"(?=(?:{PAIRS})\b)(?P<w>{WEEKDAY}) and (?P<w2>{WEEKDAY}){PART}",
        read.weekdays,
    ),
    _rule(
        "weekday",
        rf"(?P<night>overnight (?:into|to) )?(?:overnight (?:on )?)?{EARLY}"
        rf"(?P<lead>last |this past |past |this coming |this |next |coming |previous )?"
        rf"(?P<w>{WEEKDAY}){PART}",
        read.weekday,
    ),
    _rule(
        "told from publication",
        r"(?:earlier |later |late |early )?(?:today|tonight|yesterday|tomorrow|last night"
        r"|this (?:morning|afternoon|evening))\b"
        r"(?: (?:morning|afternoon|evening))?",
        read.deictic,
    ),
    _rule(
        "told from another day",
        rf"(?:(?:(?:just |only )?(?P<n>{COUNT}) (?P<u>day|night|week)s? "
        rf"(?:earlier|later|(?:before|prior){NOT_OF})"
        rf"|the (?:following|previous|next|preceding) (?:day|morning|afternoon|evening|night)"
        rf"|(?:the|a) (?:day|night) before{NOT_OF}|the (?:day|morning) after(?=[,.;]))\b"
        r"|(?P<same>(?:on |earlier |later )?(?:that|the) same"
        r" (?:day|morning|afternoon|evening|night)|(?:on|earlier|later) that day"
        r"|that (?:night|evening|(?:day|morning|afternoon)(?=[,.;]))"
        r"|(?:hours|minutes|moments|shortly) (?:later|earlier|afterwards?)"
        r"|within the hour|(?:hours|minutes|moments) (?:after|before)(?= (?:the|that) )"
        rf"|{COUNT} (?:hour|minute)s? (?:later|earlier|afterwards?)"
        r"|(?:earlier|later) (?:in the|that) day)\b)",
        read.told_from,
        "anchored",
    ),
    _rule("overnight", r"overnight\b", read.overnight),
    _rule(
        "time ago",
        rf"(?P<n>{COUNT}) (?P<u>hour|day|night|week|fortnight|month|year)s? ago\b",
        read.ago,
    ),
    _rule(
        "stretch of time",
        rf"{STRETCHES} (?:(?P<n>{COUNT}|\d\d+|few|couple of) )?"
        r"(?P<u>hours?|days?|weekend|weeks?|months?|years?)\b(?! of\b)",
        read.stretch,
    ),
    _rule(
        "month",
        rf"(?P<lead>in|early|late|mid|last|of)[ -](?P<m>{MONTH})(?! \d){LAST_YEAR}",
        read.month_only,
    ),
    _rule(
        "year",
        rf"(?:in|during|early|late|of|the)(?: \w+ of)? (?P<y>{YEAR})(?!s){NO_HOUSE}",
        read.year_only,
        "free",
    ),
)


def _union() -> str:
    """Join the rules into one pattern; the group r<number> tells which of them matched.

    That each begins with a word is asked once, before any of them is tried.
    """
    inner = re.compile(r"\(\?P<\w+>")
    parts = [f"(?P<r{n}>{inner.sub('(?:', rule.words)})" for n, rule in enumerate(RULES)]
    return rf"{TIGHT}(?=\w)(?:{'|'.join(parts)})"


# Matches a text in lower case wherever a rule matches the text itself, and is more than twice as
# fast as all rules are without regard to case.
_LOWER = re.compile(_union().replace(CAPITAL, ""))


def scan(text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Yield the matches of the rules in ``text``, in order, none inside another."""
    lower, at = _lower(text), 0
    while found := _LOWER.search(lower, at):
        number = int(found.lastgroup[1:]) if found.lastgroup else 0
        told = _first_rule(RULES[number:], text, found.start())
        if told is not None:
            yield told
        at = told[1].end() if told is not None else found.start() + 1


def _first_rule(rules: Iterable[Rule], text: str, start: int) -> tuple[Rule, re.Match[str]] | None:
    """Return the first of some rules that matches at an offset, and its match."""
    for rule in rules:
        match = rule.match(text, start)
        if match is not None:
            return rule, match
    return None


def _lower(text: str) -> str:
    """Return a text in lower case, as long as it is: a dotted capital I would be two letters."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)
