"""Weights are read or refused in one line; a weighted sum is one that can be done by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from geomap.errors import ModelError
from geomap.resolve.ranker import Linear, interpolated, load_model

LINEAR = {"kind": "linear", "features": ["near", "large"], "weights": {"near": 2.0}, "bias": 0.5}
MODEL = {
    "local": LINEAR,
    "collective": LINEAR,
    "backoff": LINEAR,
    "calibration": [[0, 0.1], [1, 0.9]],
    "backoff_calibration": [[0, 0], [1, 0.5]],
}


def test_weights_of_a_weighted_sum_are_read(tmp_path):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(MODEL), encoding="utf-8")
    model = load_model(path)
    rows = np.array([[1.0, 7.0], [0.0, 7.0]])
    assert model.local.scores(rows).tolist() == [2.5, 0.5]
    assert model.local.contributions(rows[0]).tolist() == [2.0, 0.0]
    assert model.confidence(0.5) == pytest.approx(0.5)
    assert model.backoff_confidence(0.5) == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("content", "told", "reason"),
    [
        ("{", "JSONDecodeError", "no JSON"),
        ("[]", "TypeError", "no table"),
        (json.dumps({"local": LINEAR}), "collective", "a part is missing"),
        (json.dumps(MODEL | {"local": LINEAR | {"kind": "oracle"}}), "'oracle'", "unknown kind"),
        (json.dumps(MODEL | {"calibration": 7}), "TypeError", "no pairs"),
    ],
)
def test_what_is_no_weights_is_told(tmp_path, content, told, reason):
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"weights\.json") as raised:
        load_model(path)
    assert told in str(raised.value), reason


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"nowhere\.json"):
        load_model(tmp_path / "nowhere.json")


def test_a_weight_needs_a_feature():
    with pytest.raises(ModelError, match="tall, wide"):
        Linear(["near"], {"wide": 1.0, "tall": 1.0, "near": 1.0}, 0.0)


@pytest.mark.parametrize(
    ("chance", "height"), [(0, 0.2), (0.25, 0.3), (0.5, 0.4), (1, 0.4), (2, 0.4)]
)
def test_confidence_runs_along_straight_lines(chance, height):
    assert interpolated(((0, 0.2), (0.5, 0.4), (1, 0.4)), chance) == pytest.approx(height)
