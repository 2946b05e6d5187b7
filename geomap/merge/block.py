"""Which pairs are worth comparing: same family, places that can be one, days that can be one.

Everything is looked up, so the work grows with the number of facets and not with its square. Where
very many facets fall together (one city, one day) each is compared with its neighbors in an order
that puts like beside like: the sorted-neighborhood method (Hernandez and Stolfo 1995, "The
merge/purge problem for large databases").

Facets are filed by family, joint or not, place, and day (:mod:`geomap.merge.cards`). One that tells
no day, or a long window, is kept by periods: those of its window, or the one in which it was
published, as it tells of nothing older than a report may be late.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import MEAN_RADIUS_KM, great_circle_km
from geomap.merge.cards import ANY_DAY, shelf_number
from geomap.merge.facets import Extent, Scope
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from geomap.merge.cards import Card, Days
    from geomap.model import Point

    Numbers = NDArray[np.int64]

# Facets of one place and day that a facet is compared with, to either side.
NEIGHBORS = 24

# An odd number that spreads days over all bits (from the golden ratio, as Knuth has it).
_SPREAD = np.int64(0x1E3779B97F4A7C15)


def pairs(cards: Sequence[Card], groups: Sequence[str], distance_km: float) -> Numbers:
    """Return the pairs of indices (low, high) into ``cards`` to compare, in order, each once.

    ``groups`` are the near-copy groups of their documents: a facet without a place is only compared
    inside its group, or with those that tell the same toll. Places within ``distance_km`` are
    compared. The shape is (pairs, 2).
    """
    kept = _kept(cards, groups)
    asked = _asked(cards, groups, distance_km)
    order = np.argsort(kept.codes, kind="stable")
    codes, holders = kept.codes[order], kept.numbers[order]
    begin = np.searchsorted(codes, asked.codes, side="left")
    size = np.searchsorted(codes, asked.codes, side="right") - begin
    quiet = size <= NEIGHBORS
    one = np.repeat(asked.numbers[quiet], size[quiet])
    other = holders[_ranges(begin[quiet], size[quiet])]
    crowded = np.flatnonzero(~quiet)
    places = zip(begin[crowded].tolist(), size[crowded].tolist(), strict=True)
    beside = _in_crowds(cards, holders, asked.numbers[crowded].tolist(), places)
    return _in_order(np.concatenate((one, beside[0])), np.concatenate((other, beside[1])))


def _in_order(one: Numbers, other: Numbers) -> Numbers:
    """Return pairs of different numbers, the lower first, sorted and each once."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    low, high = low[one != other], high[one != other]
    codes = np.sort((low << np.int64(32)) | high)
    codes = codes[np.diff(codes, prepend=np.int64(-1)) != 0]
    return np.stack((codes >> np.int64(32), codes & np.int64(0xFFFFFFFF)), axis=1)


@noun
class _Filed:
    """Facets by place and day: ``codes`` stand for a shelf on a day, ``numbers`` for the facets."""

    codes: Numbers
    numbers: Numbers


def _filed(shelves: Sequence[Sequence[int]], days: Sequence[Sequence[Days]]) -> _Filed:
    """File facets by all their shelves, and on each of these by the days of each in ``days``."""
    n_shelves = np.fromiter(map(len, shelves), np.int64, len(shelves))
    flat = np.fromiter(chain.from_iterable(shelves), np.int64, int(n_shelves.sum()))
    numbers = np.repeat(np.arange(len(shelves), dtype=np.int64), n_shelves)
    codes: list[Numbers] = []
    holders: list[Numbers] = []
    for spans in days:
        first, end = np.array(spans, dtype=np.int64).reshape(-1, 2)[numbers].T
        size = end - first
        codes.append(np.repeat(flat, size) ^ (_ranges(first, size) * _SPREAD))
        holders.append(np.repeat(numbers, size))
    return _Filed(codes=np.concatenate(codes), numbers=np.concatenate(holders))


def _ranges(first: Numbers, size: Numbers) -> Numbers:
    """Return the numbers from each ``first`` on, so many of each, one after another."""
    ends = np.cumsum(size)
    return np.arange(size.sum(), dtype=np.int64) + np.repeat(first - ends + size, size)


def _kept(cards: Sequence[Card], groups: Sequence[str]) -> _Filed:
    asked = {group for card, group in zip(cards, groups, strict=True) if not card.places}
    shelves = [
        (*card.shelves, _group_shelf(card, group)) if group in asked else card.shelves
        for card, group in zip(cards, groups, strict=True)
    ]
    return _filed(shelves, [[card.kept for card in cards]])


def _asked(cards: Sequence[Card], groups: Sequence[str], distance_km: float) -> _Filed:
    near = _near_places(cards, distance_km)
    shelves: list[Sequence[int]] = []
    for card, group in zip(cards, groups, strict=True):
        asks = card.asks
        if not card.places:
            asks = (*asks, _group_shelf(card, group))
        elif card.places[0] in near and card.scope is not Scope.JOINT:
            others = near[card.places[0]]
            asks = (*asks, *(shelf_number(card.family, at, joint=False) for at in others))
        shelves.append(asks)
    days = [card.asked[0] for card in cards]
    periods = [card.asked[1] for card in cards]
    return _filed(shelves, [[ANY_DAY] * len(cards), days, periods])


def _group_shelf(card: Card, group: str) -> int:
    return shelf_number(card.family, f"group {group}", joint=card.scope is Scope.JOINT)


def _in_crowds(
    cards: Sequence[Card],
    holders: Numbers,
    asking: Sequence[int],
    places: Iterable[tuple[int, int]],
) -> tuple[Numbers, Numbers]:
    """Return pairs of those asking and their neighbors in crowds, each of which begins somewhere.

    ``places`` are the beginnings of the crowds in ``holders``, and their sizes.
    """
    crowds: dict[int, list[tuple[object, int]]] = {}
    one: list[int] = []
    other: list[int] = []
    for number, (begin, size) in zip(asking, places, strict=True):
        if begin not in crowds:
            members = holders[begin : begin + size].tolist()
            crowds[begin] = sorted((cards[member].likeness, member) for member in members)
        crowd = crowds[begin]
        middle = bisect_left(crowd, (cards[number].likeness, number))
        found = crowd[max(0, middle - NEIGHBORS) : middle + NEIGHBORS + 1]
        one += [number] * len(found)
        other += [member for _, member in found]
    return np.array(one, dtype=np.int64), np.array(other, dtype=np.int64)


def _near_places(cards: Sequence[Card], distance_km: float) -> dict[str, tuple[str, ...]]:
    """Return for each spot the other spots within ``distance_km``."""
    points = {
        card.places[0]: card.point or card.seat for card in cards if card.extent is Extent.SPOT
    }
    cells: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for place, point in sorted(points.items()):
        if point:
            cells[_cell(point, distance_km)].append(place)
    near: dict[str, list[str]] = defaultdict(list)
    for one, other in _cell_pairs(cells):
        here, there = points[one], points[other]
        if here and there and great_circle_km(here, there) <= distance_km:
            near[one].append(other)
            near[other].append(one)
    return {place: tuple(sorted(others)) for place, others in near.items()}


def _cell_pairs(
    cells: Mapping[tuple[int, int, int], list[str]],
) -> Iterator[tuple[str, str]]:
    """Yield pairs of places in the same cell and in neighboring cells, each once."""
    for (x, y, z), places in cells.items():
        yield from combinations(places, 2)
        for dx, dy, dz in product((-1, 0, 1), repeat=3):
            if (dx, dy, dz) > (0, 0, 0):
                yield from product(places, cells.get((x + dx, y + dy, z + dz), ()))


def _cell(point: Point, side_km: float) -> tuple[int, int, int]:
    """Return the cube of space a point of the globe lies in: no seam at poles or antimeridian."""
    lon, lat = math.radians(point.lon), math.radians(point.lat)
    scale = MEAN_RADIUS_KM / side_km
    return (
        math.floor(math.cos(lat) * math.cos(lon) * scale),
        math.floor(math.cos(lat) * math.sin(lon) * scale),
        math.floor(math.sin(lat) * scale),
    )
