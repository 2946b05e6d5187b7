"""The spaCy component: ``nlp.add_pipe("geomap")`` sets ``doc._.toponyms`` and ``doc._.events``.

spaCy finds this module by the entry point that the package declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.extraction import extract
from geomap.gazetteer import Gazetteer
from geomap.model import MIN_CONFIDENCE
from geomap.ontology import Ontology
from geomap.recognize import Recognizer
from geomap.recognize.component import Component, register
from geomap.resolve import resolve
from geomap.telling import dated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Document


def make(
    nlp: Any,  # noqa: ARG001  spaCy's signature
    name: str,  # noqa: ARG001
    near: str | None,
    events: bool,
    *,
    min_confidence: float,
) -> Component:
    """Make the component; ``near`` is the name of a place that ambiguous names lean to.

    Reports less sure than ``min_confidence`` (0 to 1) are left out.

    Without ``events`` it finds toponyms alone, several times as fast. The gazetteer stays open as
    long as the component lives.
    """
    gazetteer = Gazetteer.open()
    recognizer = Recognizer.load(gazetteer=gazetteer)
    ontology = Ontology.load()

    def find(document: Document) -> Mapping[str, Sequence[object]]:
        (annotation,) = recognizer.annotate([dated(document)], syntax=events)
        resolutions = resolve(annotation, gazetteer, near=near)
        reports = extract(annotation, resolutions, ontology, min_confidence) if events else ()
        return {"toponyms": resolutions, "events": reports}

    return Component(find)


register("geomap", make, {"near": None, "events": True, "min_confidence": MIN_CONFIDENCE})
