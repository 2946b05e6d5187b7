"""Who acts and who speaks: what is no army, no attacker, no statement and no launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from extract_pipeline import Pipeline


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("U.S. marshals arrested a man in Toledo on Tuesday.", "marshals are no army"),
        ("A man crashed his car near Chapin on Saturday.", "nobody attacks in an accident"),
        ("A storm killed two people in Split on Monday.", "nor does weather"),
    ],
)
def test_who_is_no_attacker(pipeline: Pipeline, text: str, why: str) -> None:
    (report,) = pipeline.reports(text, "2024-01-03")
    assert report.attacker is None, why


def test_people_of_a_country_who_are_counted_are_no_army(pipeline: Pipeline) -> None:
    (report,) = pipeline.reports("Officers caught two Peruvians in Tacna on Friday.", "2024-01-03")
    assert report.target is None


def test_rifles_are_not_launched(pipeline: Pipeline) -> None:
    text = "Three men with two rifles shot a guard in Recife on Friday."
    (report,) = pipeline.reports(text, "2024-01-03")
    assert [weapon.launched for weapon in report.weapons] == [None]


def test_lives_are_claimed_without_a_speaker(pipeline: Pipeline) -> None:
    text = "A crash on a mountain road claimed 12 lives near Manali on Friday."
    (report,) = pipeline.reports(text, "2024-01-03")
    assert (report.speaker, str(report.status)) == (None, "reported")


def test_a_speaker_has_the_whole_name_of_an_office(pipeline: Pipeline) -> None:
    text = "A bus overturned near Owo on Friday, doctors at the Federal Medical Centre said."
    (report,) = pipeline.reports(text, "2024-01-03")
    assert report.speaker is not None
    assert report.speaker.name == "doctors at the Federal Medical Centre"


@pytest.mark.parametrize(
    ("text", "attacker", "target"),
    [
        ("A terrorist attack killed two people in Lyon on Friday.", None, None),
        ("Russia repeated the attack on Kharkiv on Friday.", "Russian Armed Forces", None),
        ("A gunman shot a 15-year-old boy in Lyon on Friday.", "gunman", "15-year-old boy"),
        ("Two patrols of the Polish army were deployed to Tapa on Monday.", "patrols", None),
    ],
)
def test_who_acts_and_on_whom(
    pipeline: Pipeline, text: str, attacker: str | None, target: str | None
) -> None:
    (report,) = pipeline.reports(text, "2024-01-03")
    assert [actor and actor.name for actor in (report.attacker, report.target)] == [
        attacker,
        target,
    ]


def test_a_pronoun_speaks_for_who_spoke_before(pipeline: Pipeline) -> None:
    text = (
        "The commander of the Air Force said that missiles hit Lviv on Friday. "
        "He said that drones hit Odesa on Saturday."
    )
    speakers = {r.speaker and r.speaker.name for r in pipeline.reports(text, "2024-01-03")}
    assert speakers == {"commander of the Air Force"}
