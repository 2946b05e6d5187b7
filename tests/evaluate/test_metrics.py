"""The metrics, by hand-made cases and against the reference implementation."""

from __future__ import annotations

import json
import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.evaluate import metrics
from geomap.evaluate.gold import read_gold
from geomap.evaluate.run import Outcome, score
from geomap.evaluate.toponyms import Toponym
from geomap.model import Point


def toponym(start, end, lat=None, lon=None, geonameid=None):
    point = None if lat is None else Point(lon=lon, lat=lat)
    return Toponym(start=start, end=end, text="x" * (end - start), point=point, geonameid=geonameid)


@pytest.mark.parametrize(
    ("gold", "answers", "expected", "reason"),
    [
        ([(0, 4)], [(0, 4)], [(0, 0)], "equal spans match"),
        ([(0, 4)], [(0, 5)], [], "exact means exact"),
        ([(0, 4)], [(0, 4), (0, 4)], [(0, 0)], "one gold takes one answer"),
        ([(0, 4), (0, 4)], [(0, 4)], [(0, 0)], "one answer serves one gold"),
    ],
)
def test_exact_matching(gold, answers, expected, reason):
    assert metrics.match_exact(gold, answers) == expected, reason


@pytest.mark.parametrize(
    ("gold", "answers", "expected", "reason"),
    [
        ([(0, 4)], [(3, 9)], [(0, 0)], "one character in common is an overlap"),
        ([(0, 4)], [(4, 9)], [], "touching is none"),
        ([(0, 10)], [(0, 3), (2, 10)], [(0, 1)], "the larger overlap wins"),
        ([(0, 3), (3, 9)], [(0, 9)], [(1, 0)], "also when two gold spans ask for one answer"),
    ],
)
def test_overlap_matching(gold, answers, expected, reason):
    assert metrics.match_overlap(gold, answers) == expected, reason


def test_a_missing_answer_costs_half_the_globe():
    gold = toponym(0, 4, 50.0, 30.0)
    assert metrics.error_km(gold, None) == 20_039
    assert metrics.error_km(gold, toponym(0, 4)) == 20_039
    assert metrics.error_km(gold, toponym(0, 4, 50.0, 30.0)) == 0


def test_gold_without_a_point_is_not_measured():
    with pytest.raises(ValueError, match="without a point"):
        metrics.error_km(toponym(0, 4), None)


def test_no_toponyms_give_no_figures():
    assert metrics.resolution([]) == metrics.ResolutionScore(n=0)


def test_tokens_of_an_event_place():
    tokens = [(0, 2), (3, 7), (8, 12)]
    found = metrics.token_score(tokens, [(3, 12)], [(3, 7), (0, 2)])
    assert (found.true_positives, found.false_positives, found.false_negatives) == (1, 1, 1)
    assert (found.precision, found.recall) == (0.5, 0.5)


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)).map(lambda p: (p[0], sum(p))))


@given(spans, spans)
def test_matching_is_one_to_one(gold, answers):
    for match in (metrics.match_exact, metrics.match_overlap):
        pairs = match(gold, answers)
        assert len({i for i, _ in pairs}) == len(pairs) == len({j for _, j in pairs})


@given(st.lists(st.floats(0, 20_039), min_size=1))
def test_figures_stay_in_bounds(errors):
    found = metrics.resolution(errors)
    assert 0 <= found.acc161 <= 1
    assert -1e-9 <= found.auc <= 1 + 1e-5
    assert min(errors) <= found.median_km <= max(errors)


def random_rows(generator, spans_of):
    rows = []
    for start, end in spans_of:
        row = {"start": start, "end": end, "phrase": "x" * (end - start)}
        if generator.random() < 0.8:
            row |= {"lat": generator.uniform(-80, 80), "lon": generator.uniform(-179, 179)}
            row["geonameid"] = str(generator.randint(1, 3))
        rows.append(row)
    return rows


def random_corpus(seed):
    """Make up documents with gold and answers that partly agree in span and place."""
    generator = random.Random(seed)
    gold, answers = [], []
    for number in range(12):
        starts = sorted(generator.sample(range(0, 300, 7), 15))
        rows = random_rows(generator, [(s, s + generator.randint(1, 6)) for s in starts])
        found = []
        for row in rows:
            if generator.random() < 0.7:
                copy = dict(row)
                if generator.random() < 0.3:
                    copy["end"] += generator.randint(0, 2)
                if "lat" in copy and generator.random() < 0.5:
                    copy["lat"] += generator.uniform(0, 3)
                    copy["geonameid"] = str(generator.randint(1, 3))
                found.append(copy)
        found += random_rows(generator, [(400, 405), (410, 412)])
        gold.append({"id": str(number), "text": "x" * 500, "toponyms": rows})
        answers.append({"id": str(number), "text": "x" * 500, "toponyms": found})
    return gold, answers


@pytest.mark.parametrize("seed", range(5))
def test_figures_agree_with_the_reference(seed, shared_dir, tmp_path):
    reference = shared_dir / "scoring" / "geoscore.py"
    paths = [tmp_path / "gold.jsonl", tmp_path / "answers.jsonl"]
    for path, rows in zip(paths, random_corpus(seed), strict=True):
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, str(reference), *map(str, paths), "--require", "coords"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    gold, answers = (read_gold(path) for path in paths)
    ours = score(
        [
            Outcome(gold=one, on_spans=one.toponyms, found=two.toponyms)
            for one, two in zip(gold, answers, strict=True)
        ]
    )
    for mine, name in ((ours.exact, "exact"), (ours.overlap, "overlap")):
        assert mine.true_positives == theirs[name]["tp"]
        assert mine.false_positives == theirs[name]["fp"]
        assert mine.false_negatives == theirs[name]["fn"]
        assert mine.f1 == pytest.approx(theirs[name]["F1"])
    for mine, name in (
        (ours.end_to_end, "end_to_end_all_gold"),
        (ours.on_recognized, "on_recognised"),
    ):
        assert mine.n == theirs["exact"][name]["n"]
        for figure in ("acc161", "mean_km", "median_km", "auc"):
            assert getattr(mine, figure) == pytest.approx(theirs["exact"][name][figure], rel=1e-4)
