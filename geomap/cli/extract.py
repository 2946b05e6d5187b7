"""``geomap extract``: the events that texts report, each field with the words it was read from."""

from __future__ import annotations

import dataclasses
import json
import sys
from itertools import tee
from typing import TYPE_CHECKING, Any

from geomap.cli.confidence import add_min_confidence
from geomap.cli.rows import add_input, read_rows

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geomap.cli.rows import Row
    from geomap.features import Context
    from geomap.model import Document, Event, Report


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("extract", help="find the events that texts report")
    add_input(parser)
    parser.add_argument(
        "--ontology",
        action="append",
        default=[],
        metavar="FILE",
        help="a TOML file of further event types (may be given several times)",
    )
    add_min_confidence(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Extract the events of every document of the input."""
    from geomap import api
    from geomap.config import Settings
    from geomap.features import Context
    from geomap.gazetteer import Gazetteer
    from geomap.ontology import Ontology

    ontologies = tuple(args.ontology)
    settings = Settings(ontologies=ontologies)
    if args.min_confidence is not None:
        settings = dataclasses.replace(settings, min_confidence=args.min_confidence)
    kept, handed = tee(read_rows(args.input).rows)
    documents = (row.document for row in handed)
    with Gazetteer.open() as gazetteer:
        context = Context(gazetteer=gazetteer, ontology=Ontology.load(*ontologies))
        for row, reports in zip(kept, api.extract(documents, settings=settings), strict=True):
            _write(row, reports, context, as_json=args.json)
    return 0


def _write(row: Row, reports: tuple[Report, ...], context: Context, *, as_json: bool) -> None:
    if as_json:
        events = report_rows(row.document, reports, context)
        sys.stdout.write(json.dumps({"id": row.id, "events": events}, ensure_ascii=False) + "\n")
        return
    for report in reports:
        sys.stdout.write(_line(report) + "\n")


def report_rows(
    document: Document, reports: tuple[Report, ...], context: Context
) -> list[dict[str, Any]]:
    """Return reports under the names of the field table, with the spans they were read from."""
    from geomap.features import event_features
    from geomap.model import Result

    events = tuple(_alone(report) for report in reports)
    result = Result(documents=(document,), resolutions=(), reports=reports, events=events)
    return [
        {**feature.properties, **_spans(report)}
        for feature, report in zip(event_features(result, context), reports, strict=True)
    ]


def _spans(report: Report) -> dict[str, Any]:
    where = report.where[0].mention if report.where else None
    return {
        "trigger": [report.trigger.start, report.trigger.end],
        "place_span": [where.start, where.end] if where else None,
        "evidence": [
            {
                "field": evidence.field,
                "start": evidence.provenance.start,
                "end": evidence.provenance.end,
                "quote": evidence.provenance.quote,
            }
            for evidence in report.evidence
        ],
    }


def _alone(report: Report) -> Event:
    """Return the event of a single report."""
    from geomap.model import Event

    return Event(
        id=report.id,
        type=report.type,
        title=report.sentence.quote,
        when=report.when,
        places=tuple(r.location for r in report.where if r.location is not None),
        attacker=report.attacker,
        target=report.target,
        weapons=report.weapons,
        casualties=report.casualties,
        status=report.status,
        conflicts=(),
        reports=(report,),
        n_independent_sources=1,
        confidence=report.confidence,
        parent_id=report.parent_id,
    )


def _line(report: Report) -> str:
    places = ", ".join(r.mention.text for r in report.where) or "place not told"
    words = " ".join(report.sentence.quote.split())
    when = report.when
    day = "date not told"
    if when is not None and when.first is not None:
        day = when.first.isoformat() if when.first == when.last else f"{when.first}/{when.last}"
    figures = "".join(_figures(report))
    return f"{report.type}  {places}  {day}{figures}  [{report.trigger.quote}] {words}"


def _figures(report: Report) -> Iterator[str]:
    for kind in ("killed", "injured", "missing", "displaced", "detained"):
        count = getattr(report.casualties, kind)
        if count is not None:
            low = "?" if count.low is None else count.low
            high = "?" if count.high is None else count.high
            yield f"  {kind} {low}" if low == high else f"  {kind} {low}-{high}"
