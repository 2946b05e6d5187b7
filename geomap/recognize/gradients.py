"""Gradients of the networks, by hand: training needs no framework either.

Follows :mod:`geomap.recognize.network` backwards, layer by layer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geomap.model import noun
from geomap.recognize.lexemes import HASHES, TABLE_ROWS
from geomap.recognize.network import (
    LAYERS,
    Batch,
    elsewhere,
    group_sums,
    layout,
    same_words,
    window,
)

Floats = NDArray[np.float32]
Weights = dict[str, Floats]

_TABLES = len(TABLE_ROWS)
_TINY = np.float32(1e-8)


@noun
class Noise:
    """Dropout of hidden units, and of the identity of words (their norm and vector)."""

    random: np.random.Generator
    units: float
    words: float

    def mask(self, shape: tuple[int, ...], rate: float) -> Floats:
        """Return zeros with probability ``rate``, else what keeps the mean."""
        kept = self.random.random(shape, dtype=np.float32) >= rate
        return (kept / np.float32(1 - rate)).astype(np.float32)


class Pass:
    """One pass forward over a batch, which remembers what the way back needs."""

    def __init__(self, weights: Weights, batch: Batch, noise: Noise) -> None:
        """Run forward; ``tags``, ``uses`` and ``entities`` are log-probabilities (words, n)."""
        self._weights = weights
        self._batch = batch
        self._noise = noise
        self._layers: dict[str, tuple[Floats, ...]] = {}
        self._encoded = self._encode()
        inputs = (self._encoded, elsewhere(self._encoded, batch), batch.known)
        self._hidden = self._maxout(np.concatenate(inputs, axis=1), "head")
        self.tags = self._head(self._hidden, "tags")
        self.uses = self._head(self._hidden, "uses")
        self.entities = self._head(self._encoded, "entities")

    def _head(self, inputs: Floats, name: str) -> Floats:
        scores = inputs @ self._weights[f"{name}.W"].T + self._weights[f"{name}.b"]
        scores -= scores.max(axis=1, keepdims=True)
        shares: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return shares

    def _encode(self) -> Floats:
        words = self._embed()
        self._places, size = layout(self._batch.lengths)
        stream = np.zeros((size, words.shape[1]), np.float32)
        stream[self._places] = words[self._batch.lexemes.index]
        for layer in range(1, LAYERS + 1):
            stream = stream + self._maxout(window(stream), f"layer{layer}")
        return stream[self._places]

    def _embed(self) -> Floats:
        lexemes, weights = self._batch.lexemes, self._weights
        self._known_words = self._noise.mask((len(lexemes.rows), 1), self._noise.words) > 0
        parts = [weights[f"table{n}"][lexemes.rows[:, n]].sum(axis=1) for n in range(_TABLES)]
        parts[0] = parts[0] * self._known_words
        self._vectors = lexemes.vectors * self._known_words
        parts.append(self._vectors @ weights["vectors"].T)
        return self._maxout(np.concatenate(parts, axis=1), "mix")

    def _maxout(self, inputs: Floats, name: str) -> Floats:
        weights = self._weights
        width = len(weights[f"{name}.scale"])
        pieces = inputs @ weights[f"{name}.W"].T
        pieces += weights[f"{name}.b"]
        top = pieces.reshape(len(pieces), -1, width).max(axis=1)
        centered = top - top.mean(axis=1, keepdims=True)
        inverse = 1 / np.sqrt((centered * centered).mean(axis=1, keepdims=True) + _TINY)
        normalized = centered * inverse
        mask = self._noise.mask(top.shape, self._noise.units)
        self._layers[name] = (inputs, pieces, top, normalized, inverse, mask)
        out: Floats = (normalized * weights[f"{name}.scale"] + weights[f"{name}.shift"]) * mask
        return out

    def gradients(self, tags: Floats, uses: Floats, entities: Floats) -> Weights:
        """Return the gradient of every weight, given those of the three heads' scores."""
        weights = self._weights
        grads: Weights = {}
        for name, above, below in (
            ("tags", tags, self._hidden),
            ("uses", uses, self._hidden),
            ("entities", entities, self._encoded),
        ):
            grads[f"{name}.W"] = above.T @ below
            grads[f"{name}.b"] = above.sum(axis=0)
        hidden = tags @ weights["tags.W"] + uses @ weights["uses.W"]
        inputs = self._maxout_back(hidden, "head", grads)
        encoded = entities @ weights["entities.W"] + self._inputs_back(inputs)
        self._encode_back(encoded, grads)
        return grads

    def _inputs_back(self, inputs: Floats) -> Floats:
        """Undo the concatenation of a word's encoding and that of the same words elsewhere."""
        width = self._encoded.shape[1]
        group, counts = same_words(self._batch)
        others = np.maximum(counts[group] - 1, 1)[:, None].astype(np.float32)
        shared = inputs[:, width : 2 * width] / others
        back: Floats = group_sums(shared, group, len(counts))[group] - shared
        return back + inputs[:, :width]

    def _encode_back(self, encoded: Floats, grads: Weights) -> None:
        lexemes = self._batch.lexemes
        layers = self._layers["layer1"][1]
        stream = np.zeros((len(layers), encoded.shape[1]), np.float32)
        stream[self._places] = encoded
        for layer in range(LAYERS, 0, -1):
            stream = stream + _window_back(self._maxout_back(stream, f"layer{layer}", grads))
        words = group_sums(stream[self._places], lexemes.index, len(lexemes.rows))
        self._embed_back(self._maxout_back(words, "mix", grads), grads)

    def _embed_back(self, parts: Floats, grads: Weights) -> None:
        rows = self._batch.lexemes.rows
        width = parts.shape[1] // (_TABLES + 1)
        grads["vectors"] = parts[:, _TABLES * width :].T @ self._vectors
        for number, size in enumerate(TABLE_ROWS):
            part = parts[:, number * width : (number + 1) * width]
            if number == 0:
                part = part * self._known_words
            table = np.zeros((size, width), np.float32)
            for hashed in range(HASHES):
                np.add.at(table, rows[:, number, hashed], part)
            grads[f"table{number}"] = table

    def _maxout_back(self, above: Floats, name: str, grads: Weights) -> Floats:
        inputs, pieces, top, normalized, inverse, mask = self._layers[name]
        weights = self._weights
        above = above * mask
        grads[f"{name}.scale"] = (above * normalized).sum(axis=0)
        grads[f"{name}.shift"] = above.sum(axis=0)
        above = above * weights[f"{name}.scale"]
        along = normalized * (above * normalized).mean(axis=1, keepdims=True)
        above = inverse * (above - above.mean(axis=1, keepdims=True) - along)
        width = top.shape[1]
        back = np.empty_like(pieces)
        for start in range(0, pieces.shape[1], width):
            part = slice(start, start + width)
            np.multiply(above, pieces[:, part] >= top, out=back[:, part])
        grads[f"{name}.W"] = back.T @ inputs
        grads[f"{name}.b"] = back.sum(axis=0)
        return back @ weights[f"{name}.W"]


def _window_back(wide: Floats) -> Floats:
    """Undo :func:`geomap.recognize.network.window` for gradients."""
    width = wide.shape[1] // 3
    stream = wide[:, width : 2 * width].copy()
    stream[:-1] += wide[1:, :width]
    stream[1:] += wide[:-1, 2 * width :]
    return stream


class Adam:
    """The optimizer of Kingma and Ba (2015), with weight decay and clipping of the gradient."""

    def __init__(self, weights: Weights, *, decay: float, clip: float) -> None:
        self._weights = weights
        self._decay = decay
        self._clip = clip
        self._mean = {name: np.zeros_like(array) for name, array in weights.items()}
        self._square = {name: np.zeros_like(array) for name, array in weights.items()}
        self._steps = 0

    def step(self, grads: Weights, rate: float) -> None:
        """Change the weights in place."""
        self._steps += 1
        norm = np.sqrt(sum(float((grad * grad).sum()) for grad in grads.values()))
        shrink = np.float32(min(1.0, self._clip / (norm + 1e-9)))
        scale = rate * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        for name in sorted(grads):
            grad, mean, square = grads[name] * shrink, self._mean[name], self._square[name]
            mean += np.float32(0.1) * (grad - mean)
            square += np.float32(0.001) * (grad * grad - square)
            self._weights[name] -= np.float32(scale) * mean / (np.sqrt(square) + _TINY)
            if name.endswith((".W", "vectors")):
                self._weights[name] *= np.float32(1 - rate * self._decay)
