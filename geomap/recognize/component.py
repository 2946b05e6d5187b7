"""What ``nlp.add_pipe("geomap")`` puts on a spaCy ``Doc``: toponyms and events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spacy.tokens import Doc

    Find = Callable[[Document], Mapping[str, Sequence[object]]]

EXTENSIONS = ("toponyms", "events")
PUBLISHED = "published"


class Component:
    """Sets ``doc._.toponyms`` and ``doc._.events`` to what ``find`` finds in the text of a ``Doc``.

    ``find`` returns sequences by the name of the extension. The tokens of the ``Doc`` play no part
    and stay as they are: offsets are those of its text. ``doc._.published``, a ``date``, is the day
    that "on Tuesday" is told from; without one it is looked for in the text.
    """

    def __init__(self, find: Find) -> None:
        from spacy.tokens import Doc

        self._find = find
        for name in EXTENSIONS:
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=())
        if not Doc.has_extension(PUBLISHED):
            Doc.set_extension(PUBLISHED, default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Find the toponyms and events of one document."""
        document = Document(id="", text=doc.text, published=getattr(doc._, PUBLISHED))
        for name, found in self._find(document).items():
            setattr(doc._, name, tuple(found))
        return doc


def register(name: str, make: Callable[..., Component], settings: dict[str, Any]) -> None:
    """Make a function known to spaCy as the factory of a component, with its default settings."""
    from spacy.language import Language

    assigns = [f"doc._.{extension}" for extension in EXTENSIONS]
    Language.factory(name, default_config=settings, assigns=assigns)(make)
