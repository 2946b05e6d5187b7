"""What follows from the members of an area: its point, its population, its radius."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from geomap.model import PlaceKind, Point

if TYPE_CHECKING:
    from geomap.gazetteer.build.entry import Entry
    from geomap.gazetteer.build.world import World

DERIVED = "point derived from its places"
_AREAS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2}


def derive(world: World) -> None:
    """Fill in population (sum of the places) and, where there is none, the point of each area."""
    members = _members(world)
    for number, entry in world.entries.items():
        places = members.get(number)
        if entry.kind not in _AREAS or not places:
            continue
        entry.population = sum(place.population or 0 for place in places) or None
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


def _middle(places: list[Entry]) -> Point:
    """Return the median position: one place far off, or over the date line, does not move it."""
    points = [place.point for place in places if place.point]
    return Point(
        lon=round(median(point.lon for point in points), 5),
        lat=round(median(point.lat for point in points), 5),
    )
