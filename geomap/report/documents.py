"""The sections on documents: what was read, copies, failures, places, distances, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import DistanceCheck, Verdict
from geomap.report.markdown import MOST_ROWS, escape, listed, number, quotation, table
from geomap.report.view import View, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import CorrectionOutcome, Measurement

_MOST_SIGNED = 12
_VERDICTS = {
    Verdict.AGREES: "agrees",
    Verdict.DIFFERS: "differs",
    Verdict.UNDECIDED: "cannot be told",
}


def read(view: View) -> list[str]:
    """Return the table of documents; the numbers are used in the rest of the report."""
    rows = [
        (
            str(place),
            name(document),
            escape(document.publisher or ""),
            document.published.isoformat() if document.published else "",
            str(view.findings.told.get(document.id, 0)),
            escape("; ".join(document.notes)),
        )
        for place, document in enumerate(view.result.documents, start=1)
    ]
    header = ("No.", "Document", "Publisher", "Published", "Reports", "Remarks")
    # Of very many documents those with a remark are named wherever they stand.
    remarked = [row for row in rows[MOST_ROWS:] if row[-1]]
    lines = ["## What was read", "", *table(header, rows)]
    return [*lines, "Further remarks:", "", *table(header, remarked)] if remarked else lines


def sources(view: View) -> list[str]:
    """Return the documents by source: those that copy one another are one."""
    lines = ["## Independent sources", ""]
    copies = view.findings.copies
    if not copies:
        return [*lines, "No document copies another one, so each counts as a source.", ""]
    lines += [
        (
            f"{number(len(view.result.documents), 'document')} count as "
            f"{number(view.findings.independent_sources, 'independent source')}, because these "
            "share so much of their wording that one must be a copy or a rewrite of the other:"
        ),
        "",
    ]
    return [*lines, *(f"- {_group(view, group)}" for group in copies), ""]


def _group(view: View, group: Sequence[str]) -> str:
    """Return the documents of a group with their titles; of very many the first ones."""
    signed = [_signed(view, document_id) for document_id in group[:_MOST_SIGNED]]
    if len(group) > _MOST_SIGNED:
        signed.append(f"{len(group) - _MOST_SIGNED} more ({view.documents(group[_MOST_SIGNED:])})")
    return listed(signed)


def _signed(view: View, document_id: str) -> str:
    document = view.document(document_id)
    by = f", {escape(document.publisher)}" if document.publisher else ""
    return f"{view.number(document.id)} ({name(document)}{by})"


def distances(view: View) -> list[str]:
    """Return stated distances beside measured ones."""
    if not view.result.distances:
        return []
    rows = [_distance_row(view, check) for check in view.result.distances]
    header = ("Words", "Stated", "Measured", "Verdict", "Told by")
    return ["## Distances, stated and measured", "", *table(header, rows)]


def _distance_row(view: View, check: DistanceCheck) -> tuple[str, ...]:
    claim, measured = check.claim, check.measured
    goal = f"the border of {claim.target.name}" if claim.to_border else claim.target.name
    low, high = round(claim.stated_low_km, 1), round(claim.stated_high_km, 1)
    stated = f"{low:g} km" if low == high else f"{low:g} to {high:g} km"
    measure = (
        f"{measured.distance_km:.1f} km from {claim.origin.name} to {goal} ({_basis(measured)})"
        if measured
        else ""
    )
    return (
        quotation(claim.provenance.quote),
        f"about {stated}" if claim.approximate else stated,
        escape(measure),
        escape(f"{_VERDICTS[check.verdict]}: {check.note}" if check.note else check.verdict.value),
        view.documents([claim.provenance.document_id]),
    )


def _basis(measured: Measurement) -> str:
    """Return what a distance was measured on and how far that may be off."""
    if not measured.tolerance_km:
        return "a straight line on the globe"
    return f"{measured.dataset}, which may be off by {measured.tolerance_km:g} km"


def unresolved(view: View) -> list[str]:
    """Return the place names that could not be put on the map, with the reason."""
    rows = [
        (
            escape(name.text),
            str(len(name.document_ids)),
            escape(name.reason),
            view.documents(name.document_ids),
        )
        for name in view.findings.unresolved
    ]
    if not rows:
        return []
    lines = ["## Place names without a place", ""]
    lines += ["These names were left off the map rather than put in a wrong place.", ""]
    return [*lines, *table(("Name", "Times", "Reason", "Told by"), rows)]


def failures(view: View) -> list[str]:
    """Return the documents that could not be read or worked on."""
    if not view.result.failures:
        return []
    rows = [
        (escape(failure.source), escape(failure.stage), escape(failure.message))
        for failure in view.result.failures
    ]
    return ["## What could not be read", "", *table(("File", "Step", "Reason"), rows)]


def corrections(view: View) -> list[str]:
    """Return what people set right, and the corrections that no longer apply."""
    if not view.result.corrections:
        return []
    done = [outcome for outcome in view.result.corrections if outcome.applied]
    idle = [outcome for outcome in view.result.corrections if not outcome.applied]
    lines = ["## Corrections", ""]
    header = ("Line", "Correction", "Event", "By", "Reason")
    if done:
        lines += ["Made by people after the fact:", "", *table(header, map(_correction_row, done))]
    if idle:
        lines += ["Without effect this time:", "", *table(header, map(_correction_row, idle))]
    return lines


def _correction_row(outcome: CorrectionOutcome) -> tuple[str, ...]:
    correction = outcome.correction
    return (
        str(correction.line),
        escape(outcome.note),
        f"`{escape(outcome.event_id)}`" if outcome.event_id else "",
        escape(correction.author or ""),
        escape(correction.reason or ""),
    )
