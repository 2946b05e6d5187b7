"""Names without an entry are placed by what the words after them say."""

from __future__ import annotations

import pytest
from annotating import annotate
from shapely.geometry import box
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


class WithTexas(TinyGazetteer):
    """Knows the outline of Texas, roughly."""

    def geometry(self, place_id):
        return box(-106.0, 26.0, -94.0, 36.0) if place_id == "test:texas" else None


@pytest.mark.parametrize(
    ("text", "place", "relation", "reason"),
    [
        (
            "Hail hit Qwrtville in Texas, about 100 km west of Dallas.",
            "test:dallas",
            "about 100 km west of",
            "the point lies in the state that is told",
        ),
        (
            "Hail hit Qwrtville in Texas, about 100 km west of Kyiv.",
            "test:texas",
            "in",
            "the point lies elsewhere, so the state it is",
        ),
        (
            "Hail hit Qwrtville, one town near Dallas.",
            None,
            None,
            "no length is told, and a neighbor is no holder",
        ),
    ],
)
def test_a_distance_is_held_against_the_area(text, place, relation, reason):
    annotation = annotate(text, "Qwrtville", "Texas", "Dallas", "Kyiv")
    location = resolve(annotation, WithTexas())[0].location
    if place is None:
        assert location is None or location.relation == "in or near", reason
    else:
        assert (location.place.id, location.relation) == (place, relation), reason


def test_without_an_outline_the_distance_is_believed():
    text = "Hail hit Qwrtville in Texas, about 100 km west of Dallas."
    assert first_location(text, "Qwrtville", "Texas", "Dallas").place.id == "test:dallas"
