"""The true nearest point of a line, for many points at once.

Geometries are shapely's, lon and lat in degrees; their edges are taken as geodesics.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.geo.arrays import geod, in_threads
from geomap.geo.points import EQUATOR_RADIUS_KM, FLATTENING, MEAN_RADIUS_KM
from geomap.geo.scalar import Scalar

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.geo.arrays import Geodesics
    from geomap.model import Point

    Floats = NDArray[np.float64]
    Indices = NDArray[np.intp]

#: Edges are cut into pieces no longer than this, so that a chord stays within 8 m of its geodesic.
_PIECE_KM = 20.0
_CHUNK = 32  # pieces that share one bounding sphere
_BLOCK = 1024  # points that are searched together: bounds the memory
#: Radii of curvature of the ellipsoid lie within 0.56 % of the mean radius, so of two points the
#: one that looks nearer on the sphere may be farther by this factor.
_SPHERE_SLACK = 1.0115
_CHORD_SLACK_KM = 0.02
#: How much nearer than its approximate foot a piece may come.
_FOOT_SLACK, _FOOT_SLACK_KM = 1.0002, 0.2
_STEPS = 5  # each leaves under 1 % of the error before it, which starts under 20 km
_FEW = 300  # pieces: to search so many one by one takes as long as to import pyproj
_LEAST_RADIUS_KM = 6300.0  # below that of any curve on the ellipsoid
_ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)


@dataclass(frozen=True, slots=True)
class Nearest:
    """Nearest points on a line, one for each point asked for."""

    lon: Floats
    lat: Floats
    distance_km: Floats


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Geodesic pieces: where they start, in which direction, and their ends in space (km)."""

    lon: Floats
    lat: Floats
    azimuth: Floats
    length_km: Floats
    start: Floats
    end: Floats


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Points and pieces that may be nearest to them, and how far along the piece."""

    point: Indices
    piece: Indices
    along_km: Floats

    def keep(self, mask: NDArray[np.bool_]) -> _Pairs:
        return _Pairs(self.point[mask], self.piece[mask], self.along_km[mask])


class LineIndex:
    """The lines or edges of a geometry, ready to be asked for nearest points.

    The search is exact: bounding spheres around runs of pieces, then chords in space, then the
    geodesic itself drop only what cannot be nearest. The last step walks along each remaining piece
    to the foot of the perpendicular, a right spherical triangle at a time, as in Baselga and
    Martínez-Llario, "Intersection and point-to-line solutions for geodesics on the ellipsoid",
    Studia Geophysica et Geodaetica 62 (2018) 353-363.
    """

    def __init__(self, geometry: BaseGeometry, *, near: Point | None = None) -> None:
        """Cut the geometry into pieces; one that is empty raises ``ValueError``.

        What is to be asked for one point, ``near``, is made ready for that alone.
        """
        start, end = _edges(geometry)
        if not len(start):
            raise ValueError("an empty geometry has no nearest point")
        pieces = float("inf")
        if near is not None:
            start, end, pieces = _rivals(near, start, end)
        self._geod: Geodesics = Scalar() if pieces <= _FEW else geod()
        self._pieces = _cut(start, end, self._geod)
        self._centers, self._radii = _spheres(self._pieces)

    def nearest(self, lon: ArrayLike, lat: ArrayLike) -> Nearest:
        """Return the nearest points of the lines to the points given, in their order."""
        lons, lats = np.atleast_1d(np.asarray(lon, float)), np.atleast_1d(np.asarray(lat, float))
        blocks = [slice(at, at + _BLOCK) for at in range(0, len(lons), _BLOCK)]
        found = in_threads(lambda block: self._nearest(lons[block], lats[block]), blocks)
        columns = np.concatenate(found, axis=1) if found else np.empty((3, 0))
        return Nearest(lon=columns[0], lat=columns[1], distance_km=columns[2])

    def _nearest(self, lon: Floats, lat: Floats) -> Floats:
        points = _to_space(lon, lat)
        pairs = self._within_chords(points, self._within_spheres(points))
        pairs = self._within_geodesics(lon, lat, pairs)
        feet = self._feet(lon[pairs.point], lat[pairs.point], pairs)
        order = np.lexsort((feet[2], pairs.point))
        first = np.unique(pairs.point[order], return_index=True)[1]
        return np.asarray(feet[:, order[first]])

    def _within_spheres(self, points: Floats) -> _Pairs:
        """Pair each point with the pieces whose bounding sphere may hold the nearest."""
        gap = np.linalg.norm(points[:, None, :] - self._centers[None, :, :], axis=2)
        reach = _loosen((gap + self._radii).min(axis=1))
        point, chunk = np.nonzero(gap - self._radii <= reach[:, None])
        piece = (chunk[:, None] * _CHUNK + np.arange(_CHUNK)).ravel()
        pairs = _Pairs(np.repeat(point, _CHUNK), piece, np.zeros(len(piece)))
        return pairs.keep(piece < len(self._pieces.lon))

    def _within_chords(self, points: Floats, pairs: _Pairs) -> _Pairs:
        """Drop the pieces whose chord is too far; tell how far along the others the foot is."""
        ends = self._pieces.start[pairs.piece], self._pieces.end[pairs.piece]
        share, gap = _to_chords(points[pairs.point], *ends)
        along_km = share * self._pieces.length_km[pairs.piece]
        near = gap <= _loosen(_least(gap, pairs.point, len(points)))[pairs.point]
        return _Pairs(pairs.point, pairs.piece, along_km).keep(near)

    def _within_geodesics(self, lon: Floats, lat: Floats, pairs: _Pairs) -> _Pairs:
        """Keep the pieces whose approximate foot is about as near as the nearest one's."""
        foot_lon, foot_lat, _ = self._walk(pairs.piece, pairs.along_km)
        ends = lon[pairs.point], lat[pairs.point]
        gap = np.asarray(self._geod.inv(foot_lon, foot_lat, *ends)[2]) / 1000
        least = _least(gap, pairs.point, len(lon))[pairs.point]
        return pairs.keep(gap <= least * _FOOT_SLACK + _FOOT_SLACK_KM)

    def _walk(self, piece: Indices, along_km: Floats) -> tuple[Floats, Floats, Floats]:
        """Return position and azimuth at a distance along each piece."""
        p = self._pieces
        azimuth, meters = p.azimuth[piece], along_km * 1000
        lon, lat, back = self._geod.fwd(p.lon[piece], p.lat[piece], azimuth, meters)
        return np.asarray(lon), np.asarray(lat), np.asarray(back) + 180

    def _feet(self, lon: Floats, lat: Floats, pairs: _Pairs) -> Floats:
        """Return lon, lat and distance of the nearest point of each piece."""
        best = np.full((3, len(lon)), np.inf)
        along_km, length_km = pairs.along_km, self._pieces.length_km[pairs.piece]
        for _ in range(_STEPS):
            foot_lon, foot_lat, azimuth = self._walk(pairs.piece, along_km)
            toward, _, meters = self._geod.inv(foot_lon, foot_lat, lon, lat)
            gap = np.asarray(meters) / 1000
            better = gap < best[2]
            best[:, better] = np.stack((foot_lon, foot_lat, gap))[:, better]
            arc, turn = gap / MEAN_RADIUS_KM, np.radians(toward - azimuth)
            step_km = MEAN_RADIUS_KM * np.arctan2(np.sin(arc) * np.cos(turn), np.cos(arc))
            along_km = np.clip(along_km + step_km, 0, length_km)
        return best


def _least(gap_km: Floats, point: Indices, n: int) -> Floats:
    """Return the least gap of each of ``n`` points."""
    least = np.full(n, np.inf)
    np.minimum.at(least, point, gap_km)
    return least


def _loosen(chord_km: Floats) -> Floats:
    """Return how long a chord may be and still belong to the shortest geodesic."""
    diameter = 2 * MEAN_RADIUS_KM
    arc = diameter * np.arcsin(np.clip(chord_km / diameter, 0, 1)) * _SPHERE_SLACK
    turned = np.clip(arc / diameter, 0, np.pi / 2)
    # Past the mean sphere's far side nothing can be dropped.
    looser = np.where(turned >= np.pi / 2, np.inf, diameter * np.sin(turned))
    return np.asarray(looser + _CHORD_SLACK_KM)


def _to_space(lon: Floats, lat: Floats) -> Floats:
    """Return earth-centered, earth-fixed coordinates in km, one row a point."""
    phi, lam = np.radians(lat), np.radians(lon)
    normal = EQUATOR_RADIUS_KM / np.sqrt(1 - _ECCENTRICITY_2 * np.sin(phi) ** 2)
    x, y = normal * np.cos(phi) * np.cos(lam), normal * np.cos(phi) * np.sin(lam)
    return np.stack((x, y, normal * (1 - _ECCENTRICITY_2) * np.sin(phi)), axis=1)


def _to_chords(points: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Return how far along each chord, from 0 to 1, its point is nearest, and that distance (km).

    Positions are in space; ``points`` may be a single one for all chords.
    """
    along = end - start
    square = np.einsum("ij,ij->i", along, along)
    share = np.einsum("ij,ij->i", points - start, along) / np.where(square > 0, square, 1)
    share.clip(0, 1, out=share)
    return share, np.linalg.norm(start + share[:, None] * along - points, axis=1)


def _rivals(point: Point, start: Floats, end: Floats) -> tuple[Floats, Floats, float]:
    """Return starts and ends (lon, lat) of the edges that may be nearest, and a count of pieces.

    A geodesic strays from its chord, ``c`` long, by less than ``c**2 / 4r``: twice the height of a
    small arc over it, and more than the radius for half a turn.
    """
    ends = _to_space(*start.T), _to_space(*end.T)
    _, gap = _to_chords(_to_space(np.array([point.lon]), np.array([point.lat])), *ends)
    chord = np.linalg.norm(ends[1] - ends[0], axis=1)
    stray = np.square(chord) / (4 * _LEAST_RADIUS_KM)
    kept = gap - stray <= _loosen((gap + stray).min())
    return start[kept], end[kept], float((chord[kept] / _PIECE_KM + 1).sum())


def _cut(start: Floats, end: Floats, geodesics: Geodesics) -> _Pieces:
    """Cut edges (lon, lat) into pieces of at most ``_PIECE_KM``."""
    azimuth, _, meters = geodesics.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    count = np.maximum(1, np.ceil(np.asarray(meters) / 1000 / _PIECE_KM)).astype(int)
    edge = np.repeat(np.arange(len(count)), count)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    length_m = (np.asarray(meters) / count)[edge]
    lon, lat, back = geodesics.fwd(
        start[edge, 0], start[edge, 1], np.asarray(azimuth)[edge], step * length_m
    )
    onward = np.asarray(back) + 180
    end_lon, end_lat, _ = geodesics.fwd(lon, lat, onward, length_m)
    return _Pieces(
        lon=np.asarray(lon),
        lat=np.asarray(lat),
        azimuth=onward,
        length_km=length_m / 1000,
        start=_to_space(lon, lat),
        end=_to_space(end_lon, end_lat),
    )


def _edges(geometry: BaseGeometry) -> tuple[Floats, Floats]:
    """Return starts and ends (lon, lat) of all edges; a point is an edge from itself to itself."""
    starts, ends = [np.empty((0, 2))], [np.empty((0, 2))]
    for path in paths(geometry):
        coordinates = shapely.get_coordinates(path)
        starts.append(coordinates[:-1] if len(coordinates) > 1 else coordinates)
        ends.append(coordinates[1:] if len(coordinates) > 1 else coordinates)
    return np.concatenate(starts), np.concatenate(ends)


def paths(geometry: BaseGeometry) -> list[Any]:
    """Return the points, lines and rings that a geometry is made of; holes are rings too."""
    if hasattr(geometry, "geoms"):
        return [path for part in geometry.geoms for path in paths(part)]
    if geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return list(shapely.get_rings(geometry))
    return [geometry]


def _spheres(pieces: _Pieces) -> tuple[Floats, Floats]:
    """Return centers and radii (km) of spheres around each run of ``_CHUNK`` pieces."""
    n = len(pieces.lon)
    first = np.arange(0, n, _CHUNK)
    size = np.minimum(_CHUNK, n - first)
    middle = (pieces.start + pieces.end) / 2
    centers = np.add.reduceat(middle, first, axis=0) / size[:, None]
    own = np.repeat(centers, size, axis=0)
    reach = np.maximum(
        np.linalg.norm(pieces.start - own, axis=1), np.linalg.norm(pieces.end - own, axis=1)
    )
    return centers, np.maximum.reduceat(reach, first)


def geodesic(a: Point, b: Point, step_km: float = 50.0) -> BaseGeometry:
    """Return the shortest path as a line with a vertex every ``step_km``, 7 decimals.

    Where it crosses the antimeridian it is cut in two, as RFC 7946 (section 3.1.9) asks.
    """
    azimuth, _, meters = geod().inv(a.lon, a.lat, b.lon, b.lat)
    count = max(1, math.ceil(meters / 1000 / step_km))
    along = np.linspace(0, meters, count + 1)
    same = np.ones(count + 1)
    lon, lat, _ = geod().fwd(same * a.lon, same * a.lat, same * azimuth, along)
    return _cut_at_antimeridian(np.round(np.stack((lon, lat), axis=1), 7))


def _cut_at_antimeridian(path: Floats) -> BaseGeometry:
    """Cut a path where its longitude jumps, at the latitude of the straight line between."""
    jumps = np.nonzero(np.abs(np.diff(path[:, 0])) > 180)[0]  # noqa: PLR2004 - half a turn
    if not len(jumps):
        return shapely.LineString(path)
    before, after = path[jumps[0]], path[jumps[0] + 1]
    side = math.copysign(180.0, before[0])
    share = (side - before[0]) / (after[0] + 2 * side - before[0])
    lat = round(float(before[1] + share * (after[1] - before[1])), 7)
    west = np.concatenate((path[: jumps[0] + 1], [[side, lat]]))
    east = np.concatenate(([[-side, lat]], path[jumps[0] + 1 :]))
    return shapely.MultiLineString([west, east])
