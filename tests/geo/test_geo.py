"""Single points, lines and arrays on the ellipsoid."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap import geo
from geomap.geo import areas, arrays, lines
from geomap.model import Point

LVIV = Point(lon=24.0297, lat=49.8397)
KYIV = Point(lon=30.5238, lat=50.4547)

points = st.builds(
    lambda lon, lat: Point(lon=lon, lat=lat),
    st.floats(-180, 180, allow_nan=False),
    st.floats(-90, 90, allow_nan=False),
)


@settings(deadline=None)  # the machine may be busy
@given(points, points)
def test_geopy_and_pyproj_agree_to_a_millimeter(a: Point, b: Point) -> None:
    single = geo.distance_km(a, b)
    many = arrays.distances_km(a.lon, a.lat, b.lon, b.lat)
    assert float(many) == pytest.approx(single, abs=1e-6)


@settings(deadline=None)  # the machine may be busy
@given(points, points, points)
def test_distance_is_a_metric(a: Point, b: Point, c: Point) -> None:
    assert geo.distance_km(a, a) == 0
    assert geo.distance_km(a, b) == pytest.approx(geo.distance_km(b, a), abs=1e-9)
    assert geo.distance_km(a, c) <= geo.distance_km(a, b) + geo.distance_km(b, c) + 1e-9


@settings(deadline=None)  # the machine may be busy
@given(points, points)
def test_the_sphere_is_within_six_per_mille(a: Point, b: Point) -> None:
    assert geo.great_circle_km(a, b) == pytest.approx(geo.distance_km(a, b), rel=6e-3, abs=1e-6)


@settings(deadline=None)  # the machine may be busy
@given(
    st.floats(-180, 180),
    st.floats(-89, 89),
    st.floats(0, 359.9),
    st.floats(0.1, 15_000),
)
def test_destination_is_as_far_and_in_the_direction_asked(
    lon: float, lat: float, bearing: float, distance: float
) -> None:
    origin = Point(lon=lon, lat=lat)
    end = geo.destination(origin, bearing, distance)
    assert -180 <= end.lon <= 180
    assert geo.distance_km(origin, end) == pytest.approx(distance, abs=1e-6)
    turn = (geo.bearing_deg(origin, end) - bearing + 180) % 360 - 180
    assert turn == pytest.approx(0, abs=1e-4)


def test_bearing_of_a_point_to_itself_is_north() -> None:
    assert geo.bearing_deg(LVIV, LVIV) == 0


@pytest.mark.parametrize(
    ("bearing", "words"),
    [
        (0, "north"),
        (22.4, "north"),
        (22.6, "north-east"),
        (180, "south"),
        (321.8, "north-west"),
        (337.4, "north-west"),
        (359.9, "north"),
        (360, "north"),
    ],
)
def test_compass(bearing: float, words: str) -> None:
    assert geo.compass(bearing) == words


def test_midpoint_is_as_far_from_both() -> None:
    middle = geo.midpoint(LVIV, KYIV)
    assert geo.distance_km(LVIV, middle) == pytest.approx(geo.distance_km(middle, KYIV), abs=1e-9)


# --- nearest points --------------------------------------------------------------------------


def densified(line: shapely.LineString, step_m: float = 500) -> np.ndarray:
    """Return points at most ``step_m`` apart along the geodesics between the vertices."""
    coordinates = shapely.get_coordinates(line)
    dense = []
    for a, b in itertools.pairwise(coordinates):
        azimuth, _, meters = arrays.geod().inv(*a, *b)
        steps = np.linspace(0, meters, int(meters / step_m) + 2)
        n = len(steps)
        lon, lat, _ = arrays.geod().fwd(
            np.full(n, a[0]), np.full(n, a[1]), np.full(n, azimuth), steps
        )
        dense.append(np.stack((lon, lat), axis=1))
    return np.concatenate(dense)


LINES = [
    pytest.param([(24, 49), (23.5, 50.2), (24.1, 50.9), (23.6, 51.5)], id="a border"),
    pytest.param([(-123, 49), (-95, 49), (-60, 45)], id="long edges bend poleward"),
    pytest.param([(179, 10), (-179, 12), (-178, -5), (178, -3)], id="across the antimeridian"),
    pytest.param([(0, 89), (90, 89), (180, 88), (-90, 85)], id="around the pole"),
]


@pytest.mark.parametrize("vertices", LINES)
def test_nearest_point_is_within_a_meter_of_a_densified_line(
    vertices: list[tuple[float, float]],
) -> None:
    line = shapely.LineString(vertices)
    rng = np.random.default_rng(0)
    lon = rng.uniform(-180, 180, 60)
    lat = rng.uniform(-80, 89, 60)
    found = lines.LineIndex(line).nearest(lon, lat)
    reference = densified(line)
    for x, y, km in zip(lon, lat, found.distance_km, strict=True):
        least = arrays.distances_km(x, y, reference[:, 0], reference[:, 1]).min()
        # A grid 500 m apart misses the foot by 250 m: over 100 km that is 0.3 m.
        assert km <= least + 1e-9
        assert km == pytest.approx(least, abs=1e-3 if least > 50 else 0.26)


def test_the_foot_lies_on_the_line_and_at_the_distance_told() -> None:
    line = shapely.LineString([(23, 50), (24, 52)])
    foot, km = geo.nearest_point(LVIV, line)
    assert geo.distance_km(LVIV, foot) == pytest.approx(km, abs=1e-9)
    ends = geo.distance_km(Point(lon=23, lat=50), foot) + geo.distance_km(
        foot, Point(lon=24, lat=52)
    )
    whole = geo.distance_km(Point(lon=23, lat=50), Point(lon=24, lat=52))
    assert ends == pytest.approx(whole, abs=1e-6)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=9), points
)
def test_a_single_point_finds_what_many_find(
    vertices: list[tuple[float, float]], point: Point
) -> None:
    """Edges of any length, through poles and half around the world too."""
    line = shapely.LineString(vertices)
    _, km = geo.nearest_point(point, line)
    among_many = lines.LineIndex(line).nearest([point.lon], [point.lat])
    assert km == pytest.approx(float(among_many.distance_km[0]), abs=1e-6)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.tuples(st.floats(20, 40), st.floats(40, 60)), min_size=2, max_size=40), points)
def test_no_vertex_is_nearer_than_the_nearest_point(
    vertices: list[tuple[float, float]], point: Point
) -> None:
    _, km = geo.nearest_point(point, shapely.LineString(vertices))
    at_vertices = arrays.distances_km(point.lon, point.lat, *np.array(vertices).T)
    assert km <= at_vertices.min() + 1e-9


def test_inside_an_area_the_edge_is_meant_and_a_hole_has_edges() -> None:
    area = shapely.box(20, 40, 30, 50) - shapely.box(24, 44, 26, 46)
    foot, km = geo.nearest_point(Point(lon=25, lat=45.9), area)
    assert foot.lat == pytest.approx(46, abs=0.01)
    assert km == pytest.approx(11.6, abs=0.1)  # the edge along 46 N bends poleward by 500 m


def test_points_count_as_lines_without_length() -> None:
    foot, km = geo.nearest_point(LVIV, shapely.MultiPoint([(30.5238, 50.4547), (0, 0)]))
    assert foot == pytest.approx(KYIV) or (foot.lon, foot.lat) == pytest.approx((30.5238, 50.4547))
    assert km == pytest.approx(geo.distance_km(LVIV, KYIV), abs=1e-6)


def test_an_empty_geometry_has_no_nearest_point() -> None:
    with pytest.raises(ValueError, match="empty"):
        geo.nearest_point(LVIV, shapely.LineString())


def test_many_points_give_what_single_ones_give() -> None:
    rng = np.random.default_rng(1)
    line = shapely.LineString(np.array([20, 50]) + np.cumsum(rng.normal(0, 0.1, (500, 2)), axis=0))
    index = lines.LineIndex(line)
    lon, lat = rng.uniform(15, 25, 1500), rng.uniform(45, 55, 1500)
    together = index.nearest(lon, lat).distance_km
    alone = [float(index.nearest([x], [y]).distance_km[0]) for x, y in zip(lon, lat, strict=True)]
    assert together == pytest.approx(alone, abs=1e-9)
    assert len(index.nearest([], []).distance_km) == 0


def test_length_and_area() -> None:
    degree = shapely.LineString([(0, 0), (1, 0)])
    assert areas.length_km(degree) == pytest.approx(111.3195, abs=1e-3)
    square = shapely.box(0, 0, 1, 1)
    assert areas.area_km2(square) == pytest.approx(12308.8, abs=0.2)
    assert areas.area_km2(square.reverse()) == pytest.approx(areas.area_km2(square))


def test_long_arrays_are_measured_in_threads_and_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    lon, lat = np.linspace(-180, 180, 5000), np.linspace(-90, 90, 5000)
    alone = arrays.distances_km(lon, lat, 24.0, 50.0)
    monkeypatch.setattr(arrays, "_PAIRS_A_THREAD", 900)
    assert (arrays.distances_km(lon, lat, 24.0, 50.0) == alone).all()
    table = arrays.distances_km(lon[:60, None], lat[:60, None], lon[None, :60], lat[None, :60])
    assert table.shape == (60, 60)
    assert table[3, 7] == arrays.distances_km(lon[3], lat[3], lon[7], lat[7])
