"""Where an event is drawn: a point, an area or a line, never sharper than it is known.

Areas and lines are thinned to what their data can bear: Natural Earth's 10m lines are good to 1-3
km, and a vertex every few hundred meters would only make files larger.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geomap.features.pieces import remembered
from geomap.model import Location, Point, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.features.pieces import Pieces
    from geomap.gazetteer import Gazetteer


#: About 2 km of latitude, what Natural Earth's 10m lines are good to …
_TOLERANCE_DEG = 0.02
#: … or this share of what is smaller, or little would be left of a city state.
_TOLERANCE_SHARE = 0.002
#: A point so near the line is taken to be meant to lie on it (degrees).
_ON_LINE_DEG = 0.05


#: What an outline hangs on: how it is drawn, id and country of its place, ids of further ones.
OutlineKey = tuple[str, ...]


def outline_key(location: Location) -> OutlineKey:
    """Return what the outline of a location hangs on."""
    place = location.place
    return (location.shape.value, place.id, place.country or "", *location.anchors)


class Drawing:
    """Draws locations, each outline once; ``pieces`` may remember outlines from former builds."""

    def __init__(self, gazetteer: Gazetteer, pieces: Pieces | None = None) -> None:
        self._gazetteer = gazetteer
        self._pieces = pieces
        self._drawn: dict[OutlineKey, BaseGeometry | None] = {}

    def draw(self, location: Location) -> tuple[BaseGeometry | None, Point | None]:
        """Return the geometry (lon, lat) and the point that the mark stands on."""
        if location.shape is not Shape.POINT:
            geometry = self.outline(outline_key(location))
            if geometry is not None:
                return geometry, _mark(geometry, location.point)
        if location.point is None:
            return None, None
        return shapely.Point(location.point.lon, location.point.lat), location.point

    def outline(self, key: OutlineKey) -> BaseGeometry | None:
        """Return the area or line of that key, ``None`` where the gazetteer has none."""
        if key not in self._drawn:
            drawn = remembered(
                self._pieces, "outline", "\0".join(key).encode(), lambda: self._wkb(self._look(key))
            )
            self._drawn[key] = shapely.from_wkb(drawn) if drawn else None
        return self._drawn[key]

    def _wkb(self, found: BaseGeometry | None) -> bytes:
        if found is None or found.is_empty:
            return b""
        encoded: bytes = shapely.to_wkb(_thin(found))
        return encoded

    def _look(self, key: OutlineKey) -> BaseGeometry | None:
        shape, place_id, country, *anchors = key
        if shape == Shape.LINE.value:
            return self._line(place_id, country, anchors)
        return self._gazetteer.geometry(place_id)

    def _line(self, place_id: str, country: str, anchors: Sequence[str]) -> BaseGeometry | None:
        """Return a border where the place is told with a second country, else its own line."""
        if anchors and country:
            other = self._gazetteer.place(anchors[0]).country
            if other and other != country:
                return self._gazetteer.border(country, other)
        own = self._gazetteer.geometry(place_id)
        if own is not None and not own.area:
            return own
        return self._gazetteer.border(country) if country else None


def _thin(geometry: BaseGeometry) -> BaseGeometry:
    west, south, east, north = geometry.bounds
    extent = max(min(east - west, north - south), _TOLERANCE_SHARE)
    tolerance = min(_TOLERANCE_DEG, _TOLERANCE_SHARE * extent)
    thinned = shapely.simplify(geometry, tolerance, preserve_topology=True)
    if geometry.area:
        thinned = shapely.make_valid(thinned, method="structure")
    parts = shapely.get_parts(geometry if thinned.is_empty else thinned)
    return parts[0] if len(parts) == 1 else _multi(parts)


def _multi(parts: Any) -> BaseGeometry:
    """Return parts of one kind as one geometry; thinning may leave lines beside areas."""
    dimensions = shapely.get_dimensions(parts)
    kept = parts[dimensions == dimensions.max()]
    make = shapely.multipolygons if dimensions.max() > 1 else shapely.multilinestrings
    return make(kept)


def _mark(geometry: BaseGeometry, point: Point | None) -> Point:
    """Return the location's own point if it lies on the geometry, else one that does."""
    if point is not None and geometry.distance(shapely.Point(point.lon, point.lat)) < _ON_LINE_DEG:
        return point
    inner = geometry.representative_point() if geometry.area else _middle(geometry)
    return Point(lon=inner.x, lat=inner.y)


def _middle(line: BaseGeometry) -> Any:
    """Return the point halfway along the longest part of a line."""
    merged = shapely.line_merge(line)
    parts = shapely.get_parts(merged)
    longest = parts[shapely.length(parts).argmax()]
    return longest.interpolate(0.5, normalized=True)
