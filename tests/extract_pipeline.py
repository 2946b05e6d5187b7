"""Recognizer, resolver and extractor in a row: fixtures of the tests of extraction.

A test module asks for them by ``pytest_plugins = ("extract_pipeline",)``.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.extraction import extract, find_published
from geomap.gazetteer import Gazetteer
from geomap.model import Document
from geomap.ontology import Ontology
from geomap.recognize import Recognizer
from geomap.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.model import Annotation, Report

# The tests and the benchmark share one measure.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))


class Pipeline:
    """Recognizer, gazetteer and ontology, opened once for all tests of extraction."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.recognizer = Recognizer.load(gazetteer=gazetteer)
        self.ontology = Ontology.load()

    def annotate(self, text: str, published: str | None = None) -> Annotation:
        day = date.fromisoformat(published) if published else find_published(text)
        [annotation] = self.recognizer.annotate([Document(id="d", text=text, published=day)])
        return annotation

    def read(self, text: str, published: str | None = None) -> Any:
        annotation = self.annotate(text, published)
        return annotation, resolve(annotation, self.gazetteer)

    def reports(self, text: str, published: str | None = None) -> tuple[Report, ...]:
        annotation, resolutions = self.read(text, published)
        return extract(annotation, resolutions, self.ontology)

    def report_by(self, trigger: str, text: str, published: str | None = None) -> Report:
        """Return the only report of a text that is told by these words."""
        start = text.index(trigger)
        end = start + len(trigger)
        reports = self.reports(text, published)
        (told,) = [r for r in reports if r.trigger.start < end and start < r.trigger.end]
        return told


@pytest.fixture(scope="session")
def pipeline() -> Iterator[Pipeline]:
    with Gazetteer.open() as gazetteer:
        yield Pipeline(gazetteer)


@pytest.fixture(scope="session")
def told(pipeline: Pipeline) -> Callable[..., tuple[Report, ...]]:
    return pipeline.reports
