"""Where each name of a document stands after scoring: its best reading, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import PlaceKind, noun
from geomap.resolve.names import Name
from geomap.resolve.readings import Reading, contains
from geomap.resolve.relations import offsets_of
from geomap.resolve.rows import chances_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Place
    from geomap.resolve.sphere import Array

_SAME_KM = 161.0
_SEAT_SHARE = 0.1
_AREAS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2}


@noun
class Standing:
    """A name with the order of its readings, best first, and their probabilities.

    ``chance`` is the probability that the right place is within 161 km of the best reading's:
    readings close to it support it.
    """

    name: Name
    order: tuple[int, ...]
    chances: tuple[float, ...]
    chance: float

    @property
    def best(self) -> Reading | None:
        """The best reading, if there is any."""
        return self.name.readings[self.order[0]] if self.order else None


def standings(names: Sequence[Name], scores: Array) -> tuple[Standing, ...]:
    """Return where every name stands."""
    offsets = offsets_of(names)
    chances = chances_of(offsets, scores)
    return tuple(
        _standing(name, scores[start:end], chances[start:end])
        for name, start, end in zip(names, offsets, offsets[1:], strict=False)
    )


def _standing(name: Name, scores: Array, chances: Array) -> Standing:
    order = [int(n) for n in np.argsort(-scores, kind="stable")]
    if not order:
        return Standing(name=name, order=(), chances=(), chance=0.0)
    seat = _seat(name, order)
    if seat is not None:
        order.remove(seat)
        order.insert(0, seat)
    best = name.readings[order[0]].place
    near = [n for n in order if is_near(best, name.readings[n].place)]
    return Standing(
        name=name,
        order=tuple(order),
        chances=tuple(float(chance) for chance in chances),
        chance=min(1.0, sum(float(chances[n]) for n in near)),
    )


def _seat(name: Name, order: Sequence[int]) -> int | None:
    """Return the city that a bare name means rather than the area around it that is called so.

    "Kharkiv" is the city, "Kharkiv Oblast" the area. Where city and area lie far apart, as New York
    does, the ranker's word stands.
    """
    area = name.readings[order[0]].place
    if area.kind not in _AREAS or name.affix is not None:
        return None
    for n in order[1:]:
        city = name.readings[n].place
        if city.kind is PlaceKind.CITY and contains(area, city) and is_near(area, city):
            share = (city.population or 0) / max(1, area.population or 0)
            if share >= _SEAT_SHARE:
                return n
    return None


def is_near(a: Place, b: Place) -> bool:
    """Tell whether two places count as the same answer: the same entry, or within 161 km."""
    if a.id == b.id:
        return True
    if a.point is None or b.point is None:
        return False
    return great_circle_km(a.point, b.point) < _SAME_KM
