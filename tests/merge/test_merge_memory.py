"""What merging remembers makes no difference, whatever is added, removed or changed meanwhile."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_nouns import count
from made_pieces import Kept
from merge_fakes import ARVEN, HARBOR, NEARBY, NORTH, ONTOLOGY, ORLIN, TESK, document, report

from geomap.merge import Memory, merge
from geomap.merge.compare import compare
from geomap.model import Status
from geomap.model.later import Events, Reports, event_digests, event_ids, reports_by_document

# Two groups of copies, so that sources change as documents come and go.
WORDS = [" ".join(f"{seed}word{n}" for n in range(40)) for seed in "abcdefg"]
TEXTS = dict(enumerate([WORDS[0], WORDS[0], WORDS[1], WORDS[1], *WORDS[2:]], start=1))
PLACES = st.sampled_from(
    [(ORLIN,), (ORLIN,), (TESK,), (NEARBY,), (HARBOR,), (NORTH,), (ARVEN,), (ORLIN, TESK), ()]
)


def told_by(number):
    return st.builds(
        report,
        st.integers(1, len(TEXTS)),
        PLACES,
        st.sampled_from(["2024-01-01", "2024-01-02", None]),
        number=st.just(number),
        killed=st.none() | st.builds(count, st.integers(1, 30)),
        attacker=st.sampled_from([None, "Borland", "Arven"]),
        type=st.sampled_from(["attack", "missile_strike", "fire"]),
        status=st.sampled_from(Status),
        parent_id=st.sampled_from([None, "d1:0", "d2:1"]),
    )


REPORTS = st.tuples(*(told_by(number) for number in range(8)))
CHOSEN = st.sets(st.integers(0, 7), min_size=1)


def remembered(reports):
    """Return reports by document, each document with a checksum over all that it tells."""
    by_document = defaultdict(list)
    for each in reports:
        by_document[each.document_id].append(each)
    digests = {
        key: hashlib.sha256(repr((key, told)).encode()).digest()
        for key, told in by_document.items()
    }
    return Reports(dict(by_document), digests)


def documents_of(reports):
    numbers = sorted({int(each.document_id[1:]) for each in reports})
    return [document(number, TEXTS[number]) for number in numbers]


def merged(reports, memory=None):
    told = remembered(reports) if memory else reports
    return merge(told, documents_of(reports), ONTOLOGY, memory=memory or Memory())


@pytest.fixture(autouse=True, scope="module")
def _small_runs():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geomap.runs._MEAN", 2)
        yield


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPORTS, REPORTS, CHOSEN, CHOSEN)
def test_a_build_that_remembers_gives_what_one_that_does_not(before, changed, kept, taken):
    memory = Memory(pieces=Kept())
    first = [before[number] for number in sorted(kept)]
    second = [changed[n] if n in taken else before[n] for n in sorted(kept | taken)]
    known = {}
    for reports in (first, second, first):
        found, full = merged(reports, memory), merged(reports)
        assert event_ids(found.events) == [event.id for event in full.events]
        assert found == full
        for digest, event in zip(event_digests(found.events), found.events, strict=True):
            assert known.setdefault(digest, event) == event


def test_what_is_known_is_neither_compared_nor_made(monkeypatch):
    memory = Memory(pieces=Kept())
    reports = [report(1), report(2), report(3, TESK), report(4, TESK, parent_id="d1:0")]
    whole = tuple(merged(reports, memory).events)
    monkeypatch.setattr("geomap.merge.comparing.compare", fail)
    monkeypatch.setattr("geomap.merge.outlines.combine", fail)
    monkeypatch.setattr("geomap.merge.catalog.facets", fail)
    events = merged(reports, memory).events
    assert isinstance(events, Events)
    assert events.ids == [event.id for event in whole]


def test_one_more_report_is_compared_with_those_beside_it_alone(monkeypatch):
    monkeypatch.setattr("geomap.runs._MEAN", 1)
    memory = Memory(pieces=Kept())
    reports = [report(1), report(2, NEARBY), report(3, TESK)]
    merged(reports, memory)
    asked = []

    def noted(one, other, *rest):
        asked.append({one.report.id, other.report.id})
        return compare(one, other, *rest)

    monkeypatch.setattr("geomap.merge.comparing.compare", noted)
    merged([*reports, report(4, TESK, "2024-01-03")], memory)
    assert asked == [{"d3:0", "d4:0"}]


def test_what_was_compared_is_known_though_its_run_has_changed(monkeypatch):
    monkeypatch.setattr("geomap.runs._MEAN", 10**9)  # one run of all
    memory = Memory(pieces=Kept())
    merged([report(1), report(3, NEARBY), report(9, TESK)], memory)
    monkeypatch.setattr("geomap.merge.comparing.compare", fail)
    merged([report(1), report(3, NEARBY), report(5, TESK, "2024-06-01"), report(9, TESK)], memory)


def test_without_checksums_nothing_is_kept():
    pieces = Kept()
    reports = [report(1), report(2)]
    told = Reports({each.document_id: [each] for each in reports}, {})
    found = merge(told, documents_of(reports), ONTOLOGY, memory=Memory(pieces=pieces))
    assert not pieces.content
    assert event_digests(found.events) == [b""] * len(found.events)


def test_events_are_made_one_by_one_and_once():
    events = merged([report(1), report(2, TESK), report(3, NORTH)]).events
    assert len(events) == 3
    assert events[1] is events[1]
    assert [events[-1], *events[:2]] == [events[2], events[0], events[1]]
    assert events == tuple(events)
    with pytest.raises(IndexError):
        events[3]


def test_reports_are_counted_without_being_made():
    class Unmade(list):
        def __iter__(self):
            raise AssertionError

    told = Reports({"d1": Unmade([1, 2]), "d2": Unmade()}, {})
    assert reports_by_document(told) == {"d1": 2}
    assert reports_by_document([report(1), report(1, number=1)]) == {"d1": 2}


def test_an_event_that_was_completed_hangs_on_its_cause():
    strike = report(1, ORLIN)
    fire = report(1, (), None, number=1, type="fire", parent_id="d1:0")
    other = dataclasses.replace(report(1, TESK), id="d1:0")
    one, two = (merged([cause, fire], Memory(pieces=Kept())).events for cause in (strike, other))
    fires = [next(event for event in found if event.type == "fire") for found in (one, two)]
    assert [event.places[0].place.id for event in fires] == ["t:orlin", "t:tesk"]
    assert not set(event_digests(one)) & set(event_digests(two))


def fail(*_):
    raise AssertionError
