"""The recognizer: one object that holds the models, and turns documents into annotations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self

from geomap.model import Annotation
from geomap.recognize import evidence, stock, weights
from geomap.recognize.lookup import Lookup
from geomap.recognize.parse import Parsed, parse
from geomap.recognize.swift import LEMMATIZER, RULES, WordRules, multiply_with_numpy
from geomap.recognize.toponyms import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language

    from geomap.model import Document, Entity, Mention
    from geomap.recognize.evidence import NameIndex

# What only syntax needs, and the names of entities do not.
_SYNTAX_PIPES = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "morphologizer")

# Documents are worked on together up to this many words: the networks' matrices want many rows.
_BATCH_WORDS = 6_000


class Recognizer:
    """Finds sentences, words, toponyms and other names. Make one with :meth:`load` and keep it."""

    def __init__(self, language: Language, finder: Finder | None, index: NameIndex | None) -> None:
        """Use a pipeline that is loaded; without a ``finder`` its own entities are the names."""
        self._language = language
        self._finder = finder
        self._word_rules = WordRules(language) if RULES in language.pipe_names and finder else None
        self._index = index or evidence.NOTHING

    @classmethod
    def load(
        cls,
        *,
        pipeline: str | None = None,
        gazetteer: NameIndex | None = None,
        syntax: bool = True,
    ) -> Self:
        """Load the models; without ``syntax`` not those that it needs, in a third of the time.

        ``pipeline`` names an installed spaCy pipeline to use instead of the default one and of the
        networks that were trained with it. ``gazetteer`` tells which names are those of places.
        Raises :class:`geomap.errors.ModelError` where a model is missing or not the one we know.
        """
        if pipeline and pipeline != stock.DEFAULT_PIPELINE:
            return cls(stock.load(pipeline), None, gazetteer)
        # The networks say which names are no places, as well as the NER that they learned it from.
        with ThreadPoolExecutor(1) as pool:
            trained = pool.submit(weights.load)
            language = stock.load(stock.DEFAULT_PIPELINE, entities=False, syntax=syntax)
            multiply_with_numpy(language)
            finder = Finder(trained.result(), language.vocab, Lookup(gazetteer))
        return cls(language, finder, gazetteer)

    def annotate(
        self, documents: Iterable[Document], *, syntax: bool = True
    ) -> Iterator[Annotation]:
        """Yield the annotation of each document, in order.

        Without ``syntax`` the words have neither part of speech nor head, which is several times as
        fast; the same mentions are found, but a metonym may be taken for a place. Time and memory
        are linear in the length of a text.
        """
        if syntax and self._finder and self._word_rules is None:
            raise ValueError("this recognizer was loaded without syntax")
        with self._language.select_pipes(enable=self._pipes(syntax=syntax)):
            finish = self._word_rules if syntax else None
            for batch in _batches(parse(self._language, documents, finish)):
                yield from self._annotations(batch)

    def _pipes(self, *, syntax: bool) -> list[str]:
        """Return the parts of the pipeline to run."""
        names = self._language.pipe_names
        if self._finder:
            return [name for name in names if syntax and name not in (RULES, LEMMATIZER)]
        return [name for name in names if syntax or name not in _SYNTAX_PIPES]

    def _annotations(self, batch: list[Parsed]) -> Iterator[Annotation]:
        if self._finder is None:
            for parsed in batch:
                yield _annotation(parsed, evidence.find(parsed, self._index), parsed.entities)
            return
        for parsed, found in zip(batch, self._finder.find(batch), strict=True):
            yield _annotation(parsed, found.mentions, found.entities)


def _batches(stream: Iterable[Parsed]) -> Iterator[list[Parsed]]:
    """Put short documents together."""
    batch: list[Parsed] = []
    for parsed in stream:
        batch.append(parsed)
        if sum(len(p.tokens) for p in batch) >= _BATCH_WORDS:
            yield batch
            batch = []
    if batch:
        yield batch


def _annotation(
    parsed: Parsed, mentions: tuple[Mention, ...], entities: tuple[Entity, ...]
) -> Annotation:
    """Put an annotation together; what is a toponym is no entity."""
    toponyms = {(mention.start, mention.end) for mention in mentions}
    return Annotation(
        document=parsed.document,
        sentences=parsed.sentences,
        tokens=parsed.tokens,
        mentions=mentions,
        entities=tuple(e for e in entities if (e.start, e.end) not in toponyms),
    )
