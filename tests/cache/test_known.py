"""The cache before an engine: what it tells is what telling anew would."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_result import result

from geomap import codec
from geomap.cache import Known, open_shelf, told_runs
from geomap.cache.sharing import Sharing
from geomap.model import Document, Failure, Telling
from geomap.model.later import Told, unresolved

FILE_NAME = Known.FILE_NAME
MARK = b"m" * 32
DOCUMENTS = [Document(id=str(n), text=f"Text {n}.", source=f"{n}.txt") for n in range(4)]
UNREADABLE = Failure(source="5.txt", stage="read", message="empty")


class Engine:
    """Tells something of each document, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, items):
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            self.asked.append(item.id)
            made = result()
            yield Telling(
                document=dataclasses.replace(item, published=date(2024, 1, 2)),
                resolutions=made.resolutions,
                reports=made.reports,
                claims=(),
            )


def build(folder, items, mark=MARK, most_mb=10):
    """Return what is told, who was asked, and what the notes say."""
    engine = Engine()
    with open_shelf(folder / FILE_NAME, most_mb) as shelf:
        told = list(Known(shelf, mark).before(engine)(items))
    return told, engine.asked, shelf.notes


def test_only_what_is_new_is_asked_for_and_the_order_stays(tmp_path):
    first, asked, _ = build(tmp_path, [DOCUMENTS[0], UNREADABLE, DOCUMENTS[2]])
    assert asked == ["0", "2"]
    items = [DOCUMENTS[1], DOCUMENTS[2], UNREADABLE, DOCUMENTS[0]]
    told, asked, _ = build(tmp_path, items)
    assert asked == ["1"]
    assert told == list(Engine()(items))
    assert told[3] == first[0]


@pytest.mark.parametrize("field", ["text", "title", "id", "publisher", "language", "url"])
def test_a_changed_document_is_told_anew(field, tmp_path):
    build(tmp_path, DOCUMENTS)
    changed = dataclasses.replace(DOCUMENTS[1], **{field: "changed"})
    _, asked, _ = build(tmp_path, [DOCUMENTS[0], changed])
    assert asked == [changed.id]


def test_a_document_read_from_elsewhere_is_known(tmp_path):
    build(tmp_path, DOCUMENTS)
    moved = dataclasses.replace(DOCUMENTS[1], source="b.txt", sha256="1", notes=("moved",))
    told, asked, _ = build(tmp_path, [moved])
    assert asked == []
    assert told == list(Engine()([moved]))


def test_with_another_fingerprint_nothing_is_known(tmp_path):
    build(tmp_path, DOCUMENTS)
    _, asked, _ = build(tmp_path, DOCUMENTS, mark=b"n" * 32)
    assert len(asked) == 4


def test_a_failure_is_tried_again(tmp_path):
    def failing(items):
        return (Failure(source=item.id, stage="extract", message="x") for item in items)

    with open_shelf(tmp_path / FILE_NAME, 10) as shelf:
        list(Known(shelf, MARK).before(failing)(DOCUMENTS))
    assert len(build(tmp_path, DOCUMENTS)[1]) == 4


def test_a_damaged_entry_is_told_anew_and_noted(tmp_path):
    whole, _, _ = build(tmp_path, DOCUMENTS)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = substr(content, 1, 40) WHERE rowid = 2")
    told, asked, notes = build(tmp_path, DOCUMENTS)
    assert told == whole
    assert len(asked) == 1
    assert "damaged" in notes[0]
    assert build(tmp_path, DOCUMENTS)[1] == []


def test_without_a_usable_file_the_build_goes_on_and_says_so(tmp_path):
    (tmp_path / FILE_NAME).write_text("Dear diary, " * 100)
    told, asked, notes = build(tmp_path, DOCUMENTS)
    assert len(told) == len(asked) == 4
    assert notes[0].startswith("built without a cache: ")


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    _, asked, notes = build(tmp_path / "file" / "folder", DOCUMENTS)
    assert len(asked) == 4
    assert notes


def test_a_full_disk_stops_the_cache_and_not_the_build(tmp_path):
    many = [Document(id=str(number), text="A text.") for number in range(200)]
    engine = Engine()
    with open_shelf(tmp_path / FILE_NAME, 10) as shelf:
        shelf._store._database.execute("PRAGMA max_page_count = 8")  # SQLite: "disk is full"
        told = list(Known(shelf, MARK).before(engine)(many))
    assert told == list(Engine()(many))
    assert "full" in shelf.notes[0]
    assert build(tmp_path, many)[0] == told


def test_a_file_that_another_build_holds_is_done_without(tmp_path, monkeypatch):
    monkeypatch.setattr("geomap.cache.store._WAIT_SECONDS", 0.01)
    build(tmp_path, DOCUMENTS[:2])
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("BEGIN IMMEDIATE")
        told, _, notes = build(tmp_path, DOCUMENTS)
    assert told == list(Engine()(DOCUMENTS))
    assert "locked" in notes[0]


@pytest.mark.parametrize(
    "content", [b"", b"junk", codec.encode(UNREADABLE)[:-1], codec.pack(codec._Told())]
)
def test_bytes_that_tell_nothing_are_refused(content):
    with pytest.raises(codec.CodecError):
        codec.decode(content)


def test_bytes_tell_the_same_again():
    (told,) = Engine()(DOCUMENTS[:1])
    assert codec.decode(codec.encode(told)) == told
    assert codec.decode(codec.encode(UNREADABLE)) == UNREADABLE
    assert codec.decode_document(codec.encode_document(DOCUMENTS[0])) == DOCUMENTS[0]


def test_what_failed_elsewhere_is_told_anew(tmp_path):
    """A file of the cache may hold what this version never keeps."""
    _, asked, _ = build(tmp_path, [DOCUMENTS[0]])
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = ?", (codec.encode(UNREADABLE),))
    assert build(tmp_path, [DOCUMENTS[0]])[1] == asked == ["0"]


MANY = [Document(id=f"{n:03}", text=f"Text {n}.") for n in range(120)]


def damage(folder, where):
    with closing(sqlite3.connect(folder / FILE_NAME)) as database, database:
        database.execute(f"UPDATE told SET content = substr(content, 1, 40) WHERE {where}")


def test_runs_of_documents_tell_the_same(tmp_path):
    """What is left of a run for later is made when it is looked at, and equals what was told."""
    first, _, _ = build(tmp_path, MANY)
    told, asked, notes = build(tmp_path, MANY)
    assert (asked, notes) == ([], [])
    assert any(isinstance(each.resolutions, Told) for each in told)
    assert told == first == list(Engine()(MANY))
    assert [each.digest for each in told] == [each.digest for each in first]
    for one, other in zip(told, first, strict=True):
        assert len(one.resolutions) == len(other.resolutions)
        assert list(unresolved(one.resolutions)) == list(unresolved(other.resolutions))
        assert [rivals(report) for report in one.reports] == list(map(rivals, other.reports))


def test_reports_of_a_run_stay_bytes_until_somebody_looks(monkeypatch):
    tellings = list(Engine()(MANY[:3]))
    content = told_runs.encode(tellings)
    read, unpack = [], codec.unpack

    def noted(content, kind, words):
        read.append(words)
        return unpack(content, kind, words)

    monkeypatch.setattr(codec, "unpack", noted)
    told = told_runs.decode(content, MANY[:3], [MARK] * 3, Sharing())
    assert [len(each.reports) for each in told] == [len(each.reports) for each in tellings]
    assert read == ["what documents told"]
    assert [each.reports for each in told] == [each.reports for each in tellings]
    assert read == ["what documents told", "reports of a run"]
    assert [each.resolutions for each in told] == [each.resolutions for each in tellings]
    assert read[2:] == ["what was left of a run"]


def rivals(report):
    return [tuple(where.rivals) for where in report.where]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(builds=st.lists(st.sets(st.integers(0, 119)), min_size=2, max_size=3))
def test_whatever_is_added_and_removed_only_what_is_new_is_asked_for(builds, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    seen = set()
    for left_out in builds:
        items = [item for number, item in enumerate(MANY) if number not in left_out]
        told, asked, _ = build(folder, items)
        assert set(asked) == {item.id for item in items} - seen
        assert told == list(Engine()(items))
        seen |= {item.id for item in items}


def test_a_damaged_run_is_made_of_its_documents_again(tmp_path):
    build(tmp_path, MANY)
    damage(tmp_path, "rowid > 120")
    told, asked, notes = build(tmp_path, MANY)
    assert asked == []
    assert "damaged" in notes[0]
    assert told == list(Engine()(MANY))
    assert build(tmp_path, MANY)[2] == []


def test_a_run_of_other_documents_is_refused(tmp_path):
    build(tmp_path, MANY)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        (content,) = database.execute("SELECT content FROM told WHERE rowid > 120").fetchone()
    with pytest.raises(codec.CodecError):
        told_runs.decode(content, MANY[:1], [MARK], Sharing())
