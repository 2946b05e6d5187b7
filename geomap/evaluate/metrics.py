"""The metrics of geoparsing, as the literature computes them; `docs/evaluation.md` tells sources.

Recognition: precision, recall and F1 over one-to-one matches of spans, exact or overlapping.
Resolution: error in kilometers on the sphere, a missing answer charged 20,039 km (half the
circumference of the Earth; Gritta et al., "What's missing in geographical parsing?", 2018).
"""

from __future__ import annotations

import itertools
from math import log
from statistics import median
from typing import TYPE_CHECKING

from geomap.geo import great_circle_km
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.evaluate.toponyms import Toponym

MISSING_KM = 20_039.0
NEAR_KM = 161.0  # 100 miles, the customary bound of a right answer
Span = tuple[int, int]
Pair = tuple[int, int]


@noun
class RecognitionScore:
    """Counts of spans, and precision, recall and F1 (0 where undefined)."""

    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        return _share(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        """Share of gold that was found."""
        return _share(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@noun
class ResolutionScore:
    """Errors over ``n`` toponyms; figures are ``None`` where ``n`` is 0.

    ``auc`` is the area under the curve of sorted ln(error + 1), scaled to 0 (best) … 1 (worst).
    """

    n: int
    acc161: float | None = None
    mean_km: float | None = None
    median_km: float | None = None
    auc: float | None = None


def match_exact(gold: Sequence[Span], answers: Sequence[Span]) -> list[Pair]:
    """Pair spans that are equal, one to one, as indices (gold, answer)."""
    places: dict[Span, list[int]] = {}
    for index in reversed(range(len(answers))):
        places.setdefault(answers[index], []).append(index)
    return [(i, places[span].pop()) for i, span in enumerate(gold) if places.get(span)]


def match_overlap(gold: Sequence[Span], answers: Sequence[Span]) -> list[Pair]:
    """Pair spans that overlap, one to one, greedily by the largest overlap in characters."""
    offers = sorted(
        (-shared, gold[i][0], answers[j][0], i, j) for shared, i, j in _overlaps(gold, answers)
    )
    taken_gold: set[int] = set()
    taken_answers: set[int] = set()
    pairs = []
    for _, _, _, i, j in offers:
        if i not in taken_gold and j not in taken_answers:
            taken_gold.add(i)
            taken_answers.add(j)
            pairs.append((i, j))
    return pairs


def recognition(
    gold: Sequence[Toponym],
    answers: Sequence[Toponym],
    pairs: Iterable[Pair],
    in_task: Callable[[Toponym], bool],
) -> RecognitionScore:
    """Count one document. An answer matched to gold outside the task is neither right nor wrong."""
    matched = dict(pairs)
    found = sum(1 for i in matched if in_task(gold[i]))
    wanted = sum(1 for toponym in gold if in_task(toponym))
    return RecognitionScore(
        true_positives=found,
        false_positives=len(answers) - len(matched),
        false_negatives=wanted - found,
    )


def total(scores: Iterable[RecognitionScore]) -> RecognitionScore:
    """Add the counts of documents up (micro-average)."""
    right = wrong = missed = 0
    for score in scores:
        right += score.true_positives
        wrong += score.false_positives
        missed += score.false_negatives
    return RecognitionScore(true_positives=right, false_positives=wrong, false_negatives=missed)


def error_km(gold: Toponym, given: Toponym | None) -> float:
    """Return how far off an answer is; a missing or unresolved one costs ``MISSING_KM``."""
    if gold.point is None:
        raise ValueError("gold without a point cannot be scored for distance")
    if given is None or given.point is None:
        return MISSING_KM
    return great_circle_km(gold.point, given.point)


def resolution(errors_km: Sequence[float]) -> ResolutionScore:
    """Sum up errors in kilometers."""
    if not errors_km:
        return ResolutionScore(n=0)
    return ResolutionScore(
        n=len(errors_km),
        acc161=_share(sum(1 for error in errors_km if error < NEAR_KM), len(errors_km)),
        mean_km=sum(errors_km) / len(errors_km),
        median_km=float(median(errors_km)),
        auc=_area(sorted(errors_km)),
    )


def token_score(
    tokens: Sequence[Span], gold: Sequence[Span], answers: Sequence[Span]
) -> RecognitionScore:
    """Count the tokens that gold and answers mark, for the place of one event.

    A token is marked when a span covers any of it. ``tokens`` do not overlap and are in text order.
    """
    wanted, given = _covered(tokens, gold), _covered(tokens, answers)
    return RecognitionScore(
        true_positives=len(wanted & given),
        false_positives=len(given - wanted),
        false_negatives=len(wanted - given),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _area(ascending_km: Sequence[float]) -> float:
    """Integrate by trapezoids with unit steps, as Jurgens et al. (2015) and Gritta et al. do."""
    heights = [log(error + 1) / log(MISSING_KM) for error in ascending_km]
    area = sum((a + b) / 2 for a, b in itertools.pairwise(heights))
    return area / max(1, len(heights) - 1)


def _overlaps(gold: Sequence[Span], answers: Sequence[Span]) -> list[tuple[int, int, int]]:
    """List (characters shared, gold index, answer index), sweeping both in text order."""
    order = sorted(range(len(answers)), key=lambda j: answers[j])
    found = []
    active: list[int] = []
    upcoming = 0
    for i in sorted(range(len(gold)), key=lambda i: gold[i]):
        start, end = gold[i]
        while upcoming < len(order) and answers[order[upcoming]][0] < end:
            active.append(order[upcoming])
            upcoming += 1
        active = [j for j in active if answers[j][1] > start]
        for j in active:
            shared = min(end, answers[j][1]) - max(start, answers[j][0])
            if shared > 0:
                found.append((shared, i, j))
    return found


def _covered(tokens: Sequence[Span], spans: Sequence[Span]) -> set[int]:
    return {i for _, i, _ in _overlaps(tokens, spans)}
