"""Names as news writes them, and the places that must be among (or first of) their candidates."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.gazetteer import Gazetteer
from geomap.model import MatchHow, PlaceKind


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


FIRST = [
    ("Ukraine", "country:UA", "the country, not the Spanish town of that alias"),
    ("Poland", "country:PL", "the country, not the towns in Maine and Ohio"),
    ("Georgia", "country:GE", "the country before the state"),
    ("kyiv", "geonames:703448", "lower case; the city before the area of its name"),
    ("Kiev", "geonames:703448", "the Russian form"),
    ("Київ", "geonames:703448", "Ukrainian"),
    ("Kharkiv", "geonames:706483", "a bare name is the city"),
    ("Харьков", "geonames:706483", "Russian"),
    ("Lviv", "geonames:702550", "a bare name is the city"),
    ("Kherson", "geonames:706448", "a bare name is the city"),
    ("Mykolaiv", "geonames:700569", "the larger of two cities, before the oblast"),
    ("Zaporizhia", "geonames:687700", "one zh less"),
    ("Avdiivka", "geonames:713122", "yi and ii"),
    ("Kharkiv Oblast", "admin1:UA-63", "the word for the area tells the area"),
    ("Kharkiv region", "admin1:UA-63", "translated"),
    ("Belgorod region", "admin1:RU-BEL", "translated"),
    ("Odesa region", "admin1:UA-51", "translated"),
    ("Oblast of Odesa", "admin1:UA-51", "in front"),
    ("Province of Idlib", "admin1:SY-ID", "in front"),
    ("Laurel County", "geonames:4297480", "a county of Kentucky"),
    ("Rapides Parish", "geonames:4338356", "a county of Louisiana is a parish"),
    ("Crimea", "admin1:UA-43", "the area, which has a polygon"),
    ("the Black Sea", "curated:black-sea", "with its article"),
    ("Texas", "admin1:US-TX", "the state, not the Mexican town"),
    ("London", "geonames:2643743", "the largest"),
    ("West", "curated:the-west", "the alliance, not the Texan town"),
    ("Europe", "continent:EU", "a continent"),
    ("Egyptian", "country:EG", "a demonym"),
    ("U.S.", "country:US", "an acronym with points"),
    ("US", "country:US", "an acronym, not the French village"),
    ("UK", "country:GB", "an acronym"),
    ("KYIV", "geonames:703448", "a dateline in capitals is no acronym"),
    ("PARIS", "geonames:2988507", "nor is this one, though an area is called so too"),
    ("ROME", "geonames:3169070", "nor this"),
    ("JOS", "geonames:2335953", "nor three capitals that a large city is called by"),
    ("Ukraine's", "country:UA", "a possessive that was left on"),
    ("eastern Poland", "country:PL", "a part of a country"),
    ("Loudon Co.", "geonames:4638283", "a shortened word"),
]


@pytest.mark.parametrize(("name", "place_id", "reason"), FIRST)
def test_first_candidate(gazetteer, name, place_id, reason):
    candidates = gazetteer.candidates(name)
    assert candidates, reason
    assert candidates[0].place.id == place_id, reason


@pytest.mark.parametrize(
    ("name", "place_id", "reason"),
    [
        ("Solomyansky", "curated:solomianskyi", "Kyiv's district"),
        ("Solomyansky district", "curated:solomianskyi", "with the word for it"),
        ("Podilsky district", "curated:podilskyi", "Kyiv's district, not only Odesa's town"),
    ],
)
def test_among_the_candidates(gazetteer, name, place_id, reason):
    assert place_id in {c.place.id for c in gazetteer.candidates(name)}, reason


@pytest.mark.parametrize("name", ["EU", "UN", "NATO"])
def test_acronyms_of_blocs_are_no_towns(gazetteer, name):
    kinds = {candidate.place.kind for candidate in gazetteer.candidates(name)}
    assert kinds
    assert PlaceKind.CITY not in kinds


def test_an_unknown_acronym_is_nothing_rather_than_a_town(gazetteer):
    assert gazetteer.candidates("OF") == ()


def test_a_slip_is_found_only_when_asked_for(gazetteer):
    assert gazetteer.candidates("Mariupul") == ()
    (first, *_) = gazetteer.candidates("Mariupul", fuzzy=True)
    assert (first.place.id, first.how, first.distance) == ("geonames:701822", MatchHow.FUZZY, 1)


def test_fuzzy_does_not_touch_names_that_are_known(gazetteer):
    assert gazetteer.candidates("Kyiv", fuzzy=True) == gazetteer.candidates("Kyiv")


def test_a_longer_name_is_searched_by_its_parts_last(gazetteer):
    found = gazetteer.candidates("Manila Cathedral", fuzzy=True)
    assert found[0].how is MatchHow.FUZZY
    assert found[0].distance == len(" cathedral")
    assert "PH" in {candidate.place.country for candidate in found}


def test_everyday_words_carry_their_prior(gazetteer):
    candidates = [c for name in ("Reading", "Nice") for c in gazetteer.candidates(name)]
    assert all(0 <= candidate.everyday <= 1 for candidate in candidates)
    assert any(candidate.everyday for candidate in candidates)


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "%",
        "_",
        "K%",
        "K_iv",
        "*",
        "'",
        '"',
        "'; DROP TABLE place; --",
        "\x00",
        "a" * 10_000,
    ],
)
def test_wildcards_quotes_and_endless_names_find_nothing(gazetteer, name):
    assert gazetteer.candidates(name) == ()
    assert not gazetteer.knows(name)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_gets_an_answer(name):
    gazetteer = Gazetteer.open()
    for candidate in gazetteer.candidates(name):
        assert candidate.place.id
    gazetteer.close()


def test_knows_is_exact(gazetteer):
    assert gazetteer.knows("kyiv")
    assert gazetteer.knows("U.K.")
    assert not gazetteer.knows("Zaporizhiaa")


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Bank of Japan", {"Japan"}),  # no town called Bank: the word tells a kind of venue
        ("University of California", {"California"}),
        ("British Embassy Tokyo", {"United Kingdom", "Tokyo"}),  # each part, not the longest alone
        ("US Fisheries Court", {"United States"}),  # an acronym is a part too
    ],
)
def test_a_longer_name_is_looked_up_by_all_its_parts(gazetteer, name, places):
    found = [candidate.place.name for candidate in gazetteer.candidates(name, fuzzy=True)]
    assert set(found[: len(places)]) == places


def test_a_township_of_a_part_is_found_by_its_whole(gazetteer):
    (first, *_) = gazetteer.candidates("North Palmyra Township")
    assert (first.place.name, first.how.value) == ("Palmyra", "normalized")
