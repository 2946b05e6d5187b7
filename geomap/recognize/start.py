"""Where training starts: the weights of the stock model's own encoder, and empty heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.recognize.lexemes import TABLE_ROWS
from geomap.recognize.network import LAYERS

if TYPE_CHECKING:
    from spacy.language import Language
    from thinc.api import Model

    from geomap.recognize.gradients import Floats, Weights

_HIDDEN = 128
_PIECES = 2


def initial(language: Language, *, sizes: tuple[int, int, int], features: int) -> Weights:
    """Return weights to start from, for heads of ``sizes`` tags, uses and entity tags."""
    weights = _encoder(language)
    width = len(weights["mix.scale"])
    inputs = 2 * width + features
    numbers = np.random.default_rng(0)
    first = numbers.standard_normal((_PIECES * _HIDDEN, inputs)) / np.sqrt(inputs)
    weights["head.W"] = first.astype(np.float32)
    weights["head.b"] = np.zeros(_PIECES * _HIDDEN, np.float32)
    weights["head.scale"] = np.ones(_HIDDEN, np.float32)
    weights["head.shift"] = np.zeros(_HIDDEN, np.float32)
    below = (_HIDDEN, _HIDDEN, width)
    for name, size, inner in zip(("tags", "uses", "entities"), sizes, below, strict=True):
        weights[f"{name}.W"] = np.zeros((size, inner), np.float32)
        weights[f"{name}.b"] = np.zeros(size, np.float32)
    return weights


def _encoder(language: Language) -> Weights:
    """Take the weights of the encoder of the pipeline's NER."""
    encoder = language.get_pipe("ner").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    nodes = list(encoder.walk())
    weights: Weights = {}
    tables = sorted(
        (node for node in nodes if node.name == "hashembed"), key=lambda node: node.attrs["seed"]
    )
    for number, (node, rows) in enumerate(zip(tables, TABLE_ROWS, strict=True)):
        weights[f"table{number}"] = _parameter(node, "E")
        assert weights[f"table{number}"].shape[0] == rows
    static = next(node for node in nodes if node.name == "static_vectors")
    weights["vectors"] = _parameter(static, "W")
    pairs = [node.layers for node in nodes if node.name == "maxout>>layernorm"]
    # The layer that mixes the embeddings has the most inputs; the others stay in their order.
    pairs.sort(key=lambda pair: -int(pair[0].get_dim("nI")))
    for number, (layer, norm) in enumerate(pairs):
        weights.update(_layer(f"layer{number}" if number else "mix", layer, norm))
    assert len(pairs) == LAYERS + 1
    return weights


def _layer(name: str, layer: Model[Any, Any], norm: Model[Any, Any]) -> Weights:
    """Lay the pieces of a maxout layer one after another, as our products want them."""
    weight, bias = _parameter(layer, "W"), _parameter(layer, "b")
    inputs = weight.shape[2]
    return {
        f"{name}.W": np.ascontiguousarray(weight.transpose(1, 0, 2)).reshape(-1, inputs),
        f"{name}.b": np.ascontiguousarray(bias.T).reshape(-1),
        f"{name}.scale": _parameter(norm, "G"),
        f"{name}.shift": _parameter(norm, "b"),
    }


def _parameter(node: Model[Any, Any], name: str) -> Floats:
    return np.array(node.get_param(name), dtype=np.float32)
