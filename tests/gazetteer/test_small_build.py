"""A whole build of a small world: every source gives what it has, and the outcome answers."""

from __future__ import annotations

import sys

import pytest
import zstandard
from tiny_sources import (
    LOWER,
    NORTH,
    PLACE,
    STATES,
    UPPER,
    packages_of,
    write_packages,
    write_sources,
)

from geomap.cli import main
from geomap.errors import GazetteerError
from geomap.gazetteer import Gazetteer
from geomap.gazetteer.build import STEPS, build_compressed
from geomap.model import PlaceKind, Point


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("packages")
    write_packages(folder)
    return folder


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder)
    return folder


@pytest.fixture(scope="module")
def packed(packages, sources, tmp_path_factory):
    """Return the compressed file of a build, made by the command."""
    output = tmp_path_factory.mktemp("build") / "small.sqlite.zst"
    with packages_of(packages):
        assert main(["gazetteer", "build", "--sources", str(sources), "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="module")
def gazetteer(packed):
    path = packed.with_suffix("")
    with packed.open("rb") as file, path.open("wb") as target:
        zstandard.ZstdDecompressor(max_window_size=1 << 27).copy_stream(file, target)
    with Gazetteer.open(path) as opened:
        yield opened


def ids_of(gazetteer, name):
    return [candidate.place.id for candidate in gazetteer.candidates(name)]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        pytest.param("Europa", "continent:EU", id="a continent by another name"),
        pytest.param("The West", "country:AA", id="an alias of ISO's"),
        pytest.param("Land of the East", "country:BB", id="a name of Natural Earth's"),
        pytest.param("Westland (uk)", "country:AA", id="a name of CLDR's"),
        pytest.param("WL", "country:AA", id="a curated abbreviation"),
        pytest.param("Westlander", "country:AA", id="a demonym"),
        pytest.param("North Oblast", "admin1:AA-01", id="an area by its English name"),
        pytest.param("Nord", "admin1:AA-01", id="an area by a name of its polygon"),
        pytest.param("Southern Province", "admin1:AA-02", id="an area named by hand"),
        pytest.param("Upper Two", "naturalearth:BB-U2", id="an area that only Natural Earth has"),
        pytest.param("Nameless County", "area:US-6", id="an area without any id"),
        pytest.param("Нордберг", "geonames:101", id="a large place in another script"),
        pytest.param("Postville", "postal:US-TX-postville", id="a post office"),
        pytest.param("Nordberg Airport", "airport:NBG", id="an airport by its city"),
        pytest.param("Farpost Airport", "airport:FAR", id="an airport called like its town"),
        pytest.param("Old Field", "curated:old-field", id="an airport that is there already"),
        pytest.param("Blue Sea", "naturalearth:blue-sea", id="a sea"),
        pytest.param("Slow River", "curated:slow-river", id="a river that is there already"),
        pytest.param("The Union", "curated:union", id="a bloc"),
    ],
)
def test_names_of_every_source_are_found(gazetteer, name, place):
    assert place in ids_of(gazetteer, name)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Old Islands", id="a country that is no more"),
        pytest.param("nuo de bai", id="a machine's transliteration"),
        pytest.param("NBG", id="a code of an airport"),
        pytest.param("Квартал", id="another script for a small place"),
        pytest.param("Nowhere", id="an area of no country"),
        pytest.param("Outland", id="a post office of no state"),
        pytest.param("Army", id="a post office abroad"),
        pytest.param("Box", id="a code for soldiers"),
        pytest.param("Nolat", id="a code without a position"),
    ],
)
def test_what_nobody_would_write_is_left_out(gazetteer, name):
    assert ids_of(gazetteer, name) == []


@pytest.mark.parametrize(
    ("place", "parents"),
    [
        ("geonames:101", ("admin1:AA-01", "country:AA", "continent:EU")),
        ("geonames:104", ("geonames:32", "admin1:US-TX", "country:US")),
        ("geonames:105", ("country:AA", "continent:EU")),
        ("geonames:106", ()),
        ("postal:US-TX-postville", ("geonames:32", "admin1:US-TX", "country:US")),
        ("postal:US-TX-elsewhere", ("admin1:US-TX", "country:US")),
        ("airport:NBG", ("admin1:AA-01", "country:AA", "continent:EU")),
        ("airport:EDG", ("country:AA", "continent:EU")),
        ("airport:ZZZ", ()),
        ("curated:old-field", ("admin1:AA-01", "country:AA", "continent:EU")),
    ],
)
def test_places_lie_in_the_narrowest_area_known(gazetteer, place, parents):
    assert gazetteer.place(place).parents == parents


def test_points_of_areas_follow_from_what_is_known_of_them(gazetteer):
    assert gazetteer.place("country:AA").point == Point(lon=5, lat=45.5), "curated"
    assert gazetteer.place("admin1:AA-01").point == Point(lon=5, lat=47.5), "of the polygon"
    derived = gazetteer.place("admin1:US-TX")
    assert derived.point == Point(lon=35.5, lat=44.6), "the middle of its places"
    assert "derived" in derived.source
    assert gazetteer.place("curated:union").point is None


def test_quarters_are_not_counted_again_in_their_city(gazetteer):
    assert gazetteer.place("admin1:AA-01").population == 300_000
    assert gazetteer.place("admin1:US-TX").population is None


def test_polygons_are_those_of_the_sources_or_of_the_parts(gazetteer):
    assert gazetteer.geometry("admin1:AA-01").equals(NORTH)
    assert gazetteer.geometry("admin1:BB-01").equals(UPPER)
    assert gazetteer.geometry("naturalearth:BB-L").equals(LOWER)
    assert gazetteer.geometry("country:US").equals(STATES)
    assert gazetteer.geometry("naturalearth:blue-sea").bounds == (20, 40, 29, 50)
    assert gazetteer.geometry("curated:slow-river") is None, "a river is no area"


def test_kinds_of_water_are_told_by_their_names(gazetteer):
    assert gazetteer.place("naturalearth:narrow-strait").kind is PlaceKind.STRAIT
    assert gazetteer.place("naturalearth:blue-sea").kind is PlaceKind.SEA


def test_borders_are_the_edges_that_neighbors_share(gazetteer):
    border = gazetteer.border("AA", "BB")
    assert (border.bounds, border.length) == ((10, 40, 10, 50), 10)
    assert gazetteer.border("AA", "US") is None
    assert gazetteer.disputed().bounds == (0, 45, 10, 45)


def test_a_country_has_its_own_view(packed):
    with Gazetteer.open(packed.with_suffix(""), viewpoint="EE") as theirs:
        assert theirs.place("geonames:101").country == "BB"
        assert theirs.geometry("country:BB").area == 150, "with what it gains"
        assert theirs.geometry("country:AA").area == 50, "without what it loses"
    with Gazetteer.open(packed.with_suffix(""), viewpoint="KR") as theirs:  # KO in the source
        assert theirs.place("admin1:BB-01").country == "AA"
        assert theirs.place("geonames:103").parents[:2] == ("admin1:BB-01", "country:AA")
        assert theirs.place("geonames:103").country == "AA", "as the area that it lies in"
        assert theirs.geometry("country:AA").bounds == (0, 40, 20, 50)
    with pytest.raises(GazetteerError, match="the source has EE, KR"):
        Gazetteer.open(packed.with_suffix(""), viewpoint="UN")


def test_the_basemap_has_larger_lakes_only(gazetteer):
    lakes = gazetteer.basemap((0, 40, 10, 50)).lakes
    assert sorted(round(float(lake.area), 2) for lake in lakes) == [0.25, 0.25, 1]


def test_the_same_sources_give_the_same_bytes(packages, sources, packed, tmp_path):
    told = []
    with packages_of(packages):
        size = build_compressed(sources, tmp_path / "again.zst", progress=told.append)
    assert (tmp_path / "again.zst").read_bytes() == packed.read_bytes()
    assert size == packed.stat().st_size
    assert told == list(STEPS)


def test_a_build_that_fails_leaves_the_former_file(packages, tmp_path):
    write_sources(tmp_path / "wrong")
    (tmp_path / "wrong" / "curated" / "everyday.csv").write_text("name,prior,reason\nA,2,x\n")
    output = tmp_path / "former.zst"
    output.write_bytes(b"former")
    with (
        packages_of(packages),
        pytest.raises(GazetteerError, match=r"everyday\.csv, line 2: prior"),
    ):
        build_compressed(tmp_path / "wrong", output)
    assert output.read_bytes() == b"former"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["former.zst"]


def test_what_a_build_needs_is_named(packages, sources, tmp_path, monkeypatch):
    with pytest.raises(GazetteerError, match="curated is missing; run this in a checkout"):
        build_compressed(tmp_path, tmp_path / "x.zst")
    with packages_of(packages):
        monkeypatch.setitem(sys.modules, "zipcodes", None)
        with pytest.raises(GazetteerError, match=r"needs zipcodes; install .*geomap\[gazetteer\]"):
            build_compressed(sources, tmp_path / "x.zst")


@pytest.mark.parametrize(
    ("table", "text", "message"),
    [
        ("disputed", "area,neighbor,reason\nadmin1:US-TX,,x\n", "no polygon of admin1:US-TX"),
        (
            "disputed",
            "area,neighbor,reason\ncountry:US,country:AA,x\n",
            "the two areas have no edge in common",
        ),
        ("viewpoints", "viewpoint,area,country,reason\nEE,admin1:X,BB,x\n", "no such area"),
    ],
)
def test_a_wrong_line_about_borders_fails_the_build(packages, tmp_path, table, text, message):
    write_sources(tmp_path / "wrong")
    (tmp_path / "wrong" / "borders" / f"{table}.csv").write_text(text)
    with packages_of(packages), pytest.raises(GazetteerError, match=f"line 2: {message}"):
        build_compressed(tmp_path / "wrong", tmp_path / "x.zst")


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("points", "target,lat,lon,geonameid,reason\ncountry:ZZ,1,1,,x\n", "country:ZZ"),
        ("area_names", "target,name,reason\nadmin1:ZZ,N,x\n", "admin1:ZZ"),
        ("regions", f"{PLACE}r,R,region,1,1,ZZ,,admin1:ZZ,,,,x\n", "country:ZZ"),
    ],
)
def test_targets_that_mean_nothing_are_told(packages, tmp_path, table, row, message):
    write_sources(tmp_path / "wrong")
    (tmp_path / "wrong" / "curated" / f"{table}.csv").write_text(row)
    with packages_of(packages), pytest.raises(GazetteerError, match=f"line 2: {message}"):
        build_compressed(tmp_path / "wrong", tmp_path / "x.zst")
