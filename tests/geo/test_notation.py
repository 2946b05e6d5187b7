"""Positions for people."""

from __future__ import annotations

import pytest

from geomap.geo.notation import decimal_degrees, dms, mgrs
from geomap.model import Point

LVIV = Point(lon=24.0297, lat=49.8397)
SANTIAGO = Point(lon=-70.6, lat=-33.4)


def test_decimal_degrees() -> None:
    assert decimal_degrees(Point(lon=23.536, lat=50.243), 3) == "50.243 N, 23.536 E"
    assert decimal_degrees(SANTIAGO, 1) == "33.4 S, 70.6 W"


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (LVIV, "49°50′23″N 24°01′47″E"),
        (SANTIAGO, "33°24′00″S 70°36′00″W"),
        (Point(lon=0.0, lat=59.99999), "60°00′00″N 0°00′00″E"),  # seconds carry over
    ],
)
def test_degrees_minutes_seconds(point: Point, words: str) -> None:
    assert dms(point) == words


def test_the_military_grid_counts_the_meters_of_utm() -> None:
    pyproj = pytest.importorskip("pyproj")
    to_utm = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:32635", always_xy=True)
    east, north = to_utm.transform(LVIV.lon, LVIV.lat)
    assert mgrs(LVIV) == f"35UKR{int(east) % 100_000:05}{int(north) % 100_000:05}"


@pytest.mark.parametrize(
    ("point", "square_m", "words"),
    [
        pytest.param(LVIV, 1000, "35UKR8625", id="a square of a kilometer"),
        pytest.param(SANTIAGO, 10_000, "19HCD50", id="south"),
        pytest.param(Point(lon=10.0, lat=89.9), 10_000, "ZAG08", id="the polar grid"),
    ],
)
def test_military_grid(point: Point, square_m: int, words: str) -> None:
    assert mgrs(point, square_m) == words
