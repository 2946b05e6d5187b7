"""The rows of the layer ``claims``: tellings of events, and stated distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geomap.export.rows import Row, Rows
from geomap.features.briefs import briefs
from geomap.features.fields import fields_of
from geomap.features.making import maker
from geomap.features.runs import Run, Runs, event_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.model import DistanceCheck, Document, Measurement, Result

_KM_DIGITS = 3


def claims(result: Result, context: Context) -> tuple[Rows, list[BaseGeometry | None]]:
    """Return the rows, by run of events, and what is drawn of each: lines that were measured."""
    runs = event_runs(result, context)
    end = len(result.events)
    distances = Run(first=end, end=end, digest=b"")
    names = [field.name for field in fields_of("claims")]
    documents = {document.id: document for document in result.documents}

    def make(run: Run) -> list[Row]:
        values = _distances(result) if run is distances else _tellings(result, context, run)
        told = (row | _published(documents.get(row["document_id"])) for row in values)
        return [{key: row.get(key) for key in names} for row in told]

    lines = [check.measured and _line(check.measured) for check in result.distances]
    told = sum(len(event.document_ids) for event in briefs(result, context))
    return Rows("claims", Runs((*runs.runs, distances), runs.pieces), make), [None] * told + lines


def _tellings(result: Result, context: Context, run: Run) -> Iterator[dict[str, Any]]:
    for feature in maker(result, context).of(run):
        event_id = feature.properties["id"]
        for claim in feature.properties["claims"]:
            yield {"kind": "event", "event_id": event_id, **claim}


def _distances(result: Result) -> Iterable[dict[str, Any]]:
    return map(_distance, result.distances)


def _published(document: Document | None) -> dict[str, Any]:
    if document is None:
        return {}
    day = document.published.isoformat() if document.published else None
    return {"publisher": document.publisher, "published": day}


def _distance(check: DistanceCheck) -> dict[str, Any]:
    claim, measured = check.claim, check.measured
    return {
        "kind": "distance",
        "document_id": claim.provenance.document_id,
        "quote": claim.provenance.quote,
        "start": claim.provenance.start,
        "end": claim.provenance.end,
        "origin": claim.origin.name,
        "target": claim.target.name,
        "to_border": int(claim.to_border),
        "stated_low_km": round(claim.stated_low_km, _KM_DIGITS),
        "stated_high_km": round(claim.stated_high_km, _KM_DIGITS),
        "approximate": int(claim.approximate),
        "measured_km": round(measured.distance_km, _KM_DIGITS) if measured else None,
        "bearing_deg": round(measured.bearing_deg, 1) if measured else None,
        "tolerance_km": measured.tolerance_km if measured else None,
        "dataset": measured.dataset if measured else None,
        "verdict": check.verdict.value,
        "note": check.note,
    }


def _line(measured: Measurement) -> BaseGeometry:
    ends = (measured.origin, measured.nearest)
    return shapely.LineString([(point.lon, point.lat) for point in ends])
