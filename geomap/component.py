"""The spaCy component ``geomap``: ``nlp.add_pipe("geomap")`` puts ``doc._.toponyms`` on a ``Doc``.

spaCy finds this module by the entry point that the package declares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.gazetteer import Gazetteer
from geomap.locator import Locator
from geomap.recognize import Recognizer
from geomap.recognize.component import Component, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Document, Resolution


def make(nlp: Any, name: str, near: str | None) -> Component:  # noqa: ARG001 - spaCy's signature
    """Make the component; ``near`` is the name of a place that ambiguous names lean to.

    The gazetteer stays open as long as the component lives.
    """
    gazetteer = Gazetteer.open()
    recognizer = Recognizer.load(gazetteer=gazetteer)
    locator = Locator(gazetteer=gazetteer, recognizer=recognizer, near=near)

    def locate(document: Document) -> Sequence[Resolution]:
        (located,) = locator.locate([document])
        return located.resolutions

    return Component(locate)


register("geomap", make, {"near": None})
