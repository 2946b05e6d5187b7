"""Measuring, and what it says of a stated distance."""

from __future__ import annotations

import dataclasses

import made_result as made
import pytest
import shapely

from geomap.distance import check, measure, to_border
from geomap.distance.borders import natural_earth
from geomap.errors import GazetteerError
from geomap.model import DistanceClaim, Place, PlaceKind, Point, Verdict

GAZETTEER = made.FakeGazetteer()
ISLE = Place(id="n", name="Isle", kind=PlaceKind.COUNTRY, point=None, country="IS")


def claim(low: float, high: float | None = None, **changes: object) -> DistanceClaim:
    values = {
        "provenance": made.words("about 70 km"),
        "origin": made.OSTROV,
        "target": made.BOROVIA,
        "to_border": True,
        "stated_low_km": low,
        "stated_high_km": low if high is None else high,
        "approximate": False,
    }
    return DistanceClaim(**(values | changes))


def test_the_measurement_ends_on_the_border_and_names_its_data() -> None:
    measured = to_border(made.OSTROV.point, "PL", natural_earth(GAZETTEER))
    end = shapely.Point(measured.nearest.lon, measured.nearest.lat)
    assert made.BORDER.distance(end) == pytest.approx(
        0, abs=2e-3
    )  # a geodesic, not a straight line
    assert measured.distance_km == pytest.approx(67.8, abs=0.5)
    assert measured.dataset == "Natural Earth 10m"
    assert measured.tolerance_km == 3


def test_between_points_nothing_is_added() -> None:
    measured = measure(Point(lon=24.0, lat=50.0), Point(lon=24.0, lat=51.0))
    assert measured.tolerance_km == 0
    assert measured.bearing_deg == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("country", ["XX", "UA-XX"])
def test_a_country_without_a_land_border_is_told(country: str) -> None:
    with pytest.raises(GazetteerError, match="no land border"):
        to_border(made.OSTROV.point, country, natural_earth(GAZETTEER))


# Ostrov is 68 km from the border of Borovia.
@pytest.mark.parametrize(
    ("stated", "verdict", "words"),
    [
        pytest.param(claim(68), Verdict.AGREES, "within", id="to the letter"),
        pytest.param(claim(62, approximate=True), Verdict.AGREES, "within", id="rounded"),
        pytest.param(claim(75), Verdict.AGREES, "within", id="a round figure is a loose one"),
        pytest.param(claim(76), Verdict.UNDECIDED, "by road", id="another is not"),
        pytest.param(claim(0, 100), Verdict.AGREES, "within", id="within 100 km"),
        pytest.param(claim(90), Verdict.UNDECIDED, "by road", id="as long as a road"),
        pytest.param(claim(150), Verdict.DIFFERS, "too much", id="too long for a road"),
        pytest.param(claim(57), Verdict.UNDECIDED, "from the edge", id="from the edge of a city"),
        pytest.param(claim(30), Verdict.DIFFERS, "less", id="shorter than any road"),
    ],
)
def test_verdict(stated: DistanceClaim, verdict: Verdict, words: str) -> None:
    checked = check(stated, GAZETTEER)
    assert checked.verdict is verdict
    assert words in checked.note


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"origin": made.ZALESYE}, "an area", id="from an area"),
        pytest.param(
            {"target": Place(id="n", name="Nowhere", kind=PlaceKind.CITY, point=None)},
            "no position",
            id="to a place without a position",
        ),
        pytest.param(
            {
                "target": Place(
                    id="n", name="Isle", kind=PlaceKind.COUNTRY, point=None, country="IS"
                )
            },
            "no land border",
            id="to the border of an island",
        ),
    ],
)
def test_what_cannot_be_measured_says_why(changes: dict[str, object], words: str) -> None:
    stated = claim(70, to_border=changes.get("target", made.BOROVIA).kind is PlaceKind.COUNTRY)
    checked = check(DistanceClaim(**_values(stated) | changes), GAZETTEER)
    assert checked.measured is None
    assert checked.verdict is Verdict.UNDECIDED
    assert words in checked.note


def _values(stated: DistanceClaim) -> dict[str, object]:
    return {name: getattr(stated, name) for name in DistanceClaim.__dataclass_fields__}


def test_to_the_border_of_a_region_its_outline_is_measured() -> None:
    here = made.OSTROV.__class__(
        id="x", name="X", kind=PlaceKind.CITY, point=Point(lon=23.0, lat=50.5), country="UA"
    )
    checked = check(claim(35, origin=here, target=made.ZALESYE), GAZETTEER)
    assert checked.verdict is Verdict.AGREES


NOWHERE = Place(id="n", name="Nowhere", kind=PlaceKind.CITY, point=None)
UNDRAWN = Place(id="u", name="Undrawn", kind=PlaceKind.ADMIN1, point=Point(lon=23.0, lat=50.0))


@pytest.mark.parametrize(
    ("target", "words"), [(NOWHERE, "has no position"), (UNDRAWN, "no outline of Undrawn")]
)
def test_to_what_is_not_known_nothing_is_measured(target: Place, words: str) -> None:
    checked = check(claim(70, target=target, to_border=False), GAZETTEER)
    assert checked.measured is None
    assert words in checked.note


def test_a_place_reaches_as_far_as_it_is_told_to() -> None:
    wide = dataclasses.replace(made.OSTROV, radius_km=40.0)
    assert check(claim(30, origin=wide), GAZETTEER).verdict is Verdict.UNDECIDED
