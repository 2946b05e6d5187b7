"""Geometries all at once, and those that many events share only once.

Thousands of events are known to a country or a province and drawn as its outline, one object for
all of them; writing it out for each would take most of the time of a large build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Geometries = NDArray[np.object_]

T = TypeVar("T")


def each_once(
    geometries: Sequence[BaseGeometry | None], convert: Callable[[Geometries], Sequence[T]]
) -> list[T]:
    """Return what ``convert`` makes of each geometry; it is given each object once, in an array."""
    numbers: dict[int, int] = {}
    distinct: list[BaseGeometry | None] = []
    for geometry in geometries:
        if numbers.setdefault(id(geometry), len(distinct)) == len(distinct):
            distinct.append(geometry)
    converted = convert(np.array(distinct, dtype=object))
    return [converted[numbers[id(geometry)]] for geometry in geometries]
