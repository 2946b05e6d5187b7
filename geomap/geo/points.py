"""Single points: distance, bearing, destination, on GeographicLib.

C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87 (2013) 43-55. It is asked without
geopy, which gives the same numbers, and imports all of its geocoders with what fetches pages.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from geomap.model import Point

#: Mean radius R1 of the ellipsoid, (2a + b) / 3 (Moritz, "Geodetic Reference System 1980").
MEAN_RADIUS_KM = 6371.0088

#: WGS 84 as it is defined (NIMA TR8350.2, third edition, table 3.1).
EQUATOR_RADIUS_KM, FLATTENING = 6378.137, 1 / 298.257223563

_COMPASS = (
    "north",
    "north-east",
    "east",
    "south-east",
    "south",
    "south-west",
    "west",
    "north-west",
)


def distance_km(a: Point, b: Point) -> float:
    """Return the length of the shortest path between two points, exact to nanometers."""
    globe = _globe()
    return float(globe.Inverse(a.lat, a.lon, b.lat, b.lon, globe.DISTANCE)["s12"])


def great_circle_km(a: Point, b: Point) -> float:
    """Return the distance on a sphere (haversine): up to 0.6 % off, and 100 times as fast."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon - a.lon) / 2
    h = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * MEAN_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


def bearing_deg(a: Point, b: Point) -> float:
    """Return the initial bearing from ``a`` to ``b``: 0 to 360, clockwise from north.

    Between equal points it is 0, between antipodes one of the shortest paths is chosen.
    """
    if a == b:
        return 0.0
    globe = _globe()
    azimuth = float(globe.Inverse(a.lat, a.lon, b.lat, b.lon, globe.AZIMUTH)["azi1"])
    return azimuth % 360


def destination(origin: Point, bearing_deg: float, distance_km: float) -> Point:
    """Return the point reached from ``origin`` along a geodesic that starts at ``bearing_deg``."""
    globe = _globe()
    ends = globe.LATITUDE | globe.LONGITUDE
    end = globe.Direct(origin.lat, origin.lon, bearing_deg, distance_km, ends)
    return Point(lon=wrap_lon(float(end["lon2"])), lat=float(end["lat2"]))


def midpoint(a: Point, b: Point) -> Point:
    """Return the point halfway along the shortest path."""
    return destination(a, bearing_deg(a, b), distance_km(a, b) / 2)


def compass(bearing_deg: float) -> str:
    """Return the nearest of the eight compass points in words: ``"north-west"``."""
    return _COMPASS[round(bearing_deg / 45) % 8]


def wrap_lon(lon: float) -> float:
    """Bring a longitude between -180 and 180."""
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180  # noqa: PLR2004 - a half turn


@cache
def _globe() -> Any:
    """Return GeographicLib's routines for WGS 84, with lengths in kilometers."""
    from geographiclib.geodesic import Geodesic  # type: ignore[import-untyped]

    return Geodesic(EQUATOR_RADIUS_KM, FLATTENING)
