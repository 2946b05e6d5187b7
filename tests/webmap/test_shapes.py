"""Geometries as the page holds them."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.webmap.shapes import UNIT_DEG, decode, encode

MICRODEGREES = st.tuples(
    st.integers(-180_000_000, 180_000_000), st.integers(-85_000_000, 85_000_000)
)


@given(st.lists(MICRODEGREES, min_size=2, max_size=30))
def test_line_comes_back_within_a_unit(whole):
    positions = [(lon / 1e6, lat / 1e6) for lon, lat in whole]
    _, lines = decode(encode(shapely.LineString(positions), 0))
    if not lines:
        return
    (line,) = lines
    assert line[0] == pytest.approx(positions[0], abs=UNIT_DEG)
    assert line[-1] == pytest.approx(positions[-1], abs=UNIT_DEG)
    again = shapely.LineString([*line, line[-1]])
    assert all(again.distance(shapely.Point(position)) < UNIT_DEG for position in positions)


def test_polygon_keeps_its_holes():
    square = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    polygons, lines = decode(encode(square, 0))
    assert [len(rings) for rings in polygons] == [2]
    assert lines == []


def test_nested_collections_are_taken_apart():
    parts = shapely.GeometryCollection(
        [shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]), EDGE]
    )
    polygons, lines = decode(encode(parts, 0))
    assert len(polygons) == 2
    assert len(lines) == 1


EDGE = shapely.MultiLineString([[(0, 0), (5, 5)]])


def test_island_smaller_than_the_tolerance_vanishes():
    both = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 5.001, 5.001)])
    polygons, _ = decode(encode(both, 0.05))
    assert len(polygons) == 1


def test_nothing_is_nothing():
    assert encode(shapely.GeometryCollection(), 0.1) == {"rings": [], "lines": []}


def test_a_hole_that_shrinks_to_nothing_goes_and_the_area_stays():
    hole = shapely.box(1, 1, 1 + UNIT_DEG / 9, 1 + UNIT_DEG / 9)
    polygons, _ = decode(encode(shapely.box(0, 0, 4, 4).difference(hole), 0))
    assert [len(rings) for rings in polygons] == [1]
