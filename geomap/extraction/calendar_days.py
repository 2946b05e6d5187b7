"""Days of the calendar that words name: holidays, months, weekdays, nearest occurrences."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from geomap.extraction.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTH_NUMBERS = {name: n for n, names in enumerate(MONTHS, start=1) for name in names}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_WEDNESDAY, SATURDAY, _SUNDAY = 2, 5, 6

# A day of the year this far after publication is taken for last year's: news tells the past, and
# announces at most some weeks ahead.
_AHEAD_DAYS = 45


def safe_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is none (February 30, year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date | None:
    """Return the day so many days later, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def month_span(year: int, month: int) -> tuple[date, date] | None:
    """Return the first and the last day of a month."""
    first = safe_date(year, month, 1)
    after = safe_date(year + month // 12, month % 12 + 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


def nearest_year(month: int, day: int, published: date) -> date | None:
    """Return the day of that name that a report of ``published`` most likely means."""
    # February 29 is found in one of eight years around the turn of a century that has none.
    for year in range(published.year + 1, published.year - 8, -1):
        found = safe_date(year, month, day)
        if found and (found - published).days <= _AHEAD_DAYS:
            return found
    return None


def weekday_before(weekday: int, published: date, *, strictly: bool) -> date | None:
    """Return the last such weekday on (or, strictly, before) the day of publication."""
    back = (published.weekday() - weekday) % 7
    return shift(published, -(7 if strictly and back == 0 else back))


def weekday_after(weekday: int, published: date) -> date | None:
    """Return the next such weekday after the day of publication."""
    return shift(published, (weekday - published.weekday() - 1) % 7 + 1)


def weekend_with(day: date) -> tuple[date | None, date | None]:
    """Return the days of the long weekend that a holiday makes.

    One on Monday or Tuesday ends it, one from Wednesday on begins it.
    """
    if day.weekday() < _WEDNESDAY:
        return shift(day, -(day.weekday() + 2)), day
    return shift(day, min(0, SATURDAY - day.weekday())), shift(day, _SUNDAY - day.weekday())


def easter(year: int) -> date | None:
    """Return Western Easter Sunday (the anonymous Gregorian algorithm, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return safe_date(year, month, day + 1)


@cache
def holidays() -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of ``holidays.toml`` by name."""
    return {name: row for row in table("holidays")["days"] for name in row["names"]}


def holiday(name: str, published: date) -> date | None:
    """Return the day of that name last before (or soon after) publication."""
    row = holidays()[name.lower()]
    for year in (published.year + 1, published.year, published.year - 1):
        found = _holiday_in(row, year)
        if found and (found - published).days <= _AHEAD_DAYS:
            return found
    return None


def _holiday_in(row: Mapping[str, Any], year: int) -> date | None:
    if "easter" in row:
        sunday = easter(year)
        return shift(sunday, row["easter"]) if sunday else None
    if "nth" in row:
        return _nth_weekday(year, row)
    return safe_date(year, row["month"], row["day"])


def _nth_weekday(year: int, row: Mapping[str, Any]) -> date | None:
    """Return the n-th weekday of a month (-1: the last), or ``plus`` days after it."""
    span = month_span(year, row["month"])
    if span is None:
        return None
    first, last = span
    if row["nth"] < 0:
        return shift(last, -((last.weekday() - row["weekday"]) % 7))
    days = (row["weekday"] - first.weekday()) % 7 + 7 * (row["nth"] - 1) + row.get("plus", 0)
    return shift(first, days)
