"""The feature matrices of a document: a row for every reading of every name, in their order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from geomap.resolve.context import CONTEXT, context_matrix
from geomap.resolve.features import LOCAL, local_matrix
from geomap.resolve.ranker import probabilities
from geomap.resolve.support import SUPPORT, support_matrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation
    from geomap.resolve.names import Name
    from geomap.resolve.relations import Relations
    from geomap.resolve.setting import Setting
    from geomap.resolve.sphere import Array

FIRST = LOCAL + SUPPORT
"""The features by which readings are scored before anything is decided."""

SECOND = FIRST + CONTEXT + tuple(f"likely_{name}" for name in SUPPORT)
"""Those, and what the other names mean by the scores so far."""


def first_rows(
    names: Sequence[Name], relations: Relations, annotation: Annotation, setting: Setting
) -> Array:
    """Return the rows of the first scoring."""
    local = local_matrix(names, annotation, setting)
    return np.hstack((local, support_matrix(relations)))


def second_rows(relations: Relations, first: Array, scores: Array) -> Array:
    """Return the rows of a collective scoring, given the scores so far."""
    offsets = relations.offsets
    chances = chances_of(offsets, scores)
    spans = [(start, end) for start, end in pairwise(offsets) if end > start]
    best = [start + int(np.argmax(scores[start:end])) for start, end in spans]
    trust = [float(chances[row]) for row in best]
    votes = context_matrix(relations, best, trust)
    return np.hstack((first, votes, support_matrix(relations, chances)))


def chances_of(offsets: Sequence[int], scores: Array) -> Array:
    """Return the probability of every reading."""
    found = [probabilities(scores[start:end]) for start, end in pairwise(offsets) if end > start]
    return np.concatenate(found) if found else np.zeros(0)
