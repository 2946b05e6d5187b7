"""What words of time mean: from a match of a rule, the first day, the last day and the rule's name.

Words that name no day return no days and say why. The patterns are those of ``timerules.py``.
"""

from __future__ import annotations

import re
from datetime import date

from geomap.extraction import calendar_days as cal
from geomap.model import noun
from geomap.quantities import find_numbers

_WEEK_DAYS = 7
_MONTH_DAYS = 31
_DAY_HOURS = 24
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
# Days are counted exactly, weeks and longer are vague by half of one.
_SLACK_DAYS = {"week": 3, "fortnight": 3, "month": 15, "year": 182}
# What a stretch without a number stands for: "in recent days" is up to a week.
_STRETCH_DAYS = {"hour": 1, "day": 7, "week": _MONTH_DAYS, "month": 92, "year": 365}
_TO_COME = frozenset({"coming", "next", "upcoming", "later"})
_BACK = ("earlier", "before", "previous", "prior", "preceding")

STRETCH = "stretch of time up to publication"
TURN = "turn of the year"
NIGHT = "night before publication"
HOURS = "hours from what was told before"
SAME_DAY = "the same day as the one named before"
Days = tuple[date | None, date | None, str]


@noun
class Context:
    """What days are told against: the day of publication, and the last day that the text named."""

    published: date | None
    anchor: date | None


def on_day(day: date | None, name: str) -> Days:
    """Return one day, or that there is no such day."""
    return (day, day, name) if day else (None, None, f"{name}; there is no such day")


def _month_number(word: str) -> int:
    return cal.MONTH_NUMBERS[word.lower().rstrip(".")]


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def full(match: re.Match[str], _context: Context) -> Days:
    """Read "January 2, 2024"."""
    day = cal.safe_date(int(match["y"]), _month_number(match["m"]), _day_number(match["d"]))
    return on_day(day, "explicit date")


def iso(match: re.Match[str], _context: Context) -> Days:
    """Read "2024-01-02" and "2.1.2024"."""
    day = cal.safe_date(int(match["y"]), int(match["m"]), int(match["d"]))
    return on_day(day, "explicit date")


def day_of_month(match: re.Match[str], context: Context) -> Days:
    """Read "January 2", and "January 2 last year"."""
    assert context.published
    month, day = _month_number(match["m"]), _day_number(match["d"])
    if match["before"]:
        found = cal.safe_date(context.published.year - 1, month, day)
        return on_day(found, "day and month of last year")
    found = cal.nearest_year(month, day, context.published)
    return on_day(found, "day and month, year from publication")


def day_only(match: re.Match[str], context: Context) -> Days:
    """Read "on the 14th": of the month of publication, or of the one before."""
    assert context.published
    number, now = _day_number(match["d"]), context.published
    name = "day of the month on or before publication"
    last = now if number <= now.day else cal.shift(now, -now.day)
    return on_day(cal.safe_date(last.year, last.month, number) if last else None, name)


def days_of_month(match: re.Match[str], context: Context) -> Days:
    """Read "January 2 to 5", and "January 30 to February 2"."""
    name = "days of a month"
    year, month, other = match["y"], match["m"], match["m2"]
    pairs = (
        (_month_number(month or other), _day_number(match["d"])),
        (_month_number(other or month), _day_number(match["d2"])),
    )
    if year:
        first, last = (cal.safe_date(int(year), m, d) for m, d in pairs)
    elif context.published:
        first, last = (cal.nearest_year(m, d, context.published) for m, d in pairs)
    else:
        return None, None, f"{name}; the day of publication is unknown"
    if first is None or last is None or last < first:
        return None, None, f"{name}; there are no such days"
    return first, last, name


def month_and_year(match: re.Match[str], _context: Context) -> Days:
    """Read "January 2024"."""
    span = cal.month_span(int(match["y"]), _month_number(match["m"]))
    return (*span, "month and year") if span else (None, None, "month and year")


def month_only(match: re.Match[str], context: Context) -> Days:
    """Read "in March", "last March", and "in March last year"."""
    assert context.published
    month, now = _month_number(match["m"]), context.published
    back = month > now.month or (month == now.month and match["lead"].lower() == "last")
    span = cal.month_span(now.year - bool(match["before"] or back), month)
    return (*span, "month, year from publication") if span else (None, None, "month")


def year_only(match: re.Match[str], _context: Context) -> Days:
    """Read "in 2023"."""
    year = int(match["y"])
    return cal.safe_date(year, 1, 1), cal.safe_date(year, 12, 31), "year"


def weekday(match: re.Match[str], context: Context) -> Days:
    """Read "on Friday", "last Friday", "next Friday", "overnight into Friday"."""
    assert context.published
    number = cal.WEEKDAYS.index(match["w"].lower())
    lead = (match["lead"] or "").strip().lower()
    if lead in {"next", "this coming", "coming"}:
        return on_day(cal.weekday_after(number, context.published), "weekday after publication")
    strictly = lead in {"last", "past", "this past"}
    day = cal.weekday_before(number, context.published, strictly=strictly)
    if lead == "last" and day == cal.shift(context.published, -1):
        day = cal.shift(context.published, -1 - _WEEK_DAYS)  # yesterday would be told as that
    if lead == "previous" and day:
        day = cal.shift(day, -_WEEK_DAYS)
    if match["night"] and day:
        return cal.shift(day, -1), day, "night before a weekday"
    return on_day(day, "weekday on or before publication")


def weekday_of_last_week(match: re.Match[str], context: Context) -> Days:
    """Read "Friday last week": of the week, from Monday on, before that of publication."""
    assert context.published
    number = cal.WEEKDAYS.index(match["w"].lower())
    back = _WEEK_DAYS + context.published.weekday() - number
    return on_day(cal.shift(context.published, -back), "weekday of the week before publication")


def weekday_a_week_ago(match: re.Match[str], context: Context) -> Days:
    """Read "a week ago Friday": a week before the last one."""
    assert context.published
    number = cal.WEEKDAYS.index(match["w"].lower())
    day = cal.weekday_before(number, context.published, strictly=False)
    return on_day(cal.shift(day, -_WEEK_DAYS) if day else None, "a week before a weekday")


def weekdays(match: re.Match[str], context: Context) -> Days:
    """Read "from Saturday night to Sunday", "late Saturday into Sunday"."""
    assert context.published
    first, last = (cal.WEEKDAYS.index(match[part].lower()) for part in ("w", "w2"))
    end = cal.weekday_before(last, context.published, strictly=False)
    start = cal.weekday_before(first, end, strictly=False) if end else None
    return start, end, "weekdays on or before publication"


def holiday(match: re.Match[str], context: Context) -> Days:
    """Read "New Year's Eve", "the eve of Easter Sunday", "Labor Day weekend"."""
    assert context.published
    day = cal.holiday(match["h"].replace("’", "'"), context.published)
    if match["eve"] and day:
        return on_day(cal.shift(day, -1), "eve of a named day")
    if day and match["weekend"]:
        return *cal.weekend_with(day), "weekend of a named day"
    if day and "night of the year" in match["h"].lower():
        return day, cal.shift(day, 1), "named night"
    return on_day(day, "named day")


def new_year(match: re.Match[str], context: Context) -> Days:  # noqa: ARG001  a reader's form
    """Read "around the new year"."""
    assert context.published
    day = cal.nearest_year(1, 1, context.published)
    return (cal.shift(day, -1), day, TURN) if day else on_day(None, TURN)


_WORD_SHIFTS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def deictic(match: re.Match[str], context: Context) -> Days:
    """Read "yesterday", "this morning"."""
    assert context.published
    word = " ".join(match[0].lower().split())
    for key, days in _WORD_SHIFTS.items():
        if key in word:
            return on_day(cal.shift(context.published, days), "day told from publication")
    return on_day(context.published, "day told from publication")


def overnight(match: re.Match[str], context: Context) -> Days:  # noqa: ARG001  a reader's form
    """Read "overnight": a night is of two days."""
    assert context.published
    return cal.shift(context.published, -1), context.published, NIGHT


def _count(words: str) -> int:
    words = words.lower().strip()
    if words in {"a", "an"}:
        return 1
    if words.endswith("couple of"):
        return 2
    numbers = find_numbers(words)
    return int(numbers[0].low or 0) if numbers else 0


def ago(match: re.Match[str], context: Context) -> Days:
    """Read "three days ago"."""
    assert context.published
    count, unit = _count(match["n"]), match["u"].lower()
    name = f"{unit}s before publication"
    if not count:
        return None, None, f"some {name}"
    if unit == "hour":
        days = (count + _DAY_HOURS // 2) // _DAY_HOURS
        return cal.shift(context.published, -days), context.published, name
    day = cal.shift(context.published, -count * _UNIT_DAYS[unit])
    if day is None or unit not in _SLACK_DAYS:
        return on_day(day, name) if day else (None, None, name)
    slack = _SLACK_DAYS[unit]
    return cal.shift(day, -slack), cal.shift(day, slack), name


def stretch(match: re.Match[str], context: Context) -> Days:
    """Read "last week", "this month", "in recent days", "over the past three days"."""
    assert context.published
    published = context.published
    lead, units = match["lead"].lower().split(), match["u"].lower()
    unit = units.rstrip("s")
    # "In the past week" is one, "in recent weeks" are some.
    days = _stretch_days(match["n"] or ("one" if unit == units else None), unit)
    if _TO_COME.intersection(lead):
        return cal.shift(published, 1), cal.shift(published, days), "stretch of time to come"
    if unit == "weekend":
        sunday = cal.weekday_before(6, published, strictly=False)
        return (cal.shift(sunday, -1) if sunday else None), sunday, "last weekend"
    if unit in {"week", "month", "year"} and lead[-1] in {"last", "this"} and not match["n"]:
        return *_named_stretch(lead[-1], unit, published), STRETCH
    return cal.shift(published, -days), published, STRETCH


def _stretch_days(number: str | None, unit: str) -> int:
    count = _count(number) if number else 0
    if not count:
        return _STRETCH_DAYS.get(unit, _WEEK_DAYS)
    return max(1, round(count * _UNIT_DAYS.get(unit, 1 / _DAY_HOURS)))


def _named_stretch(lead: str, unit: str, published: date) -> tuple[date | None, date | None]:
    """Return the days of "last" or "this" week, month or year, none after publication."""
    last = lead == "last"
    if unit == "week":
        if last:
            return cal.shift(published, -_WEEK_DAYS), cal.shift(published, -1)
        return cal.weekday_before(0, published, strictly=False), published
    if unit == "month":
        month = published.month - last
        span = cal.month_span(published.year - (month == 0), month or 12)
        return (span[0], min(span[1], published)) if span else (None, None)
    year = published.year - last
    end = cal.safe_date(year, 12, 31)
    return cal.safe_date(year, 1, 1), min(end, published) if end else None


def told_from(match: re.Match[str], context: Context) -> Days:
    """Read "a day earlier", "the previous day", "two days later"."""
    assert context.anchor
    words = match[0].lower()
    if re.search(r"\b(?:hour|minute|moment)s?\b|shortly", words):
        return on_day(context.anchor, HOURS)
    if match.groupdict().get("same"):
        return on_day(context.anchor, SAME_DAY)
    count = _count(match["n"]) if match["n"] else 1
    unit_days = _UNIT_DAYS[match["u"].lower()] if match["u"] else 1
    back = any(word in words for word in _BACK)
    day = cal.shift(context.anchor, (-1 if back else 1) * count * unit_days)
    return on_day(day, "day told from the one named before")
