"""What the stages work with, opened once for a build or a run over texts."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.merge import Memory
from geomap.ontology import Ontology
from geomap.recognize import Recognizer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.config import Settings
    from geomap.model import Place


class LastingPlaces:
    """Entries of the gazetteer, also once it was closed: events may be looked at after a build.

    Then it is opened again for an entry, which few events ask for: those between two places.
    """

    def __init__(self, gazetteer: Gazetteer, open_again: Callable[[], Gazetteer]) -> None:
        self._opened: Gazetteer | None = gazetteer
        self._open_again = open_again
        self._known: dict[str, Place] = {}

    def place(self, place_id: str) -> Place:
        """Return an entry, or raise :class:`~geomap.errors.UnknownPlaceError`."""
        if self._opened is not None:
            return self._opened.place(place_id)
        if place_id not in self._known:
            with self._open_again() as gazetteer:
                self._known[place_id] = gazetteer.place(place_id)
        return self._known[place_id]

    def close(self) -> None:
        """Let go of what was open."""
        self._opened = None


class Tools:
    """Models and data.

    ``near`` is the name of the place that ambiguous names lean to, ``max_seconds`` the processor
    time that one document may take; reports less sure than ``min_confidence`` are left out.
    ``memory`` is for what merging found out before, and ``places`` for the names of places in
    titles.
    """

    def __init__(self, settings: Settings, gazetteer: Gazetteer, ontology: Ontology) -> None:
        self.gazetteer = gazetteer
        self.places = LastingPlaces(gazetteer, partial(_opened, settings))
        self.ontology = ontology
        self.near = settings.near
        self.max_seconds = settings.max_seconds
        self.min_confidence = settings.min_confidence
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
    with _opened(settings) as gazetteer:
        tools = Tools(settings, gazetteer, ontology)
        try:
            yield tools
        finally:
            tools.places.close()


def _opened(settings: Settings) -> Gazetteer:
    return Gazetteer.open(overlays=settings.overlays, viewpoint=settings.viewpoint)
