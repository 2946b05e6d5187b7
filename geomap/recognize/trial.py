"""Score networks on articles that they have not seen, and calibrate their probabilities."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import noun
from geomap.recognize import network
from geomap.recognize.lexemes import look_up
from geomap.recognize.tagging import TAGS, probable_spans
from geomap.recognize.toponyms import raw_log_odds
from geomap.recognize.wholes import end_of, whole_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.vocab import Vocab

    from geomap.recognize.examples import Example
    from geomap.recognize.gradients import Weights
    from geomap.recognize.lookup import Lookup

# Spans whose calibrated probability is below this are left out. F1 is best where a span is kept if
# it is more likely right than half of that F1 (Lewis 1995); on the development articles it is flat
# from here down to no threshold at all.
THRESHOLD = 0.2

_NEWTON_STEPS = 25


@noun
class Guess:
    """A span that a network found: its log-odds, its type, and whether it is marked (or counts)."""

    odds: float
    kind: str
    right: bool
    counts: bool


@noun
class Trial:
    """An article with what a network found in it and how many marked places it missed."""

    corpus: str
    guesses: tuple[Guess, ...]
    missed: int


def trial(example: Example, weights: Weights, vocab: Vocab, lookup: Lookup) -> Trial:
    """Run a network over an article that it has not seen."""
    batch = network.Batch(
        lexemes=look_up(example.parsed.features, vocab),
        lengths=example.parsed.lengths,
        scope=np.zeros(len(example.tags), np.intp),
        known=example.known,
    )
    tags = network.predict(weights, batch).tags
    located = {(g.start, g.end) for g in example.article.gold if g.located}
    unlocated = {(g.start, g.end) for g in example.article.gold} - located
    guesses = tuple(
        Guess(odds=odds, kind=kind, right=span in located, counts=span not in unlocated)
        for span, kind, odds in _found(example, tags, lookup)
    )
    return Trial(
        corpus=example.article.corpus,
        guesses=guesses,
        missed=len(located) - sum(guess.right for guess in guesses),
    )


def _found(
    example: Example, tags: NDArray[np.float32], lookup: Lookup
) -> Iterator[tuple[tuple[int, int], str, float]]:
    """Yield offsets, type and log-odds of each toponym found."""
    text, tokens = example.article.text, example.parsed.tokens
    spans = probable_spans(tags, example.parsed.lengths, TAGS)
    for whole in whole_names(text, tokens, spans, lookup):
        if whole.span.kind != "X":
            start, end = tokens[whole.span.first].start, tokens[whole.span.last - 1].end
            odds = raw_log_odds(tags[whole.core.first : whole.core.last])
            yield (start, end_of(text, start, end)), whole.span.kind, odds


def calibrate(trials: Sequence[Trial]) -> dict[str, float]:
    """Fit probability = logistic(slope * log-odds + offset) to what turned out right (Platt)."""
    guesses = [guess for t in trials for guess in t.guesses if guess.counts]
    inputs = np.array([(guess.odds, 1.0) for guess in guesses])
    right = np.array([guess.right for guess in guesses], float)
    fit = np.array([1.0, 0.0])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-inputs @ fit))
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + 1e-6 * np.eye(2)
        fit += np.linalg.solve(curve, inputs.T @ (right - chance))
    return {"slope": float(fit[0]), "offset": float(fit[1]), "threshold": THRESHOLD}


def score(trials: Sequence[Trial]) -> str:
    """Return exact-span precision, recall and F1 for each corpus, a line each.

    Counts marked toponyms that have coordinates; finding one that has none counts for nothing.
    """
    fit = calibrate(trials)
    lines = []
    for corpus in sorted({t.corpus for t in trials}):
        own = [t for t in trials if t.corpus == corpus]
        right, wrong, missed = map(sum, zip(*(_counts(t, fit) for t in own), strict=True))
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * right / max(1, 2 * right + wrong + missed)
        lines.append(
            f"{corpus:12} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  n {right + missed}\n"
        )
    return "".join(lines)


def _counts(one: Trial, fit: dict[str, float]) -> tuple[int, int, int]:
    """Return how many guesses are right, how many wrong, and how many places were missed."""
    kept = [g for g in one.guesses if _probability(g, fit) >= fit["threshold"]]
    right = sum(guess.right for guess in kept)
    wrong = sum(guess.counts and not guess.right for guess in kept)
    dropped = sum(guess.right for guess in one.guesses) - right
    return right, wrong, one.missed + dropped


def _probability(guess: Guess, fit: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-(fit["slope"] * guess.odds + fit["offset"])))
