"""What a build writes of hostile reports: all of it there as words, none of it able to act."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hostile_files import PROMPT, SCRIPT, SQL

from geomap.cli import build_parser, main
from geomap.visible import visible

pytest_plugins = ("hostile_build",)

TEXT_FILES = (
    "claims.csv", "events.csv", "events.geojson", "events.hxl.csv", "events.kml", "map.html",
    "mentions.csv", "report.md", "run.json",
)  # fmt: skip
# A spreadsheet runs a cell that begins so; numbers may be negative.
FORMULA = re.compile(r"[=@\t\r＝＋－＠]|[+-](?![\d.]+$)")


def text_of(folder, name):
    return (folder / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def events(hostile_output):
    collection = json.loads(text_of(hostile_output, "events.geojson"))
    return [feature["properties"] for feature in collection["features"]]


@pytest.fixture(scope="module")
def record(hostile_output):
    return json.loads(text_of(hostile_output, "run.json"))


def test_every_report_is_read_and_each_happening_found(events, record):
    assert record["failures"] == []
    assert len(record["documents"]) > 30
    assert len(events) >= 20


@pytest.mark.parametrize("name", TEXT_FILES)
def test_no_output_holds_what_a_terminal_would_obey(hostile_output, name):
    assert visible(text := text_of(hostile_output, name)) == text


def test_what_is_called_a_script_is_a_string_of_the_page(hostile_output):
    page = text_of(hostile_output, "map.html")
    assert "window.pwned" in page
    assert SCRIPT not in page
    assert not re.search(r"<(?:img|svg)[^>]*(?:onerror|onload)", page)
    assert not re.search(r'href="javascript:', page)


@pytest.mark.parametrize("name", [name for name in TEXT_FILES if name.endswith(".csv")])
def test_no_cell_is_a_formula(hostile_output, name):
    for row in csv.reader(io.StringIO(text_of(hostile_output, name))):
        for cell in row:
            assert not FORMULA.match(cell), cell


def test_no_cell_of_the_workbook_is_a_formula(hostile_output):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(hostile_output / "events.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert cells
    assert all(cell.data_type != "f" and not cell.hyperlink for cell in cells)


def test_names_are_bound_to_sql_and_never_part_of_it(hostile_output, events, record):
    with sqlite3.connect(hostile_output / "events.gpkg") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (count,) = database.execute("SELECT COUNT(*) FROM events").fetchone()
    assert count == len(events)
    assert SQL in {document["title"] for document in record["documents"]}
    assert main(["gazetteer", "search", SQL]) in (0, 1)
    assert main(["gazetteer", "search", "Kharkiv"]) == 0


def test_instructions_to_machines_are_words(events, record):
    assert PROMPT in {document["title"] for document in record["documents"]}
    known = {"reported", "claimed", "denied", "disputed", "retracted"}
    assert {event["status"] for event in events} <= known


def test_addresses_are_those_of_the_web(hostile_output, record):
    assert "javascript:window.pwned=3" not in text_of(hostile_output, "map.html")
    (noted,) = [note for d in record["documents"] for note in d["notes"] if "address" in note]
    assert "left out" in noted


def test_markup_languages_stay_well_formed(hostile_output):
    ET.parse(hostile_output / "events.kml")
    report = text_of(hostile_output, "report.md")
    assert "<script" not in report.replace("\\<", "")
    assert not re.search(r"(?<!\\)\]\((?!\w+\.)", report)


def test_paths_in_archives_are_names(hostile_output, record):
    ids = {document["id"] for document in record["documents"]}
    assert "traversal.zip!../../../../up.txt" in ids
    assert not Path("/etc/cron.d/x.txt").exists()
    assert sorted(p.name for p in hostile_output.parent.iterdir()) == ["in", "out"]


def test_links_in_archives_are_not_followed(record):
    ids = {document["id"] for document in record["documents"]}
    assert "link.zip!a.txt" in ids
    assert "link.zip!link.txt" not in ids


def test_files_called_like_options_are_files(record):
    assert {"--strict", "-rf.txt"} <= {document["id"] for document in record["documents"]}
    asked = build_parser().parse_args(["build", "-o", "out", "--", "--strict", "-rf.txt"])
    assert (asked.inputs, asked.strict) == (["--strict", "-rf.txt"], False)


def test_nothing_but_the_outputs_is_written(hostile_output):
    assert len(list(hostile_output.iterdir())) == len(TEXT_FILES) + 5
    assert not list(hostile_output.glob(".*"))
