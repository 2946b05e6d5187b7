"""Airports with a passenger code: under their names, and under the city that they serve."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.gazetteer.build.entry import Entry
from geomap.geo import distance_km
from geomap.model import GeoPrecision, PlaceKind, Point
from geomap.names import is_venue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.gazetteer.build.world import World

SOURCE = "airportsdata 20260905"
RADIUS_KM = 3.0
SAME_KM = 8.0
"""How far a curated airport may be from the row that is the same airport."""

REACH_DEG = 2.0
"""Degrees of latitude on either side in which the next town is looked for."""

_WORD = re.compile(
    r"\b(?:air(?:port|base|field|strip|park)?|aerodrome|base|field|heliport|station|raf|cfb|nas)\b",
    re.IGNORECASE,
)


def add_airports(world: World) -> None:
    """Add the airports; one that the curated tables have already only gets their names."""
    towns = _Towns(world)
    known = [
        (entry, entry.point)
        for entry in world.entries.values()
        if entry.kind is PlaceKind.FACILITY and entry.point and _is_airport(entry)
    ]
    for facts in _records():
        point = Point(lon=round(float(facts["lon"]), 5), lat=round(float(facts["lat"]), 5))
        same = (entry for entry, spot in known if _is_near(spot, point))
        entry = next(same, None) or _new(world, towns, facts, point)
        entry.add_names(name for name in _names(facts) if name != entry.name)


def _records() -> list[Mapping[str, Any]]:
    import airportsdata

    return [row for _, row in sorted(airportsdata.load("IATA").items())]


def _is_airport(entry: Entry) -> bool:
    return any(_WORD.search(name) for name in (entry.name, *entry.names))


def _is_near(a: Point, b: Point) -> bool:
    """Tell whether two points are within ``SAME_KM``; most are told apart by their degrees."""
    return abs(a.lat - b.lat) < SAME_KM / 100 and distance_km(a, b) < SAME_KM


def _new(world: World, towns: _Towns, facts: Mapping[str, Any], point: Point) -> Entry:
    country = world.find(f"country:{facts['country']}")
    town = towns.nearest(point, facts["country"])
    parent = (town and (town.parent or town.admin1)) or (country and country.number)
    entry = Entry(
        number=world.new_number(),
        key=f"airport:{facts['iata']}",
        name=_full_name(facts),
        kind=PlaceKind.FACILITY,
        source=SOURCE,
        point=point,
        country=facts["country"] if country else None,
        admin1=town.admin1 if town else None,
        parent=parent or None,
        precision=GeoPrecision.NEAR,
        radius_km=RADIUS_KM,
    )
    world.add(entry)
    return entry


def _full_name(facts: Mapping[str, Any]) -> str:
    """Return the name with a word that tells an airport from the town: "Siuna Airport"."""
    name = facts["name"]
    return name if _WORD.search(name) else f"{name} Airport"


def _names(facts: Mapping[str, Any]) -> Iterator[str]:
    """Yield how else an airport is called: "Heathrow Airport", "Kharkiv airport"."""
    name, city = _full_name(facts), facts["city"]
    yield name
    yield name.replace(" International ", " ")
    if not city:
        return
    yield f"{city} Airport"
    if " International " in name:
        yield f"{city} International Airport"
    rest = name.removeprefix(f"{city} ")
    if rest != name and _WORD.search(rest) and not is_venue(rest.split()[0]):
        yield rest


class _Towns:
    """The populated places from south to north, to find what area a point is in."""

    def __init__(self, world: World) -> None:
        towns = [
            (entry.point.lat, entry.point.lon, entry.number)
            for entry in world.entries.values()
            if entry.kind is PlaceKind.CITY and entry.point
        ]
        towns.sort()
        self._entries = world.entries
        self._lats, self._lons, self._numbers = np.array(towns).T

    def nearest(self, point: Point, country: str) -> Entry | None:
        """Return the nearest town in a few degrees, ``None`` where it is in another country."""
        first, last = np.searchsorted(self._lats, (point.lat - REACH_DEG, point.lat + REACH_DEG))
        if first == last:
            return None
        north = self._lats[first:last] - point.lat
        east = (self._lons[first:last] - point.lon) * math.cos(math.radians(point.lat))
        town = self._entries[int(self._numbers[first + np.argmin(north**2 + east**2)])]
        return town if town.country == country else None
