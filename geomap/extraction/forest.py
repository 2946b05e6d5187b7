"""A gradient-boosted forest as plain arrays: read from JSON, run with numpy."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def chosen(scores: Sequence[float], threshold: float, single: float) -> list[int]:
    """Return the numbers of what passes the threshold.

    Where nothing does it is the best alone, if it passes ``single``: an event has one place more
    often than none.
    """
    passed = [number for number, score in enumerate(scores) if score >= threshold]
    if passed or not scores:
        return passed
    best = max(range(len(scores)), key=lambda number: scores[number])
    return [best] if scores[best] >= single else []


@cache
def link_forests() -> tuple[Forest, Forest]:
    """Return the linker's two forests."""
    first, second = (Forest(part["trees"], part["bias"]) for part in _links()["forests"])
    return first, second


def link_thresholds() -> tuple[float, float]:
    """Return the least probability of a place, and that of the only one."""
    return float(_links()["threshold"]), float(_links()["single"])


@cache
def _links() -> Mapping[str, Any]:
    text = files(__package__).joinpath("links.json").read_text(encoding="utf-8")
    return MappingProxyType(json.loads(text))
