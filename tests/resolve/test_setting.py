"""What a document tells of where it is at home: its outlet's address, its areas, its words."""

from __future__ import annotations

import pytest
from tiny_gazetteer import TinyGazetteer

from geomap.model import Document
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


def test_a_city_of_the_title_stands_at_the_start_of_the_text():
    assert dict(setting(title="Kyiv burns", text="Nothing else is told.").cities) == {"Kyiv": 0}


def test_words_of_one_country_speak_for_it():
    cues = setting(text="The councillor spoke of the neighbours' colour and of the sheriff.").cues
    assert cues["GB"] > cues["US"] > 0
    assert setting(text="It rained.").cues == {}
