"""Events in brief: what lists, sums, counts and pictures ask of all of them.

Of tens of thousands of events few are new. Outputs take the others as finished pieces, and what
they need of each beside that from here, so that nobody makes events of former builds anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from geomap import collector
from geomap.features.runs import event_runs
from geomap.model import Casualties, Conflict, DateRange, Event, Status, Weapon, noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.features.context import Context
    from geomap.model import Result
    from geomap.runs import Run


@noun
class Brief:
    """An event without its reports and places.

    ``when`` lacks the place of its words; ``document_ids`` has one for each report, in order.
    """

    id: str
    type: str
    when: DateRange | None
    is_located: bool
    casualties: Casualties
    weapons: tuple[Weapon, ...]
    status: Status
    conflicts: tuple[Conflict, ...]
    n_independent_sources: int
    document_ids: tuple[str, ...]
    parent_id: str | None
    possible_duplicates: tuple[str, ...]
    is_noted: bool


_BRIEFS = msgspec.msgpack.Decoder(list[Brief])


def brief(event: Event) -> Brief:
    """Return an event in brief."""
    return Brief(
        id=event.id,
        type=event.type,
        when=event.when and replace(event.when, provenance=None),
        is_located=bool(event.places),
        casualties=event.casualties,
        weapons=event.weapons,
        status=event.status,
        conflicts=event.conflicts,
        n_independent_sources=event.n_independent_sources,
        document_ids=tuple(report.document_id for report in event.reports),
        parent_id=event.parent_id,
        possible_duplicates=event.possible_duplicates,
        is_noted=bool(event.notes),
    )


def briefs(result: Result, context: Context) -> Sequence[Brief]:
    """Return the events of a result in brief, in order."""
    return context.once("briefs", result, lambda: _briefs(result, context))


def _briefs(result: Result, context: Context) -> list[Brief]:
    def make(run: Run) -> bytes:
        return msgspec.msgpack.encode([brief(each) for each in result.events[run.first : run.end]])

    pieces = event_runs(result, context).made("brief", make)
    with collector.paused():
        return [each for piece in pieces for each in _BRIEFS.decode(piece)]
