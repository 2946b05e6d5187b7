"""Lengths, areas, distances and buffers of geometries (lon, lat); their edges are geodesics."""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap.geo.arrays import geod
from geomap.geo.lines import LineIndex, paths
from geomap.model import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geomap.geo.arrays import Floats

#: How far a piece of a buffered line may be from the middle of its plane.
_REACH_KM = 100.0


def length_km(geometry: BaseGeometry) -> float:
    """Return the length along the lines of a geometry, or around the edges of an area."""
    return float(sum(geod().geometry_length(path) for path in paths(geometry)) / 1000)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the area of polygons, holes left out, whichever way their rings run."""
    oriented = shapely.orient_polygons(geometry) if geometry.area else geometry
    return float(abs(geod().geometry_area_perimeter(oriented)[0]) / 1e6)


def distance_between(a: BaseGeometry, b: BaseGeometry) -> tuple[Point, Point, float]:
    """Return the nearest points of two geometries and their distance in km, 0 where they meet.

    On a surface that curves outward the shortest way between two lines that do not cross begins or
    ends at a vertex, so that the vertices of each are asked for the nearest point of the other.
    """
    if shapely.intersects(a, b):
        meeting = shapely.intersection(a, b).representative_point()
        point = Point(lon=meeting.x, lat=meeting.y)
        return point, point, 0.0
    from_a, on_b, km = _nearest_vertex(a, b)
    from_b, on_a, other_km = _nearest_vertex(b, a)
    return (from_a, on_b, km) if km <= other_km else (on_a, from_b, other_km)


def _nearest_vertex(a: BaseGeometry, b: BaseGeometry) -> tuple[Point, Point, float]:
    """Return the vertex of ``a`` nearest to ``b``, the point of ``b`` there, and the distance."""
    vertices = np.concatenate([shapely.get_coordinates(path) for path in paths(a)])
    found = LineIndex(b).nearest(vertices[:, 0], vertices[:, 1])
    best = int(found.distance_km.argmin())
    lon, lat = vertices[best]
    foot = Point(lon=float(found.lon[best]), lat=float(found.lat[best]))
    return Point(lon=float(lon), lat=float(lat)), foot, float(found.distance_km[best])


def buffer(geometry: BaseGeometry, radius_km: float) -> BaseGeometry:
    """Return all within ``radius_km`` of a geometry, as a polygon in lon and lat.

    Every piece of the geometry is buffered in a plane of its own, azimuthal equidistant around its
    middle (Snyder, "Map Projections: A Working Manual", 1987, chapter 25): distances from there are
    true, and a piece reaches no farther than ``_REACH_KM`` from it, so that the edge is off by less
    than 0.1 %. A result that crosses the antimeridian is cut there; one that holds a pole raises
    ``ValueError``.
    """
    if geometry.is_empty or radius_km <= 0:
        return shapely.Polygon()
    rings = [_around(piece, radius_km) for path in paths(geometry) for piece in _pieces(path)]
    areas = [geometry] if geometry.area else []
    return _wrapped(shapely.union_all([*areas, *rings]))


def _pieces(path: BaseGeometry) -> Iterator[BaseGeometry]:
    """Cut a path into runs of vertices that a plane can hold; long edges are cut themselves."""
    coordinates = shapely.get_coordinates(path)
    if len(coordinates) == 1:
        yield path
        return
    run, run_km = [coordinates[0]], 0.0
    for start, end in pairwise(_dense(coordinates)):
        edge_km = geod().inv(*start, *end)[2] / 1000
        if run_km + edge_km > _REACH_KM and len(run) > 1:
            yield shapely.LineString(run)
            run, run_km = [start], 0.0
        run.append(end)
        run_km += edge_km
    yield shapely.LineString(run)


def _dense(coordinates: Floats) -> Iterator[Floats]:
    """Yield the vertices, with others between those that are far apart."""
    for start, end in pairwise(coordinates):
        meters = geod().inv(*start, *end)[2]
        count = math.ceil(meters / 1000 / _REACH_KM) - 1
        yield start
        for between in geod().npts(start[0], start[1], end[0], end[1], count):
            yield np.array(between)
    yield coordinates[-1]


def _around(piece: BaseGeometry, radius_km: float) -> BaseGeometry:
    """Return the buffer of a short piece; longitudes may go past 180 degrees."""
    from pyproj import Transformer

    middle = piece.interpolate(0.5, normalized=True) if piece.length else piece
    lon, lat = shapely.get_coordinates(middle)[0]
    plane = f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=WGS84 +units=km"
    flatten = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    flat = shapely.transform(piece, lambda xy: np.column_stack(flatten.transform(*xy.T)))
    round_ = shapely.buffer(flat, radius_km, quad_segs=32)
    if round_.distance(shapely.Point(flatten.transform(0, math.copysign(90, lat)))) == 0:
        raise ValueError("a buffer around a pole is no polygon in lon and lat")

    def unflatten(xy: Floats) -> Floats:
        x, y = flatten.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        return np.column_stack((lon + (np.asarray(x) - lon + 180) % 360 - 180, y))

    return shapely.transform(round_, unflatten)


def _wrapped(area: BaseGeometry) -> BaseGeometry:
    """Cut at 180 degrees what reaches beyond, and bring it back to the other side."""
    world = shapely.box(-180, -90, 180, 90)
    beyond = [
        shapely.transform(area & shapely.box(west, -90, west + 360, 90), partial(_shifted, -side))
        for west, side in ((-540, -360), (180, 360))
    ]
    return shapely.union_all([area & world, *beyond])


def _shifted(east_deg: float, lonlats: Floats) -> Floats:
    return np.asarray(np.add(lonlats, (east_deg, 0.0)))
