"""A publisher's profile is what its other articles name for certain."""

from __future__ import annotations

import pytest

from geomap.model import Location, Mention, Place, PlaceKind, Point, Resolution
from geomap.resolve import profiles

PARIS = Place(
    id="paris-tx",
    name="Paris",
    kind=PlaceKind.CITY,
    point=Point(lon=-95.5, lat=33.7),
    country="US",
    parents=("lamar", "texas", "country:US"),
)


def sure(confidence=0.95):
    mention = Mention(document_id="d", start=0, end=5, text="Paris", label="GPE")
    location = Location(place=PARIS, point=PARIS.point, precision=PARIS.precision)
    return Resolution(mention=mention, location=location, confidence=confidence)


def test_the_others_tell_and_the_article_itself_does_not():
    told = profiles([("paper", [sure()] * 5), ("paper", []), ("other", [sure()] * 9)])
    assert told[0] is None
    assert told[1] == {"paris-tx": 1.0, "lamar": 1.0, "texas": 1.0}
    assert told[2] is None


@pytest.mark.parametrize(
    ("publisher", "found", "reason"),
    [
        (None, [sure()] * 9, "nobody published it"),
        ("paper", [sure()] * 4, "too few names"),
        ("paper", [sure(0.5)] * 9, "none of them is sure"),
    ],
)
def test_too_little_is_no_profile(publisher, found, reason):
    assert profiles([(publisher, found), (publisher, [])])[1] is None, reason
