"""How far the other names of a document can, in any of their readings, be in line with a reading.

Votes of current bests (:mod:`geomap.resolve.context`) go wrong together when all bests are wrong.
Support asks less: how many of the other names *could* lie in the same area, or close by? A name
with few areas to choose from counts for more. Weighed by the probability of each reading, the same
question becomes a soft vote.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log2
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import Place, noun
from geomap.resolve.sides import WINDOW, Coder, Side, equal
from geomap.resolve.sphere import Array, pairwise_km

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.resolve.names import Name

SUPPORT = ("country_support", "admin1_support", "near_support", "around_support")

_HEARD_READINGS = 6
_NEAR_KM = 40.0
_AROUND_KM = 200.0


@noun
class _Voice:
    """The readings by which one name is heard."""

    order: int
    key: str
    places: tuple[Place, ...]
    weights: tuple[float, ...]

    @property
    def telling(self) -> float:
        """Return how much the name tells: less, the more first-level areas it may lie in."""
        areas = {(place.country, place.admin1) for place in self.places}
        return 1 / log2(1 + len(areas))


def support_matrix(names: Sequence[Name], weights: Array | None = None) -> Array:
    """Return the support features, a row a reading.

    ``weights`` are the probabilities of all readings, a row each; without, all count as one.
    """
    coder = Coder()
    voices = _voices(names, weights)
    orders = [voice.order for voice in voices]
    blocks = []
    for first in range(0, len(names), WINDOW):
        judged = [
            (index, reading.place)
            for index in range(first, min(len(names), first + WINDOW))
            for reading in names[index].readings
        ]
        heard = voices[
            bisect_left(orders, first - WINDOW) : bisect_left(orders, first + 2 * WINDOW)
        ]
        blocks.append(_block(coder.side(judged, names), heard, names, coder))
    return np.vstack(blocks) if blocks else np.zeros((0, len(SUPPORT)))


def _voices(names: Sequence[Name], weights: Array | None) -> list[_Voice]:
    """Return the names that have readings, each with the few that weigh most."""
    voices = []
    row = 0
    for index, name in enumerate(names):
        count = len(name.readings)
        own = np.ones(count) if weights is None else weights[row : row + count]
        row += count
        if count:
            heard = [int(n) for n in np.argsort(-own, kind="stable")[:_HEARD_READINGS]]
            voices.append(
                _Voice(
                    order=index,
                    key=name.key,
                    places=tuple(name.readings[n].place for n in heard),
                    weights=tuple(float(own[n]) for n in heard),
                )
            )
    return voices


def _block(judged: Side, voices: Sequence[_Voice], names: Sequence[Name], coder: Coder) -> Array:
    if not len(judged.order) or not voices:
        return np.zeros((len(judged.order), len(SUPPORT)))
    rows = [(voice.order, place) for voice in voices for place in voice.places]
    heard = coder.side(rows, names)
    weights = np.array([weight for voice in voices for weight in voice.weights])
    starts = np.cumsum([0, *(len(voice.places) for voice in voices)])[:-1]
    apart = np.nan_to_num(pairwise_km(judged.vector, heard.vector), nan=1e5)
    apart = np.where(heard.precise, apart, 1e5)
    telling = np.array([voice.telling for voice in voices])
    other = judged.key[:, None] != heard.key[starts]
    return np.column_stack(
        [
            _share(np.maximum.reduceat(agreeing * weights, starts, axis=1), telling * other)
            for agreeing in (
                equal(judged.country, heard.country),
                equal(judged.admin1, heard.admin1),
                np.exp(-apart / _NEAR_KM),
                np.exp(-apart / _AROUND_KM),
            )
        ]
    )


def _share(agreement: Array, weight: Array) -> Array:
    share: Array = (agreement * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
    return share
