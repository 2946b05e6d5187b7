"""What several test modules share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no wrong answer, and a test that fails must fail again.
settings.register_profile("geomap", deadline=None, derandomize=True)
settings.load_profile("geomap")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Development corpora that are not part of the project; tests that need them skip without."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip("the development corpora (../shared) are not on this machine")
    return path
