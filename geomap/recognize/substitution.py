"""Other names in place of those that people marked, so that networks learn the words around.

A corpus of local papers names a few hundred towns; a network that saw nothing else takes
"Maryville" for a place wherever it stands and "Derna" for nothing. In each pass over a text some of
its toponyms become names of towns anywhere in the world, the same for every occurrence, some of
them such that no gazetteer knows. Persons are renamed as well, some of them like towns, so that
neither a strange name nor a known one is a place for that alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import Point, noun
from geomap.recognize.lexemes import COLUMNS
from geomap.recognize.lookup import Standing, mark
from geomap.recognize.tagging import TAGS, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from geomap.gazetteer import Gazetteer
    from geomap.recognize.examples import Example
    from geomap.recognize.gradients import Floats

# Which share of texts is changed in a pass, which of its names, and which of these stay unknown.
_TEXTS = 0.5
_NAMES = 0.5
_UNKNOWN = 0.2
_PERSONS_LIKE_TOWNS = 0.5

_LEAST_PEOPLE = 2_000
_MANY = 50_000
_WHOLE_WORLD_KM = 20_100.0
_LONGEST_NAME = 3
_LONGEST_ACRONYM = 3


@noun
class Town:
    """A name to put in: its words, and whether the town is a large one."""

    words: tuple[str, ...]
    large: bool


Towns = dict[int, list[Town]]
"""Towns by the number of words of their names."""


def towns_of(gazetteer: Gazetteer) -> Towns:
    """Return the towns of the world whose names are plain words, each written large."""
    found: Towns = {}
    everywhere = Point(lon=0.0, lat=0.0)
    for place, _ in gazetteer.within(everywhere, _WHOLE_WORLD_KM, min_population=_LEAST_PEOPLE):
        words = tuple(place.name.split())
        plain = all(word.isalpha() and word[0].isupper() for word in words)
        if plain and len(words) <= _LONGEST_NAME and len(place.name) > _LONGEST_ACRONYM:
            town = Town(words=words, large=(place.population or 0) >= _MANY)
            found.setdefault(len(words), []).append(town)
    return found


def persons_of(examples: Sequence[Example]) -> Towns:
    """Return the names of the persons in texts, to be put in like those of towns."""
    found: Towns = {}
    for example in examples:
        for first, last in (spans[0] for spans in persons(example).values()):
            words = tuple(token.text for token in example.parsed.tokens[first:last])
            found.setdefault(len(words), []).append(Town(words=words, large=False))
    return found


class Substitution:
    """Puts names of towns and persons into examples."""

    def __init__(
        self, towns: Towns, people: Towns, vocab: Vocab, numbers: np.random.Generator
    ) -> None:
        self._towns = towns
        self._people = people
        self._vocab = vocab
        self._numbers = numbers

    def change(self, example: Example, features: NDArray[np.uint64], known: Floats) -> None:
        """Change features of words and what the gazetteer knows, in place; or leave them be."""
        if self._numbers.random() >= _TEXTS:
            return
        arrays = (features, known)
        for spans in toponyms(example).values():
            if town := self._draw(self._towns, spans):
                is_known = self._numbers.random() >= _UNKNOWN
                self._put(town, example, spans, arrays, is_known=is_known)
        for spans in persons(example).values():
            like_town = self._numbers.random() < _PERSONS_LIKE_TOWNS
            if name := self._draw(self._towns if like_town else self._people, spans):
                self._put(name, example, spans, arrays, is_known=like_town)

    def _draw(self, names: Towns, spans: Sequence[tuple[int, int]]) -> Town | None:
        """Draw a name of as many words, or none."""
        own = names.get(spans[0][1] - spans[0][0])
        if not own or self._numbers.random() >= _NAMES:
            return None
        return own[int(self._numbers.integers(len(own)))]

    def _put(
        self,
        town: Town,
        example: Example,
        spans: Sequence[tuple[int, int]],
        arrays: tuple[NDArray[np.uint64], Floats],
        *,
        is_known: bool,
    ) -> None:
        features, known = arrays
        standing = Standing(wide=False, large=town.large, first_name=True, everyday=0.0)
        for first, last in spans:
            if last - first != len(town.words):
                continue
            written = [token.text for token in example.parsed.tokens[first:last]]
            features[first:last] = [
                lexeme_features(self._vocab, in_case_of(word, like))
                for word, like in zip(town.words, written, strict=True)
            ]
            known[first:last, :-1] = 0
            if is_known and known[first:last, -1].all():
                mark(known[first:last], standing)


def persons(example: Example) -> Mapping[str, list[tuple[int, int]]]:
    """Return the words of each person in an example, by the stock model's word for it."""
    tokens = example.parsed.tokens
    starts = {token.start: number for number, token in enumerate(tokens)}
    ends = {token.end: number + 1 for number, token in enumerate(tokens)}
    found: dict[str, list[tuple[int, int]]] = {}
    for entity in example.parsed.entities:
        first, last = starts.get(entity.start), ends.get(entity.end)
        if entity.label != "PERSON" or first is None or last is None or first >= last:
            continue
        if last - first <= _LONGEST_NAME and (example.tags[first:last] <= 0).all():
            found.setdefault(entity.text.lower(), []).append((first, last))
    return found


def toponyms(example: Example) -> Mapping[str, list[tuple[int, int]]]:
    """Return the words of each toponym in an example that is no demonym, by its text."""
    found: dict[str, list[tuple[int, int]]] = {}
    for first, last in _spans(example):
        text = " ".join(token.text for token in example.parsed.tokens[first:last])
        found.setdefault(text.lower(), []).append((first, last))
    return found


def _spans(example: Example) -> Iterator[tuple[int, int]]:
    tags = [TAGS[number] if number >= 0 else "O" for number in example.tags]
    for span in spans_of(tags):
        if span.kind == "T":
            yield span.first, span.last


def in_case_of(word: str, like: str) -> str:
    """Write a word in capitals or small letters if another is written so."""
    if like.isupper() and len(like) > _LONGEST_ACRONYM:
        return word.upper()
    return word.lower() if like.islower() else word


def lexeme_features(vocab: Vocab, word: str) -> list[int]:
    """Return the features by which the networks know a word."""
    lexeme = vocab[word]
    return [getattr(lexeme, name.lower()) for name in COLUMNS]
