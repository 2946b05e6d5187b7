"""Events as features: the field table and what is drawn."""

from __future__ import annotations

import json

import made_result as made
import pytest
import shapely
from made_result import OSTROV, ZALESYE, at, event

from geomap.features import event_features, event_fields
from geomap.model import Casualties, Location, Point, Range, Result, Shape


@pytest.fixture(name="features")
def _features() -> list:
    return event_features(made.result(), made.context())


def one(**changes: object) -> object:
    result = Result(
        documents=(made.DOCUMENT,), resolutions=(), reports=(), events=(event("e", **changes),)
    )
    (feature,) = event_features(result, made.context())
    return feature


def test_the_columns_are_those_of_the_field_table_in_order(features: list) -> None:
    names = [field.name for field in event_fields()]
    assert names[:3] == ["id", "type", "title"]
    assert "claims" in names
    assert all(list(feature.properties) == names for feature in features)


def test_properties_are_plain_json(features: list) -> None:
    for feature in features:
        assert json.loads(json.dumps(feature.properties)) == feature.properties


def test_what_a_located_event_says(features: list) -> None:
    properties = features[0].properties
    expected = {
        "acled_sub_event_type": "Air/drone strike",
        "date_start": "2024-01-02",
        "time_precision": 1,
        "date_text": "on Tuesday",
        "place": "Ostrov",
        "place_kind": "city",
        "country": "UA",
        "lat": 50.0,
        "lon": 24.0,
        "geo_precision": 1,
        "killed_min": 3,
        "killed_max": None,
        "injured_min": None,
        "attacker": "Borovia",
        "target": None,
        "status": "claimed",
        "confidence": 0.1235,
    }
    assert {name: properties[name] for name in expected} == expected
    assert properties["weapons"][0]["launched_min"] == 10
    assert properties["weapons"][0]["destroyed_max"] is None
    assert properties["conflicts"][0]["values"][1] == {"value": "5", "document_ids": ["d2"]}


def test_a_claim_quotes_the_document_to_the_letter(features: list) -> None:
    (claim,) = features[0].properties["claims"]
    assert made.TEXT[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["publisher"] == "=Gazette"
    assert claim["speaker"] == "the governor"


def test_an_area_is_drawn_as_its_area(features: list) -> None:
    assert features[1].geometry.equals(shapely.box(23.5, 49.5, 25.5, 51.5))
    assert features[1].point == ZALESYE.point


def test_a_border_is_drawn_as_its_line_and_marked_on_it(features: list) -> None:
    line, mark = features[2].geometry, features[2].point
    assert features[2].properties["place"] == "border of Ukraine and Borovia"
    assert line.geom_type in {"LineString", "MultiLineString"}
    assert line.distance(shapely.Point(mark.lon, mark.lat)) == pytest.approx(0, abs=1e-9)


def test_what_could_not_be_located_has_no_geometry_and_no_zero(features: list) -> None:
    properties = features[3].properties
    assert features[3].geometry is None
    assert features[3].point is None
    assert properties["lat"] is None
    assert properties["acled_event_type"] is None


def test_zero_is_not_unknown() -> None:
    feature = one(casualties=Casualties(killed=Range(low=0, high=0)))
    assert feature.properties["killed_max"] == 0
    assert feature.properties["injured_max"] is None


def test_a_relative_position_says_so() -> None:
    here = Point(lon=24.7, lat=50.0)
    feature = one(places=(at(OSTROV, relation="50 km east of", point=here, radius_km=10.0),))
    assert feature.properties["place"] == "50 km east of Ostrov"
    assert feature.properties["lon"] == 24.7
    assert feature.geometry.equals(shapely.Point(24.7, 50))


def test_between_two_places_names_both() -> None:
    feature = one(places=(at(OSTROV, relation="between", anchors=(ZALESYE.id,)),))
    assert feature.properties["place"] == "between Ostrov and Zalesye"


@pytest.mark.parametrize("shape", [Shape.AREA, Shape.LINE])
def test_without_an_outline_the_point_is_drawn(shape: Shape) -> None:
    nowhere = OSTROV.__class__(
        id="x:1", name="X", kind=OSTROV.kind, point=Point(lon=1.0, lat=2.0), country="XX"
    )
    feature = one(places=(at(nowhere, shape),))
    assert feature.geometry.equals(shapely.Point(1, 2))


def test_what_is_around_an_exact_event(features: list) -> None:
    properties = features[0].properties
    assert properties["nearest_city"] == "Ostrov"
    assert properties["nearest_city_km"] == 0
    assert properties["nearest_city_direction"] is None
    assert properties["border_country"] == "PL"
    assert properties["border_km"] == 68.2
    assert properties["border_direction"] == "west"
    assert properties["dms"] == "50°00′00″N 24°00′00″E"
    assert properties["mgrs"] == "35UKR8542"


SECOND_LEVEL = {
    "that of the place itself": (at(OSTROV), "Ostrov Raion"),
    "beside it, that of the town next to the point": (
        at(OSTROV, relation="near", point=Point(lon=24.04, lat=50.0)),
        "Ostrov Raion",
    ),
    "far from any town, none": (
        at(OSTROV, relation="50 km east of", point=Point(lon=24.7, lat=50.0)),
        None,
    ),
    "known to that area and no closer": (at(made.RAION), "Ostrov Raion"),
}


@pytest.mark.parametrize(("location", "name"), SECOND_LEVEL.values(), ids=SECOND_LEVEL)
def test_the_second_level_area_is_that_of_a_member(location: Location, name: str | None) -> None:
    assert one(places=(location,)).properties["admin2"] == name


def test_what_people_noted_and_what_may_be_the_same_event_are_columns() -> None:
    properties = one(notes=("Corrected: moved",), possible_duplicates=("e9",)).properties
    assert properties["notes"] == ["Corrected: moved"]
    assert properties["possible_duplicates"] == ["e9"]


def test_what_is_around_the_middle_of_a_province_is_not_told(features: list) -> None:
    for name in ("nearest_city", "border_km", "dms", "mgrs", "poi"):
        assert features[1].properties[name] is None


def test_the_nearest_place_of_interest() -> None:
    depot = at(OSTROV).place.__class__(
        id="poi:1", name="Depot", kind=OSTROV.kind, point=Point(lon=24.0, lat=49.9)
    )
    far = at(OSTROV).place.__class__(
        id="poi:2", name="Far", kind=OSTROV.kind, point=Point(lon=30.0, lat=49.9)
    )
    context = made.Context(
        gazetteer=made.FakeGazetteer(), ontology=made.ONTOLOGY, pois=(far, depot)
    )
    properties = event_features(made.result(), context)[0].properties
    assert (properties["poi"], properties["poi_direction"]) == ("Depot", "north")
    assert properties["poi_km"] == pytest.approx(11.1, abs=0.1)


def test_further_places_of_an_event_are_told() -> None:
    feature = one(places=(at(OSTROV), at(ZALESYE, Shape.AREA)))
    (other,) = feature.properties["other_places"]
    assert (other["place"], other["lat"]) == ("Zalesye", 50.5)


def test_features_are_made_once_for_a_result() -> None:
    result, context = made.result(), made.context()
    first = event_features(result, context)
    assert event_features(result, context)[0] is first[0]
    assert event_features(made.result(), context)[0] is not first[0]
