"""What a build found beside its events: the facts that the report and the map page both tell.

They are facts and not words: :mod:`geomap.report` writes them as Markdown, :mod:`geomap.webmap`
hands them to the page, and so the two cannot tell different things.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from geomap.features.briefs import Brief
from geomap.merge import Sources
from geomap.merge.totals import NOT_COUNTED, Tolled, add, net_figures
from geomap.model import Range, Result, Use, noun
from geomap.model.later import reports_by_document, unresolved

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Uses of a name that put nothing on the map: "Moscow said", "French wine".
_SILENT = frozenset({Use.DEMONYM, Use.EMBEDDED})
#: The figures that are added up.
SUMMED = ("killed", "injured")


@noun
class Unresolved:
    """A place name that was left off the map: ``document_ids`` has one for each time it is told."""

    text: str
    reason: str
    document_ids: tuple[str, ...]


@noun
class Findings:
    """Events and documents by what is to be said of them, in the order of the result.

    ``copies`` are groups of document ids that count as one source. ``told`` is the number of
    reports by document id. ``net`` gives, by toll and event id, what an event adds to a sum that
    counts nobody twice, and ``totals`` the sums over all events, ``None`` where nothing is told.
    """

    independent_sources: int
    copies: tuple[tuple[str, ...], ...]
    told: Mapping[str, int]
    net: Mapping[str, Mapping[str, Range]]
    totals: Mapping[str, Range | None]
    not_counted: tuple[Brief, ...]
    unplaced: tuple[Brief, ...]
    undated: tuple[Brief, ...]
    possible_duplicates: tuple[tuple[Brief, Brief], ...]
    unresolved: tuple[Unresolved, ...]


def find(result: Result, events: Sequence[Brief]) -> Findings:
    """Return what is to be said of ``result``, whose ``events`` are told in brief."""
    position = {document.id: place for place, document in enumerate(result.documents)}
    net = {toll: _net(events, toll) for toll in SUMMED}
    return Findings(
        independent_sources=Sources.of(result.near_copies).count(position),
        copies=tuple(
            tuple(sorted(group, key=position.__getitem__)) for group in result.near_copies
        ),
        told=reports_by_document(result.reports),
        net=net,
        totals={toll: add(figures.values()) for toll, figures in net.items()},
        not_counted=tuple(event for event in events if event.status in NOT_COUNTED),
        unplaced=tuple(event for event in events if not event.is_located),
        undated=tuple(event for event in events if not event.when or not event.when.first),
        possible_duplicates=_pairs(events),
        unresolved=_unresolved(result),
    )


def _net(events: Sequence[Brief], toll: str) -> dict[str, Range]:
    """Return what each event adds to a sum; what has neither figure nor relatives adds nothing."""
    parents = {event.parent_id for event in events if event.parent_id}
    return net_figures(
        Tolled(
            id=event.id,
            parent_id=event.parent_id,
            figure=getattr(event.casualties, toll),
            counted=event.status not in NOT_COUNTED,
        )
        for event in events
        if getattr(event.casualties, toll) or event.parent_id or event.id in parents
    )


def _pairs(events: Iterable[Brief]) -> tuple[tuple[Brief, Brief], ...]:
    by_id = {event.id: event for event in events}
    pairs = {
        (min(event.id, other), max(event.id, other))
        for event in by_id.values()
        for other in event.possible_duplicates
        if other in by_id
    }
    return tuple((by_id[one], by_id[other]) for one, other in sorted(pairs))


def _unresolved(result: Result) -> tuple[Unresolved, ...]:
    """Return the names without a place, the most frequent first."""
    told: dict[tuple[str, str], list[str]] = {}
    for resolution in unresolved(result.resolutions):
        if resolution.mention.use not in _SILENT:
            key = (resolution.mention.text, resolution.note or "")
            told.setdefault(key, []).append(resolution.mention.document_id)
    ordered = sorted(told.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Unresolved(text=text, reason=reason, document_ids=tuple(ids))
        for (text, reason), ids in ordered
    )
