"""What stands around the telling: the day of publication, the dateline, the headline."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from geomap.datelines import dateline_at
from geomap.extraction import calendar_days as cal

if TYPE_CHECKING:
    from datetime import date

_MONTH = "(?:" + "|".join(name for names in cal.MONTHS for name in names) + r")\.?"
_DATE = (
    rf"(?:(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>[01]\d)-(?P<d3>[0-3]\d))(?!\d)"
)
_FULL = re.compile(r"(?<![\w-])" + _DATE, re.IGNORECASE)
_LABELED = re.compile(
    rf"(?:published|posted|updated|date|issued|released)(?: on| at|:)?\s{{0,3}}:?\s{{0,3}}"
    rf"(?:\w{{3,9}},? )?{_DATE}",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"^[\s>*-]{{0,4}}(?:\w{{3,9}},? )?{_DATE}[^\w\n]{{0,3}}(?:[\d:apm. ]{{0,12}})$",
    re.IGNORECASE | re.MULTILINE,
)
_DATELINE = re.compile(
    rf"^[A-Z][\w ,.'-]{{1,60}}[,(] ?(?i:{_DATE})\)? ?(?:\([\w ]{{2,20}}\))? ?"
    r"(?:[-–—:]|\.(?=\s+[A-Z]))",
    re.MULTILINE,
)
_YEARLESS = re.compile(
    rf"(?<![\w-])(?:(?P<m>{_MONTH}) (?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}))"
    r"(?!,? \d{4})(?![\d:])",
    re.IGNORECASE,
)


_DATELINE_CHARS = 120


def in_dateline(text: str, start: int) -> bool:
    """Tell whether an offset is in the dateline that opens the line ("PARIS, July 20 (AFP) - ")."""
    if start > _DATELINE_CHARS and "\n" not in text[start - _DATELINE_CHARS : start]:
        return False
    line = text.rfind("\n", 0, start) + 1
    return start < dateline_at(text, line)


_HEADLINE_CHARS = 160
_ENDS = frozenset(".!?:;”\"')")


def dateline_end(text: str) -> int:
    """Return where the first dateline of a text ends, 0 where there is none."""
    for line in re.finditer(r"^[^\n]+", text, re.MULTILINE):
        end = dateline_at(text, line.start())
        if end > line.start():
            return end
        if line.start() > _HEADLINE_CHARS:
            return 0
    return 0


def headline_end(text: str, title: str | None = None) -> int:
    """Return where the headline ends: the title, or a first line without a full stop; else 0."""
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title.strip(), start):
        return start + len(title.strip())
    end = text.find("\n", start, start + _HEADLINE_CHARS)
    line = text[start:end].rstrip() if end > 0 else ""
    below = text[end:].strip() if end > 0 else ""
    if not line or not below or line[-1] in _ENDS or dateline_at(text, start) > start:
        return 0
    # A wrapped line of a paragraph goes on in the next one: no blank line, small letter.
    return 0 if below[0].islower() or line[0] in "|-*•" else end


def find_published(text: str) -> date | None:
    """Return the day on which a text was published, if it says so.

    A labeled date, a dateline or a line that is only a date tell it. Else the latest full date
    whose day the text names at least twice: a report repeats the day it is about, and names an
    anniversary's or a treaty's once.
    """
    for pattern in (_LABELED, _DATELINE, _ALONE):
        for match in pattern.finditer(text):
            day = _day(match)
            if day is not None:
                return day
    return _repeated(text)


def _repeated(text: str) -> date | None:
    days = [day for match in _FULL.finditer(text) if (day := _day(match)) is not None]
    named = Counter((day.month, day.day) for day in days)
    for match in _YEARLESS.finditer(text):
        month = cal.MONTH_NUMBERS[(match["m"] or match["m2"]).lower().rstrip(".")]
        named[month, int(match["d"] or match["d2"])] += 1
    return max((day for day in days if named[day.month, day.day] > 1), default=None)


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    for suffix in ("", "2", "3"):
        year, month, day = (groups[part + suffix] for part in ("y", "m", "d"))
        if year and month and day:
            number = int(month) if month.isdigit() else cal.MONTH_NUMBERS[month.lower().rstrip(".")]
            return cal.safe_date(int(year), number, int(day))
    return None
