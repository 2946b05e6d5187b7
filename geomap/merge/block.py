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
from geomap.merge.weights import Weights
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.model import Point

# Facets of one place and day that a facet is compared with, to either side.
NEIGHBORS = 24

# Where what may be of any day is kept; days are numbers from 1, and periods those below 0.
_ANY_DAY = 0
# A window of possible days over more periods than this may as well be of any day.
_MOST_PERIODS = 8

_Shelf = tuple[str, bool, str]  # family, joint or not, place
_Day = int


def pairs(
    facets: Sequence[Facet], weights: Weights, group_of: Callable[[str], str]
) -> list[tuple[int, int]]:
    """Return the pairs of indices ``(low, high)`` into ``facets`` to compare, in order, each once.

    ``group_of`` gives the near-copy group of a document id: a facet without a place is only
    compared inside its group, or with those that tell the same toll.
    """
    blocks = _Blocks.of(facets, weights, group_of)
    found = {
        (number, other) if number < other else (other, number)
        for number in range(len(facets))
        for other in blocks.beside(number)
    }
    return sorted(found)


@noun
class _Blocks:
    """Facets by family, joint or not, place, and then by day; in a crowd with like beside like.

    A facet that tells no day, or a long window, is kept by periods: those of its window, or the one
    in which it was published, as it tells of nothing older than a report may be late.
    """

    facets: Sequence[Facet]
    near: Mapping[str, tuple[str, ...]]
    weights: Weights
    group_of: Callable[[str], str]
    members: Mapping[_Shelf, Mapping[_Day, list[int]]]
    order: Mapping[int, tuple[object, ...]]

    @classmethod
    def of(
        cls, facets: Sequence[Facet], weights: Weights, group_of: Callable[[str], str]
    ) -> _Blocks:
        members: dict[_Shelf, dict[_Day, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, facet in enumerate(facets):
            days = _days(facet, weights)
            for place in _shelves(facet, group_of):
                shelf = members[facet.family, facet.scope is Scope.JOINT, place]
                for day in days:
                    shelf[day].append(number)
        order: dict[int, tuple[object, ...]] = {}
        crowds = (n for shelf in members.values() for n in shelf.values() if len(n) > NEIGHBORS)
        for numbers in crowds:
            order |= {number: _likeness(facets[number], number) for number in numbers}
            numbers.sort(key=order.__getitem__)
        return cls(
            facets=facets,
            near=_near_places(facets, weights.distance_km),
            weights=weights,
            group_of=group_of,
            members=members,
            order=order,
        )

    def beside(self, number: int) -> set[int]:
        """Return the facets to compare with facet ``number``."""
        facet, found = self.facets[number], {number}
        days: Sequence[_Day] = ()
        for place in self._places(facet):
            shelf = self.members.get((facet.family, facet.scope is Scope.JOINT, place))
            if shelf is None:
                continue
            days = days or _days_beside(facet, self.weights)
            for day in days if len(days) < len(shelf) else shelf.keys() & set(days):
                if day in shelf:
                    found.update(self._around(shelf[day], number))
        found.discard(number)
        return found

    def _places(self, facet: Facet) -> Iterable[str]:
        if not facet.place:
            return _shelves(facet, self.group_of)
        if facet.scope is Scope.JOINT:
            return [location.place.id for location in facet.places]
        if facet.extent is Extent.COUNTRY:
            return (_country(facet.place.id),)
        return {facet.place.id, *self.near.get(facet.place.id, ()), *facet.place.parents}

    def _around(self, numbers: Sequence[int], number: int) -> Sequence[int]:
        if len(numbers) <= NEIGHBORS:
            return numbers
        own = _likeness(self.facets[number], number)
        middle = bisect_left(numbers, own, key=self.order.__getitem__)
        return numbers[max(0, middle - NEIGHBORS) : middle + NEIGHBORS + 1]


def _shelves(facet: Facet, group_of: Callable[[str], str]) -> list[str]:
    """Return the places a facet is kept under, and what stands for a place where there is none.

    A whole country is no place of what happened in it, and is met by its like alone.
    """
    places = [location.place.id for location in (*facet.places, *facet.around)]
    if facet.extent is Extent.COUNTRY and facet.scope is not Scope.JOINT:
        places = [_country(place) for place in places]
    toll = facet.casualties.killed
    figure = [] if facet.places or toll is None else [f"killed {toll.low} {toll.high}"]
    return [*places, f"group {group_of(facet.report.document_id)}", *figure]


def _country(place_id: str) -> str:
    return f"all of {place_id}"


def _days(facet: Facet, weights: Weights) -> Sequence[_Day]:
    """Return the days a facet is kept under: those of its window, or periods."""
    if facet.first is None or facet.last is None:
        if facet.published is None:
            return (_ANY_DAY,)
        return _periods(facet.published, facet.published, weights)
    if facet.dated:
        return range(facet.first, facet.last + 1)
    periods = _periods(facet.first, facet.last, weights)
    return periods if len(periods) <= _MOST_PERIODS else (_ANY_DAY,)


def _days_beside(facet: Facet, weights: Weights) -> Sequence[_Day]:
    """Return where those are kept that may be of one day with a facet."""
    late, gap = weights.age_days, weights.gap_days
    if facet.first is None or facet.last is None:
        if facet.published is None:
            return (_ANY_DAY,)
        told = facet.published
        return (_ANY_DAY, *_periods(told - late, told + late, weights))
    if facet.days > _MOST_PERIODS * (late + 1):
        return (_ANY_DAY,)
    days = range(facet.first - gap, facet.last + gap + 1) if facet.dated else ()
    return (_ANY_DAY, *days, *_periods(facet.first - gap, facet.last + late, weights))


def _periods(first: int, last: int, weights: Weights) -> range:
    """Return the numbers, below 0, of the periods that the days from ``first`` to ``last`` meet."""
    length = weights.age_days + 1
    return range(-1 - last // length, -(first // length))


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
