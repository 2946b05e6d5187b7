"""Geometries as the page holds them: delta-coded integers, simplified to what a screen can show.

A ring or line ``[[lon, lat], …]`` becomes one flat list ``[lon, lat, dlon, dlat, …]`` in units of
:data:`UNIT_DEG`; :func:`decode` and ``basemap.js`` add the steps up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypedDict

import numpy as np
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Geometry: TypeAlias = BaseGeometry | NDArray[np.object_]
    Line = NDArray[np.float64]

_LEAST_RING = 8  # numbers: four corners, the least that closes a triangle
UNIT_DEG = 0.001  # about 100 m, a third of a pixel at the closest zoom that the basemap is good for


class EncodedShape(TypedDict):
    """``rings`` are polygons, each a list of rings, the outer one first; ``lines`` are open."""

    rings: list[list[list[int]]]
    lines: list[list[int]]


def encode(geometry: Geometry, tolerance_deg: float) -> EncodedShape:
    """Return a geometry, or an array of them, simplified; parts that vanish are left out."""
    simple = shapely.simplify(_parts(geometry), tolerance_deg, preserve_topology=False)
    parts = _parts(simple[~shapely.is_empty(simple)])
    kinds = shapely.get_type_id(parts)
    polygons = parts[kinds == shapely.GeometryType.POLYGON]
    lines = parts[
        np.isin(kinds, (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING))
    ]
    rings = shapely.get_rings(polygons)
    owners = np.repeat(np.arange(len(polygons)), shapely.get_num_interior_rings(polygons) + 1)
    return {"rings": _by_polygon(owners, _steps(rings)), "lines": _steps(lines)}


def decode(shape: EncodedShape) -> tuple[list[list[Line]], list[Line]]:
    """Return the polygons (lists of rings) and the lines of an encoded shape as (lon, lat)."""
    polygons = [[_line(ring) for ring in rings] for rings in shape["rings"]]
    return polygons, [_line(line) for line in shape["lines"]]


def _line(steps: list[int]) -> Line:
    positions: Line = np.array(steps).reshape(-1, 2).cumsum(axis=0) * UNIT_DEG
    return positions


def _parts(geometry: Geometry) -> NDArray[np.object_]:
    """Return the points, lines and polygons of a geometry, however deep they lie."""
    parts = np.atleast_1d(geometry)
    while np.any(shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT):
        parts = shapely.get_parts(parts)
    return parts


def _by_polygon(owners: NDArray[np.int_], rings: list[list[int]]) -> list[list[list[int]]]:
    """Gather rings by polygon; what shrank to less than a triangle goes, a shell with its holes."""
    gathered: dict[int, list[list[int]]] = {}
    for owner, ring in zip(owners.tolist(), rings, strict=True):
        is_area = len(ring) >= _LEAST_RING
        if owner not in gathered:
            gathered[owner] = [ring] if is_area else []
        elif gathered[owner] and is_area:
            gathered[owner].append(ring)
    return [polygon for polygon in gathered.values() if polygon]


def _steps(lines: NDArray[np.object_]) -> list[list[int]]:
    """Return each line or ring as steps in whole units, without steps of nothing."""
    coordinates, index = shapely.get_coordinates(lines, return_index=True)
    units = np.rint(coordinates / UNIT_DEG).astype(int)
    starts = np.concatenate(([True], index[1:] != index[:-1])) if len(index) else np.array([], bool)
    steps = np.diff(units, axis=0, prepend=np.zeros((1, 2), int))
    steps[starts] = units[starts]
    kept = starts | np.any(steps != 0, axis=1)
    counts = np.bincount(index[kept], minlength=len(lines))
    flat = steps[kept].ravel().tolist()
    ends = (2 * np.cumsum(counts)).tolist()
    return [flat[end - 2 * count : end] for end, count in zip(ends, counts.tolist(), strict=True)]
