"""Merging on the generated corpus stays as good as it is said to be, and linear."""

from __future__ import annotations

import sys

import pytest
from project import ROOT

from geomap.ontology import Ontology


@pytest.fixture
def benchmarks(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import merge_corpus
    import merge_quality

    yield merge_corpus, merge_quality
    for name in ("merge_corpus", "merge_quality"):
        sys.modules.pop(name, None)


@pytest.mark.slow
def test_pairs_of_reports_are_joined_rightly(benchmarks):
    corpus, quality = benchmarks
    ontology = Ontology.load()
    found = [quality.score(corpus.make(200, seed), ontology) for seed in (1, 2, 3, 4, 5)]
    f1 = [2 * precision * recall / (precision + recall) for precision, recall in found]
    assert sum(f1) / len(f1) >= 0.95


def test_a_small_corpus_is_merged_rightly(benchmarks):
    corpus, quality = benchmarks
    precision, recall = quality.score(corpus.make(40, seed=7), Ontology.load())
    assert precision >= 0.9
    assert recall >= 0.85
