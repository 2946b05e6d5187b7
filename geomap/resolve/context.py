"""What the other names of a document say of a reading of one of them.

Every name votes with its current best reading. All names are judged against the same votes, so the
order in which they are looked at does not matter. A name hears the names near it in the text (at
least ``WINDOW`` on either side), so that the work grows with the length of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from geomap.resolve.sides import WINDOW, Coder, Mask, Side, equal
from geomap.resolve.sphere import Array, pairwise_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.resolve.names import Name


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
_FAR = float(np.log1p(20_100.0))


def context_matrix(
    names: Sequence[Name], best: Sequence[int | None], trust: Sequence[float]
) -> Array:
    """Return the context features, a row a reading.

    ``best`` is the index of each name's current reading (``None``: none), ``trust`` how probable
    it is.
    """
    coder = Coder()
    votes = [
        (index, names[index].readings[choice].place)
        for index, choice in enumerate(best)
        if choice is not None
    ]
    weights = np.array([trust[index] for index, _ in votes])
    orders = [index for index, _ in votes]
    blocks = []
    for first in range(0, len(names), WINDOW):
        judged = [
            (index, reading.place)
            for index in range(first, min(len(names), first + WINDOW))
            for reading in names[index].readings
        ]
        heard = slice(bisect_left(orders, first - WINDOW), bisect_left(orders, first + 2 * WINDOW))
        voting = coder.side(votes[heard], names)
        blocks.append(_block(coder.side(judged, names), voting, weights[heard]))
    return np.vstack(blocks) if blocks else np.zeros((0, len(CONTEXT)))


def _block(judged: Side, voting: Side, weights: Array) -> Array:
    """Return the rows of the readings ``judged``, heard the votes of ``voting``."""
    rows, columns = len(judged.order), len(voting.order)
    if not rows or not columns:
        return np.tile(_silence(), (rows, 1))
    same_name = judged.key[:, None] == voting.key
    same_place = judged.id[:, None] == voting.id
    itself = judged.order[:, None] == voting.order
    weight = np.where(same_name, 0.0, weights)
    apart = np.abs(judged.order[:, None] - voting.order)
    near = weight * np.exp(-apart / _FADE)
    same_country = equal(judged.country, voting.country)
    same_admin1 = equal(judged.admin1, voting.admin1)
    inside = _inside(judged, voting) & ~same_place & ~same_name
    holds = _inside(voting, judged).T & ~same_place & ~same_name
    log_km = np.log1p(pairwise_km(judged.vector, voting.vector))
    log_km = np.where(same_name | ~voting.precise | np.isnan(log_km), _FAR, log_km)
    ascending = np.sort(log_km, axis=1)
    close = np.where(apart <= _NEIGHBORS, log_km, _FAR)
    again = same_name & ~itself
    return np.column_stack(
        (
            _share(same_country, weight),
            _share(same_admin1, weight),
            _share(same_country, near),
            _share(same_admin1, near),
            ascending[:, 0],
            ascending[:, min(1, columns - 1)],
            ascending[:, columns // 2],
            close.min(axis=1),
            (inside * weight).sum(axis=1),
            np.log1p((holds * weight).sum(axis=1)),
            ((again & same_place) * weights).sum(axis=1),
            ((again & ~same_place) * weights).sum(axis=1),
        )
    )


def _silence() -> Array:
    """Return the features of a name that no other name stands beside."""
    return np.array([_FAR if column.endswith("_km") else 0.0 for column in CONTEXT])


def _inside(inner: Side, outer: Side) -> Mask:
    """Tell for every pair whether the first lies in the second."""
    held = equal(inner.country, outer.area) | equal(inner.admin1, outer.area)
    positions: dict[str, list[int]] = {}
    for column, place_id in enumerate(outer.ids):
        positions.setdefault(place_id, []).append(column)
    for row, parents in enumerate(inner.parents):
        for parent in parents & positions.keys():
            held[row, positions[parent]] = True
    return held


def _share(agreeing: Mask, weight: Array) -> Array:
    """Return which part of the weight agrees, 0 where nobody votes."""
    everything = weight.sum(axis=1)
    share: Array = np.where(agreeing, weight, 0.0).sum(axis=1) / np.maximum(everything, 1e-9)
    return share
