"""What a caller knows beyond the document: a place to lean to, the areas a publisher writes about.

Neither is learned with the ranker, since the corpora tell neither. They are added to its scores, in
log-odds, by the formulas below.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import log, log1p
from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import Point, noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Place
    from geomap.resolve.names import Name
    from geomap.resolve.sphere import Array

_NEAR_WEIGHT = 2.0
_NEAR_SCALE_KM = 50.0
_FARTHEST_KM = 20_039.0
_PROFILE_WEIGHT = 0.6
_LEAST_SHARE = 0.01


@noun
class Leaning:
    """A point to lean to, and the shares of areas (by id) and countries (by code) to lean to."""

    near: Point | None = None
    profile: Mapping[str, float] | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is anything to lean to."""
        return self.near is not None or self.profile is not None

    def of(self, place: Place) -> dict[str, float]:
        """Return what speaks for a place, by name, in log-odds: at most 0."""
        found = {}
        if self.near is not None:
            off_km = great_circle_km(place.point, self.near) if place.point else _FARTHEST_KM
            found["near"] = -_NEAR_WEIGHT * log1p(off_km / _NEAR_SCALE_KM)
        if self.profile is not None:
            share = max((self.profile.get(key, 0.0) for key in areas_of(place)), default=0.0)
            found["profile"] = _PROFILE_WEIGHT * log(max(share, _LEAST_SHARE))
        return found

    def scores(self, names: Sequence[Name]) -> Array:
        """Return what is added to the score of every reading of every name.

        The reading of a name that fares best loses nothing: to lean is to choose, not to doubt.
        """
        added: list[float] = []
        for name in names:
            own = [sum(self.of(one.place).values()) for one in name.readings]
            added += [score - max(own) for score in own]
        return np.array(added, dtype=np.float64)


def areas_of(place: Place) -> tuple[str, ...]:
    """Return the place itself and the areas that it is in, up to the first-level one."""
    wide = {f"country:{place.country}"}
    inside = [parent for parent in place.parents if not parent.startswith("continent:")]
    return (place.id, *(parent for parent in inside if parent not in wide))
