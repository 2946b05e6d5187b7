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
from geomap.model import noun

if TYPE_CHECKING:
    from datetime import date


SINCE_DAY = "from some day on"
UP_TO = "up to some day"  # "by Monday": dates no event, and no count of one
_MONTH = "(?:" + "|".join(name for names in cal.MONTHS for name in names) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(cal.WEEKDAYS) + r")\b"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_HOLIDAY = (
    "(?:"
    + "|".join(sorted(map(re.escape, cal.holidays()), key=len, reverse=True)).replace("'", "['’]")
    + ")"
)
_COUNT = (
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|a few|a couple of)"
)
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|lunchtime))?"
_PAIRS = "|".join(  # a day and the next: what happened on both is told as one
    f"{day} and {cal.WEEKDAYS[(n + 1) % len(cal.WEEKDAYS)]}" for n, day in enumerate(cal.WEEKDAYS)
)
_NAMED_DAY = rf"(?:{_WEEKDAY},?\s+)?"
# "Of 1935 Orchard Street" has a house's number.
_NO_HOUSE = (
    r"(?! (?:\w+ ){1,3}(?:street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct"
    r"|way|place|pl|circle|highway|hwy)\b)"
)
_EARLY = r"(?:(?:early|late|earlier|mid)(?: on)? )?"
_WHOLE = re.compile(rf"{_MONTH}(?:,? {_YEAR})?|{_YEAR}", re.IGNORECASE)
_LAST_YEAR = r"(?P<before>,? (?:of )?last year)?"
_TIGHT = r"(?<![\w-])"
# "a day before the speech" tells the day from an event, which has none of its own here.
_CAPITAL = r"|(?-i:[A-Z]\w+)"
_NOT_OF = rf"(?! (?:to|the|a|an|his|her|its|their|he|she|it|they{_CAPITAL})\b)"


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
    return re.compile(_TIGHT + words, re.IGNORECASE)


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


# What "last week" and the like begin with.
_STRETCHES = (
    r"(?P<lead>(?:in|over|during|within|for) (?:the )?"
    r"(?:recent|past|last|previous|latest|coming|upcoming|next)"
    r"|the (?:past|last|coming)|the(?= weekend['’]s)|over the|at the|on the|last|next|this"
    r"|earlier this|late last|early this|later this|this past)"
)
RULES = (
    _rule(
        "from some day on",
        r"(?:since|ever since) (?:the )?(?:\w+ of |early |late )?(?:the )?"
        rf"(?P<from>{_NAMED_DAY}{_MONTH}(?:[ ,]+(?:of|{_DAY}))?[ ,]+{_YEAR}"
        rf"|{_DAY} {_MONTH}(?: {_YEAR})?"
        rf"|{_MONTH}(?: {_DAY}(?:,? {_YEAR})?)?|{_YEAR}|{_WEEKDAY}|last \w+|yesterday|weekend"
        r"|(?:start|beginning) of the week"
        rf"|{_HOLIDAY})",
        _since,
        "free",
        "cumulative",
    ),
    _rule(
        UP_TO,
        rf"(?:by|until|till|as of) (?:early |late |the end of )?"
        rf"(?:{_NAMED_DAY}{_MONTH} {_DAY}|{_DAY} {_MONTH}|{_WEEKDAY}{_PART}|yesterday)\b(?!['’])",
        _no_day,
        "free",
    ),
    _rule(
        "days of a month",
        rf"(?P<m>{_MONTH}) (?P<d>{_DAY}) ?(?:[-–—/]| and | to | through ) ?"
        rf"(?:(?P<m2>{_MONTH}) )?(?P<d2>{_DAY})(?:,? (?P<y>{_YEAR}))?",
        read.days_of_month,
        "free",
    ),
    _rule(
        "days of a month",
        rf"(?P<d>{_DAY})(?: (?P<m>{_MONTH}))? ?(?:[-–—/]| and | to ) ?(?P<d2>{_DAY})"
        rf" (?:of )?(?P<m2>{_MONTH})(?:,? (?P<y>{_YEAR}))?",
        read.days_of_month,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{_NAMED_DAY}(?P<m>{_MONTH}) (?P<d>{_DAY}),? (?:of )?(?P<y>{_YEAR})",
        read.full,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{_NAMED_DAY}(?:the )?(?P<d>{_DAY})[ -](?:of )?(?P<m>{_MONTH}),?[ -](?P<y>{_YEAR})",
        read.full,
        "free",
    ),
    _rule("explicit date", rf"(?P<y>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)", read.iso, "free"),
    _rule(
        "explicit date",
        rf"(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>{_YEAR})(?!\d)",
        read.iso,
        "free",
    ),
    _rule(
        "month and year", rf"(?P<m>{_MONTH}),? (?:of )?(?P<y>{_YEAR})", read.month_and_year, "free"
    ),
    _rule(
        "day and month",
        rf"{_NAMED_DAY}(?P<m>{_MONTH}) (?P<d>{_DAY})(?![\d:,]*\d){_LAST_YEAR}",
        read.day_of_month,
    ),
    _rule(
        "day and month",
        rf"{_NAMED_DAY}(?:the )?(?P<d>{_DAY}) (?:of )?(?P<m>{_MONTH}){_LAST_YEAR}",
        read.day_of_month,
    ),
    _rule(
        "day of the month",
        rf"on the (?P<d>{_DAY}(?<=[a-z]))"
        r"(?=[,.;]| (?:of this month|a|an|the|at|in|near|outside|when|after)\b)",
        read.day_only,
    ),
    _rule(
        "named day",
        rf"(?P<eve>(?:the )?(?:eve|day before) (?:of )?)?(?:the )?(?P<h>{_HOLIDAY})\b"
        r"(?P<weekend> weekend)?",
        read.holiday,
    ),
    _rule(read.TURN, r"(?:into|over|around) the new year\b", read.new_year),
    _rule("weekday of last week", rf"last week on (?P<w>{_WEEKDAY})", read.weekday_of_last_week),
    _rule(
        "weekday of last week",
        rf"{_EARLY}(?P<w>{_WEEKDAY}){_PART},? (?:of )?last week\b",
        read.weekday_of_last_week,
    ),
    _rule("weekday a week ago", rf"a week ago (?:on )?(?P<w>{_WEEKDAY})", read.weekday_a_week_ago),
    _rule(
        "weekdays",
        rf"(?:overnight )?(?:from|between) {_EARLY}(?P<w>{_WEEKDAY}){_PART}"
        r" (?:to|until|till|through|into|and)"
        r" (?:the (?:\w+ hours|morning|evening|night|end) of "
        r"|(?:dawn|noon|midday|midnight|daybreak)(?: on)? )?"
        rf"{_EARLY}(?P<w2>{_WEEKDAY}){_PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"{_EARLY}(?P<w>{_WEEKDAY}){_PART},? (?:(?:and|that|which) )?"
        r"(?:last(?:ed|ing)|went on|rag(?:ed|ing)|continu(?:ed|ing)|dragged on|stretch(?:ed|ing))"
        rf" (?:until|till|through|into|to|on) {_EARLY}(?P<w2>{_WEEKDAY}){_PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"(?:overnight )?{_EARLY}(?P<w>{_WEEKDAY}){_PART} (?:and )?(?:to|into)"
        rf" {_EARLY}(?P<w2>{_WEEKDAY}){_PART}",
        read.weekdays,
    ),
    _rule(
        "weekdays",
        rf"(?=(?:{_PAIRS})\b)(?P<w>{_WEEKDAY}) and (?P<w2>{_WEEKDAY}){_PART}",
        read.weekdays,
    ),
    _rule(
        "weekday",
        rf"(?P<night>overnight (?:into|to) )?(?:overnight (?:on )?)?{_EARLY}"
        rf"(?P<lead>last |this past |past |this coming |this |next |coming |previous )?"
        rf"(?P<w>{_WEEKDAY}){_PART}",
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
        rf"(?:(?:(?:just |only )?(?P<n>{_COUNT}) (?P<u>day|night|week)s? "
        rf"(?:earlier|later|(?:before|prior){_NOT_OF})"
        rf"|the (?:following|previous|next|preceding) (?:day|morning|afternoon|evening|night)"
        rf"|(?:the|a) (?:day|night) before{_NOT_OF}|the (?:day|morning) after(?=[,.;]))\b"
        r"|(?P<same>(?:on |earlier |later )?(?:that|the) same"
        r" (?:day|morning|afternoon|evening|night)|(?:on|earlier|later) that day"
        r"|that (?:night|evening|(?:day|morning|afternoon)(?=[,.;]))"
        r"|(?:hours|minutes|moments|shortly) (?:later|earlier|afterwards?)"
        r"|within the hour|(?:hours|minutes|moments) (?:after|before)(?= (?:the|that) )"
        rf"|{_COUNT} (?:hour|minute)s? (?:later|earlier|afterwards?)"
        r"|(?:earlier|later) (?:in the|that) day)\b)",
        read.told_from,
        "anchored",
    ),
    _rule("overnight", r"overnight\b", read.overnight),
    _rule(
        "time ago",
        rf"(?P<n>{_COUNT}) (?P<u>hour|day|night|week|fortnight|month|year)s? ago\b",
        read.ago,
    ),
    _rule(
        "stretch of time",
        rf"{_STRETCHES} (?:(?P<n>{_COUNT}|\d\d+|few|couple of) )?"
        r"(?P<u>hours?|days?|weekend|weeks?|months?|years?)\b(?! of\b)",
        read.stretch,
    ),
    _rule(
        "month",
        rf"(?P<lead>in|early|late|mid|last|of)[ -](?P<m>{_MONTH})(?! \d){_LAST_YEAR}",
        read.month_only,
    ),
    _rule(
        "year",
        rf"(?:in|during|early|late|of|the)(?: \w+ of)? (?P<y>{_YEAR})(?!s){_NO_HOUSE}",
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
    return rf"{_TIGHT}(?=\w)(?:{'|'.join(parts)})"


# Matches a text in lower case wherever a rule matches the text itself, and is more than twice as
# fast as all rules are without regard to case.
_LOWER = re.compile(_union().replace(_CAPITAL, ""))


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
