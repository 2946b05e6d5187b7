"""Scores as text for people and as plain data for machines, denominators and rules included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.evaluate.metrics import MISSING_KM

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.evaluate.compare import Change
    from geomap.evaluate.metrics import RecognitionScore, ResolutionScore
    from geomap.evaluate.run import Score

RULES = (
    f"A missing or unresolved answer counts as {MISSING_KM:,.0f} km off; right is within 161 km.",
    "Scored are gold toponyms with coordinates; an answer on gold without any counts neither way.",
    "End to end takes all those, found or not; on recognized, those whose exact span was found.",
)


def score_lines(score: Score) -> Iterator[str]:
    """Yield the figures of one run."""
    yield f"{score.documents} documents, {score.toponyms} gold toponyms with coordinates"
    if score.exact and score.overlap:
        yield recognition_line("Recognition, exact spans", score.exact)
        yield recognition_line("Recognition, overlapping", score.overlap)
    yield _resolution_line("Resolution of gold spans", score.gold_spans)
    if score.end_to_end and score.on_recognized:
        yield _resolution_line("End to end, all gold", score.end_to_end)
        yield _resolution_line("Resolution, on recognized", score.on_recognized)
    yield (
        f"{'Exact GeoNames id':26} gold spans {_figure(score.exact_id_gold_spans)}"
        + (f"   end to end {_figure(score.exact_id_end_to_end)}" if score.end_to_end else "")
        + f"   n={score.exact_id_n}"
    )


def baseline_lines(scores: Mapping[str, ResolutionScore]) -> Iterator[str]:
    """Yield the figures of the baselines on gold spans."""
    for name, score in scores.items():
        yield _resolution_line(f"Baseline, {name}", score)


def change_lines(changed: Sequence[Change]) -> Iterator[str]:
    """Yield what was gained and lost since a former run."""
    gained = sum(1 for change in changed if change.gained)
    yield f"Since the baseline: {gained} gained, {len(changed) - gained} lost"
    for change in changed:
        mark, after = ("+" if change.gained else "-"), change.after
        where = f"{after.corpus}/{after.document_id}:{after.start}-{after.end}"
        yield f"{mark} {where}  {after.text}: {change.before.place} -> {after.place}"


def score_data(score: Score) -> dict[str, Any]:
    """Return a score as plain data."""
    data: dict[str, Any] = {
        "documents": score.documents,
        "toponyms": score.toponyms,
        "gold_spans": resolution_data(score.gold_spans),
        "exact_id": {"n": score.exact_id_n, "gold_spans": score.exact_id_gold_spans},
    }
    if score.exact and score.overlap and score.end_to_end and score.on_recognized:
        data["exact"] = recognition_data(score.exact)
        data["overlap"] = recognition_data(score.overlap)
        data["end_to_end"] = resolution_data(score.end_to_end)
        data["on_recognized"] = resolution_data(score.on_recognized)
        data["exact_id"]["end_to_end"] = score.exact_id_end_to_end
    return data


def recognition_line(label: str, score: RecognitionScore) -> str:
    """Return precision, recall, F1 and the counts."""
    return (
        f"{label:26} P {score.precision:.3f}   R {score.recall:.3f}   F1 {score.f1:.3f}"
        f"   right {score.true_positives}, wrong {score.false_positives}, "
        f"missed {score.false_negatives}"
    )


def _resolution_line(label: str, score: ResolutionScore) -> str:
    if not score.n:
        return f"{label:26} n=0"
    return (
        f"{label:26} Acc@161 {_figure(score.acc161)}   mean {score.mean_km:,.0f} km"
        f"   median {score.median_km:,.1f} km   AUC {_figure(score.auc)}   n={score.n}"
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def recognition_data(score: RecognitionScore) -> dict[str, Any]:
    """Return a score of recognition as plain data."""
    return {
        "precision": score.precision,
        "recall": score.recall,
        "f1": score.f1,
        "true_positives": score.true_positives,
        "false_positives": score.false_positives,
        "false_negatives": score.false_negatives,
    }


def resolution_data(score: ResolutionScore) -> dict[str, Any]:
    """Return a score of resolution as plain data."""
    return {
        "n": score.n,
        "acc161": score.acc161,
        "mean_km": score.mean_km,
        "median_km": score.median_km,
        "auc": score.auc,
    }


def change_data(change: Change) -> dict[str, Any]:
    """Return a mention gained or lost as plain data."""
    return {
        "gained": change.gained,
        "corpus": change.after.corpus,
        "document_id": change.after.document_id,
        "start": change.after.start,
        "end": change.after.end,
        "text": change.after.text,
        "before": change.before.place,
        "after": change.after.place,
    }
