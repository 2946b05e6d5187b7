"""Whole sentences through recognizer, resolver and extractor."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytest_plugins = ("extract_pipeline",)

if TYPE_CHECKING:
    from extract_pipeline import Pipeline

HERE = Path(__file__).parent
GOLD = HERE.parent / "gold"


def _scored(
    pipeline: Pipeline, cases: list[dict[str, Any]], folder: Path | None = None
) -> Counter[str]:
    import extraction  # benchmarks/extraction.py: tests and benchmark share one measure

    counts: Counter[str] = Counter()
    for case in cases:
        text = case.get("text") or (folder / case["document"]).read_text(encoding="utf-8")
        reports = pipeline.reports(text, case.get("published"))
        matched = extraction.pair(reports, case["events"])
        extraction._count(counts, case["events"], reports, matched)
    return counts


def _share(counts: Counter[str], part: str, whole: str) -> float:
    return counts[part] / max(1, counts[whole])


@pytest.mark.parametrize(
    ("name", "found", "wrong", "field"),
    [
        (HERE / "cases.toml", 0.95, 0.05, 0.85),
        pytest.param(GOLD / "sentences.toml", 0.90, 0.05, 0.85, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_open.toml", 0.90, 0.10, 0.90, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_apart.toml", 0.85, 0.20, 0.85, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_wide_apart.toml", 0.80, 0.20, 0.75, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_plain_apart.toml", 0.90, 0.15, 0.85, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_round_late.toml", 0.85, 0.30, 0.70, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_ring_late.toml", 0.85, 0.30, 0.60, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_last.toml", 0.85, 0.30, 0.55, marks=pytest.mark.slow),
        pytest.param(GOLD / "news_fresh_apart.toml", 0.90, 0.15, 0.85, marks=pytest.mark.slow),
    ],
)
def test_events_of_sentences_are_found(
    pipeline: Pipeline, name: Path, found: float, wrong: float, field: float
) -> None:
    import extraction

    counts = _scored(pipeline, extraction.load(name))
    assert _share(counts, "found", "wanted") >= found
    assert _share(counts, "wrong", "said") <= wrong
    for key in ("type", "place", "date", "figures"):
        assert _share(counts, key, f"asked {key}") >= field, key


def test_events_of_the_articles_are_found(pipeline: Pipeline, shared_dir: Path) -> None:
    import extraction

    counts = _scored(pipeline, extraction.load(GOLD / "articles.json"), shared_dir / "seeds")
    assert _share(counts, "found", "wanted") >= 0.90
    assert _share(counts, "wrong", "said") <= 0.10
    assert _share(counts, "type", "asked type") >= 0.95
    for key in ("place", "date", "figures"):
        assert _share(counts, key, f"asked {key}") >= 0.92, key


@pytest.mark.slow
def test_what_only_looks_like_an_event_is_none(pipeline: Pipeline) -> None:
    import extraction

    cases = extraction.load(GOLD / "traps.toml")
    sprung = [case["text"] for case in cases if pipeline.reports(case["text"], case["published"])]
    assert len(sprung) <= len(cases) * 0.08, sprung
