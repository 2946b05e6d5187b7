"""Lengths and areas of geometries (lon, lat); their edges are taken as geodesics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geomap.geo.arrays import geod
from geomap.geo.lines import paths

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def length_km(geometry: BaseGeometry) -> float:
    """Return the length along the lines of a geometry, or around the edges of an area."""
    return float(sum(geod().geometry_length(path) for path in paths(geometry)) / 1000)


def area_km2(geometry: BaseGeometry) -> float:
    """Return the area of polygons, holes left out, whichever way their rings run."""
    oriented = shapely.orient_polygons(geometry) if geometry.area else geometry
    return float(abs(geod().geometry_area_perimeter(oriented)[0]) / 1e6)
