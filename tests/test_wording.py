"""Counts, days and places in words."""

from __future__ import annotations

import dataclasses

import pytest
from made_nouns import day
from merge_fakes import ARVEN, HARBOR, NEARBY, ORLIN, TESK, located

from geomap.model import DateRange, Range
from geomap.wording import say_count, say_days, say_places, title

COUNTS = {
    "22": Range(low=22, high=22),
    "at least 22": Range(low=22, high=None, open_ended=True),
    "up to 30": Range(low=None, high=30),
    "22 to 25": Range(low=22, high=25),
    "22 to 25 or more": Range(low=22, high=25, open_ended=True),
    "unknown": Range(low=None, high=None),
}
DAYS = {
    "2 January 2024": ("2024-01-02", "2024-01-02"),
    "between 1 and 7 January 2024": ("2024-01-01", "2024-01-07"),
    "between 30 January and 2 February 2024": ("2024-01-30", "2024-02-02"),
    "between 31 December 2023 and 1 January 2024": ("2023-12-31", "2024-01-01"),
}


@pytest.mark.parametrize(("words", "count"), COUNTS.items())
def test_counts(words, count):
    assert say_count(count) == words


@pytest.mark.parametrize(("words", "days"), DAYS.items())
def test_days(words, days):
    first, last = (day(iso).first for iso in days)
    assert say_days(DateRange(first=first, last=last, precision=None, rule="")) == words


def at(place, relation=None, *anchors):
    location = located(place).location
    return dataclasses.replace(location, relation=relation, anchors=anchors)


PLACES = {
    "place not known": [],
    "Orlin": [at(ORLIN)],
    "Orlin and Tesk": [at(ORLIN), at(TESK)],
    "Orlin, Tesk and Nearby": [at(ORLIN), at(TESK), at(NEARBY)],
    "Orlin, Tesk and 2 more places": [at(ORLIN), at(TESK), at(NEARBY), at(HARBOR)],
    "50 km east of Orlin": [at(ORLIN, "50 km east of")],
    "Orlin area": [at(ORLIN, "area")],
    "between Orlin and Tesk": [at(ORLIN, "between", "t:tesk")],
    "border of Arven and Tesk": [at(ARVEN, "on the border", "t:tesk")],
    "Tann, in or near Orlin": [dataclasses.replace(at(ORLIN, "in or near"), name="Tann")],
    "border of Arven": [at(ARVEN, "on the border", "t:unknown")],
}


@pytest.mark.parametrize(("words", "places"), PLACES.items())
def test_places(words, places):
    assert say_places(places, {"t:tesk": "Tesk"}.get) == words


def test_a_title_begins_with_a_capital():
    assert title("fire", [at(ORLIN)], None) == "Fire, Orlin, date not known"
