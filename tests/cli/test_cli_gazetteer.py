"""``geomap gazetteer``: what each action prints, and where."""

from __future__ import annotations

import json

import pytest

from geomap.cli import main


def rows(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_search_prints_one_object_a_line(capsys):
    assert main(["gazetteer", "search", "Kharkiv", "--json"]) == 0
    first = rows(capsys)[0]
    assert first["id"] == "geonames:706483"
    assert first["how"] == "exact"
    assert first["parents"][-2:] == ["country:UA", "continent:EU"]


def test_search_for_people(capsys):
    assert main(["gazetteer", "search", "kyiv"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    assert "geonames:703448" in line
    assert "2,952,301 people" in line


@pytest.mark.parametrize(
    ("options", "first"),
    [
        (["--country", "ca"], "geonames:6058560"),
        (["--near", "Columbus"], "geonames:4517009"),
        (["--kind", "city", "--limit", "1"], "geonames:2643743"),
    ],
)
def test_search_narrows(capsys, options, first):
    assert main(["gazetteer", "search", "London", "--json", *options]) == 0
    assert rows(capsys)[0]["id"] == first


def test_search_that_finds_nothing_says_so_on_standard_error(capsys):
    assert main(["gazetteer", "search", "Mariupul"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "no place is called 'Mariupul'; try --fuzzy\n"


def test_search_fuzzy_keeps_the_distance(capsys):
    assert main(["gazetteer", "search", "Mariupul", "--fuzzy", "--json"]) == 0
    first = rows(capsys)[0]
    assert (first["name"], first["how"], first["distance"]) == ("Mariupol", "fuzzy", 1)


def test_near_an_unknown_place_is_an_error(capsys):
    assert main(["gazetteer", "search", "London", "--near", "Nowheretobefound"]) == 1
    assert "no place with a position" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--country", "Canada"], "no code of two letters"),
        (["--country", "ÄÖ"], "no code of two letters"),
        (["--kind", "citty"], "kinds are city, district"),
        (["--limit", "-1"], "no count"),
        (["--limit", "many"], "no count"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_searched(capsys, options, message):
    with pytest.raises(SystemExit, match="2"):
        main(["gazetteer", "search", "London", *options])
    assert message in capsys.readouterr().err


def test_a_very_long_name_is_not_repeated_in_full(capsys):
    assert main(["gazetteer", "search", "x" * 10_000]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err) < 150


@pytest.mark.parametrize("name", ["%", "_", "*", "'", '"', "a%b", "--", "\\", "[a-z]", "\u202e"])
def test_wildcards_and_quotes_mean_themselves(capsys, name):
    assert main(["gazetteer", "search", "--json", "--fuzzy", "--", name]) == 0
    assert capsys.readouterr().out == ""


def test_the_union_has_a_point_to_compare_with_and_nato_none(capsys):
    """The point of a place is the gazetteer's; no event is ever put at a bloc's."""
    assert main(["gazetteer", "search", "EU", "--json"]) == 0
    assert rows(capsys)[0]["lat"] == pytest.approx(48.69, abs=0.01)
    assert main(["gazetteer", "search", "NATO", "--json"]) == 0
    assert rows(capsys)[0]["lat"] is None


def test_info_names_licences_and_checksum(capsys):
    assert main(["gazetteer", "info", "--json"]) == 0
    (info,) = rows(capsys)
    assert info["kinds"]["country"] == 250
    assert {"CC BY 4.0", "public domain"} <= {origin["licence"] for origin in info["origins"]}
    assert main(["gazetteer", "info"]) == 0
    assert f"SHA-256 {info['checksum']}" in capsys.readouterr().out


def test_add_checks_a_file(capsys, tmp_path):
    good = tmp_path / "mine.csv"
    good.write_text("name,lat,lon,aliases\nDepot One,50,30,D1|Первый\n", encoding="utf-8")
    assert main(["gazetteer", "add", str(good)]) == 0
    out, err = capsys.readouterr()
    assert out == "1 places, 3 names, 0 suppressed\n"
    assert "overlays = [" in err


def test_add_tells_wrong_rows_and_fails(capsys, tmp_path):
    bad = tmp_path / "mine.csv"
    bad.write_text("name,lat,lon\n,50,30\nA,x,30\n", encoding="utf-8")
    assert main(["gazetteer", "add", str(bad)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "geomap: mine.csv, row 2: no name",
        "geomap: mine.csv, row 3: lat is 'x', expected a number",
    ]


def test_build_outside_a_checkout_says_what_to_do(capsys, tmp_path):
    command = ["gazetteer", "build", "--sources", str(tmp_path), "--output", str(tmp_path / "x")]
    assert main(command) == 1
    assert "--sources" in capsys.readouterr().err


def test_search_for_people_leaves_out_what_is_not_known(capsys):
    assert main(["gazetteer", "search", "NATO"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "people" not in line
    assert main(["gazetteer", "search", "Mariupul", "--fuzzy"]) == 0
    assert "Mariupol" in capsys.readouterr().out


def test_near_takes_the_first_place_that_has_a_position(capsys):
    assert main(["gazetteer", "search", "London", "--near", "NATO"]) == 1
    assert "no place with a position" in capsys.readouterr().err
