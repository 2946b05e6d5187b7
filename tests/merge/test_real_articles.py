"""What five real articles tell together; skipped where they are not at hand."""

from __future__ import annotations

from datetime import date

import pytest

from geomap import pipeline
from geomap.config import Settings
from geomap.model import Status
from geomap.read import read_documents
from geomap.telling import tell_here
from geomap.tools import open_tools

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def result(shared_dir):
    settings = Settings()
    with open_tools(settings) as tools:
        documents = read_documents([shared_dir / "seeds"], settings)
        told = pipeline.tell_all(documents, tell_here(tools), tools, lambda *_: None)
        return pipeline.merge_all(told, tools, lambda *_: None)


@pytest.fixture(scope="module")
def numbers(result):
    """The place of each document in the order of file names."""
    return {document.id: number for number, document in enumerate(result.documents)}


EFFECTS = {"interception", "fire", "utility_outage", "air_alert"}


def strikes(result, place, day):
    """Return the events at one place on a day that are no effects of others."""
    return [
        event
        for event in result.events
        if [location.place.name for location in event.places] == [place]
        and event.when
        and event.when.first == day
        and event.type not in EFFECTS
    ]


def told_by(event, numbers):
    return {numbers[report.document_id] for report in event.reports}


def test_the_strike_on_belgorod_is_one_event_told_by_all_five(result, numbers):
    (event,) = strikes(result, "Belgorod", date(2023, 12, 30))
    assert told_by(event, numbers) == {0, 1, 2, 3, 4}
    assert (event.casualties.killed.low, event.casualties.killed.high) == (22, 25)
    assert "killed" in {conflict.field for conflict in event.conflicts}


def test_the_strike_on_kyiv_is_told_by_three_and_has_fires_and_outage_as_parts(result, numbers):
    (event,) = strikes(result, "Kyiv", date(2024, 1, 2))
    assert told_by(event, numbers) == {0, 2, 3}
    parts = [part for part in result.events if part.parent_id == event.id]
    assert {"fire", "utility_outage"} <= {part.type for part in parts}


def test_the_strikes_on_kharkiv_stay_apart(result, numbers):
    (second,) = strikes(result, "Kharkiv", date(2024, 1, 2))
    assert told_by(second, numbers) == {0}


def test_two_articles_that_rewrite_one_another_are_one_source(result, numbers):
    assert [{numbers[member] for member in group} for group in result.near_copies] == [{2, 3}]


def test_the_withdrawn_airspace_violation_is_marked(result):
    (event,) = [e for e in result.events if e.type == "airspace_violation"]
    assert event.status is Status.RETRACTED
    assert event.places[0].place.name == "Poland"
