"""How far the other names of a document can, in any of their readings, be in line with a reading.

Votes of current bests (:mod:`geomap.resolve.context`) go wrong together when all bests are wrong.
Support asks less: how many of the other names *could* lie in the same area, or close by? A name
with few areas to choose from counts for more. Weighed by the probability of each reading, the same
question becomes a soft vote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from geomap.resolve.relations import Block, Relations
    from geomap.resolve.sphere import Array

SUPPORT = ("country_support", "admin1_support", "near_support", "around_support")

_NEAR_KM = 40.0
_AROUND_KM = 200.0


def support_matrix(relations: Relations, weights: Array | None = None) -> Array:
    """Return the support features, a row a reading.

    ``weights`` are the probabilities of all readings, a row each; without, all count as one.
    """
    result = np.zeros((relations.offsets[-1], len(SUPPORT)))
    for block in relations.blocks:
        heard = 1.0 if weights is None else weights[block.columns]
        result[block.rows] = _supported(block, heard)
    return result


def _supported(block: Block, heard: Array | float) -> Array:
    other = ~block.same_name[:, block.starts] * block.telling
    whole = np.maximum(other.sum(axis=1), 1e-9)
    km = np.expm1(block.log_km)
    agreements = (
        block.same_country,
        block.same_admin1,
        np.exp(-km / _NEAR_KM),
        np.exp(-km / _AROUND_KM),
    )
    return np.column_stack(
        [
            (np.maximum.reduceat(one * heard, block.starts, axis=1) * other).sum(axis=1) / whole
            for one in agreements
        ]
    )
