"""Where and when an event of several sentences was: what the text goes on with, and whose it is.

Published on Wednesday, 3 January 2024.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from extract_pipeline import Pipeline

PUBLISHED = "2024-01-03"

PLACES = [
    (
        (
            "A coach fell into a gorge in southern Peru on Monday, killing ten. "
            "It left the road in fog near Pisac and rolled down a slope."
        ),
        "fell into",
        ["Pisac"],
        "the scene goes on, and has a town",
    ),
    (
        (
            "Gunmen shot dead a judge in Honduras on Sunday. "
            "Oscar Mejia, 51, was leaving a church in Gracias when two men drew up beside him."
        ),
        "shot dead",
        ["Gracias"],
        "something came between",
    ),
    (
        (
            "A care home in northern Italy burned down on Monday, killing six. "
            "Firefighters were called to the building in the Milan suburb of Corsico."
        ),
        "burned down",
        ["Corsico"],
        "the suburb, not the city that describes it",
    ),
    (
        (
            "A plane crashed in Switzerland on Monday, killing two. "
            "The president of the club spoke in Bern. The pilot, a man of 60, was born in Thun."
        ),
        "crashed",
        ["Switzerland"],
        "where an official spoke and somebody was born is not the scene",
    ),
    (
        (
            "A powerful storm swept across Ireland on Monday, killing one. "
            "Trees blocked a road near Sligo."
        ),
        "storm",
        ["Ireland"],
        "a storm is everywhere",
    ),
    (
        (
            "KABUL (Reuters) - A landslide buried twenty homes in a village in the country's north "
            "on Monday."
        ),
        "landslide",
        [],
        "out of the town of the dateline",
    ),
]


@pytest.mark.parametrize(("text", "trigger", "places", "why"), PLACES)
def test_where_an_event_was(
    pipeline: Pipeline, text: str, trigger: str, places: list[str], why: str
) -> None:
    reports = pipeline.reports(text, PUBLISHED)
    (told,) = [r for r in reports if r.trigger.start <= text.index(trigger) < r.trigger.end]
    assert [r.mention.text for r in told.where] == places, why
