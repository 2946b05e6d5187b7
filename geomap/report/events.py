"""The sections on events: by day and place, figures, disagreements, and what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from geomap.model import Status
from geomap.report.markdown import escape, listed, number, table
from geomap.report.view import View, days
from geomap.wording import say_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.features.briefs import Brief
    from geomap.model import Conflict, Range

_TOLLS = ("killed", "injured", "missing", "displaced", "detained")
_WEAPON_COUNTS = ("launched", "destroyed", "hit")
_DOUBTFUL_SUM = (
    " Events that may be one told twice (listed below) are counted as two, so the sums may be too "
    "high."
)


def by_day(view: View) -> list[str]:
    """Return a table of events for each day, parts below what they are part of."""
    lines = ["## Events by day and place", ""]
    if not view.events:
        return [*lines, "No event was found in the documents.", ""]
    lines += [
        (
            "An arrow (↳) marks a part or an effect of the event above it. A dash means that no "
            "report tells. Two numbers are the lowest and the highest that are told. A pencil (✎) "
            "marks what people set right or noted; see Corrections below."
        ),
        "",
    ]
    for _, same in groupby(sorted(view.events, key=_chronological), key=_chronological):
        events = list(same)
        tree, when = list(_as_tree(view, events)), days(events[0])
        header = ("Event", "Place", "Killed", "Injured", "Status", "Told by", "Id")
        rows = table(header, tree, lambda place: _row(view, *place))
        lines += [f"### {when[:1].upper()}{when[1:]}", "", *rows]
    return lines


def _chronological(event: Brief) -> tuple[date, date]:
    """Return a key that keeps events of the same day or days together, undated ones last."""
    when = event.when
    if when is None or when.first is None:
        return (date.max, date.max)
    return (when.first, when.last or when.first)


def _as_tree(view: View, events: Sequence[Brief]) -> Iterator[tuple[Brief, int]]:
    """Yield the events of a day by place, each followed by its parts, with their depth."""
    here = {event.id for event in events}
    parts: dict[str | None, list[Brief]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (view.told(event).where, event.id)):
        parts[event.parent_id if event.parent_id in here else None].append(event)
    stack = [(event, 0) for event in reversed(parts[None])]
    while stack:
        event, depth = stack.pop()
        yield event, depth
        stack.extend((part, depth + 1) for part in reversed(parts[event.id]))


def _row(view: View, event: Brief, depth: int) -> tuple[str, ...]:
    sources, told = number(event.n_independent_sources, "source"), view.told(event)
    return (
        "↳ " * depth + told.label + (" ✎" if event.is_noted else ""),
        told.where,
        told.killed,
        told.injured,
        event.status.value,
        f"{sources}, {view.documents(event.document_ids)}",
        f"`{event.id}`",
    )


def figures(view: View) -> list[str]:
    """Return every figure with its spread, and the sums that count nobody twice."""
    told = [(event, what, count) for event in view.events for what, count in _told(event)]
    if not told:
        return []
    lines = ["## Figures", "", *_sums(view)]
    rows = table(
        ("Event", "Figure", "Told"),
        told,
        lambda row: (view.told(row[0]).title, escape(row[1]), say_count(row[2])),
    )
    return [*lines, *rows]


def _told(event: Brief) -> Iterator[tuple[str, Range]]:
    """Yield what was counted, and the counts."""
    for toll in _TOLLS:
        told = getattr(event.casualties, toll)
        if told:
            yield toll, told
    for weapon in event.weapons:
        for count in _WEAPON_COUNTS:
            told = getattr(weapon, count)
            if told:
                yield f"{weapon.system} {count}", told


def _sums(view: View) -> list[str]:
    told = [f"{say_count(total)} {toll}" for toll, total in view.findings.totals.items() if total]
    if not told:
        return []
    return [
        (
            f"All events together: {listed(told)}. The people of a part are counted with the event "
            "it is part of, so nobody is counted twice; what was denied or withdrawn is left out."
            + (_DOUBTFUL_SUM if view.findings.possible_duplicates else "")
        ),
        "",
    ]


def disagreements(view: View) -> list[str]:
    """Return the table of fields in which reports of one event differ."""
    differing = [(event, each) for event in view.events for each in event.conflicts]
    if not differing:
        return ["## Where reports disagree", "", "No two reports of one event differ.", ""]
    count = sum(bool(event.conflicts) for event in view.events)
    lines = [
        "## Where reports disagree",
        "",
        f"On {number(count, 'event')} the reports differ. geomap does not choose between them.",
        "",
    ]
    rows = table(("Event", "What", "Told"), differing, lambda pair: _conflict_row(view, *pair))
    return [*lines, *rows]


def _conflict_row(view: View, event: Brief, conflict: Conflict) -> tuple[str, ...]:
    return view.told(event).title, escape(conflict.field), _told_values(view, conflict)


def _told_values(view: View, conflict: Conflict) -> str:
    """Return the differing values with who says them: "22 (document 2); 25 (documents 1 and 3)"."""
    return "; ".join(
        f"{escape(value.value)} ({view.documents(value.document_ids)})" for value in conflict.values
    )


def doubtful(view: View) -> list[str]:
    """Return what was denied or withdrawn, and pairs that may be one event told twice."""
    return [*_withdrawn(view), *_pairs(view)]


def _withdrawn(view: View) -> list[str]:
    if not view.findings.not_counted:
        return []
    lines = ["## Denied or withdrawn", "", "These are shown but never counted.", ""]
    for event in view.findings.not_counted:
        told = "withdrawn by those who told it" if event.status is Status.RETRACTED else "denied"
        lines.append(f"- {view.told(event).title}: {told}. {_words(view, event)}")
    return [*lines, ""]


def _pairs(view: View) -> list[str]:
    pairs = view.findings.possible_duplicates
    if not pairs:
        return []
    lines = [
        "## Possibly the same event",
        "",
        (
            "The reports do not say enough to join these or to keep them apart. A line in "
            "`corrections.csv` settles it."
        ),
        "",
    ]
    rows = table(
        ("This event", "may be this one"),
        pairs,
        lambda pair: tuple(f"{view.told(event).title} `{event.id}`" for event in pair),
    )
    return [*lines, *rows]


def not_placed(view: View) -> list[str]:
    """Return the events without a place and those without a date, with the words of the reports."""
    places = ("Events without a place", "They are in the lists, not on the map.")
    dates = ("Events without a date", "The reports do not say when, or not clearly.")
    return [
        *_listed(view, *places, view.findings.unplaced),
        *_listed(view, *dates, view.findings.undated),
    ]


def _listed(view: View, title: str, explanation: str, events: Sequence[Brief]) -> list[str]:
    if not events:
        return []
    here = {event.id for event in events}
    lines = [f"## {title}", "", explanation, ""]
    lines += [
        f"- {view.told(event).title}: {_words(view, event)}{view.told(event).undated}"
        for event in events
        if event.parent_id not in here  # the words are those of its parent
    ]
    return [*lines, ""]


def _words(view: View, event: Brief) -> str:
    """Return the sentence of the first report and where it stands."""
    return f"{view.told(event).words} ({view.documents(event.document_ids[:1])})"
