"""How sure a report is, and that what is too doubtful is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.extraction import confidence, extract, read, reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from extract_pipeline import Pipeline

pytest_plugins = ("extract_pipeline",)

PUBLISHED = "2024-01-03"
WITH_EFFECT = "Missiles hit Kano on Sunday, setting a market on fire. A bomb killed two in Jos."


def rows_of(pipeline: Pipeline, text: str) -> Mapping[str, Mapping[str, float]]:
    writer, happenings = read(*pipeline.read(text, PUBLISHED), pipeline.ontology)
    told = writer.told(happenings)
    rows = confidence.rows(writer.syntax, pipeline.ontology.types, told)
    return {one.report.type: row for one, row in zip(told, rows, strict=True)}


def test_every_feature_has_a_weight(pipeline: Pipeline) -> None:
    for row in rows_of(pipeline, WITH_EFFECT).values():
        assert {*row, "intercept"} == set(confidence._weights())


def test_features_tell_of_the_other_reports(pipeline: Pipeline) -> None:
    rows = rows_of(pipeline, WITH_EFFECT)
    assert [bool(row["first"]) for row in rows.values()] == [True, False, False]
    assert {row["reports"] for row in rows.values()} == {3}
    assert rows["fire"]["part of war"]
    assert not rows["bombing"]["part of war"]


@pytest.mark.parametrize(
    ("surer", "less", "why"),
    [
        (
            "A bomb killed three people in Kano on Sunday.",
            "A bomb exploded in Kano.",
            "a day and a toll are seldom told of nothing",
        ),
        (
            "Gunmen killed three teachers in Kano on Sunday.",
            "Three teachers were killed.",
            "who and where",
        ),
    ],
)
def test_what_says_more_is_surer(pipeline: Pipeline, surer: str, less: str, why: str) -> None:
    more, fewer = (
        max((report.confidence for report in pipeline.reports(text, PUBLISHED)), default=0.0)
        for text in (surer, less)
    )
    assert 0 <= fewer < more <= 1, why


def test_the_doubtful_is_left_out_and_nothing_follows_from_it(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotation, resolutions = pipeline.read(WITH_EFFECT, PUBLISHED)
    monkeypatch.setattr(reports, "confidences", lambda *_: [0.49, 0.5, 1.0])
    strike, fire, bomb = extract(annotation, resolutions, pipeline.ontology, 0.0)
    assert [report.confidence for report in (strike, fire, bomb)] == [0.49, 0.5, 1.0]
    assert fire.parent_id == strike.id
    left = extract(annotation, resolutions, pipeline.ontology, 0.5)
    assert [(report.id, report.parent_id) for report in left] == [(fire.id, None), (bomb.id, None)]
