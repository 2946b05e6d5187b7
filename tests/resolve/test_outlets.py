"""Outlets are known by address or name, and their homes are in the gazetteer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geomap.gazetteer import Gazetteer
from geomap.resolve import outlets
from geomap.resolve.outlets import home_of, outlet_of


@pytest.mark.parametrize(
    ("publisher", "host", "reason"),
    [
        ("courant.com", "courant.com", "an address"),
        ("https://www.courant.com/news/", "courant.com", "a link"),
        ("sports.courant.com", "courant.com", "a part of a site"),
        ("Hartford Courant", "courant.com", "a name"),
        ("courant.example", None, "another address"),
        ("The Herald", None, "a name of several outlets tells none"),
        ("", None, "no publisher"),
        ("com", None, "no outlet is all of .com"),
    ],
)
def test_an_outlet_is_known_by_address_or_name(publisher, host, reason):
    found = outlet_of(publisher)
    assert (found and found.host) == host, reason


def test_every_home_is_a_place_of_the_gazetteer():
    path = Path(outlets.__file__).with_name("outlets.csv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len({row["host"] for row in rows}) == len(rows)
    with Gazetteer.open() as gazetteer:
        lost = [
            row["host"]
            for row in rows
            if row["home"] and home_of(outlets.Outlet(**row), gazetteer) is None
        ]
    assert lost == []


def test_an_outlet_of_a_country_has_no_home():
    with Gazetteer.open() as gazetteer:
        assert home_of(outlet_of("cbc.ca"), gazetteer) is None
