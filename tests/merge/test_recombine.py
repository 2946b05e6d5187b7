"""Events put together again from their reports, as corrections ask for, and sources counted."""

from __future__ import annotations

import dataclasses

from made_nouns import count
from merge_fakes import ONTOLOGY, ORLIN, TESK, document, report

from geomap.merge import Sources, World, facets_of, merge, recombine

DOCUMENTS = [document(number) for number in range(1, 10)]


def merged(*reports):
    return merge(reports, DOCUMENTS, ONTOLOGY).events


def recombined(*events, apart=False):
    told = [facet for event in events for facet in facets_of(event, ONTOLOGY)]
    return recombine(told, World(ontology=ONTOLOGY, sources=Sources.of(())), apart=apart)


def test_who_attacked_is_a_conflict_where_a_person_joins_two_sides():
    events = merged(report(1, attacker="Borland"), report(2, attacker="Arven"))
    (conflict,) = recombined(*events).conflicts
    assert conflict.field == "attacker"
    assert {value.value: value.document_ids for value in conflict.values} == {
        "Arven": ("d2",),
        "Borland": ("d1",),
    }


def test_an_event_put_together_again_is_the_same_and_set_apart_has_an_id_of_its_own():
    (event,) = merged(report(1, killed=count(4)), report(2))
    again, apart = recombined(event), recombined(event, apart=True)
    assert (again.id, again.casualties, again.reports) == (
        event.id,
        event.casualties,
        event.reports,
    )
    assert apart.id != event.id
    assert dataclasses.replace(apart, id=event.id) == again


def test_a_part_of_an_attack_on_two_places_is_put_together_without_its_figures():
    events = merged(report(1, (ORLIN, TESK), killed=count(4)))
    parent = next(event for event in events if len(event.places) == 2)
    for event in events:
        again = recombined(event)
        assert [one.place.id for one in again.places] == [one.place.id for one in event.places]
        assert again.casualties.killed == (count(4) if event is parent else None)


def test_what_took_place_and_day_from_its_cause_keeps_the_place():
    effect = report(1, (), None, type="fire", parent_id="d1:0", number=1)
    fire = next(event for event in merged(report(1), effect) if event.type == "fire")
    assert [location.place for location in recombined(fire).places] == [ORLIN]


def test_copies_are_one_source_and_others_are_more():
    sources = Sources.of([("d2", "d1", "d4")])
    assert sources.independent(["d1", "d3", "d4", "d2"]) == (("d1", "d2", "d4"), ("d3",))
    assert sources.count(["d1", "d4"]) == 1
    assert sources.count(["d1", "d3"]) == 2
    assert (sources.group_of("d4"), sources.group_of("d3")) == ("d2", "d3")
