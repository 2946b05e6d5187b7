"""What stands around the telling: the day of publication, the dateline, the headline."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from geomap.datelines import dateline_at
from geomap.extraction import calendar_days as cal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.model import Sentence

_MONTH = "(?:" + "|".join(name for names in cal.MONTHS for name in names) + r")\.?"
_DATE = (
    rf"(?:(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m2>{_MONTH}),? (?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)-(?P<m3>[01]\d)-(?P<d3>[0-3]\d))(?!\d)"
)
_FULL = re.compile(r"(?<![\w-])" + _DATE, re.IGNORECASE)
# In lines of a header also in figures, by points, strokes or hyphens; of two orders that both give
# a day none is taken.
_IN_HEADER = re.compile(
    rf"(?<![\w-]){_DATE}|(?<![\w.])(?P<d4>\d{{1,2}})\.(?P<m4>\d{{1,2}})\.(?P<y4>(?:19|20)\d\d)(?!\d)"
    rf"|(?<!\w)(?P<d5>\d{{1,2}})[/-](?P<m5>{_MONTH})[/-](?P<y5>(?:19|20)\d\d)"
    r"|(?<![\w/.])(?P<y6>(?:19|20)\d\d)[/.](?P<m6>[01]?\d)[/.](?P<d6>[0-3]?\d)(?!\d)"
    r"|(?<![\w/-])(?P<a>[0-3]?\d)(?P<by>[/-])(?P<b>[0-3]?\d)(?P=by)(?P<y7>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
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
    r"(?!,? \d{4})(?![\w:])",
    re.IGNORECASE,
)
# What a line of a header has beside its date: hours and their zones, weekdays, words of publishing.
_HEADER_LINES = 12
_HEADER_CHARS = 140
_HEADER_NAMES = 8  # words of names: of who wrote it, the agency, the city
_AROUND_DATE = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?"
    r"|(?<=\d)T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|\b(?:GMT|UTC)\s?(?:[+-]\s?\d{1,2}(?::\d\d)?)?"
    r"|\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"
    r"|\b(?:first|last|originally|published|posted|updated|modified|created|issued|released|edited"
    r"|filed|added|written|date(?: of publication)?|publication|as of|time|on|at|by|and|staff"
    r"|reporters?|writers?"
    r"|correspondents?|editors?|edition|local|ago|\d+ (?:min(?:ute)?s?|hours?|days?|years?)"
    r"|\d+[hm]|min(?:ute)?s?|read|story|lead|now|earlier|agenc(?:y|ies)|online|our|special)\b"
    r"|\b(?:of|the|for|in) (?=(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
# What says so itself behind a title: "Floods in Kunduz (as of 12 June 2024)".
_AS_OF = re.compile(
    r"\(as of $|\b(?:release|update|report) (?:no\. ?)?[\d/#]+ (?:of|as of) $", re.IGNORECASE
)


_DATELINE_CHARS = 120


def in_dateline(text: str, start: int) -> bool:
    """Tell whether an offset is in the dateline that opens the line ("PARIS, July 20 (AFP) - ")."""
    if start > _DATELINE_CHARS and "\n" not in text[start - _DATELINE_CHARS : start]:
        return False
    line = text.rfind("\n", 0, start) + 1
    return start < dateline_at(text, line)


_HEADLINE_CHARS = 160
_HEAD_LINES = 8
_BULLETS = frozenset("|-*•")
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


def headline_end(text: str, sentences: Sequence[Sentence], title: str | None = None) -> int:
    """Return where the headline ends: the title, or the lines without a full stop on top; else 0.

    Above the body stand headings, bylines and stamps; where no body follows, as in a list, the
    first line alone.
    """
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title.strip(), start):
        return start + len(title.strip())
    heads: list[int] = []
    for line in islice(re.finditer(r"\S[^\n]*", text), _HEAD_LINES):
        words = line[0].rstrip()
        end = line.start() + len(words)
        told = dateline_at(text, line.start()) > line.start() or words[-1] in _ENDS
        if told or len(words) > _HEADLINE_CHARS:
            return heads[-1] if heads else 0
        if words[0] in _BULLETS or any(
            one.start < end < one.end for one in sentences[:_HEAD_LINES]
        ):
            break
        heads.append(end)
    return heads[0] if heads and text[heads[0] :].strip() else 0


def find_published(text: str) -> date | None:
    """Return the day on which a text was published, if it says so.

    A line of the header, a labeled date, a dateline or a line that is only a date tell it. Else
    the latest full date whose day the text names at least twice: a report repeats the day it is
    about, and names an anniversary's or a treaty's once.
    """
    day = _in_header(text)
    if day is not None:
        return day
    for pattern in (_LABELED, _DATELINE, _ALONE):
        for match in pattern.finditer(text):
            day = _day(match)
            if day is not None:
                return day
    return _repeated(text)


def _in_header(text: str) -> date | None:
    """Return the first date of a line near the top that has but names, hours and the like beside.

    "Updated 9:27 AM ET, Wed January 31, 2024", "By Jane Doe | June 12, 2024 | 5 p.m."
    """
    lines = (line for line in islice(re.finditer(r"[^\n]+", text), _HEADER_LINES))
    for line in (match[0] for match in lines if len(match[0]) <= _HEADER_CHARS):
        dates = list(_IN_HEADER.finditer(line))
        day = next((day for match in dates if (day := _day(match)) is not None), None)
        if day is None:
            continue
        if _is_header(_IN_HEADER.sub(" ", line)) or _AS_OF.search(line, 0, dates[0].start()):
            return day
    return None


def _is_header(rest: str) -> bool:
    """Tell whether what a line has beside its date are words of headers, and some names."""
    left = re.findall(r"[^\W_][\w'’.-]*", _AROUND_DATE.sub(" ", rest))
    names = all(word[0].isupper() or word.isdigit() for word in left)
    return names and len(left) <= _HEADER_NAMES


def _repeated(text: str) -> date | None:
    days = [day for match in _FULL.finditer(text) if (day := _day(match)) is not None]
    named = Counter((day.month, day.day) for day in days)
    for match in _YEARLESS.finditer(text):
        month = cal.MONTH_NUMBERS[(match["m"] or match["m2"]).lower().rstrip(".")]
        named[month, int(match["d"] or match["d2"])] += 1
    return max((day for day in days if named[day.month, day.day] > 1), default=None)


def _day(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    for suffix in ("", "2", "3", "4", "5", "6"):
        year, month, day = (groups.get(part + suffix) for part in ("y", "m", "d"))
        if year and month and day:
            number = int(month) if month.isdigit() else cal.MONTH_NUMBERS[month.lower().rstrip(".")]
            return cal.safe_date(int(year), number, int(day))
    return _by_strokes(groups)


def _by_strokes(groups: Mapping[str, str | None]) -> date | None:
    """Return the day of "25/12/2024" or "12/25/2024", None where both orders give one."""
    year, first, second = groups.get("y7"), groups.get("a"), groups.get("b")
    if not (year and first and second):
        return None
    pairs = {(int(first), int(second)), (int(second), int(first))}
    days = [cal.safe_date(int(year), month, day) for month, day in sorted(pairs)]
    known = [day for day in days if day is not None]
    return known[0] if len(known) == 1 else None
