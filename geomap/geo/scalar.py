"""A few points at once, one by one on GeographicLib: what starts at once and is then slow.

To import pyproj takes a tenth of a second, in which GeographicLib solves some thousand problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


class Scalar:
    """GeographicLib's routines for WGS 84 in the form of :class:`geomap.geo.arrays.Geodesics`."""

    def __init__(self) -> None:
        from geographiclib.geodesic import Geodesic  # type: ignore[import-untyped]

        self._ellipsoid = Geodesic.WGS84
        self._ends, self._way = Geodesic.AZIMUTH | Geodesic.DISTANCE, Geodesic.STANDARD

    def inv(
        self, lons1: Floats, lats1: Floats, lons2: Floats, lats2: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Return azimuths at both ends, the second one looking back, and meters between."""
        solve, wanted = self._ellipsoid.Inverse, self._ends
        pairs = zip(lats1, lons1, lats2, lons2, strict=True)
        found = [solve(*map(float, pair), wanted) for pair in pairs]
        return _column(found, "azi1"), _column(found, "azi2") - 180, _column(found, "s12")

    def fwd(
        self, lons: Floats, lats: Floats, az: Floats, dist: Floats
    ) -> tuple[Floats, Floats, Floats]:
        """Return where a distance in meters leads to, and the azimuth back from there."""
        solve, wanted = self._ellipsoid.Direct, self._way
        starts = zip(lats, lons, az, dist, strict=True)
        found = [solve(*map(float, start), wanted) for start in starts]
        return _column(found, "lon2"), _column(found, "lat2"), _column(found, "azi2") - 180


def _column(found: list[dict[str, float]], name: str) -> Floats:
    return np.array([one[name] for one in found])
