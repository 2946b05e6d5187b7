"""Geometries as compact bytes: coordinates in 1e-5 degrees (1 m), each as the step from the last.

Layout, little endian: type (1 byte: 1 lines, 2 polygons), number of parts, then for each part the
number of rings and the number of points of each (int32 all), then all longitudes and then all
latitudes as int32 steps. A polygon's first ring is its shell; a line is a part with one ring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Keep = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.bool_]]

SCALE = 100_000
_LINES, _POLYGONS = 1, 2
_INT = np.dtype("<i4")
_NO_SIZES = np.empty(0, np.int64)


def encode(geometry: Any) -> bytes:
    """Return the bytes of a (multi)polygon or (multi)line; other geometries are a ``TypeError``."""
    kind = _kind(geometry)
    parts = list(_parts(geometry, kind))
    counts = [len(parts)]
    for part in parts:
        counts += [len(part), *(len(ring) for ring in part)]
    rings = [ring for part in parts for ring in part]
    flat = np.concatenate(rings) if rings else np.empty((0, 2), np.int64)
    whole = np.round(flat * SCALE).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return bytes([kind]) + np.array(counts, _INT).tobytes() + steps.T.astype(_INT).tobytes()


@noun
class Rings:
    """The rings of polygons, or lines, of several geometries, one after another.

    ``points`` has a row of longitude and latitude for each vertex, in whole 1e-5 degrees,
    ``ring_sizes`` the vertices of each ring, and ``part_sizes`` the rings of each part (1 for a
    line, a polygon's shell first).
    """

    points: NDArray[np.int64]
    ring_sizes: NDArray[np.int64]
    part_sizes: NDArray[np.int64]

    def polygons(self) -> NDArray[np.object_]:
        """Return the parts as polygons."""
        owners = np.repeat(np.arange(len(self.part_sizes)), self.part_sizes)
        made: NDArray[np.object_] = shapely.polygons(
            shapely.linearrings(self.points / SCALE, indices=self._ring_of_points()),
            indices=owners,
        )
        return made

    def lines(self) -> NDArray[np.object_]:
        """Return the rings as lines."""
        made: NDArray[np.object_] = shapely.linestrings(
            self.points / SCALE, indices=self._ring_of_points()
        )
        return made

    def _ring_of_points(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.ring_sizes)), self.ring_sizes)

    def where(self, keep: Keep) -> Rings:
        """Return the parts that ``keep`` chooses by their lower and upper corners."""
        if not len(self.points):
            return self
        part_points = np.add.reduceat(self.ring_sizes, _starts(self.part_sizes))
        starts = _starts(part_points)
        lower, upper = (edge.reduceat(self.points, starts) for edge in (np.minimum, np.maximum))
        kept = keep(lower / SCALE, upper / SCALE)
        return Rings(
            points=self.points[np.repeat(kept, part_points)],
            ring_sizes=self.ring_sizes[np.repeat(kept, self.part_sizes)],
            part_sizes=self.part_sizes[kept],
        )


def decode(data: bytes) -> Any:
    """Return the MultiPolygon or MultiLineString of ``encode``; lon, lat."""
    rings = read_rings([data])
    if data[0] == _LINES:
        return shapely.multilinestrings(rings.lines())
    return shapely.multipolygons(rings.polygons())


def read_rings(geometries: Iterable[bytes], keep: Keep | None = None) -> Rings:
    """Return the rings of several encoded geometries.

    ``keep`` gets two arrays of (lon, lat), the lower and upper corners of the parts, and returns
    which parts to take: most of a country's parts are islands that nobody looks at.
    """
    read = [_read(data) for data in geometries]
    found = [rings.where(keep) for rings in read] if keep else read
    nothing = Rings(points=np.empty((0, 2), np.int64), ring_sizes=_NO_SIZES, part_sizes=_NO_SIZES)
    return Rings(
        points=np.concatenate([nothing.points, *(rings.points for rings in found)]),
        ring_sizes=np.concatenate([_NO_SIZES, *(rings.ring_sizes for rings in found)]),
        part_sizes=np.concatenate([_NO_SIZES, *(rings.part_sizes for rings in found)]),
    )


def _read(data: bytes) -> Rings:
    numbers = np.frombuffer(data, _INT, offset=1)
    part_sizes, ring_sizes, position = _sizes(numbers)
    steps = numbers[position:].astype(np.int64).reshape(2, -1)
    return Rings(points=np.cumsum(steps, axis=1).T, ring_sizes=ring_sizes, part_sizes=part_sizes)


def _sizes(numbers: NDArray[np.int32]) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return the rings of each part, the points of each ring, and where the coordinates begin."""
    position, starts = 1, []
    for _ in range(int(numbers[0])):
        starts.append(position)
        position += 1 + int(numbers[position])
    header = numbers[:position].astype(np.int64)
    is_ring = np.ones(position, dtype=bool)
    is_ring[[0, *starts]] = False
    return header[starts], header[is_ring], position


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each of a run of pieces begins."""
    return np.cumsum(sizes) - sizes


def _kind(geometry: Any) -> int:
    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return _POLYGONS
    if geometry.geom_type in {"LineString", "MultiLineString"}:
        return _LINES
    raise TypeError(f"cannot store a {geometry.geom_type}")


def _parts(geometry: Any, kind: int) -> Iterator[list[NDArray[np.float64]]]:
    for part in shapely.get_parts(geometry):
        rings = [part] if kind == _LINES else [part.exterior, *part.interiors]
        yield [shapely.get_coordinates(ring) for ring in rings]


def bounds(data: bytes) -> tuple[float, float, float, float]:
    """Return west, south, east, north."""
    west, south, east, north = decode(data).bounds
    return west, south, east, north
