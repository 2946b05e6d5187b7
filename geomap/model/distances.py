"""Distances that texts state, and what measuring says of them."""

from __future__ import annotations

from enum import StrEnum

from geomap.model.base import noun
from geomap.model.places import Place, Point
from geomap.model.reports import Provenance


@noun
class DistanceClaim:
    """A distance that a text states: from ``origin`` to ``target``, or to the target's border."""

    provenance: Provenance
    origin: Place
    target: Place
    to_border: bool
    stated_low_km: float
    stated_high_km: float
    approximate: bool


class Verdict(StrEnum):
    """What measuring says of a stated distance."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNDECIDED = "cannot tell"


@noun
class Measurement:
    """A geodesic distance with the line it was measured along and what it rests on.

    ``bearing_deg`` is the initial bearing, clockwise from north. ``nearest`` is the end of the
    line: the target point, or the nearest point of the border. ``tolerance_km`` is how far off the
    data may be.
    """

    distance_km: float
    bearing_deg: float
    origin: Point
    nearest: Point
    dataset: str
    tolerance_km: float


@noun
class DistanceCheck:
    """A stated distance beside the measured one; ``note`` gives the reason for the verdict."""

    claim: DistanceClaim
    measured: Measurement | None
    verdict: Verdict
    note: str
