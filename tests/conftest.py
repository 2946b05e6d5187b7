"""What several test modules share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

# A slow machine is no wrong answer, and a test that fails must fail again.
settings.register_profile("geomap", deadline=None, derandomize=True)
settings.load_profile("geomap")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Development corpora that are not part of the project; tests that need them skip without."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("the development corpora (../shared) are not on this machine")
    return path
