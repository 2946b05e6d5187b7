"""Gazetteer and models opened once for all commands of a test module; they are never changed.

A test module asks for it by ``pytest_plugins = ("opened_once",)`` and the fixture of that name.
"""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from geomap.gazetteer import Gazetteer
from geomap.recognize import Recognizer


@pytest.fixture(scope="module")
def opened_once():
    """Let commands that ask for no overlay and no viewpoint share what takes a second to open."""
    real_open = Gazetteer.open
    with real_open() as gazetteer, pytest.MonkeyPatch.context() as patch:
        recognizer = Recognizer.load(gazetteer=gazetteer)

        def open_gazetteer(**options):
            return real_open(**options) if any(options.values()) else nullcontext(gazetteer)

        patch.setattr(Gazetteer, "open", open_gazetteer)
        patch.setattr(Recognizer, "load", lambda **_: recognizer)
        yield
