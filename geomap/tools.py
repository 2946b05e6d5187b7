"""What the stages work with, opened once for a build or a run over texts."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.merge import Memory
from geomap.ontology import Ontology
from geomap.recognize import Recognizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.config import Settings


class Tools:
    """Models and data.

    ``near`` is the name of the place that ambiguous names lean to, ``max_seconds`` the processor
    time that one document may take. ``memory`` is for what merging found out before.
    """

    def __init__(self, settings: Settings, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self.gazetteer = gazetteer
        self.ontology = ontology
        self.near = settings.near
        self.max_seconds = settings.max_seconds
        self.memory = Memory()
        self._pipeline = settings.spacy_pipeline

    @cached_property
    def recognizer(self) -> Recognizer:
        """The language models, loaded when first asked for.

        A build that knows all its documents from before needs none.
        """
        return Recognizer.load(pipeline=self._pipeline, gazetteer=self.gazetteer)


@contextmanager
def open_tools(settings: Settings) -> Iterator[Tools]:
    """Open gazetteer and ontology, and close what must be closed at the end."""
    ontology = Ontology.load(*settings.ontologies)
    with Gazetteer.open(overlays=settings.overlays, viewpoint=settings.viewpoint) as gazetteer:
        yield Tools(settings, gazetteer, ontology)
