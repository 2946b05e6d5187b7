"""A user's own places: what a good file does, and what each wrong row is told."""

from __future__ import annotations

import json

import pytest

from geomap.errors import OverlayError
from geomap.gazetteer import Gazetteer
from geomap.model import PlaceKind

HEADER = "id,name,lat,lon,kind,country,aliases,same_as,suppress\n"


def write(tmp_path, text, name="mine.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def test_own_places_rank_first(tmp_path):
    path = write(tmp_path, HEADER + "depot,Kyiv,50.1,30.1,facility,UA,The Depot|Склад,,\n")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        first, second, *_ = gazetteer.candidates("kyiv")
        assert (first.place.id, first.place.kind) == ("overlay:depot", PlaceKind.FACILITY)
        assert second.place.id == "geonames:703448"
        assert gazetteer.candidates("the depot")[0].place == gazetteer.place("overlay:depot")
        assert gazetteer.knows("СКЛАД")


def test_same_as_gives_a_place_another_name(tmp_path):
    path = write(tmp_path, HEADER + ",Hero City One,,,,,,geonames:703448,\n")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        assert gazetteer.candidates("Hero City One")[0].place.name == "Kyiv"


def test_suppress_hides_a_place(tmp_path):
    path = write(tmp_path, "suppress\ncountry:GE\n")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        assert gazetteer.candidates("Georgia")[0].place.id == "admin1:US-GA"


def test_geojson_keeps_its_shapes_and_drops_heights(tmp_path):
    ring = [[30, 50, 7], [31, 50, 7], [31, 51, 7], [30, 50, 7]]
    feature = {
        "type": "Feature",
        "properties": {"name": "Training Ground", "kind": "facility", "aliases": ["TG"]},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    path = write(tmp_path, json.dumps(collection), "mine.geojson")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        place = gazetteer.candidates("training ground")[0].place
        assert place.has_geometry
        assert gazetteer.geometry(place.id).area == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (",,50,30,,,,,", "row 2: no name"),
        (",…,50,30,,,,,", "row 2: no name"),
        (",A,130.5,30.5,,,,,", "are they swapped"),
        (",A,230,330,,,,,", "out of range"),
        (",A,fifty,30,,,,,", "lat is 'fifty', expected a number"),
        (",A,nan,30,,,,,", "expected a finite number"),
        (",A,,,,,,,", "no position"),
        (",A,50,30,town,,,,", "kind is 'town', expected one of city"),
        (",A,50,30,,Ukraine,,,", "expected an ISO 3166-1 alpha-2 code"),
        (",A,30.5,50.4,,UA,,,", "is not in UA, but the other way round it is"),
        (",A,,,,,,geonames:1,", "same_as names no place"),
        (",,,,,,,,geonames:1", "suppress names no place"),
    ],
)
def test_a_wrong_row_is_told_by_its_number(tmp_path, row, message):
    path = write(tmp_path, HEADER + row + "\n")
    with pytest.raises(OverlayError, match=message):
        Gazetteer.open(overlays=[path])


@pytest.mark.parametrize("column", ["population", "radius_km"])
def test_sizes_are_not_negative(tmp_path, column):
    path = write(tmp_path, f"name,lat,lon,{column}\nA,50,30,-5\n")
    with pytest.raises(OverlayError, match=f"{column} is -5, expected 0 or more"):
        Gazetteer.open(overlays=[path])


def test_a_place_outside_its_country_is_the_users_business(tmp_path):
    """An embassy or a ship: only what swapping would mend is told."""
    path = write(tmp_path, HEADER + "ship,A,43,34,,UA,,,\n")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        assert gazetteer.place("overlay:ship").country == "UA"


def test_all_wrong_rows_are_told_at_once(tmp_path):
    path = write(tmp_path, HEADER + "x,A,50,30,,,,,\nx,B,51,31,,,,,\n,C,91,200,,,,,\n")
    with pytest.raises(OverlayError) as caught:
        Gazetteer.open(overlays=[path])
    assert "row 3: the id 'overlay:x' is taken" in str(caught.value)
    assert "row 4: lat 91" in str(caught.value)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("town,lat\nA,1\n", "no column `name`"),
        ("name,latitude\nA,1\n", "unknown columns"),
        ("", "no column `name`"),
        ('{"type": "FeatureCollection"}', "no GeoJSON feature collection"),
        ('{"features": [', "is not JSON"),
        ('{"features": 5}', "no GeoJSON feature collection"),
        ('{"a":' * 50_000, "nested too deep"),
        ('{"id": ' + "1" * 5_000 + "}", "is not JSON"),
        ('name\n"' + "x" * 3_000_000, "is not a CSV table"),
        (
            '{"crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}, "features": []}',
            "save it in WGS 84",
        ),
        ('{"features": [{"properties": {"name": "A"}, "geometry": null}]}', "row 1: no position"),
        (
            '{"features": [{"properties": {"name": "A"}, "geometry": {"type": "Nope"}}]}',
            "cannot be read",
        ),
        ('{"features": [3]}', "row 1: no name"),
    ],
)
def test_a_file_that_cannot_be_understood(tmp_path, text, message):
    path = write(tmp_path, text)
    with pytest.raises(OverlayError, match=message):
        Gazetteer.open(overlays=[path])


def test_another_encoding_is_named(tmp_path):
    path = write(tmp_path, "name,lat,lon\nМісто,50,30\n", encoding="utf-16")
    with pytest.raises(OverlayError, match="not UTF-8"):
        Gazetteer.open(overlays=[path])


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OverlayError, match="cannot be read"):
        Gazetteer.open(overlays=[tmp_path / "nowhere.csv"])


def test_a_row_may_hide_one_place_and_name_another(tmp_path):
    path = write(tmp_path, "name,lat,lon,suppress\nKyiv Depot,50,30,geonames:703448\n")
    with Gazetteer.open(overlays=[path]) as gazetteer:
        assert [c.place.id for c in gazetteer.candidates("Kyiv Depot")] == ["overlay:kyiv-depot"]
        assert "geonames:703448" not in {c.place.id for c in gazetteer.candidates("Kyiv")}
