"""What a document tells of where it is at home: its outlet's address, its areas, its words."""

from __future__ import annotations

import pytest
from tiny_gazetteer import TinyGazetteer, place

from geomap.model import Candidate, Document, MatchHow, PlaceKind
from geomap.resolve.setting import setting_of


def setting(publisher=None, text="", title=None):
    document = Document(id="d", text=text, title=title, publisher=publisher)
    return setting_of(document, TinyGazetteer())


@pytest.mark.parametrize(
    ("publisher", "homes", "country", "reason"),
    [
        ("thelvivherald.example", ["lviv"], None, "what any outlet is called by is taken off"),
        ("https://www.lviv-news.com.ua/", ["lviv"], "UA", "a hyphen, and a suffix of two levels"),
        ("lvivtimes.co.uk", ["lviv"], "GB", "the suffix of Britain is not its country code"),
        ("lvivandodesa.org", ["lviv", "odesa"], None, "two towns with 'and' between"),
        ("dallas.dallasnews.test", ["dallas"], None, "a home named twice is one"),
        ("blacksea.fr", ["black sea"], "FR", "a blank is missing, as in addresses"),
        ("thenews.com", [], None, "nothing is left of it"),
        ("newskyi.com", [], None, "what is left is too short for a name"),
        ("qwrtville.com", [], None, "no place is called so"),
        ("Lviv Daily", ["lviv"], None, "a name and no address"),
        ("dallasnews.com", ["Dallas"], "US", "listed: the place itself is known"),
        ("amarillo.com", [], "US", "listed, but this gazetteer does not know its town"),
        ("", [], None, "no outlet"),
    ],
)
def test_an_outlet_tells_towns_and_country_by_its_address(publisher, homes, country, reason):
    found = setting(publisher)
    assert [home.text for home in found.homes] == homes, reason
    assert found.outlet_country == country, reason


def test_areas_and_large_cities_are_heard_in_title_and_text():
    found = setting(title="Fire in Texas", text="Crews came from Dallas to Paris, Texas.")
    assert found.areas == {"test:texas"}
    assert dict(found.cities) == {"Dallas": 16, "Paris": 26}


class OtherTowns(TinyGazetteer):
    """Knows a small town, an alias of a large city, and a city called like an everyday word."""

    def candidates(self, name, *, fuzzy=False):
        match name:
            case "Qwrtville":
                return (candidate(name, people=9_000),)
            case "Metropolis":
                return (candidate(name, how=MatchHow.ALIAS),)
            case "Mobile":
                return (candidate(name, everyday=0.9),)
            case _:
                return super().candidates(name, fuzzy=fuzzy)


def candidate(name, people=900_000, how=MatchHow.EXACT, everyday=0.0):
    town = place(name.lower(), PlaceKind.CITY, 10.0, 10.0, "FR", name=name, population=people)
    return Candidate(place=town, matched_name=name, how=how, everyday=everyday)


def test_what_is_small_or_called_otherwise_or_an_everyday_word_is_no_large_city():
    text = "Trains from Qwrtville, Metropolis and Mobile reach Lviv."
    found = setting_of(Document(id="d", text=text), OtherTowns())
    assert [name for name, _ in found.cities] == ["Lviv"]


def test_no_more_cities_are_heard_than_help():
    crowd = [
        place(
            f"c{n}",
            PlaceKind.CITY,
            1.0,
            1.0,
            "FR",
            name=f"Ville{chr(97 + n // 26)}{chr(97 + n % 26)}",
            population=200_000,
        )
        for n in range(60)
    ]
    text = ". ".join(one.name for one in crowd)
    assert len(setting_of(Document(id="d", text=text), TinyGazetteer(crowd)).cities) == 32


def test_a_city_of_the_title_stands_at_the_start_of_the_text():
    assert dict(setting(title="Kyiv burns", text="Nothing else is told.").cities) == {"Kyiv": 0}


def test_words_of_one_country_speak_for_it():
    cues = setting(text="The councillor spoke of the neighbours' colour and of the sheriff.").cues
    assert cues["GB"] > cues["US"] > 0
    assert setting(text="It rained.").cues == {}
