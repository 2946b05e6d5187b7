"""The rules of time expressions: patterns of words, and the days that they mean.

A rule is one row of ``RULES``: a name, a pattern and a reader. A reader gets the match and what
days are told against, and returns first day, last day and the name of the rule as it was applied;
words that name no day return no days and say why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from geomap.extraction import calendar_days as cal
from geomap.model import noun
from geomap.quantities import find_numbers

_WEEK_DAYS = 7
_MONTH_DAYS = 31


@noun
class Context:
    """What days are told against: the day of publication, and the last day that the text named."""

    published: date | None
    anchor: date | None


STRETCH = "stretch of time up to publication"
Days = tuple[date | None, date | None, str]
_MONTH = "(?:" + "|".join(name for names in cal.MONTHS for name in names) + r")\b\.?"
_WEEKDAY = "(?:" + "|".join(cal.WEEKDAYS) + r")\b"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_HOLIDAY = "(?:" + "|".join(sorted(map(re.escape, cal.holidays()), key=len, reverse=True)) + ")"
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|a few)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|noon|lunchtime))?"
_NAMED_DAY = rf"(?:{_WEEKDAY},?\s+)?"
_TIGHT = r"(?<![\w-])"


def apply(match: re.Match[str], context: Context) -> tuple[Rule, Days]:
    """Read a match of ``ANY``: the rule that it is of, and the days that it means."""
    rule = RULES[int(match.lastgroup[1:]) if match.lastgroup else 0]
    inner = rule.pattern.match(match.string, match.start())
    assert inner is not None  # the same pattern matched as part of the whole
    if rule.needs_publication and context.published is None:
        return rule, (None, None, f"{rule.name}; the day of publication is unknown")
    if rule.anchored and context.anchor is None:
        return rule, (None, None, f"{rule.name}; no day that it is told from is known")
    return rule, rule.read(inner, context)


# --- readers: what the words mean ----------------------------------------------------------------


def _on(day: date | None, name: str) -> Days:
    return (day, day, name) if day else (None, None, f"{name}; there is no such day")


def _month_number(word: str) -> int:
    return cal.MONTH_NUMBERS[word.lower().rstrip(".")]


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _full(match: re.Match[str], _context: Context) -> Days:
    day = cal.safe_date(int(match["y"]), _month_number(match["m"]), _day_number(match["d"]))
    return _on(day, "explicit date")


def _iso(match: re.Match[str], _context: Context) -> Days:
    return _on(cal.safe_date(int(match["y"]), int(match["m"]), int(match["d"])), "explicit date")


def _day_of_month(match: re.Match[str], context: Context) -> Days:
    assert context.published
    month, day = _month_number(match["m"]), _day_number(match["d"])
    return _on(
        cal.nearest_year(month, day, context.published), "day and month, year from publication"
    )


def _days_of_month(match: re.Match[str], context: Context) -> Days:
    name = "days of a month"
    month = _month_number(match["m"])
    year = match.groupdict().get("y")
    days = [_day_number(match["d"]), _day_number(match["d2"])]
    if year:
        first, last = (cal.safe_date(int(year), month, day) for day in days)
    elif context.published:
        first, last = (cal.nearest_year(month, day, context.published) for day in days)
    else:
        return None, None, f"{name}; the day of publication is unknown"
    if first is None or last is None or last < first:
        return None, None, f"{name}; there are no such days"
    return first, last, name


def _month_and_year(match: re.Match[str], _context: Context) -> Days:
    span = cal.month_span(int(match["y"]), _month_number(match["m"]))
    return (*span, "month and year") if span else (None, None, "month and year")


def _month_only(match: re.Match[str], context: Context) -> Days:
    assert context.published
    month = _month_number(match["m"])
    year = context.published.year - (month > context.published.month)
    span = cal.month_span(year, month)
    return (*span, "month, year from publication") if span else (None, None, "month")


def _year(match: re.Match[str], _context: Context) -> Days:
    year = int(match["y"])
    return cal.safe_date(year, 1, 1), cal.safe_date(year, 12, 31), "year"


def _since(match: re.Match[str], context: Context) -> Days:
    name = "from some day on; dates no single event"
    inner = ANY.match(match.string, match.start("from"))
    start = apply(inner, context)[1][0] if inner else None
    if inner is None and match["from"].isdigit():
        start = cal.safe_date(int(match["from"]), 1, 1)
    return start, context.published, name


def _weekday(match: re.Match[str], context: Context) -> Days:
    assert context.published
    weekday = cal.WEEKDAYS.index(match["w"].lower())
    lead = (match["lead"] or "").strip().lower()
    if lead in {"next", "this coming", "coming"}:
        return _on(cal.weekday_after(weekday, context.published), "weekday after publication")
    strictly = lead in {"last", "past", "this past"}
    day = cal.weekday_before(weekday, context.published, strictly=strictly)
    if lead == "previous" and day:
        day = cal.shift(day, -_WEEK_DAYS)
    if match["night"] and day:
        return cal.shift(day, -1), day, "night before a weekday"
    return _on(day, "weekday on or before publication")


def _weekdays(match: re.Match[str], context: Context) -> Days:
    """Read "from Saturday night to Sunday"."""
    assert context.published
    first, last = (cal.WEEKDAYS.index(match[part].lower()) for part in ("w", "w2"))
    end = cal.weekday_before(last, context.published, strictly=False)
    start = cal.weekday_before(first, end, strictly=False) if end else None
    return start, end, "weekdays on or before publication"


def _holiday(match: re.Match[str], context: Context) -> Days:
    assert context.published
    day = cal.holiday(match["h"].replace("’", "'"), context.published)
    if match["eve"] and day:
        return _on(cal.shift(day, -1), "eve of a named day")
    if day and "night of the year" in match["h"].lower():
        return day, cal.shift(day, 1), "named night"
    return _on(day, "named day")


def _new_year(match: re.Match[str], context: Context) -> Days:  # noqa: ARG001  a reader's form
    assert context.published
    day = cal.nearest_year(1, 1, context.published)
    return (cal.shift(day, -1), day, "turn of the year") if day else _on(None, "turn of the year")


_WORD_SHIFTS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _deictic(match: re.Match[str], context: Context) -> Days:
    assert context.published
    word = " ".join(match[0].lower().split())
    for key, days in _WORD_SHIFTS.items():
        if key in word:
            return _on(cal.shift(context.published, days), "day told from publication")
    return _on(context.published, "day told from publication")


def _overnight(match: re.Match[str], context: Context) -> Days:  # noqa: ARG001  a reader's form
    assert context.published
    return cal.shift(context.published, -1), context.published, "night before publication"


def _count(words: str) -> int:
    if words.lower() in {"a", "an"}:
        return 1
    numbers = find_numbers(words)
    return int(numbers[0].low or 0) if numbers else 0


def _ago(match: re.Match[str], context: Context) -> Days:
    assert context.published
    count, unit = _count(match["n"]), match["u"].lower()
    if not count:
        return None, None, f"some {unit}s before publication"
    if unit == "day":
        return _on(cal.shift(context.published, -count), "days before publication")
    days = count * {"week": 7, "month": 30, "year": 365}[unit]
    slack = {"week": 3, "month": 15, "year": 182}[unit]
    day = cal.shift(context.published, -days)
    if day is None:
        return None, None, f"{unit}s before publication"
    return cal.shift(day, -slack), cal.shift(day, slack), f"{unit}s before publication"


def _stretch(match: re.Match[str], context: Context) -> Days:
    """Read "last week", "this month", "in recent days", "over the past three days"."""
    assert context.published
    published = context.published
    lead, unit = match["lead"].lower().split()[-1], match["u"].lower().rstrip("s")
    name = STRETCH
    if unit == "weekend":
        sunday = cal.weekday_before(6, published, strictly=False)
        return (cal.shift(sunday, -1) if sunday else None), sunday, "last weekend"
    if unit == "week" and lead == "last":
        return cal.shift(published, -_WEEK_DAYS), cal.shift(published, -1), name
    if unit == "month" and lead in {"last", "this"}:
        month = published.month - (lead == "last")
        span = cal.month_span(published.year - (month == 0), month or 12)
        return (span[0], min(span[1], published), name) if span else (None, None, name)
    if unit == "year" and lead in {"last", "this"}:
        year = published.year - (lead == "last")
        last = cal.safe_date(year, 12, 31)
        return cal.safe_date(year, 1, 1), min(last, published) if last else None, name
    days = {"hour": 1, "day": 7, "week": _MONTH_DAYS, "month": 92, "year": 365}[unit]
    count = _count(match["n"]) if match["n"] else 0
    if count:
        per_unit = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[unit]
        days = max(1, round(count * per_unit))
    return cal.shift(published, -days), published, name


def _told_from(match: re.Match[str], context: Context) -> Days:
    """Read "a day earlier", "the previous day", "two days later"."""
    assert context.anchor
    words = match[0].lower()
    if re.search(r"\b(?:hour|minute|moment)s?\b|shortly", words):
        return _on(context.anchor, "hours from what was told before")
    if match.groupdict().get("same"):
        return _on(context.anchor, "the same day as the one named before")
    count = _count(match["n"]) if match["n"] else 1
    unit_days = _WEEK_DAYS if match["u"] and match["u"].lower() == "week" else 1
    back = any(word in words for word in ("earlier", "before", "previous", "prior", "preceding"))
    day = cal.shift(context.anchor, (-1 if back else 1) * count * unit_days)
    return _on(day, "day told from the one named before")


@noun
class Rule:
    """One way to tell when; ``anchored`` and ``cumulative`` as in ``TimeExpression``."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Context], Days]
    needs_publication: bool = True
    anchored: bool = False
    cumulative: bool = False


def _rule(
    name: str, pattern: str, read: Callable[[re.Match[str], Context], Days], *flags: str
) -> Rule:
    return Rule(
        name=name,
        pattern=re.compile(_TIGHT + pattern, re.IGNORECASE),
        read=read,
        needs_publication="free" not in flags and "anchored" not in flags,
        anchored="anchored" in flags,
        cumulative="cumulative" in flags,
    )


_LATEST = (
    r"(?P<lead>(?:in|over|during|within|for) (?:the )?(?:recent|past|last|previous|latest|coming)"
)
RULES = (
    _rule(
        "from some day on",
        r"(?:since|ever since) (?:the )?(?:\w+ of )?"
        rf"(?P<from>{_NAMED_DAY}{_MONTH}[^.;]{{0,10}}?{_YEAR}"
        rf"|{_MONTH}(?: {_DAY}(?:,? {_YEAR})?)?|{_YEAR}|{_WEEKDAY}|last \w+|yesterday|{_HOLIDAY})",
        _since,
        "free",
        "cumulative",
    ),
    _rule(
        "days of a month",
        rf"(?P<m>{_MONTH}) (?P<d>{_DAY}) ?(?:[-–—]| and | to | through ) ?(?P<d2>{_DAY})"
        rf"(?:,? (?P<y>{_YEAR}))?",
        _days_of_month,
        "free",
    ),
    _rule(
        "days of a month",
        rf"(?P<d>{_DAY}) ?(?:[-–—]| and | to ) ?(?P<d2>{_DAY}) (?:of )?(?P<m>{_MONTH})"
        rf"(?:,? (?P<y>{_YEAR}))?",
        _days_of_month,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{_NAMED_DAY}(?P<m>{_MONTH}) (?P<d>{_DAY}),? (?:of )?(?P<y>{_YEAR})",
        _full,
        "free",
    ),
    _rule(
        "explicit date",
        rf"{_NAMED_DAY}(?:the )?(?P<d>{_DAY})[ -](?:of )?(?P<m>{_MONTH}),?[ -](?P<y>{_YEAR})",
        _full,
        "free",
    ),
    _rule("explicit date", rf"(?P<y>{_YEAR})-(?P<m>[01]\d)-(?P<d>[0-3]\d)(?!\d)", _iso, "free"),
    _rule(
        "explicit date",
        rf"(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>{_YEAR})(?!\d)",
        _iso,
        "free",
    ),
    _rule("month and year", rf"(?P<m>{_MONTH}),? (?:of )?(?P<y>{_YEAR})", _month_and_year, "free"),
    _rule(
        "day and month", rf"{_NAMED_DAY}(?P<m>{_MONTH}) (?P<d>{_DAY})(?![\d:,]*\d)", _day_of_month
    ),
    _rule(
        "day and month",
        rf"{_NAMED_DAY}(?:the )?(?P<d>{_DAY}) (?:of )?(?P<m>{_MONTH})",
        _day_of_month,
    ),
    _rule(
        "named day",
        rf"(?P<eve>(?:the )?(?:eve|day before) (?:of )?)?(?:the )?(?P<h>{_HOLIDAY})\b",
        _holiday,
    ),
    _rule("turn of the year", r"(?:into|over|around) the new year\b", _new_year),
    _rule(
        "weekdays",
        rf"(?:from|between) (?P<w>{_WEEKDAY}){_PART} (?:to|until|till|through|and)"
        rf" (?P<w2>{_WEEKDAY}){_PART}",
        _weekdays,
    ),
    _rule(
        "weekday",
        rf"(?P<night>overnight (?:into|to) )?(?:(?:early|late|earlier|mid) (?:on )?)?"
        rf"(?P<lead>last |this past |past |this coming |this |next |coming |previous )?"
        rf"(?P<w>{_WEEKDAY}){_PART}",
        _weekday,
    ),
    _rule(
        "told from publication",
        r"(?:earlier |later |late |early )?(?:today|tonight|yesterday|tomorrow|last night"
        r"|this (?:morning|afternoon|evening))\b"
        r"(?: (?:morning|afternoon|evening))?",
        _deictic,
    ),
    _rule(
        "told from another day",
        rf"(?:(?:(?:just |only )?(?P<n>{_COUNT}) (?P<u>day|week)s? (?:earlier|before|later|prior)"
        r"|the (?:previous|day before|following|next|preceding) day|the day before|a day before)"
        # "a day after the speech" tells the day from an event, which has none of its own here.
        r"\b(?! (?:the|a|an|his|her|its|their|he|she|it|they|(?-i:[A-Z]\w+))\b)"
        r"|(?P<same>(?:on |earlier |later )?(?:that|the) same day|on that day"
        r"|that (?:night|evening)|(?:hours|minutes|moments|shortly) (?:later|earlier|afterwards?)"
        rf"|{_COUNT} (?:hour|minute)s? (?:later|earlier|afterwards?)"
        r"|(?:earlier|later) (?:in the|that) day)\b)",
        _told_from,
        "anchored",
    ),
    _rule("overnight", r"overnight\b", _overnight),
    _rule("time ago", rf"(?P<n>{_COUNT}) (?P<u>day|week|month|year)s? ago\b", _ago),
    _rule(
        "stretch of time",
        rf"(?:{_LATEST}|over the|at the|last|this|earlier this|late last|early this|later this"
        r"|this past))"
        rf" (?:(?P<n>{_COUNT}) )?(?P<u>hours?|days?|weekend|weeks?|months?|years?)\b",
        _stretch,
    ),
    _rule("month", rf"(?:in|early|late|mid|last|of)[ -](?P<m>{_MONTH})(?! \d)", _month_only),
    _rule(
        "year", rf"(?:in|during|early|late|of|the)(?: \w+ of)? (?P<y>{_YEAR})(?!s)", _year, "free"
    ),
)


def _union() -> re.Pattern[str]:
    """Join the rules into one scan; the group r<number> tells which of them matched."""
    inner = re.compile(r"\(\?P<\w+>")
    parts = [f"(?P<r{n}>{inner.sub('(?:', rule.pattern.pattern)})" for n, rule in enumerate(RULES)]
    return re.compile("|".join(parts), re.IGNORECASE)


ANY = _union()
