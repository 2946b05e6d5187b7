"""What the value of a correction says: positions, dates, counts."""

from __future__ import annotations

import re
from datetime import date

from geomap.model import DateRange, Point, Range, TimePrecision

UNKNOWN = "unknown"
RULE = "set by a correction"

_POSITION = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?)\s*[,;]\s*(-?\d{1,3}(?:\.\d{1,12})?)")
_COUNT = re.compile(r"(\d{1,9})(?:(\+)|\s*[-–]\s*(\d{1,9}))?")
_WEEK_DAYS = 7


class NotApplicableError(Exception):
    """A correction has nothing to work on; says why. It is reported, and stops nothing."""


def position(value: str) -> Point | None:
    """Return the point that "lat, lon" names in degrees, ``None`` if it is no position."""
    found = _POSITION.fullmatch(value)
    if not found:
        return None
    lat, lon = float(found[1]), float(found[2])
    return Point(lon=lon, lat=lat) if abs(lat) <= 90 and abs(lon) <= 180 else None  # noqa: PLR2004


def days(value: str) -> DateRange | None:
    """Return the days of "2024-01-02" or "2024-01-01/2024-01-07", ``None`` if they are none."""
    first, _, last = value.partition("/")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return None
    if end < start:
        return None
    length = (end - start).days + 1
    wider = TimePrecision.WEEK if length <= _WEEK_DAYS else TimePrecision.MONTH
    precision = TimePrecision.DAY if length == 1 else wider
    return DateRange(first=start, last=end, precision=precision, rule=RULE, text=value)


def count(value: str) -> Range | None:
    """Return the range of "25", "22-25" or "22+", ``None`` if it is none."""
    found = _COUNT.fullmatch(value)
    if not found:
        return None
    low = int(found[1])
    if found[2]:
        return Range(low=low, high=None, open_ended=True)
    high = int(found[3]) if found[3] else low
    return Range(low=low, high=high) if high >= low else None
