"""What the page's report tells beside the events: the facts of :mod:`geomap.findings`, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geomap.features.briefs import Brief
    from geomap.findings import Findings, Unresolved
    from geomap.model import CorrectionOutcome, Range, Result


def summary(result: Result, findings: Findings, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return what is said of documents, names, failures and corrections.

    Documents are told by their place in ``numbers``; ``events.js`` describes the form as types.
    """
    return {
        "independent": findings.independent_sources,
        "copies": [[numbers[member] for member in group] for group in findings.copies],
        "told": [findings.told.get(document.id, 0) for document in result.documents],
        "pairs": [[one.id, other.id] for one, other in findings.possible_duplicates],
        "unresolved": [_unresolved(name, numbers) for name in findings.unresolved],
        "failures": [
            {"source": failure.source, "stage": failure.stage, "message": failure.message}
            for failure in result.failures
        ],
        "corrections": [_correction(outcome) for outcome in result.corrections],
    }


def additions(findings: Findings, events: Iterable[Brief]) -> dict[str, dict[str, Any]]:
    """Return what events add to sums, by id, where it is not just the figure they are told with.

    A figure is ``[low, high, whether it may be more]``.
    """
    added: dict[str, dict[str, Any]] = {}
    for toll, net in findings.net.items():
        for event in events:
            own, counted = getattr(event.casualties, toll), net.get(event.id)
            if own is not None and _ends(counted) != _ends(own):
                added.setdefault(event.id, {})[toll] = _ends(counted)
    return added


def _ends(figure: Range | None) -> list[Any]:
    if figure is None:
        return [0, 0, False]
    low = figure.low or 0
    if figure.high is None:
        return [low, low, True]
    return [low, figure.high, figure.open_ended]


def _unresolved(name: Unresolved, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "text": name.text,
        "reason": name.reason,
        "times": len(name.document_ids),
        "documents": sorted({numbers[told] for told in name.document_ids}),
    }


def _correction(outcome: CorrectionOutcome) -> dict[str, Any]:
    correction = outcome.correction
    return {
        "line": correction.line,
        "applied": outcome.applied,
        "note": outcome.note,
        "event": outcome.event_id,
        "author": correction.author,
        "reason": correction.reason,
    }
