"""The recognizer: one object that holds the models, and turns documents into annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from geomap.model import Annotation
from geomap.recognize import evidence, stock
from geomap.recognize.boundaries import PLACE_LABELS
from geomap.recognize.parse import Parsed, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from geomap.model import Document
    from geomap.recognize.evidence import NameIndex

# What only syntax needs; without these a pipeline finds names several times as fast.
_SYNTAX_PIPES = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")


class Recognizer:
    """Finds sentences, words, toponyms and other names. Make one with :meth:`load` and keep it."""

    def __init__(self, language: Language, gazetteer: NameIndex | None = None) -> None:
        """Use a spaCy pipeline that is loaded already, and what the gazetteer knows."""
        self._language = language
        self._index = gazetteer or evidence.NOTHING

    @classmethod
    def load(cls, *, pipeline: str | None = None, gazetteer: NameIndex | None = None) -> Self:
        """Load the models.

        ``pipeline`` names an installed spaCy pipeline to use instead of the default one.
        ``gazetteer`` tells which names are those of places. Raises
        :class:`geomap.errors.ModelError` where a model is missing or not the one we know.
        """
        return cls(stock.load(pipeline or stock.DEFAULT_PIPELINE), gazetteer)

    def annotate(
        self, documents: Iterable[Document], *, syntax: bool = True
    ) -> Iterator[Annotation]:
        """Yield the annotation of each document, in order.

        Without ``syntax`` the words have neither part of speech nor head; mentions are the same up
        to their use. Time and memory are linear in the length of a text.
        """
        disabled = [] if syntax else [p for p in _SYNTAX_PIPES if p in self._language.pipe_names]
        with self._language.select_pipes(disable=disabled):
            for parsed in parse(self._language, documents):
                yield self._annotation(parsed)

    def _annotation(self, parsed: Parsed) -> Annotation:
        return Annotation(
            document=parsed.document,
            sentences=parsed.sentences,
            tokens=parsed.tokens,
            mentions=evidence.find(parsed, self._index),
            entities=tuple(e for e in parsed.entities if e.label not in PLACE_LABELS),
        )
