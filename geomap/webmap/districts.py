"""First-level areas with the number of events in each, for the layer that colors them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.model import PlaceKind, Point
from geomap.webmap.shapes import encode

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place

_MOST_AREAS = 400
_DETAIL = 1 / 400  # of an area's extent: a fill needs no fine edge
_FINEST_DEG = 0.01


def number_areas(events: list[dict[str, Any]], gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Give each event the number of its first-level area; return the areas by number.

    Events of one area are found by its name, so that the gazetteer is asked once for each. What is
    known no closer than a country has no first-level area.
    """
    areas: list[dict[str, Any]] = []
    numbers: dict[tuple[str, str], int | None] = {}
    for event in events:
        key = _key(event)
        if key is None:
            continue
        if key not in numbers:
            numbers[key] = _add(areas, event, gazetteer) if len(areas) < _MOST_AREAS else None
        number = numbers[key]
        if number is not None:
            event["within"] = number
    return areas


def _key(event: dict[str, Any]) -> tuple[str, str] | None:
    kind = event.get("place_kind")
    name = event.get("place") if kind == PlaceKind.ADMIN1 else event.get("admin1")
    if "point" not in event or not name or kind == PlaceKind.COUNTRY:
        return None
    return event.get("country", ""), name


def _add(areas: list[dict[str, Any]], event: dict[str, Any], gazetteer: Gazetteer) -> int | None:
    lon, lat = event["point"]
    place = _first_level(gazetteer.containing(Point(lon=lon, lat=lat)))
    shape = gazetteer.geometry(place.id) if place else None
    if place is None or shape is None:
        return None
    known = next((i for i, area in enumerate(areas) if area["id"] == place.id), None)
    if known is not None:
        return known
    west, south, east, north = shape.bounds
    tolerance = max(max(east - west, north - south) * _DETAIL, _FINEST_DEG)
    areas.append({"id": place.id, "name": place.name, "shape": encode(shape, tolerance)})
    return len(areas) - 1


def _first_level(places: tuple[Place, ...]) -> Place | None:
    return next((place for place in places if place.kind is PlaceKind.ADMIN1), None)
