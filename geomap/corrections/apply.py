"""Corrections applied to the events of a build, in the order of the file."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.corrections.set_field import set_field
from geomap.corrections.table import problem
from geomap.corrections.values import NotApplicableError
from geomap.merge import Sources, World, facets_of, recombine
from geomap.model import Correction, CorrectionOutcome, Event, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from geomap.corrections.set_field import Gazetteer
    from geomap.merge.facets import Ontology
    from geomap.model import Report


def apply(
    result: Result, corrections: Iterable[Correction], ontology: Ontology, gazetteer: Gazetteer
) -> Result:
    """Return ``result`` with the corrections applied and what became of each."""
    lines = tuple(corrections)
    if not lines:
        return result
    desk = _Desk(result, ontology, gazetteer)
    for correction in lines:
        desk.take(correction)
    return dataclasses.replace(
        result, events=desk.sorted_events(), corrections=tuple(desk.outcomes)
    )


class _Desk:
    """The events being corrected, and what became of those that are gone."""

    def __init__(self, result: Result, ontology: Ontology, gazetteer: Gazetteer) -> None:
        self.outcomes: list[CorrectionOutcome] = []
        self._events = {event.id: event for event in result.events}
        self._gone: dict[str, str] = {}  # id of an event merged into another -> its id
        self._rejected: dict[str, int] = {}  # id -> line
        self._set: dict[tuple[str, str], int] = {}  # (id, field) -> place in outcomes
        sources = Sources.of(result.near_copies)
        self._world = World(ontology=ontology, sources=sources, gazetteer=gazetteer)
        self._gazetteer = gazetteer

    def sorted_events(self) -> tuple[Event, ...]:
        """Return the events in order of date and id, references to gone events mended."""
        mended = {event.id: self._mended(event) for event in self._events.values()}
        return tuple(sorted(_without_circles(mended), key=_order))

    def take(self, correction: Correction) -> None:
        """Apply one correction, or note why it has no effect."""
        wrong = problem(correction)
        if wrong:
            self._note_idle(correction, wrong)
            return
        try:
            event = self._find(correction)
            note = self._actions()[correction.action](correction, event)
        except NotApplicableError as reason:
            self._note_idle(correction, str(reason))
        else:
            self._note(correction, event.id, note)

    def _actions(self) -> dict[str, Callable[[Correction, Event], str]]:
        return {
            "reject": self._reject,
            "set": self._set_field,
            "merge": self._merge,
            "split": self._split,
            "annotate": self._annotate,
        }

    def _note_idle(self, correction: Correction, why: str) -> None:
        outcome = CorrectionOutcome(
            correction=correction, applied=False, note=why, event_id=correction.event_id
        )
        self.outcomes.append(outcome)

    def _note(self, correction: Correction, event_id: str, note: str) -> None:
        """Record what was done, in the outcomes and at the event, where people look."""
        outcome = CorrectionOutcome(
            correction=correction, applied=True, note=note, event_id=event_id
        )
        self.outcomes.append(outcome)
        if event_id in self._events:
            event = self._events[event_id]
            words = note if correction.action == "annotate" else f"Corrected: {note}"
            by = f" ({correction.author})" if correction.author else ""
            why = f": {correction.reason}" if correction.reason else ""
            notes = (*event.notes, f"{words}{by}{why}")
            self._events[event_id] = dataclasses.replace(event, notes=notes)

    # --- finding -------------------------------------------------------------------------------

    def _find(self, correction: Correction) -> Event:
        """Return the event that a correction means, by id or by the words of a report."""
        event_id = self._followed(correction.event_id)
        if event_id in self._events:
            return self._events[event_id]
        if correction.document_id is not None:
            return self._find_by_words(correction)
        if event_id in self._rejected:
            raise NotApplicableError(f"the event was rejected in line {self._rejected[event_id]}")
        raise NotApplicableError(f'no event has the id "{correction.event_id}"')

    def _find_by_words(self, correction: Correction) -> Event:
        found = [e for e in self._events.values() if _told_at(e, correction)]
        if not found:
            raise NotApplicableError("no event is told by these words any more")
        if len(found) > 1 and correction.start is None:
            raise NotApplicableError(
                f"the document tells of {len(found)} events; give start and end"
            )
        # The event with the nearest trigger; a part rather than the joint attack around it.
        return min(found, key=lambda event: (_off_by(event, correction), event.id))

    def _followed(self, event_id: str | None) -> str:
        at = event_id or ""
        while at in self._gone:
            at = self._gone[at]
        return at

    # --- actions -------------------------------------------------------------------------------

    def _reject(self, correction: Correction, event: Event) -> str:
        del self._events[event.id]
        self._rejected[event.id] = correction.line
        return f"rejected: {event.title}"

    def _annotate(self, correction: Correction, event: Event) -> str:  # noqa: ARG002  same shape
        return correction.value or ""

    def _set_field(self, correction: Correction, event: Event) -> str:
        field = correction.field or ""
        changed, note = set_field(event, correction, self._world, self._gazetteer)
        self._events[event.id] = changed
        self._override((event.id, field), correction.line)
        self._set[event.id, field] = len(self.outcomes)
        return note

    def _override(self, key: tuple[str, str], line: int) -> None:
        """Report the line that set a field before as one without effect."""
        earlier = self._set.pop(key, None)
        if earlier is not None:
            words = f"line {line} sets the {key[1]} of the same event again and holds"
            overridden = dataclasses.replace(self.outcomes[earlier], applied=False, note=words)
            self.outcomes[earlier] = overridden

    def _set_again(self, event: Event) -> Event:
        """Return an event that was put together anew with the fields that lines before have set."""
        for (event_id, _), number in self._set.items():
            if event_id == event.id:
                correction = self.outcomes[number].correction
                event, _ = set_field(event, correction, self._world, self._gazetteer)
        return event

    def _hand_over(self, gone_id: str, event_id: str) -> None:
        """Let what was set at an event hold for the one that it became a part of.

        Where both were set, the line of the event that stays holds.
        """
        for key in [key for key in self._set if key[0] == gone_id]:
            kept = self._set.get((event_id, key[1]))
            if kept is None:
                self._set[event_id, key[1]] = self._set.pop(key)
            else:
                self._override(key, self.outcomes[kept].correction.line)

    def _merge(self, correction: Correction, event: Event) -> str:
        other = self._events.get(self._followed(correction.value))
        if other is None:
            raise NotApplicableError(f'no event has the id "{correction.value}" to merge with')
        if other.id == event.id:
            raise NotApplicableError("the two events are one already")
        told = [*facets_of(event, self._world.ontology), *facets_of(other, self._world.ontology)]
        both = recombine(told, self._world)
        parent_id = event.parent_id if event.parent_id != other.id else other.parent_id
        self._hand_over(other.id, event.id)
        self._events[event.id] = self._set_again(
            dataclasses.replace(
                both, id=event.id, parent_id=parent_id, notes=event.notes + other.notes
            )
        )
        del self._events[other.id]
        self._gone[other.id] = event.id
        return f"merged with {other.id} ({other.title})"

    def _split(self, correction: Correction, event: Event) -> str:
        told = facets_of(event, self._world.ontology)
        out = [facet for facet in told if _tells(facet.report, correction)]
        rest = [facet for facet in told if not _tells(facet.report, correction)]
        if not out or not rest:
            raise NotApplicableError(
                "the event has no other report" if out else "no report is told there"
            )
        apart = recombine(out, self._world, apart=True)
        remaining = recombine(rest, self._world)
        self._events[apart.id] = dataclasses.replace(
            apart, notes=(f"Corrected: split from {event.id} ({event.title})",)
        )
        self._events[event.id] = self._set_again(
            dataclasses.replace(
                remaining, id=event.id, parent_id=event.parent_id, notes=event.notes
            )
        )
        return f"split: {apart.id} ({apart.title}) is an event of its own"

    def _mended(self, event: Event) -> Event:
        """Return the event without references to events that are no longer there."""
        parent = self._followed(event.parent_id)
        others = dict.fromkeys(self._followed(other) for other in event.possible_duplicates)
        return dataclasses.replace(
            event,
            parent_id=parent if parent in self._events and parent != event.id else None,
            possible_duplicates=tuple(o for o in others if o in self._events and o != event.id),
        )


def _told_at(event: Event, correction: Correction) -> bool:
    return any(_tells(report, correction) for report in event.reports)


def _tells(report: Report, correction: Correction) -> bool:
    """Return whether the sentence of ``report`` meets the span that ``correction`` gives."""
    if report.document_id != correction.document_id:
        return False
    if correction.start is None or correction.end is None:
        return True
    return report.sentence.start <= correction.end and correction.start <= report.sentence.end


def _off_by(event: Event, correction: Correction) -> tuple[int, int]:
    """Return how far the nearest trigger is from the span, and the number of places."""
    start = correction.start or 0
    triggers = [r.trigger.start for r in event.reports if _tells(r, correction)]
    return (min(abs(trigger - start) for trigger in triggers), len(event.places))


def _without_circles(events: Mapping[str, Event]) -> list[Event]:
    """Return the events; where following parents leads back to an event, it has none."""
    kept = dict(events)
    for event_id in sorted(kept):
        seen = {event_id}
        at = kept[event_id].parent_id
        while at is not None and at not in seen:
            seen.add(at)
            at = kept[at].parent_id
        if at == event_id:
            kept[event_id] = dataclasses.replace(kept[event_id], parent_id=None)
    return list(kept.values())


def _order(event: Event) -> tuple[str, str]:
    first = event.when.first if event.when else None
    return (first.isoformat() if first else "9999", event.id)
