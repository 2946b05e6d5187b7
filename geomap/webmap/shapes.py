"""Geometries as the page holds them: delta-coded integers, simplified to what a screen can show.

A ring or line ``[[lon, lat], …]`` becomes one flat list ``[lon, lat, dlon, dlat, …]`` in units of
:data:`UNIT_DEG`; ``basemap.js`` adds the steps up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

UNIT_DEG = 0.001  # about 100 m, a third of a pixel at the closest zoom that the basemap is good for


class EncodedShape(TypedDict):
    """``rings`` are polygons, each a list of rings, the outer one first; ``lines`` are open."""

    rings: list[list[list[int]]]
    lines: list[list[int]]


def encode(geometry: BaseGeometry, tolerance_deg: float) -> EncodedShape:
    """Return ``geometry`` simplified by ``tolerance_deg``; parts that vanish are left out."""
    simple = shapely.simplify(geometry, tolerance_deg, preserve_topology=False)
    if simple.is_empty:
        simple = geometry
    shape: EncodedShape = {"rings": [], "lines": []}
    for part in _simple_parts(simple):
        if part.geom_type == "Polygon":
            outer, *holes = (_steps(ring) for ring in (part.exterior, *part.interiors))
            if len(outer) >= 8:  # noqa: PLR2004 (four corners: the least that closes a triangle)
                shape["rings"].append([outer, *(hole for hole in holes if len(hole) >= 8)])  # noqa: PLR2004
        elif part.geom_type in {"LineString", "LinearRing"}:
            shape["lines"].append(_steps(part))
    return shape


def _simple_parts(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in shapely.get_parts(geometry):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _simple_parts(part)
        else:
            yield part


def _steps(line: BaseGeometry) -> list[int]:
    units = np.rint(shapely.get_coordinates(line) / UNIT_DEG).astype(int)
    moved = np.any(np.diff(units, axis=0) != 0, axis=1)
    kept = units[np.concatenate(([True], moved))]
    steps = np.diff(kept, axis=0, prepend=np.zeros((1, 2), int))
    flat: list[int] = steps.ravel().tolist()
    return flat
