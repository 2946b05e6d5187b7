"""``geomap distance``: how far it is between places, or from a place to a border."""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError, InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from geomap.distance.borders import Borders
    from geomap.gazetteer import Gazetteer
    from geomap.model import Measurement, Place, Point

_KM_DIGITS = 3
_DEGREE_DIGITS = 6
#: So many times nearer with lat and lon swapped, a position was probably told the wrong way round.
_FAR_NEARER = 10


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
    parser.add_argument("origin", metavar="A", nargs="?", help="from where")
    parser.add_argument("target", metavar="B", nargs="?", help="to where")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--to-border",
        metavar="COUNTRY",
        help="to the nearest point of a country's land border; UA-PL means the one they share",
    )
    what.add_argument(
        "--within", type=float, metavar="KM", help="list the populated places around A"
    )
    what.add_argument(
        "--matrix", metavar="FILE", help="distances of all places in a file, one a line, as CSV"
    )
    parser.add_argument(
        "--min-population", type=int, default=0, metavar="N", help="with --within: leave out less"
    )
    parser.add_argument(
        "--borders",
        choices=("naturalearth", "osm"),
        default="naturalearth",
        help="whose lines --to-border measures to: Natural Earth's 10m (default), or "
        "OpenStreetMap's, which are in an optional package",
    )
    parser.add_argument("--viewpoint", metavar="CODE", help="borders as this country sees them")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a line")
    form.add_argument("--geojson", action="store_true", help="the measured line as GeoJSON")
    parser.set_defaults(run=run, usage_error=parser.error)


def run(args: argparse.Namespace) -> int:
    """Measure and print."""
    from geomap.gazetteer import Gazetteer

    _check(args)
    with Gazetteer.open(viewpoint=args.viewpoint) as gazetteer:
        if args.matrix:
            _matrix(args, gazetteer)
        elif args.within is not None:
            _within(args, gazetteer)
        else:
            _between(args, gazetteer)
    return 0


def _check(args: argparse.Namespace) -> None:
    """Refuse what does not go together; argparse then exits with 2."""
    whole = args.to_border or args.within is not None
    if args.borders == "osm" and (args.viewpoint or not args.to_border):
        args.usage_error("--borders osm goes with --to-border, and has one viewpoint")
    if args.matrix and (args.origin or args.geojson):
        args.usage_error("--matrix takes its places from the file, and gives CSV or --json")
    if not args.matrix and not args.origin:
        args.usage_error("from where? give A")
    if not args.matrix and not whole and not args.target:
        args.usage_error("to where? give B, --to-border COUNTRY or --within KM")
    if whole and args.target:
        args.usage_error("give B, --to-border or --within, and not two of them")


def _between(args: argparse.Namespace, gazetteer: Gazetteer) -> None:
    from geomap.distance import measuring
    from geomap.distance.lookup import find_country, find_point

    origin, start = find_point(args.origin, gazetteer)
    if args.to_border:
        target: Place | str = find_country(args.to_border, gazetteer)
        measured = measuring.to_border(start, str(target), _borders(args, gazetteer))
    else:
        target, end = find_point(args.target, gazetteer)
        measured = measuring.measure(start, end)
        _ask_if_swapped(target, measured, lambda point: measuring.measure(start, point))
    _ask_if_swapped(origin, measured, lambda point: _again(args, point, gazetteer))
    row = _row(origin, target, measured) | {"viewpoint": _viewpoint(args, measured)}
    if args.geojson:
        _print_json(measuring.geojson_line(measured, row))
    elif args.json:
        _print_json(row)
    else:
        sys.stderr.write(_explanation(origin, target, row) + "\n")
        sys.stdout.write(sentence(measured) + "\n")


def _again(args: argparse.Namespace, start: Point, gazetteer: Gazetteer) -> Measurement:
    """Measure from another point to the same end."""
    from geomap.distance import measuring
    from geomap.distance.lookup import find_country, find_point

    if args.to_border:
        country = find_country(args.to_border, gazetteer)
        return measuring.to_border(start, country, _borders(args, gazetteer))
    return measuring.measure(start, find_point(args.target, gazetteer)[1])


def _ask_if_swapped(
    place: Place, measured: Measurement, measure: Callable[[Point], Measurement]
) -> None:
    """Say so where a position would be far nearer with lat and lon the other way round."""
    from geomap.distance.lookup import swapped

    other = swapped(place)
    if other and measure(other).distance_km * _FAR_NEARER < measured.distance_km:
        sys.stderr.write(
            f"{place.name}: are lat and lon swapped? {other.lat:g},{other.lon:g} would be far "
            "nearer\n"
        )


def _borders(args: argparse.Namespace, gazetteer: Gazetteer) -> Borders:
    from geomap.distance.borders import natural_earth, openstreetmap

    return openstreetmap() if args.borders == "osm" else natural_earth(gazetteer)


def _within(args: argparse.Namespace, gazetteer: Gazetteer) -> None:
    from geomap.distance.lookup import describe, find_point
    from geomap.geo import bearing_deg, compass

    _, start = find_point(args.origin, gazetteer)
    found = gazetteer.within(start, args.within, min_population=args.min_population)
    for place, distance_km in found:
        assert place.point is not None
        direction = compass(bearing_deg(start, place.point)) if distance_km else ""
        if args.json:
            far = {"distance_km": round(distance_km, _KM_DIGITS), "direction": direction or None}
            _print_json(far | _place(place))
        else:
            sys.stdout.write(f"{distance_km:8.1f} km {direction:10} {describe(place)}\n")


def _matrix(args: argparse.Namespace, gazetteer: Gazetteer) -> None:
    from geomap.distance.lookup import find_point
    from geomap.distance.measuring import matrix_km
    from geomap.export.cells import defused

    names, points = [], []
    for where, name in _lines(args.matrix):
        names.append(name)
        try:
            points.append(find_point(name, gazetteer)[1])
        except GazetteerError as error:
            raise InputError(f"{where}: {error}") from error
    rows = ([round(km, _KM_DIGITS) for km in row] for row in matrix_km(points))
    if args.json:
        for name, row in zip(names, rows, strict=True):
            _print_json({"from": name, "km": dict(zip(names, row, strict=True))})
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["km", *map(defused, names)])
    writer.writerows([defused(name), *row] for name, row in zip(names, rows, strict=True))


def _lines(source: str) -> Iterator[tuple[str, str]]:
    """Yield each line that is not blank, behind the words that say where it stands."""
    from geomap.given import numbered_lines, read_lines

    name = "standard input" if source == "-" else source
    lines = (
        numbered_lines(sys.stdin, name, InputError)
        if source == "-"
        else read_lines(Path(source), InputError)
    )
    number = 0
    for number, line in lines:
        yield f"{name}, line {number}", line.strip()
    if not number:
        raise InputError(f"{name}: holds no places; expected one a line")


def sentence(measured: Measurement) -> str:
    """Return a measurement in words."""
    from geomap.geo import compass
    from geomap.geo.notation import decimal_degrees

    to = decimal_degrees(measured.nearest, digits=3)
    direction = "" if measured.distance_km == 0 else f" {compass(measured.bearing_deg)}"
    return f"{measured.distance_km:.1f} km{direction} to {to}   ({_basis(measured)})"


def _basis(measured: Measurement) -> str:
    if not measured.tolerance_km:
        return "geodesic on WGS 84"
    worst = measured.tolerance_km
    good_to = f"1–{worst:.0f}" if worst > 1 else f"{worst:g}"
    return f"geodesic; {measured.dataset} borders, good to {good_to} km"


def _viewpoint(args: argparse.Namespace, measured: Measurement) -> str | None:
    """Return whose view of the borders was taken, ``None`` where no border was measured to."""
    if not measured.tolerance_km:
        return None
    if args.borders == "osm":
        return "as OpenStreetMap draws it"
    return args.viewpoint or "internationally recognized"


def _explanation(origin: Place, target: Place | str, row: dict[str, Any]) -> str:
    from geomap.distance.lookup import describe

    to = f"the border {target}" if isinstance(target, str) else describe(target)
    near = row["nearest"]
    lines = [
        f"From   {describe(origin)}",
        f"To     {to}",
        f"Point  {near['dms']}   MGRS {near['mgrs']}",
    ]
    lines += [
        f"{place.name} is an area: measured at its representative point"
        for place in (origin, target)
        if not isinstance(place, str) and place.has_geometry
    ]
    if row["viewpoint"]:
        lines.append(f"Border viewpoint: {row['viewpoint']}")
    return "\n".join(lines)


def _row(origin: Place, target: Place | str, measured: Measurement) -> dict[str, Any]:
    from geomap.geo import compass

    return {
        "origin": _place(origin),
        "target": {"border": target} if isinstance(target, str) else _place(target),
        "distance_km": round(measured.distance_km, _KM_DIGITS),
        "bearing_deg": round(measured.bearing_deg, 2),
        "direction": compass(measured.bearing_deg) if measured.distance_km else None,
        "nearest": _position(measured.nearest),
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
        "population": place.population,
        **_position(place.point),
    }


def _position(point: Point) -> dict[str, Any]:
    from geomap.geo.notation import dms, mgrs

    return {
        "lat": round(point.lat, _DEGREE_DIGITS),
        "lon": round(point.lon, _DEGREE_DIGITS),
        "dms": dms(point),
        "mgrs": mgrs(point),
    }


def _print_json(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
