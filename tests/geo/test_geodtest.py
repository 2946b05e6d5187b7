"""Against GeographicLib's published test set.

The rows are a sample of C. F. F. Karney, "Test set for geodesics" (GeodTest, Zenodo, record 32156,
CC0), computed with high-precision arithmetic: random, polar, nearly antipodal and short ones.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from geomap import geo
from geomap.geo import arrays
from geomap.geo.scalar import Scalar
from geomap.model import Point

with (Path(__file__).parent / "geodtest.csv").open(newline="") as file:
    ROWS = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
MILLIMETER_KM = 1e-6


def ends(row: dict[str, float]) -> tuple[Point, Point]:
    return Point(lon=row["lon1"], lat=row["lat1"]), Point(lon=row["lon2"], lat=row["lat2"])


@pytest.mark.parametrize("row", ROWS)
def test_single_distance_and_bearing(row: dict[str, float]) -> None:
    a, b = ends(row)
    assert geo.distance_km(a, b) == pytest.approx(row["meters"] / 1000, abs=MILLIMETER_KM)
    assert geo.bearing_deg(a, b) == pytest.approx(row["azimuth1"], abs=1e-5)


@pytest.mark.parametrize("row", ROWS)
def test_destination(row: dict[str, float]) -> None:
    a, b = ends(row)
    end = geo.destination(a, row["azimuth1"], row["meters"] / 1000)
    assert geo.distance_km(end, b) == pytest.approx(0, abs=MILLIMETER_KM)


def test_all_at_once() -> None:
    columns = [[row[name] for row in ROWS] for name in ("lon1", "lat1", "lon2", "lat2")]
    expected = [row["meters"] / 1000 for row in ROWS]
    assert arrays.distances_km(*columns) == pytest.approx(expected, abs=MILLIMETER_KM)


def test_few_at_once() -> None:
    """Without pyproj, in its form; azimuths at the far end look back in both."""
    lon_a, lat_a, azimuth, lon_b, lat_b, meters = (
        np.array([row[name] for row in ROWS])
        for name in ("lon1", "lat1", "azimuth1", "lon2", "lat2", "meters")
    )
    found = Scalar().inv(lon_a, lat_a, lon_b, lat_b)
    assert found[2] == pytest.approx(meters, abs=1e-3)
    many = arrays.geod().inv(lon_a, lat_a, lon_b, lat_b)
    assert np.cos(np.radians(found[:2])) == pytest.approx(np.cos(np.radians(many[:2])), abs=1e-7)
    few, all_ = (one.fwd(lon_a, lat_a, azimuth, meters) for one in (Scalar(), arrays.geod()))
    assert arrays.distances_km(few[0], few[1], all_[0], all_[1]) == pytest.approx(0, abs=1e-6)
    assert np.cos(np.radians(few[2] - all_[2])) == pytest.approx(1, abs=1e-9)
