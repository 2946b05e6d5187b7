"""From corpora to what the networks learn from."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import Document, Use, noun
from geomap.recognize.boundaries import tidy
from geomap.recognize.corpora import Article, Gold
from geomap.recognize.parse import Parsed, parse
from geomap.recognize.tagging import TAGS
from geomap.recognize.toponyms import USES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.language import Language

    from geomap.model import Entity
    from geomap.recognize.lookup import Lookup

# What GeoWebNews' types say of the use of a name. "Mixed" and "coercion" stand for the ground as
# well as for who is there; a modifier that is not literal ("the US consulate") for an institution.
_USES = {
    "Literal": Use.PLACE,
    "Literal_Modifier": Use.PLACE,
    "Mixed": Use.PLACE,
    "Coercion": Use.PLACE,
    "Metonymic": Use.METONYM,
    "Non_Literal_Modifier": Use.METONYM,
    "Embedded_Literal": Use.EMBEDDED,
    "Embedded_Non_Lit": Use.EMBEDDED,
}

# A name has the form of a demonym where it ends like one and the stock model takes it for a
# nationality in a fifth of its occurrences: inside names of organizations it says nothing of it.
_DEMONYM_ENDING = re.compile(
    r"(?:ans?|ese|i?sh|ch|ern|[^aeiou]is?|ders|abs?|rbs?|rds|eeks?|lays|inos?|atin)$"
)
_SHARE_OF_DEMONYMS = 0.2

# The stock model's labels that, where the gazetteer knows the name, tell a toponym or demonym.
_KINDS_OF_LABELS = {"GPE": "T", "LOC": "T", "NORP": "D"}
_NO_DEMONYMS = frozenset({"Appalachians", "Tunis"})


@noun
class Example:
    """An article as numbers: tags and entity tags of each word, and uses; -1 where not told."""

    article: Article
    parsed: Parsed
    known: NDArray[np.float32]
    tags: NDArray[np.intp]
    uses: NDArray[np.intp]
    entities: NDArray[np.intp]


def prepare(
    articles: Sequence[Article], language: Language, lookup: Lookup
) -> tuple[list[Example], tuple[str, ...]]:
    """Return the examples and the entity tags, numbered as ``Example.entities`` are."""
    documents = [Document(id=str(number), text=a.text) for number, a in enumerate(articles)]
    parsed = list(parse(language, documents))
    pairs = [(a, p) for a, p in zip(articles, parsed, strict=True) if p.tokens]
    maker = _Maker(demonym_forms(pairs), lookup)
    examples = [maker.example(article, parsed) for article, parsed in pairs]
    return examples, tuple(maker.entity_tags)


def demonym_forms(pairs: Iterable[tuple[Article, Parsed]]) -> frozenset[str]:
    """Return the marked names that have the form of a demonym: "Russian", "Canadians"."""
    seen: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for article, parsed in pairs:
        norp = {(e.start, e.end) for e in parsed.entities if e.label == "NORP"}
        for gold in article.gold:
            name = article.text[gold.start : gold.end]
            seen[name] += 1
            said[name] += (gold.start, gold.end) in norp or gold.kind == "Demonym"
    return frozenset(
        name
        for name, count in seen.items()
        if said[name] >= _SHARE_OF_DEMONYMS * count
        and _DEMONYM_ENDING.search(name)
        and name not in _NO_DEMONYMS
    )


class _Maker:
    """Makes examples, and numbers the entity tags as it meets them."""

    def __init__(self, demonyms: frozenset[str], lookup: Lookup) -> None:
        self._demonyms = demonyms
        self._lookup = lookup
        self.entity_tags: dict[str, int] = {"O": 0}

    def example(self, article: Article, parsed: Parsed) -> Example:
        tags, uses = self._told(article, parsed) if article.complete else self._guessed(parsed)
        spans = [(token.start, token.end) for token in parsed.tokens]
        return Example(
            article=article,
            parsed=parsed,
            known=self._lookup.features(article.text, spans, parsed.lengths),
            tags=np.array([TAGS.index(tag) if tag else -1 for tag in tags], np.intp),
            uses=uses,
            entities=np.array([self._number(tag) for tag in _entity_tags(parsed)], np.intp),
        )

    def _told(self, article: Article, parsed: Parsed) -> tuple[list[str], NDArray[np.intp]]:
        """Return the tags and uses that people marked."""
        size = len(parsed.tokens)
        tags, uses = ["O"] * size, np.full(size, -1, np.intp)
        for gold, first, last in _marked(article, parsed):
            kind = _kind(article, gold, self._demonyms)
            tags[first:last] = _bilou(first, last, kind)
            use = _USES.get(gold.kind)
            if use and kind == "T":
                uses[first:last] = USES.index(use)
        return tags, uses

    def _guessed(self, parsed: Parsed) -> tuple[list[str], NDArray[np.intp]]:
        """Return tags that are hardly ever wrong, "" elsewhere.

        What the stock model and the gazetteer both take for a place is one; what is written small,
        or neither of them takes for a name, is none.
        """
        text = parsed.document.text
        tags = ["" if self._may_name(token.text) else "O" for token in parsed.tokens]
        starts = {token.start: number for number, token in enumerate(parsed.tokens)}
        ends = {token.end: number + 1 for number, token in enumerate(parsed.tokens)}
        for entity in parsed.entities:
            span = tidy(text, entity.start, entity.end, entity.label)
            first, last = (starts.get(span.start), ends.get(span.end)) if span else (None, None)
            if span is None or first is None or last is None or first >= last:
                continue
            known = self._lookup.knows(text[span.start : span.end])
            kind = _KINDS_OF_LABELS.get(entity.label)
            if kind:
                tags[first:last] = _bilou(first, last, kind) if known else [""] * (last - first)
            elif entity.label == "PERSON" and last - first > 1:
                tags[first:last] = ["O"] * (last - first)
        return tags, np.full(len(tags), -1, np.intp)

    def _may_name(self, word: str) -> bool:
        return word[0].isupper() and self._lookup.knows(word)

    def _number(self, tag: str) -> int:
        return self.entity_tags.setdefault(tag, len(self.entity_tags))


def _kind(article: Article, gold: Gold, demonyms: frozenset[str]) -> str:
    if gold.kind == "Demonym" or article.text[gold.start : gold.end] in demonyms:
        return "D"
    return "T" if gold.located else "X"


def _marked(article: Article, parsed: Parsed) -> list[tuple[Gold, int, int]]:
    """Return marks with their words; located ones first, and none that overlaps one before it.

    GeoWebNews marks organizations ("Non_Toponym"), languages and the like without a place; they
    are no toponyms.
    """
    starts = {token.start: number for number, token in enumerate(parsed.tokens)}
    ends = {token.end: number + 1 for number, token in enumerate(parsed.tokens)}
    taken: set[int] = set()
    marked = []
    for gold in sorted(article.gold, key=lambda gold: (not gold.located, gold.start)):
        first, last = starts.get(gold.start), ends.get(gold.end)
        if first is None or last is None or first >= last:
            continue
        unplaced = gold.kind not in ("", "Demonym") and not gold.located
        if unplaced or not taken.isdisjoint(range(first, last)):
            continue
        taken.update(range(first, last))
        marked.append((gold, first, last))
    return marked


def _entity_tags(parsed: Parsed) -> list[str]:
    """Return what the stock model says of each word, which the networks must not forget."""
    tags = ["O"] * len(parsed.tokens)
    starts = {token.start: number for number, token in enumerate(parsed.tokens)}
    ends = {token.end: number + 1 for number, token in enumerate(parsed.tokens)}
    for entity in parsed.entities:
        first, last = _words(entity, starts, ends)
        if first < last:
            tags[first:last] = _bilou(first, last, entity.label)
    return tags


def _words(entity: Entity, starts: dict[int, int], ends: dict[int, int]) -> tuple[int, int]:
    return starts.get(entity.start, 0), ends.get(entity.end, 0)


def _bilou(first: int, last: int, kind: str) -> list[str]:
    if last - first == 1:
        return [f"U-{kind}"]
    return [f"B-{kind}", *[f"I-{kind}"] * (last - first - 2), f"L-{kind}"]


def split(examples: Sequence[Example], folds: int, seed: int) -> list[list[Example]]:
    """Deal the articles of each corpus out to folds; those that are marked in part to none."""
    dealt: list[list[Example]] = [[] for _ in range(folds)]
    examples = [example for example in examples if example.article.complete]
    for corpus in sorted({example.article.corpus for example in examples}):
        own = [example for example in examples if example.article.corpus == corpus]
        random.Random(seed).shuffle(own)  # noqa: S311 - no secret
        for number, example in enumerate(own):
            dealt[number % folds].append(example)
    return dealt
