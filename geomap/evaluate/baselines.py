"""The two answers that ask nothing of the text, to hold ours against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geomap.evaluate import metrics
from geomap.evaluate.toponyms import Toponym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geomap.evaluate.metrics import ResolutionScore
    from geomap.evaluate.toponyms import GoldDocument
    from geomap.model import Candidate

    Choice = Callable[[Sequence[Candidate]], Candidate]


class Candidates(Protocol):
    """What a baseline asks of a gazetteer."""

    def candidates(self, name: str, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
        """Return what ``name`` may mean, best match first."""


def most_populous(candidates: Sequence[Candidate]) -> Candidate:
    """Choose the place where most people live, the first of equals."""
    return max(candidates, key=lambda one: one.place.population or 0)


def first_candidate(candidates: Sequence[Candidate]) -> Candidate:
    """Choose what the gazetteer lists first."""
    return candidates[0]


BASELINES: dict[str, Choice] = {
    "most populous": most_populous,
    "first candidate": first_candidate,
}


def baseline_score(
    gold: Iterable[GoldDocument], gazetteer: Candidates, choice: Choice
) -> ResolutionScore:
    """Score a baseline on the gold spans that have a point."""
    answers: dict[str, Toponym | None] = {}
    errors = []
    for document in gold:
        for toponym in document.toponyms:
            if toponym.point is None:
                continue
            if toponym.text not in answers:
                answers[toponym.text] = _answer(toponym.text, gazetteer, choice)
            errors.append(metrics.error_km(toponym, answers[toponym.text]))
    return metrics.resolution(errors)


def _answer(name: str, gazetteer: Candidates, choice: Choice) -> Toponym | None:
    found = gazetteer.candidates(name)
    if not found:
        return None
    place = choice(found).place
    return Toponym(start=0, end=len(name), text=name, point=place.point)
