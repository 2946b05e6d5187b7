"""`geomap build` from end to end, on the reports that come with the project."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from project import ROOT

from geomap.cli import main


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the output folder of a build of ``seeds/``."""
    output = tmp_path_factory.mktemp("build")
    assert main(["build", str(ROOT / "seeds"), "-o", str(output), "--quiet"]) == 0
    return output


@pytest.fixture(scope="module")
def events(built):
    collection = json.loads((built / "events.geojson").read_text(encoding="utf-8"))
    return [feature["properties"] for feature in collection["features"]]


@pytest.fixture(scope="module")
def texts():
    """Return the texts of the seeds as they are read, by document id."""
    from geomap.config import Settings
    from geomap.read import read_documents

    documents = read_documents([ROOT / "seeds"], Settings())
    return {document.id: document.text for document in documents}


def test_everything_is_written_and_nothing_else(built):
    assert sorted(path.name for path in built.iterdir()) == [
        "claims.csv",
        "events.csv",
        "events.geojson",
        "events.gpkg",
        "events.parquet",
        "map.html",
        "map.png",
        "mentions.csv",
        "report.md",
        "run.json",
    ]


def test_every_quote_stands_in_its_document(events, texts):
    claims = [claim for event in events for claim in event["claims"]]
    assert claims
    for claim in claims:
        text = texts[claim["document_id"]]
        assert text[claim["start"] : claim["end"]] == claim["quote"]


def find(events, place, day):
    """Return the events of a place and day that are no part of another."""
    return [
        event
        for event in events
        if (event["place"], event["date_start"]) == (place, day) and event["parent_id"] is None
    ]


def test_the_strike_that_several_reports_tell_is_one_event(events):
    (strike,) = find(events, "Belgorod", "2023-12-30")
    assert strike["n_reports"] >= 3
    assert strike["killed_min"] == 22
    assert strike["killed_max"] == 25
    assert "killed" in {conflict["field"] for conflict in strike["conflicts"]}


def test_a_withdrawn_event_is_marked_and_kept(events):
    (violation,) = [event for event in events if event["type"] == "airspace_violation"]
    assert violation["status"] == "retracted"


def test_no_event_is_on_the_map_without_a_place(built):
    collection = json.loads((built / "events.geojson").read_text(encoding="utf-8"))
    for feature in collection["features"]:
        located = feature["properties"]["place"] is not None
        assert (feature["geometry"] is not None) == located


def test_the_stated_distance_stands_beside_the_measured_one(built):
    report = (built / "report.md").read_text(encoding="utf-8")
    assert "about 70 km" in report
    assert re.search(r"5[67]\.\d km from Lviv to the border of Poland", report)
    assert "Natural Earth" in report


def test_the_record_names_inputs_and_gazetteer_and_no_folder_of_this_machine(built):
    text = (built / "run.json").read_text(encoding="utf-8")
    record = json.loads(text)
    assert len(record["documents"]) == 6
    assert all(len(document["sha256"]) == 64 for document in record["documents"])
    assert len(record["gazetteer"]["checksum"]) == 64
    assert str(ROOT) not in text


def build_in_a_process(output):
    """Build with another hash seed, so that the order of sets differs."""
    command = [sys.executable, "-m", "geomap", "build", ROOT / "seeds", "-o", output, "--quiet"]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([*map(str, command)], check=True, capture_output=True, env=environment)


def test_the_same_input_gives_the_same_bytes(built, tmp_path):
    build_in_a_process(tmp_path)
    for path in sorted(built.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_hostile_text_builds_and_the_summary_tells_what_failed(tmp_path, capsys):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(
        "Title: </script><script>alert(1)</script>\nDate: 2024-01-02\n\n"
        "Missiles hit Kyiv on Tuesday, <img src=x onerror=alert(2)> officials said.\n"
    )
    (reports / "b.txt").write_bytes(b"\0\1\2" * 99)
    assert main(["build", str(reports), "-o", str(tmp_path / "out"), "--quiet"]) == 0
    assert "b.txt" in capsys.readouterr().err
    assert "<script>alert" not in (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    assert main(["build", str(reports), "-o", str(tmp_path / "out"), "--quiet", "--strict"]) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing"], "missing: no such file or folder"),
        (["empty"], "no document found"),
        (["bad.txt"], "bad.txt: no text"),
        (["ok.txt", "-o", "file.txt"], "file.txt: cannot be written"),
        (["ok.txt", "--format", "shapefile"], 'unknown format "shapefile"'),
    ],
)
def test_a_build_that_cannot_be_says_why_in_one_line(
    tmp_path, monkeypatch, capsys, arguments, words
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "ok.txt").write_text("Missiles hit Kyiv.")
    (tmp_path / "file.txt").write_text("in the way")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2" * 99)
    assert main(["build", "--quiet", *arguments]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert words in line


def test_a_column_can_be_named_on_the_command_line(tmp_path):
    rows = json.dumps([{"body_plain": "Missiles hit Kyiv on Tuesday, killing two people."}])
    (tmp_path / "rows.json").write_text(rows)
    arguments = ["build", str(tmp_path / "rows.json"), "-o", str(tmp_path / "out"), "--quiet"]
    assert main([*arguments, "--format", "csv", "--column", "text=body_plain"]) == 0
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["settings"]["columns"] == [["text", "body_plain"]]
    with pytest.raises(SystemExit):
        main([*arguments, "--column", "body_plain"])


def test_a_build_that_dies_leaves_the_former_output_whole(tmp_path, monkeypatch):
    output = tmp_path / "out"
    output.mkdir()
    (output / "map.html").write_text("the former map")

    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("geomap.record.render", die)
    assert main(["build", str(ROOT / "seeds"), "-o", str(output), "--quiet"]) == 130
    assert [path.name for path in output.iterdir()] == ["map.html"]
    assert (output / "map.html").read_text() == "the former map"
