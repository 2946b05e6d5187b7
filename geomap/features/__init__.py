"""Events as features: the field table, once for the map and every export format.

:func:`event_features` is what they all build on. ``properties`` holds plain JSON values under the
names of ``fields.csv``, in its order; what is not known is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.features.fields import Field, FieldType, event_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from geomap.gazetteer import Gazetteer
    from geomap.model import Conflict, Event, Location, Point, Range, Report, Result, Weapon
    from geomap.ontology import EventType, Ontology

__all__ = [
    "Context",
    "Feature",
    "Field",
    "FieldType",
    "event_features",
    "event_fields",
    "event_properties",
]

_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an output needs to know beside the result."""

    gazetteer: Gazetteer
    ontology: Ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """An event ready to be written: properties, geometry (lon, lat) and where its mark stands.

    ``geometry`` is the area or line of an event that is known no better; it and ``point`` are
    ``None`` where the event could not be located.
    """

    properties: dict[str, Any]
    geometry: BaseGeometry | None
    point: Point | None


def event_features(result: Result, context: Context) -> list[Feature]:
    """Return the events as features, in the order of ``result.events``."""
    from geomap.features.drawing import Drawing

    drawing = Drawing(context.gazetteer)
    publishers = {document.id: document.publisher for document in result.documents}
    features = []
    for event in result.events:
        geometry, point = drawing.draw(event.places[0]) if event.places else (None, None)
        properties = event_properties(event, point, publishers, context.ontology)
        features.append(Feature(properties=properties, geometry=geometry, point=point))
    return features


def event_properties(
    event: Event, point: Point | None, publishers: Mapping[str, str | None], ontology: Ontology
) -> dict[str, Any]:
    """Return the columns of one event whose mark stands at ``point``; publishers by document id."""
    properties = _properties(event, ontology.types.get(event.type), point)
    properties["claims"] = [_claim(report, publishers) for report in event.reports]
    return properties


def _properties(event: Event, event_type: EventType | None, point: Point | None) -> dict[str, Any]:
    values = (
        {"id": event.id, "title": event.title}
        | _type(event.type, event_type)
        | _when(event)
        | _where(event.places[0] if event.places else None, point)
        | _figures(event)
        | _standing(event)
    )
    return {field.name: values.get(field.name) for field in event_fields()}


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


def _where(location: Location | None, point: Point | None) -> dict[str, Any]:
    if location is None:
        return {}
    place = location.place
    return {
        "place": f"{location.relation} {place.name}" if location.relation else place.name,
        "place_kind": place.kind.value,
        "admin1": place.admin1,
        "country": place.country,
        "geonameid": place.geonameid,
        "lat": round(point.lat, _DEGREE_DIGITS) if point else None,
        "lon": round(point.lon, _DEGREE_DIGITS) if point else None,
        "geo_precision": int(location.precision),
        "radius_km": None if location.radius_km is None else float(location.radius_km),
    }


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


def _claim(report: Report, publishers: Mapping[str, str | None]) -> dict[str, Any]:
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
