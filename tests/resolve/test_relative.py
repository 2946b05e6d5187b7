"""Places told relative to others; each row has its own sentence and its reason."""

from __future__ import annotations

import pytest
from annotating import annotate
from tiny_gazetteer import PLACES, TinyGazetteer

from geomap.geo import bearing_deg, distance_km
from geomap.model import GeoPrecision, Point, Resolution, Shape, Use
from geomap.resolve.choose import locate
from geomap.resolve.relative import place_relatively

BY_NAME = {
    "Lviv": "test:lviv",
    "Kyiv": "test:kyiv",
    "Odesa": "test:odesa",
    "Odesa region": "test:odesa-oblast",
    "Ukraine": "test:ukraine",
    "Ukrainian": "test:ukraine",
    "Poland": "test:poland",
    "Polish": "test:poland",
    "Dallas": "test:dallas",
    "Paris": "test:paris-tx",
    "NATO": "test:nato",
}
BY_ID = {place.id: place for place in PLACES}


def relate(text, use=Use.UNKNOWN):
    """Return the locations of the names in a text, the meanings of which are fixed here."""
    annotation = annotate(text, *BY_NAME, use=use)
    plain = [
        Resolution(mention=one, location=locate(BY_ID[BY_NAME[one.text]]), confidence=1.0)
        for one in annotation.mentions
    ]
    return [one.location for one in place_relatively(annotation, plain, TinyGazetteer())]


@pytest.mark.parametrize(
    ("text", "km", "bearing", "reason"),
    [
        ("It fell 50 km east of Lviv.", 50, 90, "length and wind"),
        ("It fell some 30 kilometres north-west of the city of Lviv.", 30, 315, "a title before"),
        ("A village 10 miles to the south of Kyiv burned.", 16.1, 180, "miles"),
        ("A depot 40-60 km northeast of Kyiv burned.", 50, 45, "the middle of a range"),
    ],
)
def test_a_length_and_a_wind_move_the_point(text, km, bearing, reason):
    (found,) = relate(text)
    assert distance_km(found.place.point, found.point) == pytest.approx(km, rel=0.01), reason
    assert bearing_deg(found.place.point, found.point) == pytest.approx(bearing, abs=1), reason
    assert found.radius_km >= 0.4 * km - 0.1, "eight winds leave 22.5 degrees to either side"
    assert found.precision is not GeoPrecision.EXACT


@pytest.mark.parametrize(
    ("text", "relation", "precision", "reason"),
    [
        ("Guns fired north of Lviv.", "north of", GeoPrecision.NEAR, "a wind alone"),
        ("Guns fired near Lviv.", "near", GeoPrecision.NEAR, "near"),
        ("Shelling on the outskirts of Lviv went on.", "on the outskirts of", 2, "outskirts"),
        ("Sixty were shot down in the Kyiv area.", "area", GeoPrecision.NEAR, "the X area"),
        ("It sank off the coast of Odesa.", "off the coast of", GeoPrecision.AREA, "at sea"),
        (
            "He died in the southern Odesa region.",
            "southern",
            GeoPrecision.AREA,
            "part of a region",
        ),
        ("A wreck 20 km from Lviv was found.", "20 km from", GeoPrecision.NEAR, "no wind told"),
        ("Guns fired east of Odesa region.", "east of", GeoPrecision.AREA, "a region is no spot"),
    ],
)
def test_words_widen_what_is_known(text, relation, precision, reason):
    (found,) = relate(text)
    assert found.relation == relation, reason
    assert found.precision == precision, reason
    assert found.radius_km is None or found.radius_km > 5, reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Kyiv was hit.", "nothing is told"),
        ("The nearby town is in flames. Lviv is calm.", "the words belong to another sentence"),
        ("He is a Paris native.", "no relation"),
        ("They turned north. Of Kyiv nothing was heard.", "a sentence ends between"),
        ("They drove 20 km and saw Lviv from afar.", "a length that is not told of the place"),
        ("Trains run far between Lviv and the sea.", "the other end has no name"),
        ("What is agreed between Lviv and NATO is open.", "an alliance has no position"),
        ("Flights between Lviv and Dallas are few.", "no halfway over an ocean"),
    ],
)
def test_nothing_is_read_into_plain_words(text, reason):
    assert all(found.relation is None for found in relate(text)), reason


def test_between_two_towns_is_halfway_for_both():
    first, second = relate("A train stopped between Dallas and Paris.")
    assert first.point == pytest.approx(second.point) or first.point != first.place.point
    assert distance_km(first.point, first.place.point) == pytest.approx(
        distance_km(first.point, second.place.point), rel=0.01
    )
    assert first.anchors == (second.place.id,)
    assert second.anchors == (first.place.id,)


def test_between_two_countries_is_no_position():
    assert all(one.relation is None for one in relate("Talks between Poland and Ukraine failed."))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Jets patrol the border with Poland, Ukraine says.", "border with X"),
        ("A drone crossed the Polish border from Ukraine.", "the X border, by an adjective"),
        ("Trucks wait on the border of Poland and Ukraine.", "border of A and B"),
        ("Trucks wait at the Poland-Ukraine border.", "A-B border"),
    ],
)
def test_a_border_is_a_line(text, reason):
    found = relate(text)[0]
    assert found.shape is Shape.LINE, reason
    assert found.anchors == ("test:ukraine",), reason
    assert found.precision is GeoPrecision.AREA


def test_a_part_of_a_country_lies_in_that_part():
    (south,) = relate("Power failed in southern Ukraine.")
    (east,) = relate("Power failed in the east of Ukraine.")
    assert south.point.lat < 47 < east.point.lat
    assert east.point.lon > 34 > south.point.lon
    assert south.shape is Shape.POINT


def test_a_country_that_nothing_has_a_border_with_shows_its_own():
    (found,) = relate("Trucks wait at the Polish border.")
    assert found.shape is Shape.LINE
    assert found.anchors == ()
    ends = Point(lon=22.6, lat=49.1), Point(lon=23.6, lat=51.5)
    assert found.radius_km == pytest.approx(distance_km(*ends) / 2, rel=0.01), "half its extent"


def test_a_country_without_a_border_to_it_is_passed_over():
    _, polish, _ = relate("Cotton from Dallas waits at the Polish border for a train to Kyiv.")
    assert polish.shape is Shape.LINE


def test_a_part_of_a_country_without_an_outline_is_the_country():
    (found,) = relate("Power failed in southern Poland.")
    assert (found.relation, found.precision) == ("southern", GeoPrecision.AREA)
    assert found.point == found.place.point


def test_a_government_is_no_anchor():
    (found,) = relate("It lies north of Kyiv.", use=Use.METONYM)
    assert found.relation is None


def test_an_adjective_anchors_nothing_but_a_border():
    (found,) = relate("It stood near Ukrainian trenches.", use=Use.DEMONYM)
    assert found.relation is None
