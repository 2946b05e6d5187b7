"""The gold is data too: its types exist, and its offsets are those of words in the texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geomap.ontology import Ontology

pytest_plugins = ("extract_pipeline",)  # puts benchmarks/ on the path

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD = Path(__file__).parents[1] / "gold"
FILES = sorted(path.name for path in GOLD.iterdir() if path.suffix in {".json", ".toml"})
CORPORA = [name for name in FILES if name.startswith("corpora_")]


def _documents(name: str) -> list[dict[str, Any]]:
    import extraction

    return extraction.load(GOLD / name)


def _spans(document: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for event in document["events"]:
        yield from map(tuple, event["triggers"])
    yield from map(tuple, document.get("none", ()))


@pytest.mark.parametrize("name", FILES)
def test_gold_names_types_of_the_ontology_and_days_in_order(name: str) -> None:
    types = Ontology.load().types
    for document in _documents(name):
        for event in document["events"]:
            assert set(event["types"]) <= set(types), document["document"]
            days = event.get("date")
            pairs = days if isinstance(days, list) else []
            for pair in filter(None, pairs):
                first, last = map(date.fromisoformat, pair)
                assert first <= last, document["document"]


@pytest.mark.parametrize("name", CORPORA)
def test_offsets_of_the_corpora_are_those_of_words(name: str, shared_dir: Path) -> None:
    import extraction

    for document in extraction.with_texts(_documents(name), shared_dir / "corpora"):
        text = document["text"]
        for start, end in _spans(document):
            assert 0 <= start < end <= len(text), document["document"]
            words = text[start:end]
            assert words == words.strip(), document["document"]
            # "$5" begins a word too, and so does what stands after a control character.
            assert not (text[start - 1 : start] + words[:1]).isalnum() or start == 0
            assert not (words[-1:] + text[end : end + 1]).isalnum() or end == len(text)


@pytest.mark.parametrize("name", CORPORA)
def test_no_words_are_both_an_event_and_none(name: str) -> None:
    for document in _documents(name):
        triggers = [span for event in document["events"] for span in event["triggers"]]
        for start, end in document["none"]:
            assert not any(a < end and start < b for a, b in triggers), document["document"]
