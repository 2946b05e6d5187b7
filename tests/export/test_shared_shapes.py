"""Geometries that many events share are converted once."""

from __future__ import annotations

import shapely

from geomap.export.parquet import encoded
from geomap.export.shapes import each_once


def test_each_object_is_converted_once_and_all_are_answered_in_order():
    area, point, equal = shapely.box(0, 0, 1, 1), shapely.Point(1, 2), shapely.Point(1, 2)
    given = []

    def convert(geometries):
        given.extend(geometries)
        return shapely.to_wkt(geometries).tolist()

    found = each_once([area, None, point, area, equal, None], convert)
    assert given == [area, None, point, equal]
    assert found == [area.wkt, None, point.wkt, area.wkt, equal.wkt, None]


def test_of_nothing_nothing_comes():
    assert each_once([], lambda geometries: geometries.tolist()) == []


def test_outlines_that_are_equal_have_one_entry_in_a_dictionary():
    one, equal, point = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1), shapely.Point(1, 2)
    found = encoded([one, None, equal, point, one, None])
    assert found.dictionary.to_pylist() == [one.wkb, point.wkb]
    assert found.indices.to_pylist() == [0, None, 0, 1, 0, None]
