"""Train one network: what is learned from, how it is made harder, and the steps over it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np

from geomap.recognize import network, stock, weights
from geomap.recognize.examples import Example, prepare, split
from geomap.recognize.gradients import Adam, Floats, Noise, Pass, Weights
from geomap.recognize.lexemes import COLUMNS, Lexemes, look_up
from geomap.recognize.lookup import FEATURES, Lookup
from geomap.recognize.start import initial
from geomap.recognize.substitution import Substitution, lexeme_features, persons_of, towns_of
from geomap.recognize.tagging import TAGS
from geomap.recognize.toponyms import USES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from geomap.gazetteer import Gazetteer
    from geomap.recognize.corpora import Article
    from geomap.recognize.substitution import Towns

PASSES = 8
BATCH_WORDS = 1_500
RATE = 0.002
WARM_UP = 0.1
DROPOUT = 0.3
WORD_DROPOUT = 0.15
DECAY = 0.01
CLIP = 5.0
WEIGHT_OF_USES = 0.3
WEIGHT_OF_ENTITIES = 0.5

# How much of the training text is made harder: set in small letters, in capitals, without a
# gazetteer; and single names in small letters, as careless writers have them.
SMALL_TEXTS = 0.06
CAPITAL_TEXTS = 0.06
BLIND_TEXTS = 0.15
SMALL_NAMES = 0.02


class Trainer:
    """Trains one network on some examples."""

    def __init__(self, vocab: Vocab, start: Weights, names: tuple[Towns, Towns], seed: int) -> None:
        """Start from ``start``; ``names`` are those of towns and persons to put in."""
        self._vocab = vocab
        self._numbers = np.random.default_rng(seed)
        self._shuffle = random.Random(seed)  # noqa: S311 - no secret
        self._noise = Noise(random=self._numbers, units=DROPOUT, words=WORD_DROPOUT)
        self.weights = {name: array.copy() for name, array in start.items()}
        self._substitution = Substitution(*names, vocab, self._numbers)
        self._optimizer = Adam(self.weights, decay=DECAY, clip=CLIP)

    def run(self, examples: Sequence[Example]) -> Weights:
        """Go over the examples in a new order each time, with a falling rate."""
        total = PASSES * sum(1 for _ in _batches(list(examples)))
        step = 0
        for _ in range(PASSES):
            order = list(examples)
            self._shuffle.shuffle(order)
            for batch in _batches(order):
                step += 1
                fall = max(0.02, 1 - step / total)
                self._step(batch, RATE * min(1.0, step / (WARM_UP * total)) * fall)
        return self.weights

    def _step(self, batch: Sequence[Example], rate: float) -> None:
        forward = Pass(self.weights, self._harder(batch), self._noise)
        tags, uses, entities = (
            np.concatenate([getattr(example, name) for example in batch])
            for name in ("tags", "uses", "entities")
        )
        grads = forward.gradients(
            _off(forward.tags, tags),
            _off(forward.uses, uses) * np.float32(WEIGHT_OF_USES),
            _off(forward.entities, entities) * np.float32(WEIGHT_OF_ENTITIES),
        )
        self._optimizer.step(grads, rate)

    def _harder(self, batch: Sequence[Example]) -> network.Batch:
        """Make a batch, with some texts changed in case or without gazetteer."""
        features, known = zip(*(self._changed(example) for example in batch), strict=True)
        return to_batch(batch, look_up(np.concatenate(features), self._vocab), known)

    def _changed(self, example: Example) -> tuple[NDArray[np.uint64], Floats]:
        features, known = example.parsed.features.copy(), example.known.copy()
        draw = self._shuffle.random()
        if draw < SMALL_TEXTS:
            known[:, :-1] = 0
            return self._in_case(example, np.arange(len(known)), str.lower), known
        if draw < SMALL_TEXTS + CAPITAL_TEXTS:
            return self._in_case(example, np.arange(len(known)), str.upper), known
        self._substitution.change(example, features, known)
        drawn = self._numbers.random(len(known)) < SMALL_NAMES
        names = np.flatnonzero((example.tags > 0) & drawn)
        features[names] = self._in_case(example, names, str.lower)
        if self._shuffle.random() < BLIND_TEXTS:
            known[:] = 0
        return features, known

    def _in_case(
        self, example: Example, numbers: NDArray[np.intp], change: Callable[[str], str]
    ) -> NDArray[np.uint64]:
        """Return the features of the numbered words after ``str.lower`` or ``str.upper``."""
        tokens = example.parsed.tokens
        columns = [lexeme_features(self._vocab, change(tokens[n].text)) for n in numbers]
        return np.array(columns, np.uint64).reshape(len(numbers), len(COLUMNS))


def to_batch(
    examples: Sequence[Example], lexemes: Lexemes, known: Sequence[Floats]
) -> network.Batch:
    """Put examples together, each a scope of its own."""
    return network.Batch(
        lexemes=lexemes,
        lengths=[length for example in examples for length in example.parsed.lengths],
        scope=np.repeat(np.arange(len(examples)), [len(example.tags) for example in examples]),
        known=np.concatenate(known),
    )


def _batches(examples: list[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for example in examples:
        batch.append(example)
        if sum(len(e.tags) for e in batch) >= BATCH_WORDS:
            yield batch
            batch = []
    if batch:
        yield batch


def _off(logs: Floats, right: NDArray[np.intp]) -> Floats:
    """Return the gradient of cross-entropy: by how much each probability is off.

    Words with a negative number count for nothing.
    """
    off: Floats = np.exp(logs)
    told = np.flatnonzero(right >= 0)
    off[told, right[told]] -= 1
    off[right < 0] = 0
    return off / np.float32(len(right))


class Course:
    """What all networks of a run have in common.

    ``folds`` are the articles of which all toponyms are marked, ``partly`` the others, which every
    network learns from.
    """

    def __init__(
        self, articles: Sequence[Article], index: Gazetteer, *, folds: int, seed: int
    ) -> None:
        """Read the articles and deal them out."""
        self.language, self.index = stock.load(stock.DEFAULT_PIPELINE), index
        self.lookup = Lookup(index)
        examples, self.entity_tags = prepare(articles, self.language, self.lookup)
        sizes = (len(TAGS), len(USES), len(self.entity_tags))
        self._start = initial(self.language, sizes=sizes, features=FEATURES)
        self._names = towns_of(index), persons_of(examples)
        self.folds = split(examples, folds, seed)
        self.partly = [example for example in examples if not example.article.complete]

    def network(self, left_out: Collection[int], seed: int) -> Weights:
        """Train a network on all folds but some; the weights are those that a file gives back."""
        kept = [fold for number, fold in enumerate(self.folds) if number not in left_out]
        seen = [example for fold in kept for example in fold]
        trainer = Trainer(self.language.vocab, self._start, self._names, seed)
        return weights.unpack(weights.pack(trainer.run([*seen, *self.partly])))
