"""The recognizer's networks: plain matrix products at run time, no framework.

Each is the convolutional token encoder of spaCy's NER (hash embeddings and static vectors, mixed by
a maxout layer, then four residual maxout layers over windows of three words), started from the
weights of ``en_core_web_md`` and trained on for toponyms. Three heads read it: tags of toponyms,
how a toponym is used, and the entity types of the stock model, which it keeps so that it knows what
is no place. The heads for toponyms also see the mean encoding of the same word elsewhere in the
document and what the gazetteer knows. Dense products run two to three times as fast through
numpy's BLAS as through spaCy's, which is what pays for several networks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from geomap.model import noun
from geomap.recognize.lexemes import Lexemes

if TYPE_CHECKING:
    from collections.abc import Mapping

    Floats = NDArray[np.float32]

LAYERS = 4

# Blank words between sequences, so that a window never sees two of them; as many as an encoding
# reaches, which is what the stock weights were trained with.
GAP = 4

_TINY = np.float32(1e-8)


@noun
class Batch:
    """Words to encode, in sequences of ``lengths``.

    ``scope`` (n words) numbers the part of a document within which the same word informs itself;
    ``known`` (n words, features) is what the gazetteer knows.
    """

    lexemes: Lexemes
    lengths: Sequence[int]
    scope: NDArray[np.intp]
    known: Floats


@noun
class Scores:
    """Probabilities per word: of toponym tags, uses, and entity tags."""

    tags: Floats
    uses: Floats
    entities: Floats


def predict(weights: Mapping[str, Floats], batch: Batch) -> Scores:
    """Run one network over a batch."""
    encoded = encode(weights, batch)
    inputs = np.concatenate([encoded, elsewhere(encoded, batch), batch.known], axis=1)
    hidden = maxout(inputs, weights, "head")
    return Scores(
        tags=_softmax(hidden @ weights["tags.W"].T + weights["tags.b"]),
        uses=_softmax(hidden @ weights["uses.W"].T + weights["uses.b"]),
        entities=_softmax(encoded @ weights["entities.W"].T + weights["entities.b"]),
    )


def average(scores: Sequence[Scores]) -> Scores:
    """Average what several networks say of the same words."""
    return Scores(
        tags=np.mean([s.tags for s in scores], axis=0),
        uses=np.mean([s.uses for s in scores], axis=0),
        entities=np.mean([s.entities for s in scores], axis=0),
    )


def encode(weights: Mapping[str, Floats], batch: Batch) -> Floats:
    """Return the encoding (n words, width) of each word in its sequence."""
    words = embed(weights, batch.lexemes)
    places, size = layout(batch.lengths)
    stream = np.zeros((size, words.shape[1]), np.float32)
    stream[places] = words[batch.lexemes.index]
    for layer in range(1, LAYERS + 1):
        stream += maxout(window(stream), weights, f"layer{layer}")
    return stream[places]


def embed(weights: Mapping[str, Floats], lexemes: Lexemes) -> Floats:
    """Return the embedding (m lexemes, width) of each distinct word, without its context."""
    parts = [
        weights[f"table{number}"][lexemes.rows[:, number]].sum(axis=1)
        for number in range(lexemes.rows.shape[1])
    ]
    parts.append(lexemes.vectors @ weights["vectors"].T)
    return maxout(np.concatenate(parts, axis=1), weights, "mix")


def layout(lengths: Sequence[int]) -> tuple[NDArray[np.intp], int]:
    """Return where each word stands in a stream with gaps between sequences, and its size."""
    counts = np.asarray(lengths, dtype=np.intp)
    gaps = GAP * np.arange(1, len(counts) + 1)
    places = np.arange(counts.sum()) + np.repeat(gaps, counts)
    return places, int(counts.sum() + GAP * (len(counts) + 1))


def window(stream: Floats) -> Floats:
    """Put each row between its neighbors: (n, width) to (n, 3 width)."""
    width = stream.shape[1]
    wide = np.zeros((len(stream), 3 * width), np.float32)
    wide[1:, :width] = stream[:-1]
    wide[:, width : 2 * width] = stream
    wide[:-1, 2 * width :] = stream[1:]
    return wide


def maxout(inputs: Floats, weights: Mapping[str, Floats], name: str) -> Floats:
    """Return the normalized largest of the pieces of a linear layer (Goodfellow et al. 2013)."""
    scale = weights[f"{name}.scale"]
    width = len(scale)
    pieces = inputs @ weights[f"{name}.W"].T
    pieces += weights[f"{name}.b"]
    top = pieces[:, :width]
    for start in range(width, pieces.shape[1], width):
        top = np.maximum(top, pieces[:, start : start + width])
    centered = top - top.mean(axis=1, keepdims=True)
    variance = (centered * centered).mean(axis=1, keepdims=True) + _TINY
    normalized: Floats = centered / np.sqrt(variance) * scale + weights[f"{name}.shift"]
    return normalized


def elsewhere(encoded: Floats, batch: Batch) -> Floats:
    """Return the mean encoding of the same word elsewhere in its scope, zero where it is alone."""
    group, counts = same_words(batch)
    sums = group_sums(encoded, group, len(counts))
    others = np.maximum(counts[group] - 1, 1)[:, None].astype(np.float32)
    return (sums[group] - encoded) / others


def same_words(batch: Batch) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the words alike in a scope one number; return it for each word, and the counts."""
    folded = batch.lexemes.folded
    keys = batch.scope * (int(folded.max(initial=0)) + 1) + folded
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return group, counts


def group_sums(rows: Floats, group: NDArray[np.intp], count: int) -> Floats:
    """Sum the rows of each group: (n, width) to (count, width)."""
    sums = np.zeros((count, rows.shape[1]), np.float32)
    np.add.at(sums, group, rows)
    return sums


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
