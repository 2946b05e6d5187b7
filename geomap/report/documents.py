"""The sections on documents: what was read, copies, failures, places, distances, corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import DistanceCheck, Verdict
from geomap.report.markdown import MOST_ROWS, escape, listed, number, quotation, table
from geomap.report.view import View, name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.findings import Unresolved
    from geomap.model import CorrectionOutcome, Document, Failure, Measurement

_MOST_SIGNED = 12
_VERDICTS = {
    Verdict.AGREES: "agrees",
    Verdict.DIFFERS: "differs",
    Verdict.UNDECIDED: "cannot be told",
}


def read(view: View) -> list[str]:
    """Return the table of documents; the numbers are used in the rest of the report."""
    numbered = list(enumerate(view.result.documents, start=1))
    header = ("No.", "Document", "Publisher", "Published", "Reports", "Remarks")

    def rows(documents: Sequence[tuple[int, Document]]) -> list[str]:
        return table(header, documents, lambda pair: _document_row(view, *pair))

    # Of very many documents those with a remark are named wherever they stand.
    remarked = [pair for pair in numbered[MOST_ROWS:] if pair[1].notes]
    lines = ["## What was read", "", *rows(numbered)]
    return [*lines, "Further remarks:", "", *rows(remarked)] if remarked else lines


def _document_row(view: View, place: int, document: Document) -> tuple[str, ...]:
    return (
        str(place),
        name(document),
        escape(document.publisher or ""),
        document.published.isoformat() if document.published else "",
        str(view.findings.told.get(document.id, 0)),
        escape("; ".join(document.notes)),
    )


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
    header = ("Words", "Stated", "Measured", "Verdict", "Told by")
    rows = table(header, view.result.distances, lambda check: _distance_row(view, check))
    return ["## Distances, stated and measured", "", *rows]


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
    names = view.findings.unresolved
    if not names:
        return []
    lines = ["## Place names without a place", ""]
    lines += ["These names were left off the map rather than put in a wrong place.", ""]
    rows = table(("Name", "Times", "Reason", "Told by"), names, lambda name: _name_row(view, name))
    return [*lines, *rows]


def _name_row(view: View, name: Unresolved) -> tuple[str, ...]:
    told = view.documents(name.document_ids)
    return escape(name.text), str(len(name.document_ids)), escape(name.reason), told


def failures(view: View) -> list[str]:
    """Return the documents that could not be read or worked on."""
    if not view.result.failures:
        return []
    rows = table(("File", "Step", "Reason"), view.result.failures, _failure_row)
    return ["## What could not be read", "", *rows]


def _failure_row(failure: Failure) -> tuple[str, ...]:
    return escape(failure.source), escape(failure.stage), escape(failure.message)


def corrections(view: View) -> list[str]:
    """Return what people set right, and the corrections that no longer apply."""
    if not view.result.corrections:
        return []
    done = [outcome for outcome in view.result.corrections if outcome.applied]
    idle = [outcome for outcome in view.result.corrections if not outcome.applied]
    lines = ["## Corrections", ""]
    header = ("Line", "Correction", "Event", "By", "Reason")
    if done:
        lines += ["Made by people after the fact:", "", *table(header, done, _correction_row)]
    if idle:
        lines += ["Without effect this time:", "", *table(header, idle, _correction_row)]
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
