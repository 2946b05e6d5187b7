"""Score networks on articles that they have not seen, and calibrate their probabilities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import Document, Mention, noun
from geomap.recognize import network
from geomap.recognize.corpora import Article
from geomap.recognize.lexemes import look_up
from geomap.recognize.recognizer import Recognizer
from geomap.recognize.tagging import TAGS, probable_spans
from geomap.recognize.toponyms import Finder, raw_log_odds
from geomap.recognize.weights import Trained
from geomap.recognize.wholes import end_of, whole_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.recognize.examples import Example
    from geomap.recognize.gradients import Weights
    from geomap.recognize.lookup import Lookup
    from geomap.recognize.trainer import Course

# Spans whose calibrated probability is below this are left out. F1 is best where a span is kept if
# it is more likely right than half of that F1 (Lewis 1995); on the development articles it is flat
# from here down to no threshold at all.
THRESHOLD = 0.2

_NEWTON_STEPS = 25


@noun
class Guess:
    """A span that networks found: its log-odds, if the gazetteer lacks it, and if it is marked."""

    odds: float
    unlisted: bool
    right: bool


@noun
class Trial:
    """An article, and what the recognizer finds in it with networks that have not seen it."""

    article: Article
    mentions: tuple[Mention, ...]


def trials(
    examples: Sequence[Example],
    networks: Sequence[Weights],
    calibration: dict[str, float],
    course: Course,
) -> Iterator[Trial]:
    """Let the recognizer of these networks find the toponyms of articles."""
    trained = Trained(networks=tuple(networks), entity_tags=course.entity_tags, **calibration)
    finder = Finder(trained, course.language.vocab, course.lookup)
    recognizer = Recognizer(course.language, finder, course.index)
    documents = [Document(id=one.article.id, text=one.article.text) for one in examples]
    for example, found in zip(examples, recognizer.annotate(documents, syntax=False), strict=True):
        yield Trial(article=example.article, mentions=found.mentions)


def guesses(
    examples: Iterable[Example], networks: Sequence[Weights], course: Course
) -> Iterator[Guess]:
    """Yield what networks find in articles, but for marked names without a place."""
    for example in examples:
        batch = network.Batch(
            lexemes=look_up(example.parsed.features, course.language.vocab),
            lengths=example.parsed.lengths,
            scope=np.zeros(len(example.tags), np.intp),
            known=example.known,
        )
        scores = network.average([network.predict(weights, batch) for weights in networks])
        located = {(gold.start, gold.end) for gold in example.article.gold if gold.located}
        marked = {(gold.start, gold.end) for gold in example.article.gold}
        for span, odds in _found(example, scores.tags, course.lookup):
            if span in located or span not in marked:
                lacks = course.lookup.lacks(example.article.text[span[0] : span[1]])
                yield Guess(odds=odds, unlisted=lacks, right=span in located)


def _found(
    example: Example, tags: NDArray[np.float32], lookup: Lookup
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield offsets and log-odds of each toponym found."""
    text, tokens = example.article.text, example.parsed.tokens
    spans = probable_spans(tags, example.parsed.lengths, TAGS)
    for whole in whole_names(text, tokens, spans, lookup):
        if whole.span.kind != "X":
            start, end = tokens[whole.span.first].start, tokens[whole.span.last - 1].end
            odds = raw_log_odds(tags[whole.core.first : whole.core.last])
            yield (start, end_of(text, start, end)), odds


def calibrate(found: Sequence[Guess]) -> dict[str, float]:
    """Fit ``Trained.probability`` to what turned out right (Platt 1999)."""
    inputs = np.array([(guess.odds, 1.0, guess.unlisted) for guess in found])
    right = np.array([guess.right for guess in found], float)
    fit = np.array([1.0, 0.0, 0.0])
    for _ in range(_NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-inputs @ fit))
        curve = (inputs * (chance * (1 - chance))[:, None]).T @ inputs + 1e-6 * np.eye(3)
        fit += np.linalg.solve(curve, inputs.T @ (right - chance))
    slope, offset, unlisted = (float(value) for value in fit)
    return {"slope": slope, "offset": offset, "unlisted": unlisted, "threshold": THRESHOLD}


def figures(found: Iterable[Trial]) -> str:
    """Return exact-span precision, recall and F1 for each corpus, a line each.

    Counts marked toponyms that have coordinates; finding one that has none counts for nothing.
    """
    counts: dict[str, Counter[str]] = {}
    for one in found:
        spans = {(mention.start, mention.end) for mention in one.mentions}
        counts.setdefault(one.article.corpus, Counter()).update(count(one.article, spans))
    return "".join(f"{corpus:12} {line(own)}\n" for corpus, own in sorted(counts.items()))


def count(article: Article, spans: set[tuple[int, int]]) -> dict[str, int]:
    """Return how many spans are right, how many wrong, and how many places were missed."""
    marked = {(gold.start, gold.end) for gold in article.gold}
    located = {(gold.start, gold.end) for gold in article.gold if gold.located}
    return {
        "right": len(spans & located),
        "wrong": len(spans - marked),
        "missed": len(located - spans),
    }


def line(counts: Counter[str]) -> str:
    """Return precision, recall, F1 and the number of marked places as text."""
    right, wrong, missed = counts["right"], counts["wrong"], counts["missed"]
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  n {right + missed}"
