"""Two reports side by side: what rules out one event, and what speaks for and against it."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

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
    FakeOntology,
    FakeType,
    report,
    town,
)

from geomap.merge.compare import Verdict, compare, explain, gap_days, obstacle
from geomap.merge.facets import facets
from geomap.merge.weights import default_weights
from geomap.model import Place, PlaceKind, Weapon

TYPES = FakeOntology(
    MappingProxyType(
        {
            **ONTOLOGY.types,
            "raid": FakeType("raid", "raid", "strike", rank=60),
            "explosion": FakeType("explosion", "explosion", "strike", rank=10),
        }
    )
)
SOUTH = Place(
    id="t:south",
    name="South Province",
    kind=PlaceKind.ADMIN1,
    point=None,
    country="AR",
    parents=("t:arven",),
)
NOWHERE = Place(id="t:nowhere", name="Nowhere", kind=PlaceKind.CITY, point=None)
SOMEWHERE = Place(id="t:somewhere", name="Somewhere", kind=PlaceKind.CITY, point=None)
FAR = town("Far", 80.0, 10.0, "t:elsewhere")


def facet(told, published=None):
    days = {} if published is None else {told.document_id: date.fromisoformat(published)}
    return facets([told], days, TYPES)[0]


def no_copy(_one, _other):
    return False


def weapon(system, launched=None, destroyed=None):
    return Weapon(system=system, launched=launched, destroyed=destroyed)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (report(1), report(2), None),
        (report(1), report(2, type="fire"), "events of different families"),
        (
            report(1, (ORLIN, TESK)),
            report(2),
            "one tells of several places, the other of one",
        ),
        (report(1, (ORLIN, TESK)), report(2, (TESK, FAR)), None),
        (report(1, (ORLIN, TESK)), report(2, (NEARBY, FAR)), "no place in common"),
        (report(1), report(2, when="2024-01-03"), None),
        (report(1), report(2, when="2024-01-04"), "2 days apart"),
        (report(1, NEARBY), report(2), None),
        (report(1, TESK), report(2), "148 km apart"),
        (report(1, NORTH), report(2), None),
        (report(1), report(2, HARBOR), None),
        (report(1, NORTH), report(2, SOUTH), "in different areas"),
        (report(1, NORTH), report(2, FAR), "in different areas"),
        (
            report(1, ARVEN),
            report(2),
            "one is about a whole country, the other about a place in it or elsewhere",
        ),
        (report(1, ARVEN), report(2, ARVEN), None),
        (report(1, NOWHERE), report(2, SOMEWHERE), "at different places"),
        (report(1, NOWHERE), report(2), "at different places"),
        (report(1, ()), report(2), None),
    ],
)
def test_what_rules_out_one_event(one, other, expected):
    weights = default_weights()
    pair = facet(one), facet(other)
    assert obstacle(*pair, weights) == obstacle(*pair[::-1], weights) == expected
    if expected:
        ruled_out = compare(*pair, weights, no_copy)
        assert (ruled_out.probability, ruled_out.verdict) == (0.0, Verdict.DIFFERENT)
        assert ruled_out.obstacle == expected


@pytest.mark.parametrize(
    ("told_on", "published", "expected"),
    [
        ("2024-01-10", "2024-01-11", None),
        ("2024-01-10", "2024-01-09", None),
        ("2024-01-10", "2024-01-08", "told before the day of the other"),
        ("2024-01-10", "2024-02-24", None),
        ("2024-01-10", "2024-02-25", "published too long before or after the other"),
    ],
)
def test_an_undated_report_is_about_the_days_before_it(told_on, published, expected):
    dated = facet(report(1, when=told_on), published=told_on)
    undated = facet(report(2, when=None), published=published)
    assert obstacle(dated, undated, default_weights()) == expected
    assert obstacle(undated, dated, default_weights()) == expected


def test_two_undated_reports_are_held_against_their_publication():
    one = facet(report(1, when=None), published="2024-01-01")
    for published, is_near in (("2024-02-15", True), ("2024-02-16", False)):
        other = facet(report(2, when=None), published=published)
        assert (obstacle(one, other, default_weights()) is None) is is_near


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("2024-01-02", "2024-01-02", 0), ("2024-01-02", "2024-01-05", 3), ("2024-01-02", None, None)],
)
def test_days_between_two_windows(one, other, expected):
    pair = facet(report(1, when=one)), facet(report(2, when=other))
    assert gap_days(*pair) == gap_days(*pair[::-1]) == expected


def seen(one, other, near_copy=no_copy, published=None):
    """Return what is observed, the values by name; the same from either side."""
    pair = facet(one, published), facet(other, published)
    found = {one.name: one.value for one in explain(*pair, default_weights(), near_copy)}
    back = explain(*pair[::-1], default_weights(), near_copy)
    assert found == {one.name: one.value for one in back}
    return found


@pytest.mark.parametrize(
    ("one", "other", "expected", "absent"),
    [
        (report(1), report(2), {"same_place": 1, "same_days": 1, "same_type": 1}, {"wide_place"}),
        (report(1, NORTH), report(2, NORTH), {"same_place": 1, "wide_place": 1}, set()),
        (report(1, ARVEN), report(2, ARVEN), {"whole_country": 1}, {"same_place", "wide_place"}),
        (report(1, NEARBY), report(2), {"nearby": 1}, {"same_place", "contained"}),
        (report(1, HARBOR), report(2), {"contained": 1}, {"same_place", "nearby"}),
        (report(1, (HARBOR, ORLIN)), report(2), {"same_place": 1}, {"contained"}),
        (report(1, ()), report(2), {"no_place": 1}, {"same_place", "nearby"}),
        (report(1, (ORLIN, TESK)), report(2, (TESK, FAR)), {"same_place": 1 / 3}, {"nearby"}),
        (report(1, when="2024-01-01"), report(2), {"day_apart": 1}, {"same_days", "undated"}),
        (report(1, when=None), report(2), {"undated": 1}, {"same_days", "just_before"}),
        (
            report(1, when=None, weekday="on Tuesday"),
            report(2),
            {"same_weekday": 1},
            {"other_weekday"},
        ),
        (
            report(1, when=None, weekday="on Tuesday"),
            report(2, when=None, weekday="Tuesday night"),
            {"same_weekday": 0.4},
            {"other_weekday"},
        ),
        (
            report(1, when=None, weekday="on Friday"),
            report(2),
            {"other_weekday": 1},
            {"same_weekday"},
        ),
        (report(1), report(2, type="drone_strike"), {"other_kind": 1}, {"same_type", "other_type"}),
        (report(1), report(2, type="attack"), {}, {"same_type", "other_type", "other_kind"}),
        (report(1), report(2, type="raid"), {"other_type": 1}, {"same_type", "other_kind"}),
        (report(1), report(2, type="explosion"), {}, {"same_type", "other_type", "other_kind"}),
        (report(1, attacker="Arven"), report(2, attacker="Arven"), {"same_attacker": 1}, set()),
        (report(1, attacker="Arven"), report(2, attacker="Borland"), {"other_attacker": 1}, set()),
        (report(1, attacker="Arven"), report(2), {}, {"same_attacker", "other_attacker"}),
        (report(1, number=1), report(1, number=2), {"same_document": 1}, {"other_cause"}),
        (
            report(1, number=1, parent_id="d1:7"),
            report(1, number=2, parent_id="d1:8"),
            {"other_cause": 1},
            {"same_document"},
        ),
        (
            report(1, number=1, parent_id="d1:7"),
            report(1, number=2),
            {"same_document": 1},
            {"other_cause"},
        ),
    ],
)
def test_what_speaks_for_and_against_one_event(one, other, expected, absent):
    found = seen(one, other)
    assert {name: found.get(name) for name in expected} == pytest.approx(expected)
    assert not absent & set(found)


@pytest.mark.parametrize(
    ("one", "other", "expected", "reason"),
    [
        (count(20), count(20), 1, "equal and many"),
        (count(3), count(3), 0.455, "equal and few may be chance"),
        (count(15), count(20), 0.911, "later counts of one event grow"),
        (count(14), count(20), 0, "neither alike nor apart"),
        (count(7), count(20), -0.5, "apart"),
        (count(8), count(20), 0, "two fifths are not apart yet"),
        (count(10, at_least=True), count(160), 0, "'at least 10' does not speak against 160"),
        (count(10), count(160, at_least=True), -0.5, "but 10 does against 'at least 160'"),
        (count(0), count(0), 0, "nobody hurt twice says nothing"),
    ],
)
def test_tolls_agree_or_differ(one, other, expected, reason):
    found = seen(report(1, killed=one), report(2, killed=other))
    assert found.get("toll", 0) == pytest.approx(expected, abs=0.001), reason


def test_tolls_of_different_kinds_say_nothing():
    assert "toll" not in seen(report(1, killed=count(9)), report(2, injured=count(9)))


def test_tolls_add_up_to_one_at_most():
    both = {"killed": count(30), "injured": count(70)}
    assert seen(report(1, **both), report(2, **both))["toll"] == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([weapon("Shahed")], [weapon("Shahed")], {"weapons": 1}),
        ([weapon("Shahed")], [weapon("Kalibr")], {"other_weapons": 1}),
        (
            [weapon("Shahed", launched=count(30))],
            [weapon("Shahed", launched=count(31))],
            {"weapons": 1, "weapon_counts": 1},
        ),
        (
            [weapon("Shahed", launched=count(90), destroyed=count(30))],
            [weapon("Shahed", launched=count(9))],
            {"weapons": 1, "weapon_counts": -0.5},
        ),
        ([weapon("Shahed", launched=count(90))], [], {}),
    ],
)
def test_weapons_speak_by_name_and_number(one, other, expected):
    found = seen(report(1, weapons=tuple(one)), report(2, weapons=tuple(other)))
    names = {"weapons", "other_weapons", "weapon_counts"}
    assert {name: found[name] for name in names & set(found)} == expected


@pytest.mark.parametrize(
    ("one", "other", "expected", "reason"),
    [
        (
            "rockets struck warehouses overnight",
            "ROCKETS struck warehouses overnight",
            7 / 9,
            "4 of 6",
        ),
        ("rockets struck warehouses", "rockets struck warehouses", 0.5, "few words say little"),
        ("rockets struck two old mills there", "rockets struck two old mills, too", 0.5, "3 of 6"),
        ("rockets struck warehouses", "sailors mended ropes", 0, "none"),
        ("It is so", "It is so", 0, "no word of four letters"),
    ],
)
def test_words_in_common(one, other, expected, reason):
    share = seen(report(1, words=one), report(2, words=other)).get("wording", 0)
    assert share == pytest.approx(expected), reason


def test_copies_are_seen_between_documents_and_not_within_one():
    assert seen(report(1), report(2), near_copy=lambda *_: True)["near_copy"] == 1
    assert "near_copy" not in seen(report(1), report(1, number=1), near_copy=lambda *_: True)


@pytest.mark.parametrize(
    ("published", "is_just_before"),
    [
        ("2023-12-31", False),
        ("2024-01-01", True),
        ("2024-01-02", True),
        ("2024-01-06", True),
        ("2024-01-07", False),
    ],
)
def test_an_undated_report_of_the_days_after_is_likely_about_it(published, is_just_before):
    found = seen(report(1), report(2, when=None), published=published)
    assert ("just_before" in found) is is_just_before


def test_the_more_speaks_for_it_the_likelier():
    weights = default_weights()
    pairs = [
        (report(1, when=None), report(2, type="raid", when=None)),
        (report(1), report(2, type="raid")),
        (report(1), report(2)),
        (report(1, killed=count(25)), report(2, killed=count(25))),
    ]
    compared = [compare(facet(one), facet(other), weights, no_copy) for one, other in pairs]
    chances = [one.probability for one in compared]
    assert chances == sorted(set(chances))
    assert 0 < chances[0] < 0.1
    assert 0.9 < chances[-1] < 1
    assert compared[0].verdict is Verdict.DIFFERENT
    assert compared[-1].verdict is Verdict.SAME
