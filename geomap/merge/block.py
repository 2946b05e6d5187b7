"""Which pairs are worth comparing: same family, places that can be one, days that can be one.

Everything is looked up, so the work grows with the number of facets and not with its square. Where
very many facets fall together (one city, one day) each is compared with its neighbors in an order
that puts like beside like: the sorted-neighborhood method (Hernandez and Stolfo 1995, "The
merge/purge problem for large databases").
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from geomap.geo import MEAN_RADIUS_KM, great_circle_km
from geomap.merge.facets import Extent, Facet, Scope
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.merge.weights import Weights
    from geomap.model import Point

# Facets of one place and day that a facet is compared with, to either side.
NEIGHBORS = 24

_UNDATED = 0
_Bucket = tuple[str, bool, str, int]


def pairs(
    facets: Sequence[Facet], weights: Weights, group_of: Callable[[str], str]
) -> list[tuple[int, int]]:
    """Return the pairs of indices ``(low, high)`` into ``facets`` to compare, in order, each once.

    ``group_of`` gives the near-copy group of a document id: a facet without a place is only
    compared inside its group, or with those that tell the same toll.
    """
    blocks = _Blocks.of(facets, weights, group_of)
    found = {
        (min(number, other), max(number, other))
        for number in range(len(facets))
        for other in blocks.beside(number)
    }
    return sorted(found)


@noun
class _Blocks:
    """Facets by bucket: family, joint or not, place, day; each bucket with like beside like."""

    facets: Sequence[Facet]
    near: Mapping[str, tuple[str, ...]]
    gap_days: int
    group_of: Callable[[str], str]
    members: Mapping[_Bucket, list[int]]
    order: Sequence[tuple[object, ...]]

    @classmethod
    def of(
        cls, facets: Sequence[Facet], weights: Weights, group_of: Callable[[str], str]
    ) -> _Blocks:
        order = [_likeness(facet, number) for number, facet in enumerate(facets)]
        members: dict[_Bucket, list[int]] = defaultdict(list)
        for number, facet in enumerate(facets):
            for place, day in product(_shelves(facet, group_of), _days(facet, 0)):
                members[facet.family, facet.scope is Scope.JOINT, place, day].append(number)
        for numbers in members.values():
            numbers.sort(key=order.__getitem__)
        return cls(
            facets=facets,
            near=_near_places(facets, weights.distance_km),
            gap_days=weights.gap_days,
            group_of=group_of,
            members=members,
            order=order,
        )

    def beside(self, number: int) -> Iterator[int]:
        """Yield the facets to compare with facet ``number``."""
        facet = self.facets[number]
        days = {*_days(facet, self.gap_days), _UNDATED}
        for place, day in product(self._places(facet), days):
            bucket = (facet.family, facet.scope is Scope.JOINT, place, day)
            yield from (other for other in self._around(bucket, number) if other != number)

    def _places(self, facet: Facet) -> Iterable[str]:
        if not facet.place:
            return _shelves(facet, self.group_of)
        if facet.scope is Scope.JOINT:
            return [location.place.id for location in facet.places]
        return {facet.place.id, *self.near.get(facet.place.id, ()), *facet.place.parents}

    def _around(self, bucket: _Bucket, number: int) -> Sequence[int]:
        numbers = self.members.get(bucket, [])
        if len(numbers) <= NEIGHBORS:
            return numbers
        middle = bisect_left(numbers, self.order[number], key=self.order.__getitem__)
        return numbers[max(0, middle - NEIGHBORS) : middle + NEIGHBORS + 1]


def _shelves(facet: Facet, group_of: Callable[[str], str]) -> list[str]:
    """Return the places a facet is kept under, and what stands for a place where there is none."""
    places = [location.place.id for location in (*facet.places, *facet.around)]
    toll = facet.casualties.killed
    figure = [] if facet.places or toll is None else [f"killed {toll.low} {toll.high}"]
    return [*places, f"group {group_of(facet.report.document_id)}", *figure]


def _days(facet: Facet, slack: int) -> Iterable[int]:
    if not facet.dated or facet.first is None or facet.last is None:
        return (_UNDATED,)
    return range(facet.first - slack, facet.last + slack + 1)


def _likeness(facet: Facet, number: int) -> tuple[object, ...]:
    """Return a key that sorts like facets beside each other, figures first."""
    killed, injured = facet.casualties.killed, facet.casualties.injured
    attacker = facet.report.attacker
    return (
        (killed.high or killed.low or 0) if killed else -1,
        (injured.high or injured.low or 0) if injured else -1,
        (attacker.country or attacker.name) if attacker else "",
        facet.report.type,
        number,
    )


def _near_places(facets: Sequence[Facet], distance_km: float) -> dict[str, tuple[str, ...]]:
    """Return for each spot the other spots within ``distance_km``."""
    points = {
        facet.place.id: facet.places[0].point or facet.place.point
        for facet in facets
        if facet.place and facet.extent is Extent.SPOT
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
