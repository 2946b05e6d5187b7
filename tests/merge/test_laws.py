"""Laws of merging, on random reports in a small world where everything is easily confused."""

from __future__ import annotations

import dataclasses

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_nouns import count
from merge_fakes import ARVEN, HARBOR, NEARBY, NORTH, ONTOLOGY, ORLIN, TESK, document, report, town

from geomap.geo import great_circle_km
from geomap.merge import merge
from geomap.merge.figures import combine_ranges
from geomap.merge.weights import default_weights
from geomap.model import Range, Status

DOCUMENTS = [document(number) for number in range(1, 10)]  # the last tells of elsewhere only
FAR = town("Far", 80.0, 10.0, "t:elsewhere")

PLACES = st.sampled_from(
    [(ORLIN,), (ORLIN,), (TESK,), (NEARBY,), (HARBOR,), (NORTH,), (ARVEN,), (ORLIN, TESK), ()]
)
COUNTS = st.one_of(st.none(), st.builds(count, st.integers(1, 30), at_least=st.booleans()))


def told_by(number):
    return st.builds(
        report,
        st.integers(1, 8),
        PLACES,
        st.sampled_from(["2024-01-01", "2024-01-02", "2024-01-03", None, None]),
        number=st.just(number),
        killed=COUNTS,
        injured=COUNTS,
        attacker=st.sampled_from([None, "Borland", "Arven"]),
        type=st.sampled_from(["attack", "missile_strike", "drone_strike", "fire"]),
        status=st.sampled_from(Status),
        parent_id=st.sampled_from([None, "d1:0", "d2:1"]),
        weekday=st.sampled_from([None, "on Tuesday", "Monday"]),
    )


def reports():
    sizes = st.integers(1, 9)
    return sizes.flatmap(lambda size: st.tuples(*(told_by(number) for number in range(size))))


def merged(told, documents=DOCUMENTS):
    return merge(told, documents, ONTOLOGY).events


quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(reports(), st.randoms(use_true_random=False))
def test_order_makes_no_difference(told, dice):
    shuffled, documents = list(told), list(DOCUMENTS)
    dice.shuffle(shuffled)
    dice.shuffle(documents)
    assert merged(told) == merged(shuffled, documents)


@quick
@given(reports())
def test_merging_the_result_again_changes_nothing(told):
    once = merged(told)
    assert merged([report for event in once for report in event.reports]) == once


@quick
@given(reports())
def test_no_claim_is_lost_and_none_is_made_up(told):
    kept = {report.id: report for event in merged(told) for report in event.reports}
    assert kept == {report.id: report for report in told}


@quick
@given(reports())
def test_ids_are_unique_and_references_lead_somewhere(told):
    events = merged(told)
    ids = [event.id for event in events]
    assert len(ids) == len(set(ids))
    for event in events:
        assert event.parent_id is None or (event.parent_id in ids and event.parent_id != event.id)
        assert set(event.possible_duplicates) <= set(ids) - {event.id}


@quick
@given(reports())
def test_parents_make_no_circle(told):
    parents = {event.id: event.parent_id for event in merged(told)}
    for parent in parents.values():
        steps, at = 0, parent
        while at is not None:
            steps, at = steps + 1, parents[at]
            assert steps <= len(parents)


@quick
@given(reports())
def test_no_event_is_wider_than_the_limits(told):
    limits = default_weights()
    for event in merged(told):
        days = [(r.when.first, r.when.last) for r in event.reports if r.when and r.when.first]
        if days:
            gap = max(first for first, _ in days) - min(last for _, last in days)
            assert gap.days <= limits.gap_days
        alone = [r.where[0].location for r in event.reports if len(r.where) == 1]
        spots = [location.point for location in alone if location.precision == 1]
        assert all(great_circle_km(a, b) <= limits.distance_km for a in spots for b in spots)


@quick
@given(reports())
def test_a_report_from_elsewhere_touches_nothing(told):
    before = merged(told)
    after = merged([*told, report(9, FAR, number=99, killed=count(25))])
    assert [event for event in after if event.places[:1] != (_location(after),)] == list(before)


def _location(events):
    return next(location for event in events for location in event.places if location.place == FAR)


@quick
@given(reports(), COUNTS)
def test_ids_stay_when_figures_change(told, killed):
    alone = [r for r in told if r.document_id == told[0].document_id][:1]
    changed = [dataclasses.replace(alone[0], casualties=report(1, killed=killed).casualties)]
    assert [e.id for e in merged(alone)] == [e.id for e in merged(changed)]


ranges = st.builds(
    lambda low, more, is_open: Range(
        low=low, high=None if is_open else low + more, open_ended=is_open
    ),
    st.integers(0, 50),
    st.integers(0, 20),
    st.booleans(),
) | st.builds(lambda high: Range(low=None, high=high), st.integers(0, 50))


@given(st.lists(ranges, min_size=1), ranges)
def test_a_further_claim_never_narrows_a_range(claims, further):
    before, after = combine_ranges(claims), combine_ranges([*claims, further])
    assert before is not None
    assert after is not None
    if before.low is not None:
        assert after.low is not None
        assert after.low <= before.low
    assert _top(after) >= _top(before)


@given(st.lists(ranges))
def test_ranges_do_not_depend_on_order_and_never_cross(claims):
    combined = combine_ranges(claims)
    assert combined == combine_ranges(claims[::-1])
    if combined and combined.low is not None and combined.high is not None:
        assert combined.low <= combined.high


def _top(claim):
    return claim.high if claim.high is not None else claim.low or 0
