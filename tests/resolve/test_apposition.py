"""Names without an entry are placed by what the words after them say."""

from __future__ import annotations

import pytest
from annotating import annotate
from tiny_gazetteer import TinyGazetteer

from geomap.geo import great_circle_km
from geomap.model import GeoPrecision
from geomap.resolve import resolve


def first_location(text, *names):
    return resolve(annotate(text, *names), TinyGazetteer())[0].location


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit Qwrtville, about 100 km north of Kyiv, on Monday.",
        "Shells hit Qwrtville, which lies 100 kilometers north of Kyiv.",
        "Shells hit Qwrtville village, some 100 km north of Kyiv.",
    ],
)
def test_a_distance_in_apposition_places_an_unknown_village(text):
    found = first_location(text, "Qwrtville", "Kyiv")
    kyiv = first_location("A fire in Kyiv.", "Kyiv")
    assert great_circle_km(found.point, kyiv.point) == pytest.approx(100, abs=1)
    assert found.relation.endswith("north of")


def test_an_area_in_apposition_holds_an_unknown_village():
    found = first_location("Shells hit the village of Qwrtville in Texas.", "Qwrtville", "Texas")
    assert (found.place.id, found.relation) == ("test:texas", "in")
    assert found.precision is GeoPrecision.AREA


def test_another_clause_is_no_apposition():
    found = first_location(
        "He left Qwrtville. A fire broke out 100 km north of Kyiv.", "Qwrtville", "Kyiv"
    )
    assert found is None or found.relation in {None, "in or near"}


def test_a_known_town_stays_where_it_is():
    found = first_location("Shells hit Lviv, about 500 km west of Kyiv.", "Lviv", "Kyiv")
    assert found.relation is None


def test_a_village_is_where_it_is_told_to_be_at_every_mention():
    text = "Shells hit Qwrtville. Qwrtville, about 100 km north of Kyiv, is small."
    annotation = annotate(text, "Qwrtville", "Kyiv")
    places = {
        one.location.point
        for one in resolve(annotation, TinyGazetteer())
        if one.mention.text == "Qwrtville"
    }
    assert len(places) == 1
