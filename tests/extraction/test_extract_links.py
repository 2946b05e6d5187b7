"""Where an event was: the linker's choice among the names of a sentence, and what corrects it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.extraction.candidates import find_candidates
from geomap.extraction.forest import link_forests
from geomap.extraction.linking import Linker
from geomap.extraction.linkrow import FEATURES, SECOND, Row
from geomap.extraction.places import event_places
from geomap.extraction.syntax import Syntax

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from collections.abc import Callable

    from extract_pipeline import Pipeline

    from geomap.model import Report

    Told = Callable[..., tuple[Report, ...]]


@pytest.mark.parametrize(
    ("text", "word", "places", "why"),
    [
        ("A bomb exploded in Kasungu district.", "exploded", ["Kasungu"], "a general word behind"),
        ("A bomb exploded in the town of Sake near Goma.", "exploded", ["Sake"], "the inner one"),
        ("Police in Lima said a bus crashed in Cusco.", "crashed", ["Cusco"], "not who says so"),
        ("Troops shelled Homs, Hama and Idlib.", "shelled", ["Homs", "Hama", "Idlib"], "a list"),
        ("It was quiet.", "quiet", [], "no name at all"),
    ],
)
def test_the_place_of_an_event_is_found(
    pipeline: Pipeline, text: str, word: str, places: list[str], why: str
) -> None:
    start = text.index(word)
    spans = event_places(pipeline.annotate(text), start, start + len(word))
    assert [text[a:b] for a, b in spans] == places, why


@pytest.mark.parametrize(
    ("text", "kind", "places", "why"),
    [
        (
            "In Kano, a guard was killed, and in Lagos, sparks started a fire in a market.",
            "fire",
            ["Lagos"],
            "a clause with a place of its own",
        ),
        (
            "In Kano, gunmen attacked a bus and killed nine people on Monday.",
            "shooting",
            ["Kano"],
            "two verbs of one subject share it",
        ),
    ],
)
def test_coordinated_clauses_have_their_own_places(
    told: Told, text: str, kind: str, places: list[str], why: str
) -> None:
    (report,) = [report for report in told(text, "2024-03-06") if report.type == kind]
    assert [where.mention.text for where in report.where] == places, why


def test_who_repeats_an_attack_is_not_where_it_was(told: Told) -> None:
    for report in told("Officers said that Rwanda repeated the attack on Monday.", "2024-03-06"):
        assert "Rwanda" not in [where.mention.text for where in report.where]


def test_rows_have_the_features_of_the_weights(pipeline: Pipeline) -> None:
    annotation = pipeline.annotate("A bomb exploded in Kano, Nigeria.")
    syntax = Syntax(annotation)
    linker = Linker(syntax, find_candidates(syntax, 0, len(syntax.tokens)))
    rows = linker.rows(2)
    assert {len(row) for row in rows} == {len(FEATURES)}
    first, second = link_forests()
    deep = linker.second_rows(rows, first.probabilities(rows))
    assert {len(row) for row in deep} == {len(FEATURES) + len(SECOND)}
    inner, outer = second.probabilities(deep)
    assert inner > 0.5
    assert outer < 0.5


def test_an_event_changes_no_row_of_a_name(pipeline: Pipeline) -> None:
    annotation = pipeline.annotate("Fighting in Kano killed ten; floods hit Lagos.")
    syntax = Syntax(annotation)
    linker = Linker(syntax, find_candidates(syntax, 0, len(syntax.tokens)))
    before = linker.rows(0)
    linker.rows(6)
    assert linker.rows(0) == before


def test_a_feature_that_the_weights_do_not_know_says_nothing() -> None:
    row = Row()
    row.set("prep_notwithstanding")
    row.add("up_reparandum")
    assert not any(row.values)
