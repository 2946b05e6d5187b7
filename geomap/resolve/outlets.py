"""News outlets and where they are at home, by address or name.

``outlets.csv`` beside this module lists dailies and broadcasters of general interest, written by
hand from what their mastheads say. ``home`` is the town that an outlet is made in and writes about,
empty where it writes for a whole country.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from geomap.model import PlaceKind, noun
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.model import Candidate
    from geomap.resolve.options import Lookup


@noun
class Outlet:
    """An outlet; ``home`` and its first-level area are empty where it is a country's."""

    host: str
    name: str
    home: str
    admin1: str
    country: str


def outlet_of(publisher: str) -> Outlet | None:
    """Return the outlet of an address ("www.courant.com") or a name ("Hartford Courant").

    A name that several outlets bear tells none of them.
    """
    host = publisher.strip().lower().removeprefix("https://").removeprefix("http://").split("/")[0]
    while "." in host:
        if found := _by_host().get(host):
            return found
        host = host.partition(".")[2]
    return _by_name().get(fold(publisher))


def home_of(outlet: Outlet, gazetteer: Lookup) -> Candidate | None:
    """Return the town that an outlet is at home in, ``None`` where it has none that is known."""
    found = [
        one
        for one in (gazetteer.candidates(outlet.home) if outlet.home else ())
        if one.place.country == outlet.country
        if not outlet.admin1 or one.place.admin1 == outlet.admin1
    ]
    towns = (one for one in found if one.place.kind is PlaceKind.CITY)
    return next(towns, found[0] if found else None)


@cache
def _outlets() -> tuple[Outlet, ...]:
    path = files("geomap.resolve") / "outlets.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Outlet(**row) for row in csv.DictReader(lines))


@cache
def _by_host() -> Mapping[str, Outlet]:
    return {outlet.host: outlet for outlet in _outlets()}


@cache
def _by_name() -> Mapping[str, Outlet]:
    named: dict[str, Outlet | None] = {}
    for outlet in _outlets():
        key = fold(outlet.name)
        told = named.setdefault(key, outlet)
        if told is not None and (told.home, told.country) != (outlet.home, outlet.country):
            named[key] = None
    return {key: outlet for key, outlet in named.items() if outlet is not None}
