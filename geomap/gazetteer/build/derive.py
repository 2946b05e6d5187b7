"""What follows from the members of an area: its point, its population, its radius."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from geomap.model import PlaceKind, Point

if TYPE_CHECKING:
    from geomap.gazetteer.build.entry import Entry
    from geomap.gazetteer.build.world import World

LARGE_CITY = 250_000
CLOSE_DEG = 0.22

DERIVED = "point derived from its places"
_AREAS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2}


def derive(world: World) -> None:
    """Fill in population (sum of the places) and, where there is none, the point of each area."""
    members = _members(world)
    for number, entry in world.entries.items():
        places = members.get(number)
        if entry.kind not in _AREAS or not places:
            continue
        entry.population = _people(places) or None
        if entry.point is None:
            entry.point = _middle(places)
            entry.source = f"{entry.source}; {DERIVED}"


def _members(world: World) -> dict[int, list[Entry]]:
    """Return the populated places of each area, by its number."""
    members: dict[int, list[Entry]] = {}
    for entry in world.entries.values():
        if entry.kind is not PlaceKind.CITY:
            continue
        for area in {entry.parent, entry.admin1} - {None}:
            members.setdefault(area or 0, []).append(entry)
    return members


def _people(places: list[Entry]) -> int:
    """Return the people of the places of an area, without quarters counted again in their city."""
    total = 0
    cities: list[Point] = []
    for place in sorted(places, key=lambda place: (-(place.population or 0), place.number)):
        people = place.population or 0
        if place.point is None or any(_is_close(place.point, city) for city in cities):
            continue
        total += people
        if people >= LARGE_CITY:
            cities.append(place.point)
    return total


def _is_close(a: Point, b: Point) -> bool:
    """Tell whether two points are within some 25 km, by degrees alone."""
    return abs(a.lat - b.lat) < CLOSE_DEG and abs(a.lon - b.lon) < CLOSE_DEG


def _middle(places: list[Entry]) -> Point:
    """Return the median position: one place far off, or over the date line, does not move it."""
    points = [place.point for place in places if place.point]
    return Point(
        lon=round(median(point.lon for point in points), 5),
        lat=round(median(point.lat for point in points), 5),
    )
