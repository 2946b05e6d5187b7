"""``geomap gazetteer``: look up, describe, rebuild, check an overlay."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

    from geomap.model import Candidate


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("gazetteer", help="look up places in the gazetteer")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_search(actions)
    info = actions.add_parser("info", help="what the gazetteer holds, from where")
    info.add_argument("--json", action="store_true", help="one JSON object")
    info.set_defaults(run=run_info)
    build = actions.add_parser("build", help="make the gazetteer again from its sources")
    build.add_argument("--sources", type=Path, default=Path("gazetteer"), metavar="DIR")
    build.add_argument("--output", type=Path, default=Path("gazetteer/geomap.sqlite.zst"))
    build.set_defaults(run=run_build)


def _add_search(actions: Any) -> None:
    search = actions.add_parser("search", help="show the places that a name may mean")
    search.add_argument("name", nargs="+", metavar="NAME")
    search.add_argument("--country", metavar="XX", help="ISO 3166-1 alpha-2 code")
    search.add_argument("--kind", help="city, admin1, country, river …")
    search.add_argument("--limit", type=int, default=20, help="at most so many (default 20)")
    search.add_argument("--fuzzy", action="store_true", help="also names one letter away")
    search.add_argument("--json", action="store_true", help="one JSON object a line")
    search.set_defaults(run=run_search)


def run_search(args: argparse.Namespace) -> int:
    """Print the candidates of a name."""
    from geomap.gazetteer import Gazetteer

    name = " ".join(args.name)
    with Gazetteer.open() as gazetteer:
        found = [
            candidate
            for candidate in gazetteer.candidates(name, fuzzy=args.fuzzy)
            if args.country in {None, candidate.place.country}
            and args.kind in {None, candidate.place.kind}
        ]
    for candidate in found[: args.limit]:
        facts = describe(candidate)
        sys.stdout.write(
            f"{json.dumps(facts, ensure_ascii=False) if args.json else _line(facts)}\n"
        )
    if not found:
        sys.stderr.write(f"no place is called {name!r}\n")
    return 0


def describe(candidate: Candidate) -> dict[str, Any]:
    """Return a candidate as plain data."""
    place = candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "lat": place.point.lat if place.point else None,
        "lon": place.point.lon if place.point else None,
        "admin1": place.admin1,
        "country": place.country,
        "population": place.population,
        "parents": list(place.parents),
        "matched_name": candidate.matched_name,
        "how": candidate.how,
    }


def _line(facts: dict[str, Any]) -> str:
    where = ", ".join(filter(None, (facts["admin1"], facts["country"])))
    position = "" if facts["lat"] is None else f"{facts['lat']:.4f} {facts['lon']:.4f}"
    people = "" if facts["population"] is None else f"{facts['population']:,}"
    return (
        f"{facts['id']:<22} {facts['name']} ({facts['kind']}; {where}) {position} {people} "
        f"[{facts['how']}: {facts['matched_name']}]"
    )


def run_info(args: argparse.Namespace) -> int:
    """Print what the gazetteer holds."""
    from geomap.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        facts = gazetteer.info().to_dict()
    if args.json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
        return 0
    for key, value in facts.items():
        lines = (
            [f"  {name}: {count:,}" for name, count in value.items()]
            if isinstance(value, dict)
            else []
        )
        sys.stdout.write("\n".join([f"{key}:", *lines] if lines else [f"{key}: {value}"]) + "\n")
    return 0


def run_build(args: argparse.Namespace) -> int:
    """Make the gazetteer file again."""
    from geomap.gazetteer.build import build, compress

    database = args.output.with_suffix("")
    build(args.sources, database, progress=lambda step: sys.stderr.write(f"{step}\n"))
    compress(database, args.output)
    database.unlink()
    return 0
