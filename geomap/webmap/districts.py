"""First-level areas with the number of events in each, for the layer that colors them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from geomap.features.pieces import remembered
from geomap.model import PlaceKind, Point
from geomap.webmap.shapes import encode

if TYPE_CHECKING:
    from geomap.features import Context
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place

_MOST_AREAS = 400
_DETAIL = 1 / 400  # of an area's extent: a fill needs no fine edge
_FINEST_DEG = 0.01


#: Country and name of a first-level area, and a point in it.
Within = tuple[str, str, float, float]


def within(event: dict[str, Any]) -> Within | None:
    """Return what tells the first-level area of an event by its name.

    What is known no closer than a country has none.
    """
    kind = event.get("place_kind")
    name = event.get("place") if kind == PlaceKind.ADMIN1 else event.get("admin1")
    if "point" not in event or not name or kind == PlaceKind.COUNTRY:
        return None
    lon, lat = event["point"]
    return event.get("country", ""), name, lon, lat


class Districts:
    """First-level areas, numbered as they come; events of one name are asked for once."""

    def __init__(self, context: Context) -> None:
        self.areas: list[dict[str, Any]] = []
        self._context = context
        self._ids: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], int | None] = {}

    def number(self, told: Within) -> int | None:
        """Return the number of an area, ``None`` where there is none, or too many before it."""
        key = told[:2]
        if key not in self._numbers:
            full = len(self.areas) >= _MOST_AREAS
            self._numbers[key] = None if full else self._add(*told[2:])
        return self._numbers[key]

    def _add(self, lon: float, lat: float) -> int | None:
        about = msgspec.json.encode((lon, lat))
        found = remembered(
            self._context.pieces,
            "district",
            about,
            lambda: _look(lon, lat, self._context.gazetteer),
        )
        area = json.loads(found)
        if area is None:
            return None
        if area["id"] not in self._ids:
            self._ids[area["id"]] = len(self.areas)
            self.areas.append(area)
        return self._ids[area["id"]]


def _look(lon: float, lat: float, gazetteer: Gazetteer) -> bytes:
    """Return the first-level area around a point as JSON."""
    place = _first_level(gazetteer.containing(Point(lon=lon, lat=lat)))
    shape = gazetteer.geometry(place.id) if place else None
    if place is None or shape is None:
        return b"null"
    west, south, east, north = shape.bounds
    tolerance = max(max(east - west, north - south) * _DETAIL, _FINEST_DEG)
    area = {"id": place.id, "name": place.name, "shape": encode(shape, tolerance)}
    return json.dumps(area).encode()


def _first_level(places: tuple[Place, ...]) -> Place | None:
    return next((place for place in places if place.kind is PlaceKind.ADMIN1), None)
