"""The online fallback asks only for what is unresolved, once a name, and says who answered."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from geomap.errors import ConfigError
from geomap.model import Location, Mention, Place, PlaceKind, Point, Resolution
from geomap.online import Online


def resolution(text, location=None):
    mention = Mention(document_id="d", start=0, end=len(text), text=text, label="GPE")
    return Resolution(mention=mention, location=location, confidence=0.0)


class Geocoder:
    """Knows one village, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, name):
        self.asked.append(name)
        if name != "Little Whinging":
            return None
        return SimpleNamespace(address="Little Whinging, Surrey", latitude=51.3, longitude=-0.5)


def test_an_unresolved_name_is_answered_and_the_service_named(tmp_path):
    [found] = Online("fake", Geocoder(), tmp_path / "a.json").fill([resolution("Little\nWhinging")])
    assert found.place.name == "Little Whinging"
    assert found.location.point == Point(lon=-0.5, lat=51.3)
    assert found.place.source == "fake (online)"
    assert "fake" in found.note
    assert 0 < found.confidence < 0.5


def test_what_is_resolved_is_not_asked(tmp_path):
    geocoder = Geocoder()
    place = Place(id="x", name="Oslo", kind=PlaceKind.CITY, point=None)
    known = resolution("Oslo", Location(place=place, point=None, precision=place.precision))
    assert Online("fake", geocoder, tmp_path / "a.json").fill([known]) == (known,)
    assert geocoder.asked == []


def test_a_name_is_asked_once_even_by_another_run(tmp_path):
    geocoder = Geocoder()
    names = [resolution("Little Whinging"), resolution("Nowhere"), resolution("Nowhere")]
    first = Online("fake", geocoder, tmp_path / "a.json").fill(names)
    assert Online("fake", geocoder, tmp_path / "a.json").fill(names) == first
    assert geocoder.asked == ["Little Whinging", "Nowhere"]
    assert first[1].location is None


def test_a_file_that_was_cut_short_is_begun_anew(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"Nowh', encoding="utf-8")
    assert Online("fake", Geocoder(), path).fill([resolution("Nowhere")])[0].location is None


def test_an_unknown_service_is_named():
    with pytest.raises(ConfigError, match="nosuchservice"):
        Online.open("nosuchservice")
