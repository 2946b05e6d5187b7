"""Measuring between points, to borders, and all against all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap import geo
from geomap.errors import GazetteerError
from geomap.model import Measurement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.distance.borders import Borders
    from geomap.model import Point

GEODESIC = "WGS 84"

#: Enough for all processors, and little memory: the table of 20,000 places has 400 million.
_PAIRS_AT_ONCE = 1_000_000


def measure(origin: Point, target: Point) -> Measurement:
    """Measure the geodesic between two points; the points themselves are taken as exact."""
    return Measurement(
        distance_km=geo.distance_km(origin, target),
        bearing_deg=geo.bearing_deg(origin, target),
        origin=origin,
        nearest=target,
        dataset=GEODESIC,
        tolerance_km=0.0,
    )


def to_border(origin: Point, country: str, borders: Borders) -> Measurement:
    """Measure from a point to the nearest point of a country's land border (ISO alpha-2).

    ``"UA-PL"`` means the border that the two share. Raises :class:`GazetteerError` where there is
    no such border.
    """
    first, _, second = country.partition("-")
    border = borders.find(first, second or None)
    if border is None or border.is_empty:
        whose = f"{first} and {second} share none" if second else f"{first} has none"
        raise GazetteerError(f"no land border to measure to: {whose} in {borders.dataset}")
    return to_line(origin, border, borders)


def to_line(origin: Point, line: BaseGeometry, source: Borders) -> Measurement:
    """Measure from a point to the nearest point of a line, or of the edge of an area.

    ``source`` tells where the line is from and how far off it may be.
    """
    nearest, distance_km = geo.nearest_point(origin, line)
    return Measurement(
        distance_km=distance_km,
        bearing_deg=geo.bearing_deg(origin, nearest),
        origin=origin,
        nearest=nearest,
        dataset=source.dataset,
        tolerance_km=source.tolerance_km,
    )


def matrix_km(points: Sequence[Point]) -> Iterator[list[float]]:
    """Yield the distances of each point to all, a row for each."""
    import numpy as np

    from geomap.geo.arrays import distances_km

    lon = np.array([point.lon for point in points])
    lat = np.array([point.lat for point in points])
    rows = max(1, _PAIRS_AT_ONCE // max(1, len(points)))
    for start in range(0, len(points), rows):
        some = slice(start, start + rows)
        yield from distances_km(lon[some, None], lat[some, None], lon, lat).tolist()


def geojson_line(measured: Measurement, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the measured geodesic as a GeoJSON feature, bent as it runs and cut at 180 degrees."""
    from shapely.geometry import mapping

    from geomap.geo.lines import geodesic

    line = geodesic(measured.origin, measured.nearest)
    return {"type": "Feature", "properties": properties, "geometry": mapping(line)}
