"""Score readings by a linear model or by gradient-boosted trees, and say what each feature adds.

The weights are one JSON file. A linear model is ``{"kind": "linear", "bias", "weights": {feature:
number}}``. Trees are ``{"kind": "trees", "features": [...], "bias", "trees": [...]}``, a tree being
five lists with an item a node: ``feature`` (-1 in a leaf), ``threshold`` (go left when at most),
``left``, ``right``, ``value`` (mean prediction of the node, which is what a leaf adds).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from geomap.errors import ModelError
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.resolve.sphere import Array

WEIGHTS = Path(__file__).with_name("weights.json")


class Scorer(Protocol):
    """Gives every row of a feature matrix a score, in log-odds of being right."""

    features: tuple[str, ...]

    def scores(self, rows: Array) -> Array:
        """Return the score of each row."""

    def contributions(self, row: Array) -> Array:
        """Return what each feature adds to the score of one row."""


class Linear:
    """A weighted sum."""

    def __init__(self, features: Sequence[str], weights: Mapping[str, float], bias: float) -> None:
        unknown = set(weights) - set(features)
        if unknown:
            raise ModelError(f"weights for unknown features: {', '.join(sorted(unknown))}")
        self.features = tuple(features)
        self._bias = bias
        self._weights = np.array([weights.get(name, 0.0) for name in features])

    def scores(self, rows: Array) -> Array:
        """Return the score of each row."""
        result: Array = rows @ self._weights + self._bias
        return result

    def contributions(self, row: Array) -> Array:
        """Return what each feature adds to the score of one row."""
        result: Array = row * self._weights
        return result


class Trees:
    """A sum of regression trees, all walked at once.

    The nodes of all trees are numbered through; the children of node ``n`` are ``children[2 * n]``
    and ``children[2 * n + 1]``, and a leaf is its own child, so that every walk takes equally many
    steps.
    """

    def __init__(
        self, features: Sequence[str], trees: Sequence[Mapping[str, Any]], bias: float
    ) -> None:
        self.features = tuple(features)
        self._bias = bias
        sizes = [len(tree["feature"]) for tree in trees]
        self._roots = np.concatenate(([0], np.cumsum(sizes)[:-1])).astype(np.int64)
        shift = np.repeat(self._roots, sizes)
        feature = _joined(trees, "feature", np.int64)
        leaf = feature < 0
        here = np.arange(len(feature))
        self._feature = np.where(leaf, 0, feature)
        self._threshold = _joined(trees, "threshold", np.float64)
        self._value = _joined(trees, "value", np.float64)
        self._children = np.column_stack(
            [
                np.where(leaf, here, _joined(trees, side, np.int64) + shift)
                for side in ("left", "right")
            ]
        ).ravel()
        self._depth = max(_depth(tree) for tree in trees)

    def scores(self, rows: Array) -> Array:
        """Return the score of each row."""
        cells = np.ascontiguousarray(rows).ravel()
        first_cells = np.arange(len(rows))[:, None] * rows.shape[1]
        node = np.tile(self._roots, (len(rows), 1))
        for _ in range(self._depth):
            values = cells.take(first_cells + self._feature.take(node))
            node = self._children.take(2 * node + (values > self._threshold.take(node)))
        result: Array = self._value.take(node).sum(axis=1) + self._bias
        return result

    def contributions(self, row: Array) -> Array:
        """Return what each feature adds to the score of one row.

        Each step down a tree changes its mean prediction; the change belongs to the feature that
        the step asks (A. Saabas, "Interpreting random forests", 2014). The means of the roots are
        in no feature's share.
        """
        shares = np.zeros(len(self.features))
        for root in self._roots:
            node = int(root)
            while self._children[2 * node] != node:
                asked = self._feature[node]
                child = int(self._children[2 * node + int(row[asked] > self._threshold[node])])
                shares[asked] += self._value[child] - self._value[node]
                node = child
        return shares


def _depth(tree: Mapping[str, Any]) -> int:
    """Return the number of steps to the deepest leaf; children come after their parents."""
    depths = [0] * len(tree["feature"])
    for node, feature in enumerate(tree["feature"]):
        if feature >= 0:
            depths[tree["left"][node]] = depths[tree["right"][node]] = depths[node] + 1
    return max(depths)


def _joined(trees: Sequence[Mapping[str, Any]], key: str, kind: Any) -> Any:
    return np.concatenate([np.asarray(tree[key], dtype=kind) for tree in trees])


def probabilities(scores: Array) -> Array:
    """Turn the scores (log-odds) of one name's readings into probabilities of being right.

    They add up to less than one where no reading convinces, and never to more.
    """
    odds = 1 / (1 + np.exp(-np.clip(scores, -30.0, 30.0)))
    result: Array = odds / max(1.0, float(odds.sum()))
    return result


@noun
class Model:
    """The scorers: before and after the document's other names are heard, and of inheriting.

    The calibrations hold the points (raw probability, share that is right) between which a
    confidence is interpolated, ascending.
    """

    local: Scorer
    collective: Scorer
    backoff: Scorer
    calibration: tuple[tuple[float, float], ...]
    backoff_calibration: tuple[tuple[float, float], ...]

    def confidence(self, chance: float) -> float:
        """Return the calibrated confidence of an answer."""
        return interpolated(self.calibration, chance)

    def backoff_confidence(self, chance: float) -> float:
        """Return the calibrated confidence of an inherited place."""
        return interpolated(self.backoff_calibration, chance)


def interpolated(knots: tuple[tuple[float, float], ...], chance: float) -> float:
    """Return the height of the line through ``knots`` at ``chance``."""
    raw, right = zip(*knots, strict=True)
    return float(np.interp(chance, raw, right))


def load_model(path: Path = WEIGHTS) -> Model:
    """Read the weights; ``ModelError`` where the file is missing or not of the described form."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return model_of(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} holds no weights of the resolver: {error!r}") from error


def model_of(data: Mapping[str, Any]) -> Model:
    """Return the model that the content of a weights file describes."""
    return Model(
        local=_scorer(data["local"]),
        collective=_scorer(data["collective"]),
        backoff=_scorer(data["backoff"]),
        calibration=_knots(data["calibration"]),
        backoff_calibration=_knots(data["backoff_calibration"]),
    )


@cache
def default_model() -> Model:
    """Return the weights that come with the package, read once."""
    return load_model()


def _knots(pairs: Sequence[Sequence[float]]) -> tuple[tuple[float, float], ...]:
    return tuple((float(raw), float(right)) for raw, right in pairs)


def _scorer(data: Mapping[str, Any]) -> Scorer:
    if data["kind"] == "linear":
        return Linear(data["features"], data["weights"], data["bias"])
    if data["kind"] == "trees":
        return Trees(data["features"], data["trees"], data["bias"])
    raise ValueError(f"expected 'linear' or 'trees', found {data['kind']!r}")
