"""Who answers what in cross-validation, and what is counted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.model import Mention
from geomap.recognize.corpora import Article, Gold
from geomap.recognize.crossval import left_out
from geomap.recognize.trial import Guess, Trial, calibrate, figures


@given(st.integers(3, 12).flatmap(lambda f: st.tuples(st.just(f), st.integers(1, (f - 1) // 2))))
def test_every_fold_is_left_out_by_as_many_networks_each_time_with_another(drawn):
    folds, half = drawn
    pairs = left_out(folds, 2 * half)
    for fold in range(folds):
        partners = [a + b - fold for a, b in pairs if fold in (a, b)]
        assert len(partners) == 2 * half
        assert len(set(partners) - {fold}) == 2 * half


@pytest.mark.parametrize(("folds", "networks"), [(4, 3), (4, 4), (2, 2), (8, 0)])
def test_what_cannot_be_dealt_out_is_refused(folds, networks):
    with pytest.raises(ValueError, match="expected an even, lower number"):
        left_out(folds, networks)


TEXT = "Oslo, Bergen, Narnia and Lagos"


def marked(*names, located=True):
    starts = [TEXT.index(name) for name in names]
    return tuple(
        Gold(start=start, end=start + len(name), kind="", located=located)
        for start, name in zip(starts, names, strict=True)
    )


def mention(name):
    start = TEXT.index(name)
    return Mention(document_id="a", start=start, end=start + len(name), text=name, label="GPE")


def test_a_marked_name_without_a_place_counts_for_nothing():
    gold = marked("Oslo", "Bergen") + marked("Narnia", located=False)
    article = Article(id="a", corpus="Papers", text=TEXT, gold=gold)
    found = tuple(mention(name) for name in ("Oslo", "Narnia", "Lagos"))
    told = figures([Trial(article=article, mentions=found)])
    assert told == "Papers       P 0.500  R 0.500  F1 0.500  n 2\n"


def test_calibration_gives_back_how_often_a_guess_is_right():
    numbers = np.random.default_rng(1)
    odds = numbers.normal(size=8_000) * 2
    unlisted = numbers.random(8_000) < 0.4
    right = numbers.random(8_000) < 1 / (1 + np.exp(-(0.5 * odds - 0.3 - 1.5 * unlisted)))
    rows = zip(odds.tolist(), unlisted.tolist(), right.tolist(), strict=True)
    fit = calibrate([Guess(odds=one, unlisted=lacks, right=was) for one, lacks, was in rows])
    assert fit["slope"] == pytest.approx(0.5, abs=0.05)
    assert fit["offset"] == pytest.approx(-0.3, abs=0.1)
    assert fit["unlisted"] == pytest.approx(-1.5, abs=0.15)
