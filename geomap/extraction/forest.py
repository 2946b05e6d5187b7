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


_SHALLOW = 4  # levels that are walked by all trees together
_AT_ONCE = 128  # rows that are judged together; more would not stay in the processor's cache


class Forest:
    """Trees as one list of nodes; a leaf is its own child.

    ``tables`` has one entry a tree: ``feature``, ``threshold``, ``left``, ``right``, ``value``, all
    lists of the tree's nodes; a leaf has feature -1.
    """

    def __init__(self, tables: Sequence[Any], bias: float) -> None:
        sizes = [len(table["feature"]) for table in tables]
        self._roots = np.cumsum([0, *sizes[:-1]])
        self._bias = bias
        feature = np.concatenate([np.asarray(table["feature"]) for table in tables])
        self._leaf = feature < 0
        # A leaf asks any question, as both answers lead to itself.
        self._feature = np.where(self._leaf, 0, feature)
        self._threshold = np.concatenate([np.asarray(table["threshold"]) for table in tables])
        self._value = np.concatenate([np.asarray(table["value"]) for table in tables])
        own = np.arange(len(feature))
        sides = [
            np.where(self._leaf, own, _joined(tables, side, self._roots))
            for side in ("right", "left")
        ]
        self._children = np.stack(sides, axis=1).ravel()  # right at 2n, left at 2n + 1

    def probabilities(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the probability of each row of features."""
        parts = [rows[n : n + _AT_ONCE] for n in range(0, len(rows), _AT_ONCE)]
        scores = [score for part in parts for score in self._scores(part)]
        return [1.0 / (1.0 + math.exp(-score)) for score in scores]

    def _scores(self, rows: Sequence[Sequence[float]]) -> list[float]:
        data = np.asarray(rows, dtype=np.float64)
        at, line = np.broadcast_arrays(self._roots, (np.arange(len(data)) * data.shape[1])[:, None])
        at, line, values = at.ravel(), line.ravel(), data.ravel()
        for _ in range(_SHALLOW):  # nearly all trees go on
            at = self._below(at, line, values)
        going = np.flatnonzero(~self._leaf[at])
        while len(going):
            at[going] = self._below(at[going], line[going], values)
            going = going[~self._leaf[at[going]]]
        at = at.reshape(len(data), -1)
        return [float(score) for score in self._value[at].sum(axis=1) + self._bias]

    def _below(
        self, at: NDArray[np.int64], line: NDArray[np.int64], values: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Return the children that nodes lead to; ``line`` is where the row of each begins."""
        # ``take`` looks numbers up in half the time that brackets need.
        left = values.take(line + self._feature.take(at)) <= self._threshold.take(at)
        return self._children.take(2 * at + left)


def _joined(tables: Sequence[Any], side: str, roots: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one kind of children of all trees, counted through all of them."""
    parts = [np.asarray(table[side]) + root for table, root in zip(tables, roots, strict=True)]
    return np.concatenate(parts)


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
