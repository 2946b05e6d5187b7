"""Run a spaCy pipeline over pieces of documents and hand on plain data."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.datelines import dateline_at
from geomap.model import Document, Entity, Sentence, Token, noun
from geomap.recognize.chunks import pieces
from geomap.recognize.lexemes import features_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH_PIECES = 128

# To the parser a line break ends a sentence; inside a piece it is but an editor's or typesetter's.
# Control characters and marks of direction are no part of the word that they touch.
_SPACES = dict.fromkeys(
    (*range(0x20), *range(0x7F, 0xA0), 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), " "
)
# Halves of characters, which JSON can write, are none that spaCy can hold.
_SPACES |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

# No sentence ends with the first words behind a dateline ("HANOI - Typhoon Yagi").
_OPENING_WORDS = 4

_SENTENCE_END = frozenset(".!?…")


@noun
class Parsed:
    """A document with its words, sentences and the named entities of the pipeline.

    ``features`` (words, 5) identify the words to the networks, which read them in sequences of
    ``lengths`` words: the pieces that the text was cut into.
    """

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    features: NDArray[np.uint64]
    lengths: tuple[int, ...]


def parse(
    language: Language, documents: Iterable[Document], finish: Callable[[Doc], None] | None = None
) -> Iterator[Parsed]:
    """Parse documents in order, many pieces at a time; ``finish`` is applied to each piece."""
    docs = _divided(language, _texts(documents))
    stream = language.pipe(docs, as_tuples=True, batch_size=_BATCH_PIECES)
    for _, group in groupby(stream, key=lambda item: item[1][0]):
        pieces_of_one = list(group)
        for doc, _ in pieces_of_one:
            if finish:
                finish(doc)
        yield _joined(pieces_of_one)


def _texts(documents: Iterable[Document]) -> Iterator[tuple[str, tuple[int, Document, int]]]:
    """Yield each piece with number and noun of its document and its offset there."""
    for number, document in enumerate(documents):
        spans = list(pieces(document.text)) or [(0, 0)]
        for start, end in spans:
            yield document.text[start:end].translate(_SPACES), (number, document, start)


def _divided(
    language: Language, texts: Iterable[tuple[str, tuple[int, Document, int]]]
) -> Iterator[tuple[str | Doc, tuple[int, Document, int]]]:
    """Begin a sentence behind a dateline, where there is a parser to heed it."""
    heeded = "parser" in language.pipe_names
    for text, source in texts:
        end = dateline_at(text, 0) if heeded else 0
        if not end:
            yield text, source
            continue
        doc = language.make_doc(text)
        behind = next((token for token in doc if token.idx >= end), None)
        if behind is not None and behind.i:
            behind.is_sent_start = True
            for token in doc[behind.i + 1 : behind.i + _OPENING_WORDS]:
                token.is_sent_start = False
        yield doc, source


def _joined(group: list[tuple[Doc, tuple[int, Document, int]]]) -> Parsed:
    """Put the pieces of one document together again."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    features: list[NDArray[np.uint64]] = []
    lengths: list[int] = []
    for doc, (_, _, offset) in group:
        first = len(tokens)
        features.append(features_of(doc)[[not token.is_space for token in doc]])
        lengths.append(len(features[-1]))
        index = _indices(doc, first)
        tokens += _tokens(doc, offset, index)
        sentences += _sentences(doc, index, tokens)
        entities += _entities(doc, offset)
    document = group[0][1][1]
    return Parsed(
        document=document,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        entities=tuple(sorted(entities, key=lambda entity: entity.start)),
        features=np.concatenate(features),
        lengths=tuple(lengths),
    )


def _indices(doc: Doc, first: int) -> list[int]:
    """Give each word of a piece its number; white space, a word to spaCy, gets the next one's."""
    index: list[int] = []
    for token in doc:
        index.append(first)
        first += not token.is_space
    return index


def _tokens(doc: Doc, offset: int, index: list[int]) -> Iterator[Token]:
    for token in doc:
        if not token.is_space:
            yield Token(
                start=offset + token.idx,
                end=offset + token.idx + len(token),
                text=token.text,
                lemma=token.lemma_,
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=index[token.head.i],
            )


def _sentences(doc: Doc, index: list[int], tokens: list[Token]) -> Iterator[Sentence]:
    """Yield sentences that hold a word."""
    if not len(doc):
        return
    if doc.has_annotation("SENT_START"):
        bounds = [index[token.i] for token in doc if token.i == 0 or token.is_sent_start]
    else:
        bounds = _bounds_without_parser(tokens, index[0])
    for first, last in zip(bounds, [*bounds[1:], len(tokens)], strict=True):
        if first < last:
            yield Sentence(
                start=tokens[first].start, end=tokens[last - 1].end, first=first, last=last
            )


def _bounds_without_parser(tokens: list[Token], first: int) -> list[int]:
    """Take a full stop before a capital letter for the end of a sentence."""
    return [first] + [
        number
        for number in range(first + 1, len(tokens))
        if tokens[number - 1].text in _SENTENCE_END and not tokens[number].text[0].islower()
    ]


def _entities(doc: Doc, offset: int) -> Iterator[Entity]:
    for span in doc.ents:
        yield Entity(
            start=offset + span.start_char,
            end=offset + span.end_char,
            text=span.text,
            label=span.label_,
        )
