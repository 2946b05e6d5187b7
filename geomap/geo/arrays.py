"""Many points at once, on pyproj: PROJ's geodesic routines are Karney's (2013)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod

    Floats = NDArray[np.float64]


@cache
def geod() -> Geod:
    """Return the geodesic of WGS 84."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def distances_km(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the distances between pairs of points; the arrays broadcast."""
    _, _, meters = geod().inv(*_broadcast(lon_a, lat_a, lon_b, lat_b))
    return np.asarray(meters) / 1000


def bearings_deg(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the initial bearings, 0 to 360, between pairs of points; the arrays broadcast."""
    azimuth, _, _ = geod().inv(*_broadcast(lon_a, lat_a, lon_b, lat_b))
    return np.asarray(azimuth) % 360


def _broadcast(*arrays: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    lon_a, lat_a, lon_b, lat_b = np.broadcast_arrays(*(np.asarray(x, float) for x in arrays))
    return lon_a, lat_a, lon_b, lat_b
