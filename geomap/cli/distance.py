"""``geomap distance``: how far it is between places, or from a place to a border."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from geomap.gazetteer import Gazetteer
    from geomap.model import Measurement, Place

_KM_DIGITS = 3
_DEGREE_DIGITS = 6


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "distance",
        help="measure between places, or from a place to a border",
        description="Measure the geodesic on WGS 84. A place is a name (with the country after a "
        "comma where it is ambiguous), lat,lon in degrees, or an id of the gazetteer.",
    )
    # Or argparse takes "-33.87,151.21" for an option; it offers no public way to say so.
    parser._negative_number_matcher = re.compile(r"-\d")  # noqa: SLF001
    parser.add_argument("origin", metavar="A", help="from where")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("target", metavar="B", nargs="?", help="to where")
    target.add_argument(
        "--to-border",
        metavar="COUNTRY",
        help="to the nearest point of a country's land border; UA-PL means the one they share",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from geomap.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        origin, target, measured = _measure(args, gazetteer)
    if args.json:
        row = _row(origin, target, measured)
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(_ends(origin, target) + "\n")
        sys.stdout.write(sentence(measured) + "\n")
    return 0


def _measure(
    args: argparse.Namespace, gazetteer: Gazetteer
) -> tuple[Place, Place | str, Measurement]:
    """Return the origin, the target (or the code of the country) and what was measured."""
    from geomap.distance import measuring
    from geomap.distance.lookup import find_country, find_point

    origin, start = find_point(args.origin, gazetteer)
    if args.to_border:
        country = find_country(args.to_border, gazetteer)
        return origin, country, measuring.to_border(start, country, gazetteer)
    target, end = find_point(args.target, gazetteer)
    return origin, target, measuring.measure(start, end)


def sentence(measured: Measurement) -> str:
    """Return a measurement in words."""
    from geomap.geo import compass
    from geomap.geo.notation import decimal_degrees

    to = decimal_degrees(measured.nearest, digits=3)
    return (
        f"{measured.distance_km:.1f} km {compass(measured.bearing_deg)} to {to}   "
        f"({_basis(measured)})"
    )


def _basis(measured: Measurement) -> str:
    if not measured.tolerance_km:
        return "geodesic on WGS 84"
    return f"geodesic; {measured.dataset} borders, good to 1–{measured.tolerance_km:.0f} km"


def _ends(origin: Place, target: Place | str) -> str:
    from geomap.distance.lookup import describe

    to = f"the border {target}" if isinstance(target, str) else describe(target)
    return f"From {describe(origin)} to {to}:"


def _row(origin: Place, target: Place | str, measured: Measurement) -> dict[str, Any]:
    from geomap.geo import compass

    return {
        "origin": _place(origin),
        "target": {"border": target} if isinstance(target, str) else _place(target),
        "distance_km": round(measured.distance_km, _KM_DIGITS),
        "bearing_deg": round(measured.bearing_deg, 2),
        "direction": compass(measured.bearing_deg),
        "nearest": {
            "lat": round(measured.nearest.lat, _DEGREE_DIGITS),
            "lon": round(measured.nearest.lon, _DEGREE_DIGITS),
        },
        "dataset": measured.dataset,
        "tolerance_km": measured.tolerance_km,
    }


def _place(place: Place) -> dict[str, Any]:
    assert place.point is not None
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "country": place.country,
        "lat": place.point.lat,
        "lon": place.point.lon,
    }
