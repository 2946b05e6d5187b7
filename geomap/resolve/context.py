"""What the other names of a document say of a reading of one of them.

Every name votes with its current best reading. All names are judged against the same votes, so the
order in which they are looked at does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geomap.resolve.relations import FAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.resolve.relations import Block, Codes, Mask, Relations
    from geomap.resolve.sphere import Array

CONTEXT = (
    "country_votes",
    "admin1_votes",
    "nearby_country_votes",
    "nearby_admin1_votes",
    "log_nearest_km",
    "log_second_km",
    "log_median_km",
    "log_neighbor_km",
    "parents_found",
    "children_found",
    "same_name_agrees",
    "same_name_differs",
)

_NEIGHBORS = 3
_FADE = 3.0


def context_matrix(relations: Relations, best: Sequence[int], trust: Sequence[float]) -> Array:
    """Return the context features, a row a reading.

    ``best`` are the rows of the names' current readings, ascending, ``trust`` how probable they
    are.
    """
    result = np.zeros((relations.offsets[-1], len(CONTEXT)))
    rows, weights = np.asarray(best, dtype=np.int64), np.asarray(trust)
    for block in relations.blocks:
        first, last = np.searchsorted(rows, (block.columns.start, block.columns.stop))
        votes = rows[first:last] - block.columns.start
        result[block.rows] = _judged(block, votes, weights[first:last])
    return result


def _judged(block: Block, votes: Codes, weights: Array) -> Array:
    """Return the rows of a block, heard the votes of some of its columns."""
    same_name, apart = block.same_name[:, votes], block.apart[:, votes]
    same_place = block.same_place[:, votes]
    weight = np.where(same_name, 0.0, weights)
    near = weight * np.exp(-apart / _FADE)
    inside = block.inside[:, votes] & ~same_name
    holds = block.holds[:, votes] & ~same_name
    again = same_name & ~block.itself[:, votes]
    same_country, same_admin1 = block.same_country[:, votes], block.same_admin1[:, votes]
    return np.column_stack(
        (
            _share(same_country, weight),
            _share(same_admin1, weight),
            _share(same_country, near),
            _share(same_admin1, near),
            _distances(np.where(same_name, FAR, block.log_km[:, votes]), apart),
            (inside * weight).sum(axis=1),
            np.log1p((holds * weight).sum(axis=1)),
            ((again & same_place) * weights).sum(axis=1),
            ((again & ~same_place) * weights).sum(axis=1),
        )
    )


def _distances(log_km: Array, apart: Array) -> Array:
    """Return the nearest, second and median distance, and the nearest among the neighbors."""
    ascending = np.sort(log_km, axis=1)
    count = ascending.shape[1]
    close = np.where(apart <= _NEIGHBORS, log_km, FAR)
    return np.column_stack(
        (
            ascending[:, 0],
            ascending[:, min(1, count - 1)],
            ascending[:, count // 2],
            close.min(axis=1),
        )
    )


def _share(agreeing: Mask, weight: Array) -> Array:
    """Return which part of the weight agrees, 0 where nobody votes."""
    everything = weight.sum(axis=1)
    share: Array = np.where(agreeing, weight, 0.0).sum(axis=1) / np.maximum(everything, 1e-9)
    return share
