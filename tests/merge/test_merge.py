"""Merging as a whole: what becomes one event, what stays apart, and what is said of both."""

from __future__ import annotations

import dataclasses
import gc
from datetime import date

import pytest
from made_nouns import count
from merge_fakes import (
    ARVEN,
    HARBOR,
    NEARBY,
    NORTH,
    ONTOLOGY,
    ORLIN,
    TESK,
    document,
    located,
    report,
    town,
)

from geomap.errors import GazetteerError
from geomap.geo import great_circle_km
from geomap.merge import Sources, World, merge
from geomap.merge.combine import _as_told, _combined
from geomap.merge.facets import facets
from geomap.model import Figure, GeoPrecision, Location, Range, Shape, Status, Weapon

DOCUMENTS = [document(number) for number in range(1, 10)]


def merged(*reports):
    return merge(reports, DOCUMENTS, ONTOLOGY).events


ONE_EVENT = {
    "same place and day": (report(1), report(2)),
    "two kinds of one attack": (report(1), report(2, type="drone_strike")),
    "undated, with the toll as second tie": (
        report(1, killed=count(25)),
        report(2, when=None, killed=count(22, at_least=True)),
    ),
    "undated, coming back in the same article": (report(1), report(1, when=None, number=1)),
    "the same country, with the toll": (
        report(1, ARVEN, killed=count(40)),
        report(2, ARVEN, killed=count(41)),
    ),
    "the night between two days, with the toll": (
        report(1, killed=count(25), when="2024-01-01"),
        report(2, killed=count(25)),
    ),
}

TWO_EVENTS = {
    "three days apart": (report(1, when="2023-12-30"), report(2)),
    "the next day, nothing else in common": (report(1, when="2024-01-01"), report(2)),
    "a place and nothing else": (report(1), report(2, when=None)),
    "the same side cannot attack itself": (
        report(1, attacker="Borland"),
        report(2, attacker="Arven"),
    ),
    "another town": (report(1), report(2, TESK)),
    "a whole country, day and attacker: much happens in one": (
        report(1, ARVEN, attacker="Borland"),
        report(2, ARVEN, attacker="Borland"),
    ),
    "a neighboring town on the same day": (report(1), report(2, NEARBY)),
    "a strike and a fire": (report(1), report(2, type="fire")),
    "no place and no other tie": (report(1, ()), report(2, ())),
    "effects of two attacks in one article": (
        report(1, (), type="fire", parent_id="d1:8", number=1),
        report(1, (), type="fire", parent_id="d1:9", number=2),
    ),
    "a town and the province around it": (report(1), report(2, NORTH)),
}


@pytest.mark.parametrize("reports", ONE_EVENT.values(), ids=ONE_EVENT)
def test_is_one_event(reports):
    (event,) = merged(*reports)
    assert event.reports == reports


@pytest.mark.parametrize("reports", TWO_EVENTS.values(), ids=TWO_EVENTS)
def test_stays_two_events(reports):
    assert len(merged(*reports)) == 2


def test_reports_without_a_day_form_no_chain_over_months():
    """Each tells of the same dead and was published a month after the one before."""
    told = [report(number, when=None, killed=count(25)) for number in (1, 2, 3)]
    days = {1: date(2024, 1, 1), 2: date(2024, 2, 1), 3: date(2024, 3, 3)}
    published = [document(number, published=day) for number, day in days.items()]
    assert len(merge(told[:2], published, ONTOLOGY).events) == 1
    assert len(merge(told[1:], published, ONTOLOGY).events) == 1
    assert len(merge(told, published, ONTOLOGY).events) == 2


def test_an_undated_report_that_fits_two_events_joins_neither_and_is_kept_as_doubtful():
    events = merged(
        report(1, when="2023-12-30", killed=count(20)),
        report(2, killed=count(20)),
        report(3, when=None, killed=count(20)),
    )
    assert len(events) == 3
    undated = events[-1]
    assert set(undated.possible_duplicates) == {event.id for event in events[:2]}


def test_an_attack_on_two_places_is_a_parent_with_a_part_each_and_owns_the_figures():
    events = merged(report(1, (ORLIN, TESK), killed=count(4)), report(2, injured=count(10)))
    parent = next(event for event in events if len(event.places) == 2)
    parts = {event.places[0].place.name: event for event in events if event is not parent}
    assert parent.casualties.killed == count(4)
    assert {part.parent_id for part in parts.values()} == {parent.id}
    assert parts["Orlin"].casualties.killed is None
    assert parts["Orlin"].casualties.injured == count(10)
    assert [report.document_id for report in parts["Orlin"].reports] == ["d1", "d2"]


def test_what_lies_between_two_places_is_told_from_both_and_is_one():
    between = tuple(
        dataclasses.replace(
            told, location=dataclasses.replace(told.location, relation="between", anchors=(other,))
        )
        for told, other in ((located(ORLIN), TESK.id), (located(TESK), ORLIN.id))
    )
    (event,) = merged(dataclasses.replace(report(1), where=between))
    assert event.places == (between[0].location,)


def test_an_effect_hangs_under_its_cause():
    cause, effect = report(1), report(1, HARBOR, type="fire", parent_id="d1:0", number=1)
    events = {event.type: event for event in merged(cause, effect)}
    assert events["fire"].parent_id == events["missile_strike"].id


def test_an_effect_told_without_place_and_day_has_those_of_its_cause():
    effect = report(1, (), None, type="fire", parent_id="d1:0", number=1)
    events = {event.type: event for event in merged(report(1), effect)}
    assert events["fire"].places[0].place == ORLIN
    assert events["fire"].when.first == events["missile_strike"].when.first
    assert events["fire"].when.rule == "as what it is an effect of: full date"


def test_an_effect_is_dated_by_another_document_that_dates_its_cause():
    told = (
        report(1, killed=count(25)),
        report(2, when=None, killed=count(25)),
        report(2, HARBOR, None, type="fire", parent_id="d2:0", number=1),
    )
    events = {event.type: event for event in merged(*told)}
    assert events["fire"].when.first == events["missile_strike"].when.first
    assert events["fire"].title == "Fire, Harbor District, 2 January 2024"


def test_an_effect_of_an_attack_on_two_places_is_put_in_neither():
    effect = report(1, (), None, type="fire", parent_id="d1:0", number=1)
    events = merged(report(1, (ORLIN, TESK)), effect)
    assert [event.places for event in events if event.type == "fire"] == [()]


def test_an_event_in_an_area_is_a_part_of_what_is_told_of_the_area_that_day():
    whole, part = report(1, NORTH, killed=count(40)), report(2, killed=count(5))
    events = {event.places[0].place.name: event for event in merged(whole, part)}
    assert events["Orlin"].parent_id == events["North Province"].id


def test_a_district_that_some_name_does_not_hide_the_city_that_most_name():
    (event,) = merged(report(1), report(2), report(3, (ORLIN, HARBOR)))
    assert [location.place.name for location in event.places] == ["Orlin"]


def test_the_town_is_kept_where_more_documents_name_only_the_province():
    killed = count(25)
    (event,) = merged(*(report(n, p, killed=killed) for n, p in enumerate((NORTH, NORTH, ORLIN))))
    assert [location.place.name for location in event.places] == ["Orlin"]


def test_figures_that_were_denied_or_withdrawn_are_kept_and_not_counted():
    (event,) = merged(
        report(1, killed=count(3)),
        report(2, killed=count(9), status=Status.DENIED),
        report(3, killed=count(40), status=Status.RETRACTED),
    )
    assert event.casualties.killed == count(3)
    (conflict,) = event.conflicts
    assert [value.value for value in conflict.values] == ["3", "9", "40"]


def test_a_document_that_differs_from_itself_is_named_as_a_conflict():
    other = Figure(field="killed", count=count(4))
    (event,) = merged(report(1, killed=count(9), differing=(other,)))
    assert event.casualties.killed == Range(low=4, high=9)
    (conflict,) = event.conflicts
    assert [(value.value, value.document_ids) for value in conflict.values] == [
        ("4", ("d1",)),
        ("9", ("d1",)),
    ]


@pytest.mark.parametrize(
    ("confidences", "documents", "expected", "reason"),
    [
        ([0.5], [1], 0.5, "one source"),
        ([0.5, 0.5], [1, 2], 0.75, "two sources: both would have to be wrong"),
        ([0.5, 0.9], [1, 1], 0.9, "one source, at its best"),
        ([0.9] * 4, [1, 2, 3, 4], 0.99, "never quite sure"),
    ],
)
def test_independent_sources_make_an_event_likelier(confidences, documents, expected, reason):
    told = [
        report(one, number=number, confidence=confidence)
        for number, (one, confidence) in enumerate(zip(documents, confidences, strict=True))
    ]
    (event,) = merged(*told)
    assert event.confidence == pytest.approx(expected), reason


def told_on(day, *numbers):
    return [report(number, when=day, killed=count(25)) for number in numbers]


@pytest.mark.parametrize(
    ("first", "second", "events", "reason"),
    [
        ((1, 2, 3, 4), (5,), 1, "one of five may be a day off"),
        ((1, 2, 3), (4, 5, 6), 2, "half of them are not"),
        ((1, 2), (3, 4, 5), 2, "nor are two against three"),
    ],
)
def test_two_days_of_many_reports_are_two_events(first, second, events, reason):
    told = told_on("2024-01-01", *first) + told_on("2024-01-02", *second)
    assert len(merged(*told)) == events, reason


def test_a_type_that_the_ontology_does_not_know_is_one_of_its_own():
    events = merged(report(1, type="sinkhole"), report(2, type="sinkhole"), report(3))
    assert sorted(event.type for event in events) == ["missile_strike", "sinkhole"]
    sinkhole = next(event for event in events if event.type == "sinkhole")
    assert len(sinkhole.reports) == 2


@pytest.mark.parametrize("is_on", [True, False])
def test_the_search_for_cycles_is_left_as_it_was(is_on):
    before = gc.isenabled()
    try:
        (gc.enable if is_on else gc.disable)()
        merged(report(1))
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if before else gc.disable)()


class NoPlaces:
    """A gazetteer that another one was resolved with."""

    def place(self, place_id):
        raise GazetteerError(f"no place {place_id}")


def test_a_neighbor_that_the_gazetteer_does_not_know_is_left_out_of_the_title():
    border = Location(
        place=ORLIN,
        point=ORLIN.point,
        precision=GeoPrecision.AREA,
        shape=Shape.LINE,
        relation="on the border",
        anchors=("t:borland",),
    )
    told = dataclasses.replace(
        report(1), where=(dataclasses.replace(located(ORLIN), location=border),)
    )
    (event,) = merge((told,), DOCUMENTS, ONTOLOGY, NoPlaces()).events
    assert "borland" not in event.title.lower()
    assert "Orlin" in event.title


def test_days_that_differ_are_told_before_figures_that_differ():
    (event,) = merged(
        report(1, when="2024-01-01", killed=count(20), injured=count(5)),
        report(2, killed=count(22), injured=count(9)),
    )
    assert event.conflicts[0].field == "date"
    assert {conflict.field for conflict in event.conflicts} == {"date", "killed", "injured"}


def test_each_weapon_keeps_its_own_numbers():
    told = (
        report(
            1,
            killed=count(25),
            weapons=(Weapon(system="Shahed", launched=count(30)), Weapon(system="Kalibr")),
        ),
        report(
            2,
            killed=count(25),
            weapons=(
                Weapon(system="Kalibr", launched=count(4), destroyed=count(3)),
                Weapon(system="Shahed", launched=count(34)),
            ),
        ),
    )
    (event,) = merged(*told)
    assert event.weapons == (
        Weapon(system="Kalibr", launched=count(4), destroyed=count(3)),
        Weapon(system="Shahed", launched=Range(low=30, high=34)),
    )
    assert [conflict.field for conflict in event.conflicts] == ["Shahed launched"]


def test_an_effect_hangs_under_the_part_of_a_joint_attack_at_its_own_place():
    effect = report(1, TESK, type="fire", parent_id="d1:0", number=1)
    events = merged(report(1, (ORLIN, TESK), killed=count(4)), effect)
    by_id = {event.id: event for event in events}
    (fire,) = (event for event in events if event.type == "fire")
    assert [one.place for one in by_id[fire.parent_id].places] == [TESK]


def test_an_effect_at_none_of_the_places_hangs_under_the_whole_attack():
    effect = report(1, NEARBY, type="fire", parent_id="d1:0", number=1)
    events = merged(report(1, (ORLIN, TESK), killed=count(4)), effect)
    by_id = {event.id: event for event in events}
    (fire,) = (event for event in events if event.type == "fire")
    assert {one.place.name for one in by_id[fire.parent_id].places} == {"Orlin", "Tesk"}


def test_what_most_reports_call_the_cause_is_the_cause():
    causes = [report(n, TESK if n == 3 else ORLIN, killed=count(25)) for n in (1, 2, 3)]
    effects = [
        report(n, HARBOR, type="fire", parent_id=f"d{n}:0", number=1, killed=count(9))
        for n in (1, 2, 3)
    ]
    events = merged(*causes, *effects)
    by_id = {event.id: event for event in events}
    (fire,) = (event for event in events if event.type == "fire")
    assert [one.place for one in by_id[fire.parent_id].places] == [ORLIN]


def test_towns_apart_are_no_event_by_way_of_one_between():
    west, east = town("West", 29.9, 50.5), town("East", 30.2, 50.5)
    killed = count(25)
    told = [report(n, one, killed=killed) for n, one in enumerate((west, ORLIN, NEARBY, east))]
    for event in merged(*told):
        points = [location.point for location in event.places]
        assert all(great_circle_km(a, b) <= 15 for a in points for b in points)


STATUSES = {
    "a retraction is later knowledge": ("retracted", ["reported", "claimed", "retracted"]),
    "a denial beside a telling is a dispute": ("disputed", ["claimed", "denied"]),
    "nobody else tells it": ("denied", ["denied", "denied"]),
    "one in its own voice": ("reported", ["claimed", "reported"]),
    "only claims": ("claimed", ["claimed", "claimed"]),
}


@pytest.mark.parametrize(("expected", "told"), STATUSES.values(), ids=STATUSES)
def test_what_reports_make_of_an_event_together(expected, told):
    (event,) = merged(*(report(n, status=Status(s)) for n, s in enumerate(told)))
    assert event.status is Status(expected)


def test_circles_of_parents_are_broken():
    one = report(1, type="fire", parent_id="d1:1")
    other = report(1, parent_id="d1:0", number=1)
    parents = {event.id: event.parent_id for event in merged(one, other)}
    assert sum(parent is not None for parent in parents.values()) == 1


def test_ids_stay_when_figures_change_and_differ_between_events():
    before = merged(report(1, killed=count(2)), report(2, TESK))
    after = merged(report(1, killed=count(7)), report(2, TESK), report(3, killed=count(9)))
    assert [event.id for event in before] == [event.id for event in after]
    assert before[0].id != before[1].id


def test_copies_count_as_one_source():
    text = " ".join(f"word{number}" for number in range(80))
    documents = [
        document(1, text),
        document(2, text + " and a little more"),
        document(3),
    ]
    result = merge([report(number) for number in range(1, 4)], documents, ONTOLOGY)
    (event,) = result.events
    assert event.n_independent_sources == 2
    assert result.near_copies == (("d1", "d2"),)


TOLD_ONCE = {
    "a plain report": report(1),
    "figures": report(1, killed=count(3), injured=count(5, at_least=True)),
    "figures that the text itself doubts": report(
        1, killed=count(9), differing=(Figure(field="killed", count=count(4)),)
    ),
    "weapons": report(
        1,
        weapons=(Weapon(system="Shahed", launched=count(9)), Weapon(system="Shahed")),
        attacker="Arven",
    ),
    "two places": report(1, (ORLIN, TESK), killed=count(2)),
    "a district and its town": report(1, (HARBOR, ORLIN)),
    "no place and no day": report(1, (), when=None),
    "a denial": report(1, status=Status.DENIED, confidence=0.3),
}


@pytest.mark.parametrize("told", TOLD_ONCE.values(), ids=TOLD_ONCE)
def test_the_short_way_of_one_report_gives_what_combining_does(told):
    world = World(ontology=ONTOLOGY, sources=Sources.of(()))
    for facet in facets([told], {}, ONTOLOGY):
        assert _as_told(facet, world) == _combined([facet], world)
