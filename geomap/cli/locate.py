"""``geomap locate``: the toponyms of texts, and the places that they mean."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.rows import Row, add_input, read_rows, resolution_row
from geomap.errors import InputError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from geomap.config import Settings
    from geomap.locator import Located, Locator
    from geomap.model import Resolution


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    import argparse

    parser = subparsers.add_parser(
        "locate",
        help="find toponyms and the places they mean",
        description="Find toponyms and the places they mean. Settings are read from geomap.toml in "
        "the current folder; options go before it.",
    )
    add_input(parser)
    parser.add_argument("--explain", action="store_true", help="show candidates and their features")
    parser.add_argument(
        "--given-spans", action="store_true", help="resolve just the spans under 'toponyms'"
    )
    parser.add_argument("--near", metavar="PLACE", help="a place that ambiguous names lean to")
    parser.add_argument(
        "--profile",
        action=argparse.BooleanOptionalAction,
        help="lean to what each publisher ('domain') writes about in the other documents",
    )
    parser.add_argument(
        "--online",
        metavar="SERVICE",
        help="ask a geocoder of geopy, e.g. nominatim, for names that stay unresolved; they leave "
        "this machine",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="a geomap.toml elsewhere")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Locate every document of the input; 1 where one of them could not be."""
    from geomap.locator import open_locator
    from geomap.resolve import Options

    rows = read_rows(args.input)
    if args.given_spans and not rows.structured:
        raise InputError("--given-spans needs JSON Lines with the spans under 'toponyms'")
    settings = _settings(args)
    options = Options(explain=args.explain)
    failed = False
    with open_locator(
        settings, spans_only=args.given_spans, options=options, online=args.online
    ) as locator:
        found = _locate(rows.rows, locator, given_spans=args.given_spans)
        for row, located in _profiled(found, locator) if settings.profile else found:
            failed = failed or located is None
            _write(row, located, args)
    return int(failed)


def _settings(args: argparse.Namespace) -> Settings:
    """Take settings from the file, then from the options."""
    from geomap import config

    given = {"near": args.near, "profile": args.profile}
    told = {name: value for name, value in given.items() if value is not None}
    return dataclasses.replace(config.find([], args.config), **told)


def _locate(
    rows: Iterable[Row], locator: Locator, *, given_spans: bool
) -> Iterator[tuple[Row, Located | None]]:
    """Yield every row with what was located in it, ``None`` where it gives no spans."""
    if given_spans:
        for row in rows:
            yield row, _given(row, locator)
        return
    from itertools import tee

    kept, handed = tee(rows)
    yield from zip(kept, locator.locate(row.document for row in handed), strict=True)


def _profiled(
    found: Iterable[tuple[Row, Located | None]], locator: Locator
) -> Iterator[tuple[Row, Located | None]]:
    """Yield the same, resolved again by what each publisher's other documents are about."""
    pairs = list(found)
    again = iter(locator.with_profiles([one for _, one in pairs if one is not None]))
    for row, located in pairs:
        yield row, None if located is None else next(again)


def _given(row: Row, locator: Locator) -> Located | None:
    try:
        located = locator.resolve_spans(row.document, row.spans())
    except InputError as error:
        sys.stderr.write(f"geomap: {error}\n")
        return None
    for one in located.resolutions:
        if not one.mention.text:
            sys.stderr.write(f"geomap: {row}: {one.note}\n")
    return located


def _write(row: Row, located: Located | None, args: argparse.Namespace) -> None:
    if args.json:
        sys.stdout.write(json.dumps(_object(row, located, args), ensure_ascii=False) + "\n")
    elif located is not None:
        for line in _lines(located, explain=args.explain):
            sys.stdout.write(line + "\n")


def _object(row: Row, located: Located | None, args: argparse.Namespace) -> dict[str, Any]:
    if located is None:
        return {"id": row.id, "mentions": [], "error": "no list of spans under 'toponyms'"}
    rows = [resolution_row(one, explain=args.explain) for one in located.resolutions]
    return {"id": row.id, "mentions": rows}


def _lines(located: Located, *, explain: bool) -> Iterator[str]:
    for resolution in located.resolutions:
        mention = resolution.mention
        words = " ".join(mention.text.split())
        yield f"{mention.start}-{mention.end}  {words}  ({mention.use.value})  {_told(resolution)}"
        if explain:
            yield from _explained(resolution)


def _told(resolution: Resolution) -> str:
    """Say in words where a mention was put."""
    location = resolution.location
    if location is None:
        return f"unresolved: {resolution.note}"
    place = location.place
    name = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
    where = f"{location.point.lat:.4f}, {location.point.lon:.4f}" if location.point else "no point"
    relation = f"{location.relation} " if location.relation else ""
    return f"{relation}{name} [{place.kind.value}] {where}  confidence {resolution.confidence:.2f}"


def _explained(resolution: Resolution) -> Iterator[str]:
    """List the candidates with what each feature added to their scores."""
    for rival in resolution.rivals:
        place = rival.candidate.place
        name = ", ".join(part for part in (place.name, place.admin1, place.country) if part)
        yield f"    {rival.score:+.2f}  {name} [{place.kind.value}] {place.id}"
        for feature in rival.features[:8]:
            adds = feature.value * feature.weight
            yield f"        {adds:+.2f}  {feature.name} = {feature.detail}"
    if resolution.note:
        yield f"    note: {resolution.note}"
