"""Many points at once, on pyproj: PROJ's geodesic routines are Karney's (2013).

Nearly all the time goes into those routines, 1 to 1.5 µs a pair, and pyproj gives up the
interpreter's lock meanwhile: long arrays are worked on by a thread for each processor. Every pair
is measured by itself, so the result is the same however many there are.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod

    Floats = NDArray[np.float64]

T = TypeVar("T")
R = TypeVar("R")

#: A thread takes this many pairs at a time, some 20 ms: less is not worth starting one.
_PAIRS_A_THREAD = 20_000


class Geodesics(Protocol):
    """The two problems of geodesics for arrays, as ``pyproj.Geod`` solves them."""

    def inv(self, lons1: Any, lats1: Any, lons2: Any, lats2: Any) -> tuple[Any, Any, Any]:
        """Return azimuths at both ends, the second one looking back, and meters between."""

    def fwd(self, lons: Any, lats: Any, az: Any, dist: Any) -> tuple[Any, Any, Any]:
        """Return where a distance in meters leads to, and the azimuth back from there."""


@cache
def geod() -> Geod:
    """Return the geodesic of WGS 84."""
    from pyproj import Geod

    return Geod(ellps="WGS84")


def distances_km(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the distances between pairs of points; the arrays broadcast."""
    return _inverse(lon_a, lat_a, lon_b, lat_b)[1] / 1000


def bearings_deg(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return the initial bearings, 0 to 360, between pairs of points; the arrays broadcast."""
    return _inverse(lon_a, lat_a, lon_b, lat_b)[0] % 360


def in_threads(work: Callable[[T], R], tasks: Sequence[T]) -> list[R]:
    """Return what ``work`` makes of each task, in order; as many at once as there are processors.

    Worth it only for work that gives up the interpreter's lock.
    """
    threads = min(len(tasks), os.cpu_count() or 1)
    if threads <= 1:
        return [work(task) for task in tasks]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, tasks))


def _inverse(*ends: ArrayLike) -> tuple[Floats, Floats]:
    """Return initial azimuths in degrees and distances in meters, in the shape of the arrays."""
    arrays = np.broadcast_arrays(*(np.asarray(end, float) for end in ends))
    flat = [array.ravel() for array in arrays]
    size, shape = arrays[0].size, arrays[0].shape
    azimuth, meters = np.empty(size), np.empty(size)

    def measure(pairs: slice) -> None:
        lon_a, lat_a, lon_b, lat_b = (end[pairs] for end in flat)
        found = geod().inv(lon_a, lat_a, lon_b, lat_b, return_back_azimuth=False)
        azimuth[pairs], meters[pairs] = found[0], found[2]

    in_threads(measure, [slice(at, at + _PAIRS_A_THREAD) for at in range(0, size, _PAIRS_A_THREAD)])
    return azimuth.reshape(shape), meters.reshape(shape)
