"""Which pairs are compared: all that can be one event, and not the square of their number."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_nouns import count
from merge_fakes import ARVEN, HARBOR, NEARBY, NORTH, ONTOLOGY, ORLIN, TESK, report, town

from geomap.merge.block import NEIGHBORS, pairs
from geomap.merge.cards import card_of
from geomap.merge.compare import date_obstacle
from geomap.merge.facets import facets
from geomap.merge.weights import default_weights
from geomap.model import DateRange, Place, PlaceKind

NOWHERE = Place(id="t:nowhere", name="Nowhere", kind=PlaceKind.CITY, point=None)
# Just over and just under 180 degrees: 11 km apart.
WEST, EAST = town("West", 179.95, 0.0, "t:sea"), town("East", -179.95, 0.0, "t:sea")


def compared(*told, group_of=str):
    found = facets(told, {}, ONTOLOGY)
    ids = [facet.report.document_id for facet in found]
    return {(ids[low], ids[high]) for low, high in paired(found, group_of)}


def paired(found, group_of=str):
    weights = default_weights()
    cards = [card_of(facet, b"", weights) for facet in found]
    groups = [group_of(card.document_id) for card in cards]
    return [tuple(pair) for pair in pairs(cards, groups, weights.distance_km).tolist()]


@pytest.mark.parametrize(
    ("one", "other", "is_compared", "reason"),
    [
        (report(1), report(2), True, "one place and day"),
        (report(1), report(2, when="2024-01-03"), True, "the next day"),
        (report(1), report(2, when="2024-01-04"), False, "two days later"),
        (report(1), report(2, when=None), True, "no day is told"),
        (report(1), report(2, NEARBY), True, "a town 7 km away"),
        (report(1), report(2, TESK), False, "a town far away"),
        (report(1), report(2, HARBOR), True, "a part of the town"),
        (report(1), report(2, NORTH), True, "the province around it"),
        (report(1, ARVEN), report(2, ARVEN), True, "one country"),
        (report(1), report(2, type="fire"), False, "another family"),
        (report(1), report(2, type="drone_strike"), True, "another type of the family"),
        (report(1, (ORLIN, TESK)), report(2), True, "one of two places"),
        (report(1, WEST), report(2, EAST), True, "over the antimeridian"),
        (report(1, NOWHERE), report(2, NOWHERE), True, "a place without a point is itself"),
        (report(1, NOWHERE), report(2), False, "and near nothing"),
        (report(1, ()), report(2, ()), False, "no place and nothing in common"),
        (
            report(1, (), killed=count(25)),
            report(2, (), killed=count(25)),
            True,
            "no place, and the same toll",
        ),
    ],
)
def test_what_can_be_one_event_is_compared(one, other, is_compared, reason):
    assert (("d1", "d2") in compared(one, other)) is is_compared, reason


def test_without_a_place_copies_are_compared():
    told = report(1, ()), report(2, ())
    assert compared(*told, group_of=lambda _: "one group") == {("d1", "d2")}


def test_very_many_of_one_place_and_day_are_compared_with_neighbors_only():
    number = 10 * NEIGHBORS
    found = facets([report(n, words=f"word{n:04}") for n in range(number)], {}, ONTOLOGY)
    chosen = paired(found)
    assert len(chosen) <= number * 2 * NEIGHBORS
    assert {n for pair in chosen for n in pair} == set(range(number))
    assert chosen == sorted(set(chosen))


# Days around the ends of periods, windows of a day to years, and publication, each known or not.
DAYS = st.integers(0, 400)
TIMES = st.tuples(
    st.none() | st.tuples(DAYS, st.sampled_from([0, 3, 7, 8, 40, 300, 900])), DAYS | st.none()
)


@given(times=st.lists(TIMES, min_size=2, max_size=6))
def test_whatever_days_do_not_rule_out_is_compared(times):
    start = date(2024, 1, 1)
    told, published = [], {}
    for number, (window, day_published) in enumerate(times):
        when = window and DateRange(
            first=start + timedelta(window[0]),
            last=start + timedelta(sum(window)),
            precision=None,
            rule="made",
        )
        one = dataclasses.replace(report(number), when=when)
        told.append(one)
        if day_published is not None:
            published[one.document_id] = start + timedelta(day_published)
    found = facets(told, published, ONTOLOGY)
    chosen = set(paired(found))
    for low, high in combinations(range(len(found)), 2):
        if not date_obstacle(found[low], found[high], default_weights()):
            assert (low, high) in chosen
