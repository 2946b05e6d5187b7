"""Distances between geometries, and buffers."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geomap import geo
from geomap.geo import areas, arrays, lines
from geomap.model import Point


def test_areas_apart_are_as_far_as_their_nearest_points() -> None:
    a, b = shapely.box(20, 48, 22, 50), shapely.box(24, 48.5, 26, 49.5)
    start, end, km = areas.distance_between(a, b)
    assert km == pytest.approx(geo.distance_km(start, end), abs=1e-9)
    assert km == pytest.approx(
        geo.distance_km(Point(lon=22, lat=49.5), Point(lon=24, lat=49.5)), abs=0.1
    )
    assert areas.distance_between(b, a)[2] == pytest.approx(km, abs=1e-9)


def test_areas_that_meet_have_no_distance() -> None:
    start, end, km = areas.distance_between(shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3))
    assert (start, km) == (end, 0)


def test_distance_across_the_antimeridian() -> None:
    a, b = shapely.LineString([(179, 0), (179.5, 1)]), shapely.LineString([(-179, 0), (-179.5, 1)])
    assert areas.distance_between(a, b)[2] == pytest.approx(111.3, abs=0.1)


@pytest.mark.parametrize(
    ("geometry", "radius_km"),
    [
        pytest.param(shapely.Point(24, 50), 5, id="point"),
        pytest.param(shapely.Point(24, 50), 300, id="far around a point"),
        pytest.param(shapely.LineString([(20, 50), (30, 51), (31, 45)]), 50, id="long line"),
        pytest.param(shapely.box(20, 65, 24, 70), 30, id="area in the north"),
        pytest.param(shapely.Point(179.9, -17), 100, id="across the antimeridian"),
    ],
)
def test_the_edge_of_a_buffer_is_as_far_as_asked(
    geometry: shapely.Geometry, radius_km: float
) -> None:
    grown = areas.buffer(geometry, radius_km)
    assert grown.is_valid
    west, _, east, _ = grown.bounds
    assert -180 <= west <= east <= 180
    edge = np.concatenate([shapely.get_coordinates(path) for path in lines.paths(grown)])
    edge = edge[np.abs(edge[:, 0]) < 179.999]  # the cut along the antimeridian is no edge
    km = lines.LineIndex(geometry).nearest(edge[:, 0], edge[:, 1]).distance_km
    assert km == pytest.approx(radius_km, rel=3e-3)


def test_a_buffer_holds_what_is_near_and_nothing_else() -> None:
    rng = np.random.default_rng(0)
    line = shapely.LineString([(20, 50), (22, 51)])
    lon, lat = rng.uniform(18, 24, 300), rng.uniform(48, 53, 300)
    near = lines.LineIndex(line).nearest(lon, lat).distance_km
    inside = shapely.contains_xy(areas.buffer(line, 80), lon, lat)
    clear = np.abs(near - 80) > 0.3
    assert (inside == (near < 80))[clear].all()


def test_a_circle_has_the_area_of_a_cap() -> None:
    cap_km2 = areas.area_km2(areas.buffer(shapely.Point(24, 50), 100))
    assert cap_km2 == pytest.approx(np.pi * 100**2, rel=2e-3)
    assert arrays.distances_km(24, 50, 24, 51) > 100


def test_what_has_no_buffer() -> None:
    assert areas.buffer(shapely.Point(), 5).is_empty
    assert areas.buffer(shapely.Point(0, 0), 0).is_empty
    with pytest.raises(ValueError, match="pole"):
        areas.buffer(shapely.Point(0, 89.9), 100)
