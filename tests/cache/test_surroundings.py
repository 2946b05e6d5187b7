"""What is around places is looked up once, and is the same when it is known."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing

import made_result as made

from geomap.cache import Surroundings, open_shelf
from geomap.config import Settings
from geomap.features import event_features
from geomap.fingerprint import surroundings

MARK = b"m" * 32


class Counting(made.FakeGazetteer):
    """Counts how often it is asked what lies around."""

    def __init__(self):
        super().__init__()
        self.asked = 0

    def containing(self, point):
        self.asked += 1
        return super().containing(point)


def properties(folder, mark=MARK):
    """Return what is told of the events, how often the gazetteer was asked, and the notes."""
    gazetteer = Counting()
    with open_shelf(folder / Surroundings.FILE_NAME, 10) as shelf:
        context = dataclasses.replace(
            made.context(), gazetteer=gazetteer, surroundings=Surroundings(shelf, mark)
        )
        found = [feature.properties for feature in event_features(made.result(), context)]
    return found, gazetteer.asked, shelf.notes


def test_what_is_known_is_the_same_and_not_looked_up(tmp_path):
    plain = [feature.properties for feature in event_features(made.result(), made.context())]
    first, asked, _ = properties(tmp_path)
    assert first == plain
    assert asked > 0
    assert properties(tmp_path) == (plain, 0, [])


def test_with_another_mark_nothing_is_known(tmp_path):
    _, asked, _ = properties(tmp_path)
    assert properties(tmp_path, mark=b"n" * 32)[1] == asked


def test_a_damaged_entry_is_looked_up_anew_and_noted(tmp_path):
    first, _, _ = properties(tmp_path)
    with closing(sqlite3.connect(tmp_path / Surroundings.FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = substr(content, 1, 20)")
    found, asked, notes = properties(tmp_path)
    assert found == first
    assert asked > 0
    assert "damaged" in notes[0]


def test_the_mark_hangs_on_the_places_of_the_user(tmp_path):
    path = tmp_path / "poi.csv"
    marks = set()
    for text in ("name,lat,lon\nDepot,49.9,24", "name,lat,lon\nDepot,49.8,24"):
        path.write_text(text)
        marks.add(surroundings(Settings(poi=str(path)), MARK))
    marks |= {surroundings(Settings(), MARK), surroundings(Settings(), b"n" * 32)}
    assert len(marks) == 4
