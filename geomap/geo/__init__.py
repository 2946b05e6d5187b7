"""Geodesic distance, bearing, destination and nearest point on the WGS 84 ellipsoid.

Single points are measured by GeographicLib (:mod:`geomap.geo.points`), many at once by pyproj
(:mod:`geomap.geo.arrays`), few at once without it (:mod:`geomap.geo.scalar`); all agree to a
millimeter, held by tests. Nearest points of lines
are in :mod:`geomap.geo.lines`, areas and buffers in :mod:`geomap.geo.areas`.

Nothing heavy is imported before it is needed: a command that measures one distance starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.geo.points import (
    MEAN_RADIUS_KM,
    bearing_deg,
    compass,
    destination,
    distance_km,
    great_circle_km,
    midpoint,
    wrap_lon,
)
from geomap.model import Point

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "MEAN_RADIUS_KM",
    "bearing_deg",
    "compass",
    "destination",
    "distance_km",
    "great_circle_km",
    "midpoint",
    "nearest_point",
    "wrap_lon",
]


def nearest_point(point: Point, geometry: BaseGeometry) -> tuple[Point, float]:
    """Return the nearest point of a geometry's lines or edges, and its distance in km.

    ``geometry`` is lon, lat in degrees. Its edges are geodesics, and the nearest point may lie
    between vertices. Of an area the edge is meant: inside it the distance is that to the edge.
    An empty geometry raises ``ValueError``.
    """
    from geomap.geo.lines import LineIndex

    found = LineIndex(geometry, near=point).nearest([point.lon], [point.lat])
    nearest = Point(lon=float(found.lon[0]), lat=float(found.lat[0]))
    return nearest, float(found.distance_km[0])
