"""Great-circle distances by the array, for ranking; single pairs are in :mod:`geomap.geo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.geo import MEAN_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Point

Array = NDArray[np.float64]


def unit_vectors(points: Sequence[Point | None]) -> Array:
    """Turn points into rows of unit vectors (x, y, z); no point gives a row of NaN."""
    degrees = np.array([(p.lon, p.lat) if p else (np.nan, np.nan) for p in points]).reshape(-1, 2)
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def pairwise_km(rows: Array, columns: Array) -> Array:
    """Return the distance in km from every unit vector of ``rows`` to every one of ``columns``."""
    chord = np.clip(2 - 2 * (rows @ columns.T), 0.0, 4.0)
    distances: Array = 2 * MEAN_RADIUS_KM * np.arcsin(np.sqrt(chord) / 2)
    return distances
