"""What a person types to the place that is meant."""

from __future__ import annotations

import pytest

from geomap.distance.lookup import describe, find_country, find_place, find_point
from geomap.errors import AmbiguousPlaceError, UnknownPlaceError
from geomap.model import Candidate, MatchHow, Place, PlaceKind, Point


def place(key: str, name: str, **values: object) -> Place:
    defaults = {"kind": PlaceKind.CITY, "point": Point(lon=0.0, lat=0.0)}
    return Place(id=key, name=name, **(defaults | values))


LVIV = place(
    "geonames:1", "Lviv", country="UA", population=700_000, point=Point(lon=24.0, lat=49.8)
)
LVIV_REGION = place(
    "geonames:2",
    "Lviv",
    kind=PlaceKind.ADMIN1,
    country="UA",
    population=2_500_000,
    point=Point(lon=24.1, lat=49.7),
)
WARSAW = place("geonames:3", "Warsaw", country="PL", population=1_700_000)
WARSAW_IN = place(
    "geonames:4", "Warsaw", country="US", population=15_000, point=Point(lon=-85.0, lat=41.0)
)
SPRINGFIELDS = [
    place(
        f"geonames:{10 + number}",
        "Springfield",
        country="US",
        admin1=state,
        population=size,
        point=Point(lon=lon, lat=40.0),
    )
    for number, (state, size, lon) in enumerate(
        [("Illinois", 114_000, -89.0), ("Missouri", 167_000, -93.0), ("Ohio", 60_000, -83.0)]
    )
]
POLAND = place("naturalearth:PL", "Poland", kind=PlaceKind.COUNTRY, country="PL")
POLAND_TX = place("geonames:20", "Poland", country="US", population=40_000_000)
NATO = place("curated:nato", "NATO", kind=PlaceKind.BLOC, point=None)

NAMES = {
    "Lviv": [LVIV_REGION, LVIV],
    "Warsaw": [WARSAW, WARSAW_IN],
    "Springfield": SPRINGFIELDS,
    "Poland": [POLAND, POLAND_TX],
    "NATO": [NATO],
}


class Store:
    def candidates(self, name: str, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
        if fuzzy and name == "Lvyv":
            name = "Lviv"
        return tuple(
            Candidate(place=found, matched_name=name, how=MatchHow.EXACT)
            for found in NAMES.get(name, [])
        )

    def place(self, place_id: str) -> Place:
        for places in NAMES.values():
            for found in places:
                if found.id == place_id:
                    return found
        raise UnknownPlaceError(f"no place {place_id}")


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        pytest.param("Lviv", "geonames:1", id="the city, not its region"),
        pytest.param("Warsaw", "geonames:3", id="a namesake a hundredth the size is no rival"),
        pytest.param("Poland", "naturalearth:PL", id="a country before what borrows its name"),
        pytest.param("Springfield, Illinois", "geonames:10", id="told by its region"),
        pytest.param("Warsaw, US", "geonames:4", id="told by its country's code"),
        pytest.param("Warsaw, Poland", "geonames:3", id="told by its country"),
        pytest.param("12", "geonames:12", id="a geonameid"),
        pytest.param("naturalearth:PL", "naturalearth:PL", id="an id"),
    ],
)
def test_what_is_meant(text: str, place_id: str) -> None:
    assert find_place(text, Store()).id == place_id


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("49.84,24.03", 49.84, 24.03),
        ("-33.87, 151.21", -33.87, 151.21),
        ("49.84 24.03", 49.84, 24.03),
        ("0,0", 0, 0),
    ],
)
def test_coordinates_are_lat_lon(text: str, lat: float, lon: float) -> None:
    _, point = find_point(text, Store())
    assert (point.lat, point.lon) == (lat, lon)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("151.21,-33.87", "Write -33.87,151.21", id="swapped"),
        pytest.param("95,200", "out of range", id="nowhere"),
        pytest.param("Lvyv", "did you mean Lviv", id="misspelt"),
        pytest.param("Xyzzy", 'no place named "Xyzzy"', id="unheard of"),
        pytest.param("NATO", "no position", id="not anywhere"),
        pytest.param("999", "no place geonames:999", id="no such id"),
    ],
)
def test_what_cannot_be_found_is_told(text: str, words: str) -> None:
    with pytest.raises(UnknownPlaceError, match=words):
        find_point(text, Store())


def test_an_ambiguous_name_is_asked_back_with_its_candidates() -> None:
    with pytest.raises(AmbiguousPlaceError, match="Missouri") as caught:
        find_place("Springfield", Store())
    assert len(caught.value.candidates) == 3


@pytest.mark.parametrize(
    ("text", "code"), [("Poland", "PL"), ("pl", "PL"), ("UA-PL", "UA-PL"), ("ua-pl", "UA-PL")]
)
def test_country(text: str, code: str) -> None:
    assert find_country(text, Store()) == code


def test_what_is_no_country_is_told() -> None:
    with pytest.raises(UnknownPlaceError, match="UA-PL"):
        find_country("Warsaw", Store())


def test_a_place_in_a_few_words() -> None:
    assert describe(SPRINGFIELDS[0]) == "Springfield (city, Illinois, US, 40.00 N, 89.00 W)"
