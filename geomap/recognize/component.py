"""Toponyms on a spaCy ``Doc``: what ``nlp.add_pipe("geomap")`` adds to a pipeline of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

EXTENSION = "toponyms"


class Component:
    """Sets ``doc._.toponyms`` to what ``locate`` finds in the text of a ``Doc``.

    The tokens of the ``Doc`` play no part and stay as they are: offsets are those of its text.
    """

    def __init__(self, locate: Callable[[Document], Sequence[object]]) -> None:
        from spacy.tokens import Doc

        self._locate = locate
        if not Doc.has_extension(EXTENSION):
            Doc.set_extension(EXTENSION, default=())

    def __call__(self, doc: Doc) -> Doc:
        """Find the toponyms of one document."""
        setattr(doc._, EXTENSION, tuple(self._locate(Document(id="", text=doc.text))))
        return doc


def register(name: str, make: Callable[..., Component], settings: dict[str, Any]) -> None:
    """Make a function known to spaCy as the factory of a component, with its default settings."""
    from spacy.language import Language

    Language.factory(name, default_config=settings, assigns=[f"doc._.{EXTENSION}"])(make)
