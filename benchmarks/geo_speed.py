"""How fast distances are: pairs a second, and points to a country's border.

Run: ``python benchmarks/geo_speed.py``. The border is drawn at random with as many vertices as a
large country's has at 1:10m, so that the figures need no data.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geomap import geo
from geomap.geo.arrays import distances_km
from geomap.geo.lines import LineIndex
from geomap.model import Point

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 1_000_000
SINGLES = 10_000
POINTS = 10_000
VERTICES = 8_000


def seconds(work: Callable[[], object]) -> float:
    """Return the time of the best of three runs: long arrays are worked on by several threads."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the figures."""
    rng = np.random.default_rng(0)
    lon, lat = rng.uniform(-180, 180, (2, PAIRS)), rng.uniform(-90, 90, (2, PAIRS))
    took = seconds(lambda: distances_km(lon[0], lat[0], lon[1], lat[1]))
    print(f"{PAIRS / took:12,.0f} pairs a second, vectorized")

    ends = [Point(lon=float(x), lat=float(y)) for x, y in zip(lon[0], lat[0], strict=True)]
    singles = list(zip(ends[:SINGLES], ends[SINGLES:], strict=False))
    took = seconds(lambda: [geo.distance_km(a, b) for a, b in singles])
    print(f"{SINGLES / took:12,.0f} pairs a second, one by one")
    took = seconds(lambda: [geo.great_circle_km(a, b) for a, b in singles])
    print(f"{SINGLES / took:12,.0f} pairs a second, one by one on the sphere")

    turn = np.linspace(0, 2 * np.pi, VERTICES)
    wobble = 1 + np.cumsum(rng.normal(0, 0.002, VERTICES))
    border = shapely.LinearRing(
        np.stack((31 + 8 * np.cos(turn) * wobble, 49 + 4 * np.sin(turn) * wobble), axis=1)
    )
    points = rng.uniform(22, 40, POINTS), rng.uniform(44, 53, POINTS)
    took = seconds(lambda: LineIndex(border).nearest(*points))
    print(f"{took:12.2f} s for {POINTS:,} points to a border of {VERTICES:,} vertices")


if __name__ == "__main__":
    main()
