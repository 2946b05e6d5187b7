"""Files that are as they were are not read again, and any other is."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from geomap.cache import Files, Shelf, open_shelf
from geomap.config import Settings
from geomap.model import Document, Failure
from geomap.read import read_documents
from geomap.read.discover import STDIN, Source

SETTINGS = Settings()
MARK = b"m" * 32


@pytest.fixture(name="settled", autouse=True)
def settled_(monkeypatch):
    """Take every file for one that was written long ago, as tests do not wait for ticks."""
    monkeypatch.setattr("geomap.cache.files._TICK_NS", -(10**18))


@pytest.fixture(name="reports")
def reports_(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    rows = [{"id": "x", "text": "Fire in the port."}, {"title": "no text"}]
    (folder / "a.txt").write_text("Published: 2024-05-06\n\nA mill burned.")
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (folder / "c.txt.gz").write_bytes(gzip.compress(b"A flood in the town."))
    (folder / "d.exe").write_bytes(b"MZ")
    return folder


def read(folder, reports, mark=MARK, settings=SETTINGS):
    """Return what is read, and the notes of the cache."""
    with open_shelf(folder / Files.FILE_NAME, 10) as shelf:
        found = list(read_documents([reports], settings, Files(shelf, mark)))
    return found, shelf.notes


@pytest.fixture(name="opened")
def opened_(monkeypatch):
    """The ids of the files that are opened."""
    ids, plain = [], Source.read

    def noted(source, limit_bytes):
        ids.append(source.id)
        return plain(source, limit_bytes)

    monkeypatch.setattr(Source, "read", noted)
    return ids


def test_what_is_known_is_the_same_and_no_file_is_opened(tmp_path, reports, opened):
    first, _ = read(tmp_path, reports)
    assert [type(item) for item in first] == [Document, Document, Failure, Document, Failure]
    assert opened == ["a.txt", "b.jsonl", "c.txt.gz", "d.exe"]
    opened.clear()
    assert read(tmp_path, reports)[0] == first
    assert opened == []
    assert list(read_documents([reports], SETTINGS)) == first


def test_a_file_changed_within_its_size_and_time_is_read_again(tmp_path, reports, opened):
    read(tmp_path, reports)
    path = reports / "a.txt"
    before = path.stat()
    path.write_text(path.read_text().replace("mill", "barn"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    opened.clear()
    found, _ = read(tmp_path, reports)
    assert found[0].text == "A barn burned."
    assert opened == ["a.txt"]


def test_a_file_put_in_the_place_of_another_is_read(tmp_path, reports, opened):
    read(tmp_path, reports)
    (reports / "new").write_text("Published: 2024-05-06\n\nA barn burned.")
    (reports / "new").replace(reports / "a.txt")
    opened.clear()
    assert read(tmp_path, reports)[0][0].text == "A barn burned."
    assert opened == ["a.txt"]


def test_what_was_written_just_now_is_not_kept(tmp_path, reports, opened, monkeypatch):
    monkeypatch.setattr("geomap.cache.files._TICK_NS", 10**13)
    read(tmp_path, reports)
    opened.clear()
    read(tmp_path, reports)
    assert len(opened) == 4


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path, reports, opened, monkeypatch):
    plain = Source.read

    def changing(source, limit_bytes):
        data = plain(source, limit_bytes)
        with source.path.open("ab") as file:
            file.write(b" ")
        return data

    monkeypatch.setattr(Source, "read", changing)
    read(tmp_path, reports)
    opened.clear()
    read(tmp_path, reports)
    assert len(opened) == 4


@pytest.mark.parametrize(
    ("mark", "settings"), [(b"n" * 32, SETTINGS), (MARK, Settings(max_text_chars=3))]
)
def test_with_another_mark_all_is_read(tmp_path, reports, opened, mark, settings):
    from geomap.fingerprint import reading

    read(tmp_path, reports, mark=MARK + reading(SETTINGS))
    opened.clear()
    read(tmp_path, reports, mark=mark + reading(settings), settings=settings)
    assert len(opened) == 4


def test_what_the_clock_decided_is_not_kept(tmp_path, reports, opened, monkeypatch):
    slow = Settings(max_seconds=1)
    monkeypatch.setattr("geomap.read.READERS", {"text": _spin})
    found, _ = read(tmp_path, reports / "a.txt", settings=slow)
    assert "longer than 1 s" in found[0].message
    read(tmp_path, reports / "a.txt", settings=slow)
    assert opened == ["a.txt", "a.txt"]


def _spin(_item):
    while True:
        pass
    yield


def test_a_day_to_come_is_judged_each_time(tmp_path, reports, monkeypatch):
    day = datetime.now(UTC).date() + timedelta(days=30)
    (reports / "a.txt").write_text(f"Published: {day}\n\nA mill burned.")
    first, _ = read(tmp_path, reports)
    assert "dated in the future" in first[0].notes[0]
    monkeypatch.setattr("geomap.read.future_note", lambda *_: ())
    assert read(tmp_path, reports)[0][0].notes == ()


def test_standard_input_is_not_known():
    files = Files(Shelf(), MARK)
    source = Source(location=str(STDIN), id="stdin")
    files.expect([source])
    files.keep(source, [])
    assert files.recall(source) is None


def test_a_damaged_entry_is_read_anew_and_noted(tmp_path, reports):
    first, _ = read(tmp_path, reports)
    with closing(sqlite3.connect(tmp_path / Files.FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = substr(content, 1, 20) WHERE rowid = 1")
    found, notes = read(tmp_path, reports)
    assert found == first
    assert "damaged" in notes[0]


@pytest.fixture(name="many")
def many_(tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(150):
        (folder / f"{number:03}.txt").write_text(f"Published: 2024-05-06\n\nMill {number} burned.")
    (folder / "077.txt").write_bytes(b"MZ\0\1")  # no text: a failure among documents
    return folder


def test_runs_of_files_give_the_same(tmp_path, many, opened):
    first, _ = read(tmp_path, many)
    opened.clear()
    again, notes = read(tmp_path, many)
    assert again == first == list(read_documents([many], SETTINGS))
    assert notes == []
    (many / "033.txt").write_text("A barn burned.")
    (many / "100.txt").unlink()
    (many / "200.txt").write_text("A ship sank.")
    opened.clear()
    found, _ = read(tmp_path, many)
    assert opened == ["033.txt", "200.txt"]
    assert found == list(read_documents([many], SETTINGS))


def test_a_damaged_run_is_read_from_its_files_again(tmp_path, many, opened):
    first, _ = read(tmp_path, many)
    with closing(sqlite3.connect(tmp_path / Files.FILE_NAME)) as database, database:
        n_runs = database.execute(
            "UPDATE told SET content = substr(content, 1, 20) WHERE rowid > 150"
        ).rowcount
    assert n_runs > 0
    opened.clear()
    found, notes = read(tmp_path, many)
    assert found == first
    assert opened == []
    assert len(notes) == n_runs
    assert read(tmp_path, many) == (first, [])
