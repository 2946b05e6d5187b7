"""The columns of an event that are told by itself, by its reports and by its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.model import PlaceKind
from geomap.wording import say_place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.gazetteer import Gazetteer
    from geomap.model import Conflict, Event, Location, Place, Point, Range, Report, Weapon
    from geomap.ontology import EventType

_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4


def told(event: Event, event_type: EventType | None) -> dict[str, Any]:
    """Return the columns that need no place."""
    return (
        {"id": event.id, "title": event.title}
        | _type(event.type, event_type)
        | _when(event)
        | _figures(event)
        | _standing(event)
    )


def _type(name: str, event_type: EventType | None) -> dict[str, Any]:
    codes = ("acled_event_type", "acled_sub_event_type", "cameo", "plover")
    return {"type": name} | {code: getattr(event_type, code, None) for code in codes}


def _when(event: Event) -> dict[str, Any]:
    when = event.when
    if when is None:
        return {}
    return {
        "date_start": when.first.isoformat() if when.first else None,
        "date_end": when.last.isoformat() if when.last else None,
        "time_precision": int(when.precision) if when.precision else None,
        "date_text": when.text,
        "date_rule": when.rule,
    }


def where(location: Location | None, point: Point | None, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the columns that tell the place."""
    if location is None:
        return {}
    place = location.place
    return _named(location, gazetteer) | {
        "admin2": place.name if place.kind is PlaceKind.ADMIN2 else None,
        "geonameid": place.geonameid,
        **_position(point),
        "geo_precision": int(location.precision),
        "radius_km": None if location.radius_km is None else float(location.radius_km),
    }


def _named(location: Location, gazetteer: Gazetteer) -> dict[str, Any]:
    place = location.place
    return {
        "place": say_place(location, lambda key: gazetteer.place(key).name),
        "place_kind": place.kind.value,
        "admin1": first_level(place),
        "country": place.country,
    }


def first_level(place: Place) -> str | None:
    """Return the name of the first-level area that a place is or lies in."""
    return place.name if place.kind is PlaceKind.ADMIN1 else place.admin1


def _position(point: Point | None) -> dict[str, Any]:
    return {
        "lat": round(point.lat, _DEGREE_DIGITS) if point else None,
        "lon": round(point.lon, _DEGREE_DIGITS) if point else None,
    }


def other(location: Location, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return a further place of an event."""
    return _named(location, gazetteer) | _position(location.point)


def _figures(event: Event) -> dict[str, Any]:
    killed, injured = event.casualties.killed, event.casualties.injured
    return {
        "attacker": event.attacker.name if event.attacker else None,
        "target": event.target.name if event.target else None,
        "weapons": [_weapon(weapon) for weapon in event.weapons],
        "killed_min": _low(killed),
        "killed_max": _high(killed),
        "injured_min": _low(injured),
        "injured_max": _high(injured),
    }


def _standing(event: Event) -> dict[str, Any]:
    return {
        "status": event.status.value,
        "n_reports": len(event.reports),
        "n_independent_sources": event.n_independent_sources,
        "conflicts": [_conflict(conflict) for conflict in event.conflicts],
        "parent_id": event.parent_id,
        "possible_duplicates": list(event.possible_duplicates),
        "notes": list(event.notes),
        "confidence": round(event.confidence, _SCORE_DIGITS),
    }


def _weapon(weapon: Weapon) -> dict[str, Any]:
    return {
        "system": weapon.system,
        "launched_min": _low(weapon.launched),
        "launched_max": _high(weapon.launched),
        "destroyed_min": _low(weapon.destroyed),
        "destroyed_max": _high(weapon.destroyed),
    }


def _conflict(conflict: Conflict) -> dict[str, Any]:
    values = [
        {"value": value.value, "document_ids": list(value.document_ids)}
        for value in conflict.values
    ]
    return {"field": conflict.field, "values": values}


def claim(report: Report, publishers: Mapping[str, str | None]) -> dict[str, Any]:
    """Return one telling of an event."""
    return {
        "document_id": report.document_id,
        "publisher": publishers.get(report.document_id),
        "speaker": report.speaker.name if report.speaker else None,
        "status": report.status.value,
        "quote": report.sentence.quote,
        "start": report.sentence.start,
        "end": report.sentence.end,
    }


def _low(count: Range | None) -> int | None:
    return count.low if count else None


def _high(count: Range | None) -> int | None:
    return count.high if count else None
