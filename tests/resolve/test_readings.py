"""Which readings of a name give way to others."""

from __future__ import annotations

import pytest

from geomap.model import Candidate, MatchHow, Place, PlaceKind
from geomap.resolve.readings import Reading, fitting


def reading(name, kind, people, country, *, called=None):
    place = Place(id=name, name=name, kind=kind, point=None, country=country, population=people)
    how = MatchHow.ALIAS if called else MatchHow.EXACT
    return Reading(candidate=Candidate(place=place, matched_name=called or name, how=how))


CITY, AREA, COUNTRY = PlaceKind.CITY, PlaceKind.ADMIN1, PlaceKind.COUNTRY


@pytest.mark.parametrize(
    ("text", "large", "other", "kept", "reason"),
    [
        (
            "Cali",
            reading("Cali", CITY, 2_400_000, "CO"),
            reading("California", AREA, 39_000_000, "US", called="Cali"),
            ["Cali"],
            "a state by its alias is not meant where a large city has the name",
        ),
        (
            "Cali",
            reading("Cali", CITY, 40_000, "CO"),
            reading("California", AREA, 39_000_000, "US", called="Cali"),
            ["Cali", "California"],
            "a small one has not the name to itself",
        ),
        (
            "Odesa",
            reading("Odesa", CITY, 1_000_000, "UA"),
            reading("Ukraine", COUNTRY, 40_000_000, "UA", called="Odesa"),
            ["Odesa"],
            "nor is the country a city lies in called so",
        ),
        (
            "Newcastle",
            reading("Newcastle", CITY, 400_000, "ZA"),
            reading("Newcastle upon Tyne", CITY, 270_000, "GB", called="Newcastle"),
            ["Newcastle", "Newcastle upon Tyne"],
            "a city may go by a part of its name",
        ),
        (
            "Münster",
            reading("Münster", CITY, 308_000, "DE"),
            reading("Munster", AREA, 1_300_000, "IE"),
            ["Münster"],
            "where accents are written, they tell",
        ),
        (
            "Munster",
            reading("Münster", CITY, 308_000, "DE"),
            reading("Munster", AREA, 1_300_000, "IE"),
            ["Münster", "Munster"],
            "where none are, they may have been left out",
        ),
        (
            "Cancún",
            reading("Cancún", CITY, 880_000, "MX"),
            reading("Changchun", CITY, 4_000_000, "CN", called="Cancún"),
            ["Cancún"],
            "what only another language calls so",
        ),
    ],
)
def test_what_gives_way_to_a_large_city(text, large, other, kept, reason):
    found = fitting(text, (large, other), (), bare=True)
    assert [one.place.name for one in found] == kept, reason


def test_the_area_around_a_city_may_be_meant():
    state = Place(id="s", name="State of São Paulo", kind=AREA, point=None, country="BR")
    inside = Place(
        id="c",
        name="São Paulo",
        kind=CITY,
        point=None,
        country="BR",
        parents=("s",),
        population=12_000_000,
    )
    city = Reading(candidate=Candidate(place=inside, matched_name="São Paulo", how=MatchHow.EXACT))
    around = Reading(candidate=Candidate(place=state, matched_name="São Paulo", how=MatchHow.ALIAS))
    assert fitting("São Paulo", (city, around), (), bare=True) == (city, around)
