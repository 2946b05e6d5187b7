"""Geometries as compact bytes: coordinates in 1e-5 degrees (1 m), each as the step from the last.

Layout, little endian: type (1 byte: 1 lines, 2 polygons), number of parts, then for each part the
number of rings and the number of points of each (int32 all), then all longitudes and then all
latitudes as int32 steps. A polygon's first ring is its shell; a line is a part with one ring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

_SCALE = 100_000
_LINES, _POLYGONS = 1, 2
_INT = np.dtype("<i4")


def encode(geometry: Any) -> bytes:
    """Return the bytes of a (multi)polygon or (multi)line; other geometries are a ``TypeError``."""
    kind = _kind(geometry)
    parts = list(_parts(geometry, kind))
    counts = [len(parts)]
    for part in parts:
        counts += [len(part), *(len(ring) for ring in part)]
    rings = [ring for part in parts for ring in part]
    flat = np.concatenate(rings) if rings else np.empty((0, 2))
    whole = np.round(flat * _SCALE).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return bytes([kind]) + np.array(counts, _INT).tobytes() + steps.T.astype(_INT).tobytes()


def decode(data: bytes, keep: Callable[[Any, Any], Any] | None = None) -> Any:
    """Return the MultiPolygon or MultiLineString of ``encode``; lon, lat.

    ``keep`` gets two arrays of (lon, lat), the lower and upper corners of the parts, and returns
    which parts to make: most of a country's parts are islands that nobody looks at.
    """
    kind, numbers = data[0], np.frombuffer(data, _INT, offset=1)
    sizes, position = _sizes(numbers)
    steps = numbers[position:].astype(np.int64).reshape(2, -1)
    points = np.cumsum(steps, axis=1).T / _SCALE
    rings = np.split(points, np.cumsum([size for part in sizes for size in part])[:-1])
    if keep is not None and len(points):
        sizes, rings = _kept(sizes, rings, keep(*_corners(sizes, points)))
    return _multi(kind, sizes, rings)


def _corners(
    sizes: list[list[int]], points: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and the upper corner of each part."""
    starts = np.cumsum([0, *(sum(part) for part in sizes[:-1])])
    return np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)


def _kept(
    sizes: list[list[int]], rings: list[NDArray[np.float64]], wanted: Iterable[bool]
) -> tuple[list[list[int]], list[NDArray[np.float64]]]:
    """Return sizes and rings of the parts that are wanted."""
    remaining = iter(rings)
    parts = [(part, [next(remaining) for _ in part]) for part in sizes]
    chosen = [part for part, want in zip(parts, wanted, strict=True) if want]
    return [part for part, _ in chosen], [ring for _, own in chosen for ring in own]


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


def _sizes(numbers: NDArray[np.int32]) -> tuple[list[list[int]], int]:
    """Return the points of each ring by part, and where the coordinates begin."""
    position, sizes = 1, []
    for _ in range(int(numbers[0])):
        last = position + 1 + int(numbers[position])
        sizes.append(numbers[position + 1 : last].tolist())
        position = last
    return sizes, position


def _multi(kind: int, sizes: Iterable[list[int]], rings: list[NDArray[np.float64]]) -> Any:
    if kind == _LINES:
        return shapely.MultiLineString(rings)
    remaining = iter(rings)
    parts = [[next(remaining) for _ in part] for part in sizes]
    return shapely.MultiPolygon([(part[0], part[1:]) for part in parts])


def bounds(data: bytes) -> tuple[float, float, float, float]:
    """Return west, south, east, north."""
    west, south, east, north = decode(data).bounds
    return west, south, east, north
