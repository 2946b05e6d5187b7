"""Nouns of the model with sensible defaults, for the made-up worlds of the tests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from geomap.model import (
    Casualties,
    DateRange,
    Event,
    Location,
    Provenance,
    Range,
    Shape,
    Status,
    TimePrecision,
)

if TYPE_CHECKING:
    from geomap.model import Place


def quoted(document_id: str, text: str, quote: str) -> Provenance:
    """Return where a text says so."""
    start = text.index(quote)
    return Provenance(document_id=document_id, start=start, end=start + len(quote), quote=quote)


def at(place: Place, shape: Shape = Shape.POINT, **changes: Any) -> Location:
    """Return a place as the location that it is by itself."""
    values = {"point": place.point, "precision": place.precision, "radius_km": place.radius_km}
    return Location(place=place, shape=shape, **(values | changes))


def day(
    first: str | None, last: str | None = None, *, rule: str = "weekday", text: str | None = None
) -> DateRange:
    """Return a day, some days, or with ``None`` a date that could not be told."""
    if first is None:
        return DateRange(first=None, last=None, precision=None, rule="no anchor", text=text)
    on, end = date.fromisoformat(first), date.fromisoformat(last or first)
    precision = TimePrecision.DAY if on == end else TimePrecision.WEEK
    return DateRange(first=on, last=end, precision=precision, rule=rule, text=text)


def count(low: int | None, *, at_least: bool = False) -> Range:
    """Return "22" or "at least 22"."""
    return Range(low=low, high=None if at_least else low, open_ended=at_least)


def event(event_id: str, **changes: Any) -> Event:
    """Return an event of which next to nothing is told."""
    values: dict[str, Any] = {
        "id": event_id,
        "when": None,
        "places": (),
        "attacker": None,
        "target": None,
        "weapons": (),
        "casualties": Casualties(),
        "status": Status.REPORTED,
        "conflicts": (),
        "reports": (),
        "n_independent_sources": 1,
        "confidence": 0.7,
    }
    return Event(**(values | changes))
