"""What a worker does, in this process."""

from __future__ import annotations

import os

import pytest

from geomap import codec
from geomap.config import Settings
from geomap.engine import task
from geomap.errors import EngineError
from geomap.fingerprint import fingerprint
from geomap.gazetteer import Gazetteer
from geomap.model import Document, Telling

pytest_plugins = ("opened_once",)

SETTINGS = Settings(max_seconds=119)  # as no other test has, since tools stay open for each


@pytest.fixture(scope="module", autouse=True)
def closed_at_the_end(opened_once):
    yield opened_once
    task._opened.cache_clear()
    task._fingerprint.cache_clear()


def test_a_document_comes_and_what_it_tells_goes_as_bytes():
    text = "Shelling of a farm near Poltava killed 2 people on 3 May 2024."
    task.load_tools(SETTINGS)
    (packed,) = task.tell_packed([codec.encode_document(Document(id="d", text=text))], SETTINGS)
    told = codec.decode(packed)
    assert isinstance(told, Telling)
    assert [one.place.name for one in told.resolutions] == ["Poltava"]
    assert len(told.reports) == 1


TEXTS = ["A flood in Sumy killed 3.", "Rain.", "Shells hit Odesa and Lviv on 3 May 2024.", ""]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:1], []])
def test_two_tell_what_one_tells_in_the_same_order(texts, monkeypatch):
    monkeypatch.setattr("geomap.engine.aside.can_fork", lambda: True)
    packed = [codec.encode_document(Document(id=text, text=text)) for text in texts]
    told = task.tell_by_two(packed, SETTINGS)
    assert told == task.tell_packed(packed, SETTINGS)
    assert [codec.decode(each).document.id for each in told] == texts


@pytest.mark.parametrize("can_fork", [True, False])
def test_what_the_other_one_cannot_tell_is_told_here(can_fork, monkeypatch):
    def echo(contents, _settings):
        if os.getpid() != here:
            os._exit(1)
        return list(contents)

    here = os.getpid()
    monkeypatch.setattr("geomap.engine.aside.can_fork", lambda: can_fork)
    monkeypatch.setattr(task, "tell_packed", echo)
    contents = [b"a", b"bbb", b"cc", b"dddd"]
    assert task.tell_by_two(contents, SETTINGS) == contents


def test_a_worker_of_another_version_is_refused():
    with Gazetteer.open() as gazetteer:
        task.check_fingerprint(SETTINGS, fingerprint(SETTINGS, gazetteer))
    with pytest.raises(EngineError, match="its results would differ"):
        task.check_fingerprint(SETTINGS, b"another")
