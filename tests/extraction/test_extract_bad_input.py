"""Texts that are no prose, or say what cannot be: sensible records, no crash, linear work."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from geomap.extraction import extract
from geomap.model import Figure, Range

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract_pipeline import Pipeline

    from geomap.model import Report

    Told = Callable[..., tuple[Report, ...]]


def test_a_day_that_does_not_exist_is_unknown_and_says_so(told: Told) -> None:
    (report,) = told("A bomb exploded in Kano on February 30, 2024.", "2024-03-02")
    assert report.when
    assert report.when.first is None
    assert "no such day" in report.when.rule


def test_a_figure_beyond_mankind_is_no_toll(told: Told) -> None:
    reports = told("A blast in Kano on Monday killed 1,000,000,000,000 people.", "2024-03-06")
    assert [report.casualties.killed for report in reports] == [None]


@pytest.mark.parametrize("number", ["1200", "1,200", "1 200", "1.200"])
def test_numbers_are_read_however_they_are_grouped(told: Told, number: str) -> None:
    (report,) = told(f"The earthquake in Herat on Monday killed {number} people.", "2024-03-06")
    assert report.casualties.killed
    assert report.casualties.killed.low == 1200


def test_of_contradictory_headers_the_given_day_counts(told: Told) -> None:
    text = "Date: 2019-05-01\nUpdated: 2021-07-09\n\nA bomb exploded in Kano on Monday."
    days = {str(report.when.first) for report in told(text, "2024-03-06") if report.when}
    assert "2024-03-04" in days


def test_of_two_figures_for_one_happening_none_is_lost(told: Told) -> None:
    (report,) = told(
        "Shelling of Kharkiv on Tuesday killed four people, police said. The governor said that "
        "the shelling of Kharkiv on Tuesday killed nine people.",
        "2024-01-03",
    )
    assert report.casualties.killed == Range(low=9, high=9)
    assert report.differing == (Figure(field="killed", count=Range(low=4, high=4)),)
    words = [item.provenance.quote for item in report.evidence if item.field == "killed"]
    assert any("four" in quote for quote in words)
    assert any("nine" in quote for quote in words)


def test_a_group_among_those_harmed_is_no_differing_figure(told: Told) -> None:
    (report,) = told(
        "Shelling of Kharkiv on Tuesday killed nine people. The shelling killed two policemen.",
        "2024-01-03",
    )
    assert report.casualties.killed == Range(low=9, high=9)
    assert report.differing == ()


def test_a_report_without_any_date_has_an_undated_event(told: Told) -> None:
    (report,) = told("A bomb exploded in Kano on Monday, killing two people.")
    assert report.when
    assert report.when.first is None
    assert report.when.text == "Monday"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "| place | event | dead |\n" * 40 + "| Kano | attack | 12 |\n" * 40, id="table"
        ),
        pytest.param("- fire in Kano, 12 dead\n" * 40, id="list"),
        pytest.param("“He said ‘a bomb “exploded” in Kano’ on Monday.”\n" * 10, id="nested quotes"),
        pytest.param("Missiles hit Kyiv and killed 12 people, and " * 60, id="endless sentence"),
    ],
)
def test_what_is_no_prose_gives_records_whose_words_are_in_the_text(told: Told, text: str) -> None:
    for report in told(text, "2024-03-06"):
        for evidence in report.evidence:
            words = evidence.provenance
            assert text[words.start : words.end] == words.quote


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("missiles hit Kyiv and killed 12 people on Monday, and ", id="sentence"),
        pytest.param("- fire in Kyiv, 12 dead\n", id="list"),
    ],
)
def test_work_grows_no_faster_than_the_text(pipeline: Pipeline, unit: str) -> None:
    """Twice the words of a sentence of thousands take at most thrice the time."""

    def seconds(times: int) -> float:
        annotation, resolutions = pipeline.read(unit * times, "2024-03-06")
        start = time.process_time()
        extract(annotation, resolutions, pipeline.ontology)
        return time.process_time() - start

    seconds(10)
    assert seconds(500) < 3.0 * max(seconds(250), 0.5)


def test_the_given_day_is_a_date_and_not_looked_for(pipeline: Pipeline) -> None:
    annotation = pipeline.annotate("Published: 2020-01-01\n\nText.", "2024-03-06")
    assert annotation.document.published == date(2024, 3, 6)
