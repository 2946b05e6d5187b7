"""What the stages work with, opened once for a build or a run over texts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.model import noun
from geomap.ontology import Ontology
from geomap.recognize import Recognizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.config import Settings


@noun
class Tools:
    """Models and data. ``near`` is the name of the place that ambiguous names lean to."""

    recognizer: Recognizer
    gazetteer: Gazetteer
    ontology: Ontology
    near: str | None = None


@contextmanager
def open_tools(settings: Settings) -> Iterator[Tools]:
    """Open the gazetteer, load models and ontology, and close what must be closed at the end."""
    ontology = Ontology.load(*settings.ontologies)
    with Gazetteer.open(overlays=settings.overlays, viewpoint=settings.viewpoint) as gazetteer:
        yield Tools(
            recognizer=Recognizer.load(pipeline=settings.spacy_pipeline, gazetteer=gazetteer),
            gazetteer=gazetteer,
            ontology=ontology,
            near=settings.near,
        )
