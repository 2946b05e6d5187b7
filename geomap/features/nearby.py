"""What lies around an event: town, second-level area, border, the user's own places.

Only an event that is known to a town or closer is enriched: what is near the middle of a province
says nothing about an event somewhere in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from geomap import geo
from geomap.geo.notation import dms, mgrs
from geomap.model import Place, PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.geo.lines import LineIndex

_TOWN = 15_000  # inhabitants
_LARGE = 500_000
#: So near a large city, its name says more than that of a suburb.
_SUBURBAN_KM = 15.0
_SQUARE_M = 1000
_KM_DIGITS = 1
#: How far past a border to look for the country on its other side: beyond what the lines of borders
#: and countries may differ.
_ACROSS_KM = 5.0
_HERE_KM = 0.1
#: So near a town, a point is taken to lie in the same second-level area.
_SAME_AREA_KM = 5.0


class Memory(Protocol):
    """What remembers what is around points."""

    def recall(self, point: Point, place: Place) -> dict[str, Any] | None:
        """Return the columns of a point that was told by ``place``, ``None`` where not known."""

    def keep(self, point: Point, place: Place, columns: Mapping[str, Any]) -> None:
        """Remember the columns."""


class Nearby:
    """Looks around points, each once; ``memory`` may know some from before."""

    def __init__(
        self, gazetteer: Gazetteer, pois: Sequence[Place] = (), memory: Memory | None = None
    ) -> None:
        self._gazetteer = gazetteer
        self._memory = memory
        self._pois = [poi for poi in pois if poi.point]
        self._borders: dict[str, LineIndex | None] = {}
        self._known: dict[tuple[Point, str], dict[str, Any]] = {}

    def around(self, point: Point, place: Place) -> dict[str, Any]:
        """Return the columns that tell what is around a point that was told by ``place``."""
        key = (point, place.id)
        if key not in self._known:
            self._known[key] = self._recalled(point, place)
        return self._known[key]

    def _recalled(self, point: Point, place: Place) -> dict[str, Any]:
        if self._memory is None:
            return self._look(point, place)
        columns = self._memory.recall(point, place)
        if columns is None:
            columns = self._look(point, place)
            self._memory.keep(point, place, columns)
        return columns

    def _look(self, point: Point, place: Place) -> dict[str, Any]:
        areas = self._gazetteer.containing(point)
        admin1 = next((area.name for area in areas if area.kind is PlaceKind.ADMIN1), None)
        return (
            {"admin1": admin1, "admin2": self._second_level(point, place, admin1)}
            | self._town(point)
            | self._border(point, place.country or _country(areas))
            | self._poi(point)
            | {"dms": dms(point), "mgrs": mgrs(point, _SQUARE_M)}
        )

    def _second_level(self, point: Point, place: Place, admin1: str | None) -> str | None:
        """Return the second-level area by what is known to lie in it, as no outlines are at hand.

        That is the place itself, or where the point is told relative to it the nearest town, if it
        is close and in the same first-level area.
        """
        if point == place.point and (own := self._area_above(place)):
            return own
        for town, distance_km in self._gazetteer.nearest(point, limit=1):
            if distance_km <= _SAME_AREA_KM and admin1 in {None, town.admin1}:
                return self._area_above(town)
        return None

    def _area_above(self, place: Place) -> str | None:
        areas = (place, *map(self._gazetteer.place, place.parents))
        return next((area.name for area in areas if area.kind is PlaceKind.ADMIN2), None)

    def _town(self, point: Point) -> dict[str, Any]:
        found = self._gazetteer.within(
            point, _SUBURBAN_KM, min_population=_LARGE
        ) or self._gazetteer.nearest(point, limit=1, min_population=_TOWN)
        return _leg("nearest_city", found[0][0], point) if found else {}

    def _poi(self, point: Point) -> dict[str, Any]:
        if not self._pois:
            return {}
        near = min(
            self._pois, key=lambda poi: (geo.great_circle_km(poi.point or point, point), poi.id)
        )
        return _leg("poi", near, point)

    def _border(self, point: Point, country: str | None) -> dict[str, Any]:
        index = self._index(country) if country else None
        if index is None:
            return {}
        found = index.nearest([point.lon], [point.lat])
        foot = Point(lon=float(found.lon[0]), lat=float(found.lat[0]))
        distance_km = float(found.distance_km[0])
        bearing = geo.bearing_deg(point, foot)
        beyond = geo.destination(point, bearing, distance_km + _ACROSS_KM)
        across = _country(self._gazetteer.containing(beyond))
        return {
            "border_country": across if across != country else None,
            "border_km": round(distance_km, _KM_DIGITS),
            "border_direction": geo.compass(bearing),
        }

    def _index(self, country: str) -> LineIndex | None:
        from geomap.geo.lines import LineIndex

        if country not in self._borders:
            border = self._gazetteer.border(country)
            empty = border is None or border.is_empty
            self._borders[country] = None if empty else LineIndex(border)
        return self._borders[country]


def _leg(name: str, start: Place, end: Point) -> dict[str, Any]:
    """Return name, distance and direction from a place to a point."""
    assert start.point is not None
    distance_km = geo.distance_km(start.point, end)
    here = distance_km < _HERE_KM
    direction = None if here else geo.compass(geo.bearing_deg(start.point, end))
    return {
        name: start.name,
        f"{name}_km": round(distance_km, _KM_DIGITS),
        f"{name}_direction": direction,
    }


def _country(areas: Sequence[Place]) -> str | None:
    return next((area.country for area in areas if area.kind is PlaceKind.COUNTRY), None)
