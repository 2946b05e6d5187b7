from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from extract_pipeline import Pipeline

from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.model import Report

# The tests and the benchmark share one measure.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))


@pytest.fixture(scope="session")
def pipeline() -> Iterator[Pipeline]:
    with Gazetteer.open() as gazetteer:
        yield Pipeline(gazetteer)


@pytest.fixture(scope="session")
def told(pipeline: Pipeline) -> Callable[..., tuple[Report, ...]]:
    return pipeline.reports
