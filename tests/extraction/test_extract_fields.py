"""One field at a time, in sentences written for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.extraction import extract
from geomap.model import Annotation, Document, Range, Status

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract_pipeline import Pipeline

    from geomap.model import Report

    Told = Callable[..., tuple[Report, ...]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The army did not attack Lviv.", "negation"),
        ("There was no attack on Lviv.", "no"),
        ("The army could attack Lviv.", "a modal"),
        ("The army plans to attack Lviv on Monday.", "a plan"),
        ("Russia denied attacking Lviv.", "a denial without an assertion"),
        ("Officials fear an attack on Lviv.", "a fear"),
        ("If rebels attack Lviv, thousands will flee.", "a condition"),
        ("Police foiled a planned attack in Lviv.", "a plan that failed"),
        ("A court in Lviv issued an arrest warrant for the man.", "a warrant is no arrest"),
        ("He was charged with murder in Lviv.", "a charge is no deed of now"),
        ("Talks in Lviv derailed.", "talks are no train"),
        ("The party won a landslide in Lviv.", "a metaphor"),
        ("There was an explosion of interest in Lviv.", "another metaphor"),
    ],
)
def test_what_did_not_happen_is_no_event(told: Told, text: str, why: str) -> None:
    assert told(text, "2024-01-03") == (), why


@pytest.mark.parametrize(
    ("text", "killed", "injured", "why"),
    [
        (
            "The blast in Kyiv killed 25 people, including five children.",
            (25, 25),
            None,
            "subgroup",
        ),
        ("The blast in Kyiv left four people dead and 92 injured.", (4, 4), (92, 92), "states"),
        ("The blast in Kyiv caused the deaths of 12 people.", (12, 12), None, "a noun"),
        ("The blast in Kyiv claimed the lives of at least 7 men.", (7, None), None, "lives"),
        ("The blast in Kyiv wounded dozens.", None, (12, None), "a vague plural"),
        ("Two women and a child were killed in a blast in Kyiv.", (3, 3), None, "a list"),
        ("The blast in Kyiv destroyed 30 houses and cost $5 million.", None, None, "things"),
        ("The death toll of the blast in Kyiv rose to 45.", (45, 45), None, "a toll"),
    ],
)
def test_tolls(
    told: Told,
    text: str,
    killed: tuple[int, int | None] | None,
    injured: tuple[int, int | None] | None,
    why: str,
) -> None:
    found = told(text, "2024-01-03")[0].casualties
    assert _bounds(found.killed) == killed, why
    assert _bounds(found.injured) == injured, why


def _bounds(count: Range | None) -> tuple[int | None, int | None] | None:
    return None if count is None else (count.low, count.high)


def test_a_joint_toll_stays_joint_and_a_shared_one_is_divided(told: Told) -> None:
    joint = told("Shelling killed two people in the regions of Odesa and Kherson.", "2024-01-03")
    assert [_bounds(report.casualties.killed) for report in joint] == [(2, 2)]
    shared = told(
        "Shelling caused the death of one person in Odesa and another person in Kherson.",
        "2024-01-03",
    )
    assert [_bounds(report.casualties.killed) for report in shared] == [(1, 1), (1, 1)]
    assert len({report.id for report in shared}) == 2


def test_dates_of_other_events_do_not_leak(told: Told) -> None:
    reports = told(
        "Missiles hit Kyiv on Tuesday. It was the worst strike since the attack of December 29, "
        "when drones hit Lviv.",
        "2024-01-03",
    )
    first = next(report for report in reports if report.trigger.quote == "hit")
    assert first.when is not None
    assert first.when.first == date(2024, 1, 2)


def test_an_unknown_date_says_why(told: Told) -> None:
    (report,) = told("Missiles hit Kyiv on Tuesday.")
    assert report.when is not None
    assert report.when.first is None
    assert "publication is unknown" in report.when.rule


def test_named_days_are_two_days_where_no_date_is_known(told: Told) -> None:
    strike, assault = told(
        "Missiles hit Kyiv on Tuesday morning, and 10 people were injured. "
        "The attack came after an assault on Ukrainian cities on Friday, which left 40 dead."
    )
    assert strike.when
    assert assault.when
    assert (strike.when.first, strike.when.text) == (None, "Tuesday morning")
    assert (assault.when.first, assault.when.text) == (None, "Friday")
    assert strike.casualties.killed is None
    assert _bounds(assault.casualties.killed) == (40, 40)


def test_direction_of_actors(told: Told) -> None:
    (report,) = told("A Ukrainian attack on Belgorod killed two people.", "2024-01-03")
    assert report.attacker is not None
    assert report.attacker.country == "UA"


def test_a_side_takes_its_claim_back(told: Told) -> None:
    text = (
        "On December 29, Poland said that an object violated its airspace. "
        "The minister called it a missile. He later withdrew his own accusation."
    )
    reports = told(text, "2024-01-03")
    assert [r.status for r in reports if r.type == "airspace_violation"] == [Status.RETRACTED]


def test_an_accusation_is_a_claim(told: Told) -> None:
    (report,) = told("Russia accused Ukraine of attacking Belgorod on Saturday.", "2024-01-03")
    assert report.status is Status.CLAIMED
    assert report.speaker is not None
    assert report.speaker.side == "RU"


# Of each system how many were launched and destroyed.
WEAPONS = [
    ("Russia launched 90 Shahed drones at Odesa on Monday, 87 of which were shot down.",
     {"Shahed": (90, 87)}, "the closer of two names, once; and a share of it"),
    ("Air defenses shot down 21 out of 49 drones over Kharkiv on Monday.",
     {"drone": (49, 21)}, "a share before the whole"),
    ("Air defenses shot down nine missiles, including two Kinzhal, over Kyiv on Monday.",
     {"missile": (None, 9), "Kinzhal": (None, 2)}, "what is included fares as the whole does"),
    ("Rebels fired 20 rockets at Donetsk on Sunday.", {"rocket": (20, None)}, "nothing is lost"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "reason"), WEAPONS)
def test_weapons_with_what_became_of_them(
    told: Told, text: str, expected: dict[str, tuple[int | None, int | None]], reason: str
) -> None:
    (report,) = told(text, "2024-01-03")
    found = {
        weapon.system: (_low(weapon.launched), _low(weapon.destroyed)) for weapon in report.weapons
    }
    assert found == expected, reason


def _low(count: Range | None) -> int | None:
    return count.low if count else None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "- attack\n- fire\n- 12 dead\n- Kyiv",
        "| place | killed |\n|---|---|\n| Kyiv | 10 |\n| Lviv | 10^12 |",
        "“He said ‘they said “an attack” hit’ Kyiv”" * 3,
        "On February 30, 2024 a blast killed 1.000.000.000.000 people in Kyiv.",
        "attack " * 3000,
        "Kyiv, " * 2000,
        "<script>alert('fire in Kyiv')</script> killed 5",
    ],
)
def test_bad_input_gives_sensible_records(told: Told, text: str) -> None:
    for report in told(text, "2024-01-03"):
        assert text[report.trigger.start : report.trigger.end] == report.trigger.quote


def test_without_syntax_there_are_no_events(pipeline: Pipeline) -> None:
    bare = Annotation(document=Document(id="d", text="x"), sentences=(), tokens=(), mentions=())
    assert extract(bare, (), pipeline.ontology) == ()


WORDS = st.sampled_from(
    [
        *("Kyiv", "attack", "killed", "12", "people", "on", "Tuesday", "in", "the", "fire", ","),
        *(".", "said", "Russia", "missiles", "where", "after", "a", "\n\n", "“", "🙂", "at least"),
        *("New Year's Eve", "Київ"),
    ]
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(words=st.lists(WORDS, max_size=40))
def test_every_field_quotes_the_text(told: Told, words: list[str]) -> None:
    text = " ".join(words)
    reports = told(text, "2024-01-03")
    assert reports == told(text, "2024-01-03")
    assert len({report.id for report in reports}) == len(reports)
    for report in reports:
        spans = [report.trigger, report.sentence, *(e.provenance for e in report.evidence)]
        for span in spans:
            assert text[span.start : span.end] == span.quote


def test_a_region_gives_way_to_what_another_sentence_says_more_closely(told: Told) -> None:
    reports = told(
        "A bomb killed nine people in the province of Khyber Pakhtunkhwa on Friday, police said. "
        "The blast occurred in Peshawar.",
        "2023-06-03",
    )
    places = [[place.place.name for place in r.where if place.place] for r in reports]
    assert places == [["Peshawar"]]


def test_a_city_and_its_region_in_one_sentence_are_two_places(told: Told) -> None:
    reports = told(
        "Missiles struck Kharkiv and Kharkiv Oblast on Friday.",
        "2023-06-03",
    )
    places = {place.place.name for r in reports for place in r.where if place.place}
    assert places == {"Kharkiv", "Kharkiv Oblast"}
