"""Geometries as bytes and names with a slip: laws."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.codec import bounds, decode, encode, read_rings
from geomap.gazetteer.fuzzy import FuzzyIndex, is_near

DEGREES = st.tuples(
    st.integers(-18_000_000, 18_000_000).map(lambda n: n / 100_000),
    st.integers(-9_000_000, 9_000_000).map(lambda n: n / 100_000),
)
LETTERS = st.text("abcde", min_size=5, max_size=12)


@given(st.lists(st.lists(DEGREES, min_size=2, max_size=8), min_size=1, max_size=4))
def test_lines_come_back(lines):
    geometry = shapely.MultiLineString(lines)
    assert decode(encode(geometry)).equals_exact(geometry, 1e-9)


def test_polygons_come_back_with_their_holes():
    shell, hole = shapely.box(0, 0, 10, 10).exterior, shapely.box(2, 2, 3, 3).exterior
    geometry = shapely.MultiPolygon([shapely.Polygon(shell, [hole]), shapely.box(20, 20, 21, 21)])
    again = decode(encode(geometry))
    assert again.equals_exact(geometry, 1e-9)
    assert bounds(encode(geometry)) == (0, 0, 21, 21)


def test_parts_can_be_chosen_by_their_corners():
    near, far = shapely.box(0, 0, 1, 1), shapely.box(20, 20, 21, 21)
    holed = shapely.box(5, 5, 9, 9).difference(shapely.box(6, 6, 7, 7))
    blobs = [encode(shapely.MultiPolygon([near, far])), encode(holed)]
    rings = read_rings(blobs, lambda _, upper: (upper < 10).all(axis=1))
    assert [list(part.bounds) for part in rings.polygons()] == [[0, 0, 1, 1], [5, 5, 9, 9]]
    assert shapely.area(rings.polygons()).tolist() == [1, 15]


def test_points_are_refused():
    with pytest.raises(TypeError, match="cannot store a Point"):
        encode(shapely.Point(1, 2))


def edits(word):
    """All words at distance 1 (insertion, deletion, substitution, swap of neighbors)."""
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + c + b for a, b in splits for c in "abcde"}
    found |= {a + c + b[1:] for a, b in splits if b for c in "abcde"}
    found |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    return found - {word}


@given(LETTERS, LETTERS)
def test_is_near_is_distance_one(a, b):
    assert is_near(a, b) == (b in edits(a))
    assert is_near(a, b) == is_near(b, a)


@given(st.lists(LETTERS, max_size=30), LETTERS)
def test_the_index_finds_just_the_near_ones(keys, wanted):
    index = FuzzyIndex("\n".join(sorted(set(keys))).encode())
    assert index.near(wanted) == sorted({key for key in keys if is_near(wanted, key)})


def test_what_is_too_short_too_long_or_not_ascii_is_not_searched():
    index = FuzzyIndex("\n".join(["abcd", "abcde", "київська", "x" * 50]).encode())
    assert index.near("abcd") == []
    assert index.near("київськ") == []
    assert index.near("x" * 49) == []
    assert index.near("abcdf") == ["abcde"]
