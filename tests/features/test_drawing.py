"""How areas and lines are thinned for drawing."""

from __future__ import annotations

import made_result as made
import numpy as np
import pytest
import shapely
from made_result import UKRAINE, ZALESYE, at

from geomap.features.drawing import Drawing
from geomap.model import Shape

TURN = np.linspace(0, 2 * np.pi, 5000, endpoint=False)


def round_area(radius_deg: float) -> shapely.Polygon:
    """Return an area with far more vertices than its outline needs."""
    wobble = radius_deg * (1 + 1e-4 * np.cos(40 * TURN))
    return shapely.Polygon(
        np.stack((24 + wobble * np.cos(TURN), 50 + wobble * np.sin(TURN)), axis=1)
    )


@pytest.mark.parametrize("radius_deg", [0.001, 0.05, 1, 8])
def test_an_area_keeps_its_size_with_fewer_vertices(radius_deg: float) -> None:
    gazetteer = made.FakeGazetteer()
    gazetteer.shapes[ZALESYE.id] = round_area(radius_deg)
    drawn, _ = Drawing(gazetteer).draw(at(ZALESYE, Shape.AREA))
    assert shapely.get_num_coordinates(drawn) < 500
    assert drawn.is_valid
    assert drawn.area == pytest.approx(round_area(radius_deg).area, rel=0.01)


def test_islands_are_kept() -> None:
    gazetteer = made.FakeGazetteer()
    islands = shapely.MultiPolygon([shapely.box(x, 50, x + 0.005, 50.005) for x in range(20, 30)])
    gazetteer.shapes[ZALESYE.id] = islands
    drawn, _ = Drawing(gazetteer).draw(at(ZALESYE, Shape.AREA))
    assert len(drawn.geoms) == 10


def test_a_mark_off_its_area_is_moved_into_it() -> None:
    gazetteer = made.FakeGazetteer()
    gazetteer.shapes[ZALESYE.id] = shapely.box(0, 0, 2, 2)
    drawn, mark = Drawing(gazetteer).draw(at(ZALESYE, Shape.AREA))
    assert drawn.contains(shapely.Point(mark.lon, mark.lat))


def test_a_border_with_nobody_is_that_with_all_neighbors() -> None:
    drawn, _ = Drawing(made.FakeGazetteer()).draw(at(UKRAINE, Shape.LINE))
    assert drawn.length == pytest.approx(made.BORDER.length, rel=0.05)


def test_a_place_is_drawn_once() -> None:
    drawing = Drawing(made.FakeGazetteer())
    first, _ = drawing.draw(at(ZALESYE, Shape.AREA))
    assert drawing.draw(at(ZALESYE, Shape.AREA))[0] is first
