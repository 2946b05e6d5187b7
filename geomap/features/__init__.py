"""Events as features: the field table, once for the map and every export format.

:func:`event_features` is what they all build on. ``properties`` holds plain JSON values under the
names of ``fields.csv``, in its order; what is not known is ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from geomap.features.fields import Field, FieldType, event_fields
from geomap.model import GeoPrecision, PlaceKind
from geomap.wording import say_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from shapely.geometry.base import BaseGeometry

    from geomap.features.nearby import Memory
    from geomap.features.pieces import Pieces
    from geomap.gazetteer import Gazetteer
    from geomap.model import Conflict, Event, Location, Place, Point, Range, Report, Result, Weapon
    from geomap.ontology import EventType, Ontology

__all__ = [
    "Context",
    "Feature",
    "Field",
    "FieldType",
    "event_features",
    "event_fields",
    "first_level",
]

T = TypeVar("T")

_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an output needs to know beside the result.

    ``pois`` are a user's own places of interest; every event tells the nearest one.
    ``surroundings`` may remember what is around places from former builds, ``pieces`` what was
    written of events. ``made`` keeps what was made of the last result and is asked for again by
    other outputs.
    """

    gazetteer: Gazetteer
    ontology: Ontology
    pois: tuple[Place, ...] = ()
    surroundings: Memory | None = field(default=None, repr=False, compare=False)
    pieces: Pieces | None = field(default=None, repr=False, compare=False)
    made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, result: Result, make: Callable[[], T]) -> T:
        """Return what ``make`` gives for ``result``, made at the first call of that ``name``."""
        if self.made.get("result") is not result:
            self.made.clear()
            self.made["result"] = result
        if name not in self.made:
            self.made[name] = make()
        made: T = self.made[name]
        return made


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
    return list(context.once("features", result, lambda: tuple(_features(result, context))))


def _features(result: Result, context: Context) -> Iterator[Feature]:
    from geomap.features.drawing import Drawing
    from geomap.features.nearby import Nearby

    drawing = Drawing(context.gazetteer)
    nearby = Nearby(context.gazetteer, context.pois, context.surroundings)
    publishers = {document.id: document.publisher for document in result.documents}
    for event in result.events:
        location = event.places[0] if event.places else None
        geometry, point = drawing.draw(location) if location else (None, None)
        values = _event(event, context.ontology.types.get(event.type))
        values |= _where(location, point, context.gazetteer) | {
            "claims": [_claim(report, publishers) for report in event.reports],
            "other_places": [_other(other, context.gazetteer) for other in event.places[1:]],
        }
        if location and point and location.precision is not GeoPrecision.AREA:
            around = nearby.around(point, location.place)
            values = around | {name: value for name, value in values.items() if value is not None}
        properties = {column.name: values.get(column.name) for column in event_fields()}
        yield Feature(properties=properties, geometry=geometry, point=point)


def _event(event: Event, event_type: EventType | None) -> dict[str, Any]:
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


def _where(location: Location | None, point: Point | None, gazetteer: Gazetteer) -> dict[str, Any]:
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


def _other(location: Location, gazetteer: Gazetteer) -> dict[str, Any]:
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
