"""Sums over events that count nobody twice.

A joint attack and its parts, or a province's toll and that of a town in it, tell of the same
people. The total of an event is the larger of its own figure and the sum of its parts' totals. What
an event adds to a sum is therefore its own figure less that of its parts, and never less than
nothing: :func:`net_figures` gives that, and any grouping of events can simply be added up.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geomap.model import Range, Status, noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What nobody stands by any more, or never did: listed, never counted.
NOT_COUNTED = frozenset({Status.DENIED, Status.RETRACTED})


@noun
class Tolled:
    """An event with one figure: ``counted`` is false for what was denied or withdrawn."""

    id: str
    parent_id: str | None
    figure: Range | None
    counted: bool = True


def net_figures(events: Iterable[Tolled]) -> dict[str, Range]:
    """Return what each event adds to a sum; events without a figure of their own add nothing.

    A parent that is not among ``events`` is no parent here.
    """
    known = {event.id: event for event in events}
    parts: dict[str, list[str]] = defaultdict(list)
    for event in known.values():
        if event.parent_id is not None:
            parts[event.parent_id].append(event.id)
    own = {
        event.id: _closed(event.figure)
        for event in known.values()
        if event.figure is not None and event.counted
    }
    related = {
        event.id: event for event in known.values() if event.id in parts or event.parent_id in known
    }
    totals: dict[str, Range] = {}
    net = {event_id: figure for event_id, figure in own.items() if event_id not in related}
    for event_id in _parts_first(related):
        below = add(totals[part] for part in parts[event_id] if part in totals)
        if event_id in own:
            net[event_id] = _less(own[event_id], below)
        total = add(figure for figure in (below, net.get(event_id)) if figure)
        if total is not None:
            totals[event_id] = total
    return net


def add(figures: Iterable[Range]) -> Range | None:
    """Return the sum of net figures, ``None`` if there is none; open-ended if one of them is."""
    told = list(figures)
    if not told:
        return None
    return Range(
        low=sum(figure.low or 0 for figure in told),
        high=sum(figure.high or 0 for figure in told),
        open_ended=any(figure.open_ended for figure in told),
    )


def _closed(figure: Range) -> Range:
    """Return the figure with both ends as numbers, to calculate with."""
    low = figure.low or 0
    if figure.high is None:
        return Range(low=low, high=low, open_ended=True)
    return Range(low=low, high=figure.high, open_ended=figure.open_ended)


def _less(own: Range, below: Range | None) -> Range:
    """Return what ``own`` has more than its parts; the high end never below the low one."""
    if below is None:
        return own
    low = max(0, (own.low or 0) - (below.low or 0))
    high = max(low, (own.high or 0) - (below.high or 0))
    return Range(low=low, high=high, open_ended=own.open_ended)


def _parts_first(events: Mapping[str, Tolled]) -> list[str]:
    """Return the ids so that parts stand before what they are part of; circles are cut."""
    depth: dict[str, int] = {}
    for event_id in events:
        path: list[str] = []
        at: str | None = event_id
        while at is not None and at in events and at not in depth:
            depth[at] = 0
            path.append(at)
            at = events[at].parent_id
        base = depth.get(at or "", -1)
        depth.update((member, base + steps) for steps, member in enumerate(reversed(path), start=1))
    return sorted(events, key=lambda event_id: (-depth[event_id], event_id))
