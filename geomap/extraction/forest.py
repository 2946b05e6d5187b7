"""A gradient-boosted forest as plain arrays: read from JSON, run with numpy."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Forest:
    """Trees as rows of nodes; a leaf points to itself.

    ``tables`` has one entry a tree: ``feature``, ``threshold``, ``left``, ``right``, ``value``, all
    lists of the tree's nodes; a leaf has feature -1.
    """

    def __init__(self, tables: Sequence[Any], bias: float) -> None:
        width = max(len(table["feature"]) for table in tables)
        self._bias = bias
        self._feature = _padded(tables, "feature", width).astype(np.int32)
        self._threshold = _padded(tables, "threshold", width)
        self._left = _padded(tables, "left", width).astype(np.int32)
        self._right = _padded(tables, "right", width).astype(np.int32)
        self._value = _padded(tables, "value", width)
        self._depth = max(int(table["depth"]) for table in tables)

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each row of features."""
        if not rows:
            return []
        data = np.asarray(rows, dtype=np.float64)
        trees = np.arange(len(self._feature))[None, :]
        at = np.zeros((len(data), len(self._feature)), dtype=np.int32)
        lines = np.arange(len(data))[:, None]
        for _ in range(self._depth):
            feature = self._feature[trees, at]
            goes_left = data[lines, np.maximum(feature, 0)] <= self._threshold[trees, at]
            below = np.where(goes_left, self._left[trees, at], self._right[trees, at])
            at = np.where(feature < 0, at, below)
        scores = self._value[trees, at].sum(axis=1) + self._bias
        return [1.0 / (1.0 + math.exp(-float(score))) for score in scores]


def _padded(tables: Sequence[Any], key: str, width: int) -> NDArray[np.float64]:
    array = np.zeros((len(tables), width))
    for number, table in enumerate(tables):
        array[number, : len(table[key])] = table[key]
    return array


@cache
def link_forests() -> tuple[tuple[Forest, Forest], tuple[str, ...], float]:
    """Return the linker's two forests, the features they were trained on, and the threshold."""
    text = files(__package__).joinpath("links.json").read_text(encoding="utf-8")
    data = json.loads(text)
    first, second = (Forest(part["trees"], part["bias"]) for part in data["forests"])
    return (first, second), tuple(data["features"]), float(data["threshold"])
