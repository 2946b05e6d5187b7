"""What measuring says of a stated distance.

A stated figure is rounded and may be told by road or from the edge of a town, so a verdict says
"cannot tell" where that would explain the difference.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geomap.distance.borders import natural_earth
from geomap.distance.measuring import measure, to_border, to_line
from geomap.errors import GazetteerError
from geomap.model import DistanceCheck, Place, PlaceKind, Verdict

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.model import DistanceClaim, Measurement, Point

#: Roads are longer than the straight line, in most countries 1.2 to 1.5 times (Ballou, Rahardja and
#: Sakai, "Selected country circuity factors for road travel distance estimation", Transportation
#: Research Part A 36 (2002) 843-848); a little more is allowed for one road.
_ROAD_FACTOR = 1.6
_ROUNDING_SHARE = 0.05
#: A figure told as "about", or one that ends in 0 or 5 in kilometers or miles.
_ABOUT_SHARE = 0.1
_ROUND_TO = 5
_KM_PER_MILE = 1.609344  # international yard and pound agreement, 1959
_LEAST_ROUNDING_KM = 0.5
#: Inhabitants of a square kilometer of town, for the reach of one whose extent is not known.
_DENSITY_PER_KM2 = 3000
_AREAS = frozenset(
    {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.BLOC}
)


def check(claim: DistanceClaim, gazetteer: Gazetteer) -> DistanceCheck:
    """Measure what a text states and compare."""
    measured, reason = _measured(claim, gazetteer)
    if measured is None:
        return DistanceCheck(claim=claim, measured=None, verdict=Verdict.UNDECIDED, note=reason)
    verdict, note = _compare(claim, measured)
    return DistanceCheck(claim=claim, measured=measured, verdict=verdict, note=note)


def _measured(claim: DistanceClaim, gazetteer: Gazetteer) -> tuple[Measurement | None, str]:
    """Return the measurement, or the reason why there is none."""
    origin, target = claim.origin, claim.target
    if origin.point is None or origin.kind in _AREAS:
        return None, f"{origin.name} is an area and not a point to measure from"
    if claim.to_border or target.kind in _AREAS:
        return _to_edge(origin.point, target, gazetteer)
    if target.point is None:
        return None, f"{target.name} has no position"
    return measure(origin.point, target.point), ""


def _to_edge(origin: Point, target: Place, gazetteer: Gazetteer) -> tuple[Measurement | None, str]:
    """Measure to the land border of a country, to the outline of another area."""
    if target.kind is PlaceKind.COUNTRY and target.country:
        try:
            return to_border(origin, target.country, natural_earth(gazetteer)), ""
        except GazetteerError as error:
            return None, str(error)
    outline = gazetteer.geometry(target.id)
    if outline is None or outline.is_empty:
        return None, f"the gazetteer has no outline of {target.name}"
    return to_line(origin, outline, natural_earth(gazetteer)), ""


def _compare(claim: DistanceClaim, measured: Measurement) -> tuple[Verdict, str]:
    actual = measured.distance_km
    slack = measured.tolerance_km + _rounding_km(claim)
    low, high = claim.stated_low_km - slack, claim.stated_high_km + slack
    if low <= actual <= high:
        return Verdict.AGREES, f"within {slack:.0f} km, for rounding and the data"
    if actual < low:
        return _farther_than_measured(claim, measured)
    return _nearer_than_measured(claim, measured)


def _farther_than_measured(claim: DistanceClaim, measured: Measurement) -> tuple[Verdict, str]:
    off = claim.stated_low_km - measured.distance_km
    if claim.stated_low_km <= measured.distance_km * _ROAD_FACTOR + measured.tolerance_km:
        return Verdict.UNDECIDED, (
            f"{off:.0f} km more than the straight line; it may be the distance by road"
        )
    return Verdict.DIFFERS, f"{off:.0f} km more than the straight line, too much for a road"


def _nearer_than_measured(claim: DistanceClaim, measured: Measurement) -> tuple[Verdict, str]:
    off = measured.distance_km - claim.stated_high_km
    reach = _reach_km(claim.origin) + (0 if claim.to_border else _reach_km(claim.target))
    if off <= reach + measured.tolerance_km:
        return Verdict.UNDECIDED, (
            f"{off:.0f} km less than from the middle; it may be told from the edge"
        )
    return Verdict.DIFFERS, f"{off:.0f} km less than the straight line"


def _rounding_km(claim: DistanceClaim) -> float:
    """Return how far a figure may be from what was meant: "70" may be 63 to 77, "72" 68 to 76."""
    stated = claim.stated_high_km
    loose = claim.approximate or _is_round(stated) or _is_round(stated / _KM_PER_MILE)
    return max(_LEAST_ROUNDING_KM, stated * (_ABOUT_SHARE if loose else _ROUNDING_SHARE))


def _is_round(figure: float) -> bool:
    steps = figure / _ROUND_TO
    return math.isclose(steps, round(steps), abs_tol=1e-6)


def _reach_km(place: Place) -> float:
    """Return how far a town reaches from its middle."""
    if place.radius_km is not None:
        return place.radius_km
    return math.sqrt((place.population or 0) / _DENSITY_PER_KM2 / math.pi)
