"""Engines: whoever tells the documents, the result is the same."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
import signal
from concurrent.futures import Future

import pytest

from geomap.config import Settings
from geomap.engine import open_engine, processors
from geomap.engine.processes import FEWEST_EACH, _work_until_done, ahead, open_pool
from geomap.errors import ConfigError
from geomap.model import Document, Failure
from geomap.telling import tell_here
from geomap.tools import open_tools

PLACES = ["Kharkiv", "Lviv", "Odesa", "Poltava", "Sumy", "Kherson"]
UNREADABLE = Failure(source="x.txt", stage="read", message="empty")


def documents(count):
    return [
        Document(
            id=str(number),
            text=f"A drone hit a warehouse in {PLACES[number % len(PLACES)]} on 3 May 2024. "
            f"At least {number + 2} people were killed, the governor said.",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module", name="tools")
def tools_():
    with open_tools(Settings()) as tools:
        yield tools


def refused(_items):
    raise AssertionError("this process was asked")


@pytest.mark.slow
def test_processes_tell_what_one_tells(tools):
    items = [*documents(20), UNREADABLE, *documents(21)[20:]]
    here = list(tell_here(tools)(items))
    with open_pool(Settings(), 2, refused, ()) as tell:
        assert list(tell(items)) == here


@pytest.mark.slow
def test_a_process_that_dies_changes_nothing(tools):
    items = documents(24)
    here = list(tell_here(tools)(items))
    with open_pool(Settings(), 2, refused, ()) as tell:
        told = tell(items)
        found = [next(told)]
        victim, *_ = multiprocessing.active_children()
        victim.kill()
        found += told
    assert found == here


def test_few_documents_are_told_here_beside_threads(monkeypatch):
    monkeypatch.setattr("geomap.engine.processes.can_fork", lambda: False)
    items = documents(2 * FEWEST_EACH - 1)
    with open_pool(Settings(), 8, list, ()) as tell:
        assert tell(items) == items


def test_no_document_needs_no_process():
    with open_pool(Settings(), 8, list, ()) as tell:
        assert tell([UNREADABLE]) == [UNREADABLE]


def test_few_documents_are_told_by_one_process_whatever_this_one_does_meanwhile(monkeypatch):
    monkeypatch.setattr("geomap.engine.processes.can_fork", lambda: True)
    monkeypatch.setattr("geomap.engine.processes.load_tools", _kill_or_echo)
    for name in ("tell_packed", "tell_by_two"):
        monkeypatch.setattr(f"geomap.engine.processes.{name}", _kill_or_echo)
    with open_pool(Settings(), 2, refused, map(refused, "ab")) as tell:
        told = list(tell([*documents(3), UNREADABLE]))
    assert [item.source for item in told] == ["0", "1", "2", "x.txt"]


@pytest.mark.parametrize(("done_after", "taken"), [(0, ""), (2, "ab"), (9, "abc")])
def test_steps_are_taken_while_another_process_works(done_after, taken):
    waited, done = Future(), []

    def steps():
        for step in "abc":
            done.append(step)
            if len(done) == done_after:
                waited.set_result(b"")
            yield

    if not done_after:
        waited.set_result(b"")
    _work_until_done(waited, steps())
    assert done == list(taken)


@pytest.mark.parametrize("count", [0, 3, 16])
def test_a_process_that_was_started_ahead_serves_few_and_leaves_nothing_behind(count, monkeypatch):
    monkeypatch.setattr("geomap.engine.processes.can_fork", lambda: True)
    monkeypatch.setattr("geomap.engine.processes.load_tools", _kill_or_echo)
    for name in ("tell_packed", "tell_by_two"):
        monkeypatch.setattr(f"geomap.engine.processes.{name}", _kill_or_echo)
    with ahead(Settings()) as begun:
        begun.load()
        (first,) = multiprocessing.active_children()
        with open_pool(Settings(), 2, list, (), begun=begun) as tell:
            told = []
            for item in tell(documents(count)):
                assert first.is_alive() == (count == 3)
                told.append(item)
            assert not multiprocessing.active_children()
    assert [item.source for item in told] == [str(n) for n in range(count)]


def test_a_document_that_kills_twice_is_a_failure(monkeypatch):
    for name in ("tell_packed", "tell_by_two"):
        monkeypatch.setattr(f"geomap.engine.processes.{name}", _kill_or_echo)
    items = [
        dataclasses.replace(item, title="die" if item.id == "5" else None) for item in documents(16)
    ]
    with open_pool(Settings(), 2, refused, ()) as tell:
        told = list(tell(items))
    assert [item.source for item in told] == [str(n) for n in range(16)]
    assert ["died" in item.message for item in told] == [n == 5 for n in range(16)]


def _kill_or_echo(contents, _settings=None):
    from geomap.codec import decode_document, encode

    documents = list(map(decode_document, contents))
    if any(document.title == "die" for document in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return [encode(Failure(source=each.id, stage="test", message="echo")) for each in documents]


def test_an_unknown_engine_is_refused():
    with (
        pytest.raises(ConfigError, match="known: local, dask"),
        open_engine(Settings(engine="spark"), list, b"", ()),
    ):
        pass


def test_one_worker_is_this_process():
    with open_engine(Settings(workers=1), list, b"", ()) as tell:
        assert tell is list


def test_there_is_a_processor():
    assert processors() >= 1


def test_where_nobody_knows_of_affinity_all_processors_count(monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert processors() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert processors() == 1
