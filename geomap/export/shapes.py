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
    shapes, numbers = distinct(geometries)
    converted = convert(shapes)
    return [converted[number] for number in numbers]


def distinct(geometries: Sequence[BaseGeometry | None]) -> tuple[Geometries, list[int]]:
    """Return each object once, and which of them each geometry is."""
    keys = list(map(id, geometries))
    by_key = dict(zip(keys, geometries, strict=True))
    places = {key: place for place, key in enumerate(by_key)}
    return np.array(list(by_key.values()), dtype=object), [places[key] for key in keys]
