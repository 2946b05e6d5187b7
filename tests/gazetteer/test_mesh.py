"""The edges of neighboring areas, each drawn once."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.codec import encode, read_rings
from geomap.gazetteer.mesh import mesh


def drawn(*areas):
    return list(mesh(read_rings(encode(area) for area in areas)))


CELLS = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12)


@given(CELLS)
def test_mesh_is_all_edges_and_each_once(cells):
    areas = [shapely.box(x, y, x + 1, y + 1) for x, y in sorted(cells)]
    lines = drawn(*areas)
    edges = shapely.union_all([area.boundary for area in areas])
    assert shapely.union_all(lines).equals(edges)
    assert sum(line.length for line in lines) == pytest.approx(edges.length)


def test_lines_run_from_joint_to_joint():
    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    ends = {line.coords[position] for line in drawn(left, right) for position in (0, -1)}
    joints = {(1.0, 0.0), (1.0, 1.0)}
    assert joints <= ends
    assert len(ends) <= len(joints) + 2  # and where a ring happens to begin


def test_holes_are_edges_too():
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    assert sum(line.length for line in drawn(ring)) == pytest.approx(16 + 4)


def test_nothing_is_nothing():
    assert drawn() == []
