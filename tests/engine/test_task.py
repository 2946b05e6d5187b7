"""What a worker does, in this process."""

from __future__ import annotations

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


def test_a_worker_of_another_version_is_refused():
    with Gazetteer.open() as gazetteer:
        task.check_fingerprint(SETTINGS, fingerprint(SETTINGS, gazetteer))
    with pytest.raises(EngineError, match="its results would differ"):
        task.check_fingerprint(SETTINGS, b"another")
