"""Outputs are the same bytes whether former builds wrote most of them or none."""

from __future__ import annotations

import dataclasses
import hashlib

import made_cases
import made_map
import pytest
from made_pieces import Kept

from geomap import output
from geomap.config import Settings
from geomap.errors import ConfigError
from geomap.features.making import Maker
from geomap.model.later import Events, stand_in


@pytest.fixture(autouse=True)
def _no_info(monkeypatch):
    monkeypatch.setattr(output.record, "render", lambda *_: "{}")  # made gazetteers have no info


def result_of(count):
    result = made_cases.many_events(count)
    digests = {each.id: hashlib.sha256(each.id.encode()).digest() for each in result.documents}
    return dataclasses.replace(result, digests=digests)


def written(result, folder, pieces=None, workers=1, **settings):
    """Return the files that are written, by name."""
    folder.mkdir()
    context = dataclasses.replace(made_map.context(), pieces=pieces)
    output.write_all(result, folder, context, Settings(workers=workers, **settings))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed(result):
    """Return a result with one event told otherwise, one gone, one moved, and documents renewed."""
    events = list(result.events)
    events[70] = dataclasses.replace(events[70], title="Another <title>")
    events[120] = dataclasses.replace(events[120], places=())
    del events[50]
    first, *others = result.documents
    documents = (*others[::-1], dataclasses.replace(first, publisher="New Herald"))
    return dataclasses.replace(
        result,
        events=tuple(events),
        documents=documents,
        digests={**result.digests, first.id: b"another"},
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    pieces = Kept()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output.record, "render", lambda *_: "{}")
        written(result_of(150), tmp_path_factory.mktemp("first") / "out", pieces)
    return pieces


def test_what_is_known_makes_no_difference(kept, tmp_path):
    result = changed(result_of(150))
    again = written(result, tmp_path / "again", kept)
    assert kept.known
    anew = written(dataclasses.replace(result, digests={}), tmp_path / "anew")
    assert again == anew


def test_of_what_is_known_no_feature_is_made_and_two_processes_write_the_same(
    kept, tmp_path, monkeypatch
):
    anew = written(dataclasses.replace(result_of(150), digests={}), tmp_path / "anew", workers=2)
    monkeypatch.setattr(Maker, "of", lambda *_: pytest.fail("a feature was made"))
    assert written(result_of(150), tmp_path / "out", kept) == anew


def unmade(result, make):
    """Return a result whose events ``make`` makes when somebody looks at them."""
    ids = [event.id for event in result.events]
    digests = [hashlib.sha256(key.encode()).digest() for key in ids]
    return dataclasses.replace(result, events=stand_in(Events(ids, digests, make)))


def test_of_what_is_known_no_event_is_made(tmp_path):
    result, pieces = result_of(60), Kept()
    first = written(unmade(result, result.events.__getitem__), tmp_path / "first", pieces)
    known = unmade(result, lambda _: pytest.fail("an event was made"))
    assert written(known, tmp_path / "again", pieces) == first
    assert first == written(dataclasses.replace(result, digests={}), tmp_path / "anew")


def test_pages_that_would_be_too_large_are_measured_and_not_kept(tmp_path, monkeypatch):
    result, pieces = result_of(60), Kept()
    small = {"formats": ("geojson",), "map_max_mb": 0}
    first = written(result, tmp_path / "first", pieces, **small)
    kinds = {kind for kind, _ in pieces.content}
    assert len([kind for kind in kinds if kind.startswith("size page")]) > 1
    assert len([kind for kind in kinds if kind.startswith("page {")]) == 1
    monkeypatch.setattr(Maker, "of", lambda *_: pytest.fail("a feature was made"))
    assert written(result, tmp_path / "again", pieces, **small) == first


def test_a_rehearsal_goes_to_its_end():
    steps = list(output.rehearse(made_map.context(), Settings()))
    assert len(steps) > len(Settings().formats)


def test_what_a_rehearsal_meets_it_leaves_to_the_writing():
    steps = output.rehearse(made_map.context(), Settings(formats=("stone tablets",)))
    with pytest.raises(ConfigError, match="stone tablets"):
        list(steps)


@pytest.mark.parametrize("fails", [False, True], ids=["done", "failed"])
def test_what_another_process_begins_before_events_are_merged_is_the_same(
    tmp_path, monkeypatch, fails
):
    result = result_of(40)
    alone = written(result, tmp_path / "alone")
    monkeypatch.setattr(output, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr("geomap.engine.aside.can_fork", lambda: True)  # threads of others wait
    if fails:
        monkeypatch.setattr(output.export.Format, "begin", lambda *_: pytest.fail("no more"))
    told = dataclasses.replace(result, events=(), near_copies=())
    folder, settings, begun = tmp_path / "ahead", Settings(workers=2), {}
    folder.mkdir()
    with output.ahead(told, folder, made_map.context(), settings) as files_begun:
        begun.update(files_begun())
        assert begun.keys() == (set() if fails else {"events.gpkg", "mentions.csv"})
        output.write_all(result, folder, made_map.context(), settings, begun=files_begun)
        assert not any(path.exists() for path in begun.values())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == alone


@pytest.mark.parametrize(
    ("workers", "formats"),
    [
        pytest.param(1, ("gpkg", "mentions"), id="one process"),
        pytest.param(2, ("geojson",), id="nothing to begin"),
    ],
)
def test_nothing_is_begun_where_no_process_is_of_use(tmp_path, monkeypatch, workers, formats):
    monkeypatch.setattr(output, "_WORTH_A_PROCESS", 0)
    settings = Settings(workers=workers, formats=formats)
    with output.ahead(result_of(5), tmp_path, made_map.context(), settings) as files_begun:
        assert not files_begun()
