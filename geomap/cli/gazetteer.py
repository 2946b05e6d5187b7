"""``geomap gazetteer``: look up, describe, rebuild, check an overlay."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.gazetteer import Gazetteer, GazetteerInfo
    from geomap.model import Candidate, Point

MOST_SHOWN = 20
LONGEST_SHOWN = 80
_ALPHA_2 = 2


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("gazetteer", help="look up places; build and extend the list")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_search(actions)
    info = actions.add_parser("info", help="what the gazetteer holds, from where, its licences")
    info.add_argument("--json", action="store_true", help="one JSON object")
    info.add_argument("--markdown", action="store_true", help="the tables of docs/gazetteer.md")
    info.set_defaults(run=run_info)
    build = actions.add_parser("build", help="make the gazetteer again from its sources")
    build.add_argument("--sources", type=Path, default=Path("gazetteer"), metavar="DIR")
    build.add_argument("--output", type=Path, default=Path("gazetteer/geomap.sqlite.zst"))
    build.set_defaults(run=run_build)
    add = actions.add_parser("add", help="check a CSV or GeoJSON file of your own places")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.set_defaults(run=run_add)


def _add_search(actions: Any) -> None:
    search = actions.add_parser("search", help="show the places that a name may mean")
    search.add_argument("name", nargs="+", metavar="NAME")
    search.add_argument("--country", type=_code, metavar="XX", help="ISO 3166-1 alpha-2 code")
    search.add_argument("--kind", type=_kind, help="city, admin1, country, river …")
    search.add_argument("--near", metavar="PLACE", help="the nearest to this place first")
    search.add_argument("--limit", type=_count, default=MOST_SHOWN, metavar="N")
    search.add_argument("--fuzzy", action="store_true", help="also names one letter away")
    search.add_argument("--overlay", action="append", default=[], metavar="FILE")
    search.add_argument("--viewpoint", metavar="XX", help="borders as this country sees them")
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.set_defaults(run=run_search)


def _code(text: str) -> str:
    """Return a country code in capitals."""
    if len(text) == _ALPHA_2 and text.isascii() and text.isalpha():
        return text.upper()
    raise argparse.ArgumentTypeError(f"{text!r} is no code of two letters, such as UA")


def _kind(text: str) -> str:
    """Return a kind of places that there is."""
    from geomap.model import PlaceKind

    if text in set(PlaceKind):
        return text
    raise argparse.ArgumentTypeError(f"{text!r} is no kind; kinds are {', '.join(PlaceKind)}")


def _count(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no count; expected 0, 1, 2 …")


def run_search(args: argparse.Namespace) -> int:
    """Print the candidates of a name."""
    from geomap.gazetteer import Gazetteer

    name = " ".join(args.name)
    with Gazetteer.open(overlays=args.overlay, viewpoint=args.viewpoint) as gazetteer:
        found = _wanted(gazetteer.candidates(name, fuzzy=args.fuzzy), args)
        origin = _point(gazetteer, args.near) if args.near else None
    rows = [describe(candidate, origin) for candidate in found]
    if origin is not None:
        rows.sort(key=lambda row: (row["distance_km"] is None, row["distance_km"], row["id"]))
    for row in rows[: args.limit]:
        sys.stdout.write(f"{json.dumps(row, ensure_ascii=False) if args.json else _line(row)}\n")
    if len(rows) > args.limit:
        sys.stderr.write(f"{len(rows) - args.limit} more; --limit shows them\n")
    if not rows:
        shown = name if len(name) <= LONGEST_SHOWN else f"{name[:LONGEST_SHOWN]}…"
        sys.stderr.write(f"no place is called {shown!r}{'' if args.fuzzy else '; try --fuzzy'}\n")
    return 0


def _wanted(candidates: Iterable[Candidate], args: argparse.Namespace) -> list[Candidate]:
    return [
        candidate
        for candidate in candidates
        if args.country in {None, candidate.place.country}
        if args.kind in {None, candidate.place.kind}
    ]


def _point(gazetteer: Gazetteer, name: str) -> Point:
    """Return the position of the first place of a name."""
    from geomap.errors import UnknownPlaceError

    for candidate in gazetteer.candidates(name):
        if candidate.place.point is not None:
            return candidate.place.point
    raise UnknownPlaceError(f"no place with a position is called {name!r}")


def describe(candidate: Candidate, origin: Point | None = None) -> dict[str, Any]:
    """Return a candidate as plain data, with its distance from ``origin`` in km."""
    from geomap.geo import distance_km

    place = candidate.place
    row = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "lat": place.point.lat if place.point else None,
        "lon": place.point.lon if place.point else None,
        "admin1": place.admin1,
        "country": place.country,
        "parents": list(place.parents),
        "population": place.population,
        "geonameid": place.geonameid,
        "source": place.source,
        "matched_name": candidate.matched_name,
        "how": candidate.how.value,
        "distance": candidate.distance,
    }
    if origin is not None:
        far_km = distance_km(origin, place.point) if place.point else None
        row["distance_km"] = far_km if far_km is None else round(far_km, 1)
    return row


def _line(row: dict[str, Any]) -> str:
    where = ", ".join(filter(None, (row["kind"], row["admin1"], row["country"])))
    parts = [f"{row['id']:<20} {row['name']} ({where})"]
    if row["lat"] is not None:
        parts.append(f"{row['lat']:.4f} {row['lon']:.4f}")
    if row["population"] is not None:
        parts.append(f"{row['population']:,} people")
    if row.get("distance_km") is not None:
        parts.append(f"{row['distance_km']:,} km away")
    slips = f", distance {row['distance']}" if row["distance"] else ""
    return "  ".join([*parts, f"[{row['how']}: {row['matched_name']}{slips}]"])


def run_info(args: argparse.Namespace) -> int:
    """Print what the gazetteer holds."""
    from geomap.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        info = gazetteer.info()
    if args.json:
        sys.stdout.write(json.dumps(info.to_dict(), ensure_ascii=False) + "\n")
    else:
        lines = _markdown(info) if args.markdown else _info_lines(info)
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _info_lines(info: GazetteerInfo) -> Iterable[str]:
    yield f"{info.path}\nSHA-256 {info.checksum}"
    yield f"{info.places:,} places, {info.names:,} names, {info.borders:,} land borders"
    for kind, count in info.kinds.items():
        shapes = info.shapes.get(kind, 0)
        yield f"  {kind:<12}{count:>9,}" + (f"  ({shapes:,} with a shape)" if shapes else "")
    largest = sorted(info.countries.items(), key=lambda pair: (-pair[1], pair[0]))
    countries = ", ".join(f"{code} {count:,}" for code, count in largest)
    yield f"Places by country: {countries}"
    yield f"Viewpoints: {', '.join(info.viewpoints)}; without one: internationally recognized"
    for origin in info.origins:
        yield f"{origin.name} ({origin.package} {origin.version}): {origin.licence}; {origin.url}"


def _markdown(info: GazetteerInfo) -> Iterable[str]:
    yield "| source | package | licence | what it gives |\n|---|---|---|---|"
    for origin in info.origins:
        package = f"{origin.package} {origin.version}"
        yield f"| {origin.name} | {package} | {origin.licence} | {origin.layers} |"
    yield "\n| kind | places | with a shape |\n|---|---:|---:|"
    for kind, count in info.kinds.items():
        yield f"| {kind} | {count:,} | {info.shapes.get(kind, 0):,} |"


def run_build(args: argparse.Namespace) -> int:
    """Make the gazetteer file again."""
    from rich.console import Console
    from rich.progress import Progress

    from geomap.gazetteer.build import STEPS, build_compressed

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=len(STEPS))
        size = build_compressed(
            args.sources,
            args.output,
            progress=lambda step: bar.update(task, description=step, completed=STEPS.index(step)),
        )
        bar.update(task, description="done", completed=len(STEPS))
    sys.stderr.write(f"Wrote {args.output} ({size / 1e6:.1f} MB)\n")
    return 0


def run_add(args: argparse.Namespace) -> int:
    """Check overlay files and say what they bring."""
    from geomap.errors import OverlayError
    from geomap.gazetteer import Gazetteer

    try:
        with Gazetteer.open(overlays=args.files) as gazetteer:
            places, names, hidden = gazetteer.overlay_counts()
    except OverlayError as error:
        for problem in error.problems[:-1]:
            sys.stderr.write(f"geomap: {problem}\n")
        raise OverlayError(error.problems[-1]) from error
    files = ", ".join(f'"{path}"' for path in args.files)
    sys.stdout.write(f"{places} places, {names} names, {hidden} suppressed\n")
    sys.stderr.write(f"To use them in every build, write into geomap.toml: overlays = [{files}]\n")
    return 0
