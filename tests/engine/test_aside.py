"""Work that another process does meanwhile, or this one after all."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial

import pytest

from geomap.engine.aside import aside


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Count only the threads of the test: those that other tests left wait, and own nothing."""
    if sys.platform != "linux":
        pytest.skip("nothing is forked on this system")
    others = threading.active_count()
    monkeypatch.setattr("geomap.engine.aside.can_fork", lambda: threading.active_count() == others)


def test_another_process_does_it(tmp_path):
    file = tmp_path / "who"
    with aside(lambda: file.write_text(str(os.getpid())) and None, allowed=True) as is_done:
        assert is_done()
    assert int(file.read_text()) != os.getpid()


def test_what_went_wrong_is_not_done():
    with aside(lambda: 1 // 0, allowed=True) as is_done:
        assert not is_done()
    with aside(partial(os._exit, 9), allowed=True) as is_done:
        assert not is_done()


def test_nothing_is_forked_where_it_is_not_allowed_or_beside_a_thread(tmp_path):
    file = tmp_path / "done"
    with aside(file.touch, allowed=False) as is_done:
        assert not is_done()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    with aside(file.touch, allowed=True) as is_done:
        assert not is_done()
    stop.set()
    thread.join()
    assert not file.exists()


def test_an_error_beside_it_ends_it():
    with pytest.raises(RuntimeError), aside(threading.Event().wait, allowed=True):
        raise RuntimeError
