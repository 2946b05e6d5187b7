"""Options of `geomap build` that say how the work is done."""

from __future__ import annotations

import dataclasses

import pytest
from made_map import lviv_check

from geomap.api import Built
from geomap.cli import build_parser
from geomap.cli.build import _settings, summary
from geomap.model import Result
from geomap.record import count

NOTHING = Result(documents=(), resolutions=(), reports=(), events=())


def settings(*options):
    return _settings(build_parser().parse_args(["build", "reports", *options]))


def test_without_options_the_settings_stand():
    chosen = settings()
    assert (chosen.workers, chosen.engine, chosen.cache) == (None, None, True)


def test_options_go_before_settings():
    chosen = settings("--workers", "3", "--engine", "dask://host:1", "--no-cache")
    assert (chosen.workers, chosen.engine, chosen.cache) == (3, "dask://host:1", False)


def test_how_sure_events_must_be_is_a_share(capsys):
    assert settings("--min-confidence", "0").min_confidence == 0
    with pytest.raises(SystemExit):
        settings("--min-confidence=60")
    assert "must be a number from 0 to 1, found '60'" in capsys.readouterr().err


@pytest.mark.parametrize("count", ["0", "-1", "two", "1.5", ""])
def test_a_number_of_workers_is_above_zero(count, capsys):
    with pytest.raises(SystemExit):
        settings(f"--workers={count}")
    assert "must be a whole number above 0" in capsys.readouterr().err


def built_of(result, **more):
    return Built(result=result, counts=count(result, ()), **more)


def test_the_summary_says_what_was_known_and_what_is_wrong_with_the_cache(tmp_path):
    (tmp_path / "map.html").write_text("")
    built = built_of(NOTHING, files=(tmp_path / "map.html",), known=2, notes=("it is full",))
    lines = list(summary(built, 1.0))
    assert "Known       2 documents from former builds" in lines
    assert "Cache       it is full" in lines


def test_the_summary_says_what_the_map_leaves_out(tmp_path):
    (tmp_path / "map.html").write_text("")
    built = built_of(NOTHING, files=(tmp_path / "map.html",), page_note="it leaves out much")
    assert "Map         it leaves out much" in list(summary(built, 1.0))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "stated about 70 km, measured 57 km"),
        ({"high": 80}, "stated about 70–80 km"),
        ({"measured": None}, "stated about 70 km, not measured"),
    ],
)
def test_the_summary_sets_the_stated_distance_beside_the_measured_one(tmp_path, changes, words):
    check = lviv_check()
    claim = dataclasses.replace(check.claim, stated_high_km=changes.get("high", 70))
    measured = changes.get("measured", check.measured)
    check = dataclasses.replace(check, claim=claim, measured=measured)
    result = dataclasses.replace(NOTHING, distances=(check,))
    built = built_of(result, files=(tmp_path / "map.html",), known=0, notes=())
    (tmp_path / "map.html").write_text("")
    assert words in "\n".join(summary(built, 1.0))


def test_the_summary_of_many_distances_fits_a_screen(tmp_path):
    (tmp_path / "map.html").write_text("")
    result = dataclasses.replace(NOTHING, distances=(lviv_check(),) * 1_250)
    built = built_of(result, files=(tmp_path / "map.html",), known=0, notes=())
    told = [line for line in summary(built, 1.0) if line.startswith("Distances")]
    assert len(told) == 11
    assert told[-1] == "Distances   1,240 more of 1,250; report.md lists all of them"
