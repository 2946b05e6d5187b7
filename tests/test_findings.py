"""The facts that report and map page share."""

from __future__ import annotations

import dataclasses

import made_result

from geomap.features.briefs import brief
from geomap.findings import find
from geomap.model import Casualties, Document, Range, Result, Status, Use


def found(**changes):
    result = dataclasses.replace(made_result.result(), **changes)
    return find(result, [brief(event) for event in result.events])


def killed(event_id, count, **more):
    figure = Casualties(killed=Range(low=count, high=count))
    return made_result.event(event_id, casualties=figure, **more)


def test_people_of_a_part_are_counted_with_the_whole():
    whole, part = killed("whole", 10), killed("part", 4, parent_id="whole")
    findings = found(events=(whole, part))
    assert findings.net["killed"] == {
        "whole": Range(low=6, high=6),
        "part": Range(low=4, high=4),
    }
    assert findings.totals["killed"] == Range(low=10, high=10)
    assert findings.totals["injured"] is None


def test_what_was_withdrawn_or_denied_is_listed_and_not_counted():
    events = [killed(status.value, 1, status=status) for status in Status]
    findings = found(events=tuple(events))
    assert [event.id for event in findings.not_counted] == ["denied", "retracted"]
    assert findings.totals["killed"] == Range(low=3, high=3)


def test_copies_stand_in_the_order_of_the_documents_and_count_once():
    documents = tuple(Document(id=key, text="x") for key in ("c", "a", "b"))
    findings = found(documents=documents, near_copies=(("a", "c"),))
    assert findings.copies == (("c", "a"),)
    assert findings.independent_sources == 2


def test_a_pair_that_may_be_one_event_is_named_once():
    one = made_result.event("e1", possible_duplicates=("e2", "gone"))
    other = made_result.event("e2", possible_duplicates=("e1",))
    (pair,) = found(events=(one, other)).possible_duplicates
    assert [event.id for event in pair] == ["e1", "e2"]


def test_names_without_a_place_are_gathered_unless_they_would_be_silent_anyway():
    (resolution, *_) = [r for r in made_result.result().resolutions if r.location is None]
    demonym = dataclasses.replace(
        resolution, mention=dataclasses.replace(resolution.mention, use=Use.DEMONYM)
    )
    (name,) = found(resolutions=(resolution, resolution, demonym)).unresolved
    assert name.text == resolution.mention.text
    assert len(name.document_ids) == 2


def test_nothing_is_nothing():
    findings = find(Result(documents=(), resolutions=(), reports=(), events=()), ())
    assert findings.independent_sources == 0
    assert not findings.unplaced
