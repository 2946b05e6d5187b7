"""``set``: one field of an event replaced by what a person says."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any, Protocol

from geomap.corrections import values
from geomap.corrections.values import NotApplicableError
from geomap.errors import GazetteerError
from geomap.geo import great_circle_km
from geomap.merge import World
from geomap.model import (
    Candidate,
    Correction,
    DateRange,
    Event,
    GeoPrecision,
    Location,
    Place,
    PlaceKind,
    Point,
    Shape,
    Status,
    noun,
)
from geomap.wording import say_count, say_days, say_places

# Gazetteer entries of one name closer than this are one place (a town and its center).
_SAME_PLACE_KM = 25.0

_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION})


class Gazetteer(Protocol):
    """What is asked of the gazetteer."""

    def place(self, place_id: str) -> Place:
        """Return the entry, or raise UnknownPlaceError."""

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return what a name may mean, best first."""

    def containing(self, point: Point) -> tuple[Place, ...]:
        """Return the first-level area and the country around a point."""


@noun
class _Change:
    """One field of one event to be set, with what to look it up in."""

    event: Event
    field: str
    value: str
    world: World
    gazetteer: Gazetteer


def set_field(
    event: Event, correction: Correction, world: World, gazetteer: Gazetteer
) -> tuple[Event, str]:
    """Return the changed event and a note on the change.

    Raises NotApplicableError if the value does not fit.
    """
    field, value = correction.field or "", correction.value or ""
    change = _Change(event=event, field=field, value=value, world=world, gazetteer=gazetteer)
    changed = dataclasses.replace(event, **_CHANGES[field](change))
    if field in {"place", "date", "type"}:
        words = world.title(changed.type, changed.places, changed.when)
        changed = dataclasses.replace(changed, title=words)
    return changed, f"{field} set to {_say(changed, field, value)}"


def _say(event: Event, field: str, value: str) -> str:
    if field == "place":
        return say_places(event.places) + (f" ({value})" if values.position(value) else "")
    if field == "date":
        return say_days(event.when)
    told = getattr(event.casualties, field, None)
    return say_count(told) if told else value


def _place(change: _Change) -> dict[str, Any]:
    event, value = change.event, change.value
    if value == values.UNKNOWN:
        return {"places": ()}
    point = values.position(value)
    place = _position(event, point, change.gazetteer) if point else _named(value, change.gazetteer)
    area = place.kind in _AREAS and place.has_geometry
    location = Location(
        place=place,
        point=place.point,
        precision=place.precision,
        radius_km=place.radius_km,
        shape=Shape.AREA if area else Shape.POINT,
    )
    return {"places": (location, *event.places[1:])}


def _position(event: Event, point: Point, gazetteer: Gazetteer) -> Place:
    """Return a place at ``point``, named as the event's place was."""
    around = gazetteer.containing(point)
    name = event.places[0].place.name if event.places else f"{point.lat:g}, {point.lon:g}"
    country = next((place.country for place in around if place.country), None)
    admin1 = next((place.name for place in around if place.kind is PlaceKind.ADMIN1), None)
    return Place(
        id=f"correction:{point.lat:g},{point.lon:g}",
        name=name,
        kind=PlaceKind.OTHER,
        point=point,
        country=country,
        admin1=admin1,
        parents=tuple(place.id for place in around),
        precision=GeoPrecision.EXACT,
        source="correction",
    )


def _named(value: str, gazetteer: Gazetteer) -> Place:
    """Return the gazetteer's entry for an id, or for a name that can only mean one place."""
    try:
        if ":" in value:
            return gazetteer.place(value)
        places = [candidate.place for candidate in gazetteer.candidates(value)]
    except GazetteerError as error:
        raise NotApplicableError(str(error)) from error
    if not places:
        raise NotApplicableError(f'the gazetteer has no place "{value}"')
    apart = [place for place in places[1:] if not _close(places[0], place)]
    if apart:
        ids = ", ".join(place.id for place in (places[0], *apart[:3]))
        raise NotApplicableError(
            f'"{value}" may mean several places; give one of their ids: {ids} …'
        )
    return places[0]


def _close(one: Place, other: Place) -> bool:
    if one.point is None or other.point is None:
        return one.id == other.id
    return great_circle_km(one.point, other.point) <= _SAME_PLACE_KM


def _date(change: _Change) -> dict[str, Any]:
    unknown = DateRange(first=None, last=None, precision=None, rule=values.RULE)
    return {"when": unknown if change.value == values.UNKNOWN else values.days(change.value)}


def _type(change: _Change) -> dict[str, Any]:
    types = change.world.ontology.types
    if change.value not in types:
        raise NotApplicableError(
            f'unknown type "{change.value}"; known: {", ".join(sorted(types))}'
        )
    return {"type": change.value}


def _status(change: _Change) -> dict[str, Any]:
    return {"status": Status(change.value)}


def _title(change: _Change) -> dict[str, Any]:
    return {"title": change.value}


def _toll(change: _Change) -> dict[str, Any]:
    told = None if change.value == values.UNKNOWN else values.count(change.value)
    return {"casualties": dataclasses.replace(change.event.casualties, **{change.field: told})}


_CHANGES = MappingProxyType(
    {
        "place": _place,
        "date": _date,
        "type": _type,
        "status": _status,
        "killed": _toll,
        "injured": _toll,
        "title": _title,
    }
)
