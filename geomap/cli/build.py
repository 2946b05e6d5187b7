"""``geomap build``: from documents to a map, layers and a report."""

from __future__ import annotations

import atexit
import dataclasses
import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap import config
from geomap.cli.confidence import add_min_confidence
from geomap.cli.lean import leave_out

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from geomap.api import Built
    from geomap.model import DistanceCheck, Failure


# Models and gazetteer are many small objects that live to the end; Python's default would walk them
# again and again and find nothing, a tenth of a short build's time. Memory stays bounded.
_GC_THRESHOLDS = (200_000, 50, 100)


# A summary is read on one screen; run.json lists the other failures, the report all distances.
_FAILURES_TOLD = 20
_DISTANCES_TOLD = 10


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "build",
        help="build a map from documents",
        description="Read documents, find the events they report, and write a map, layers for GIS "
        "tools and a report. Settings are read from geomap.toml beside the input or in the current "
        "folder; options go before it.",
    )
    parser.add_argument("inputs", nargs="+", metavar="INPUT", help="a document or a folder of them")
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("output"), metavar="DIR", help="where to write"
    )
    parser.add_argument(
        "--format",
        dest="formats",
        metavar="NAMES",
        help="the layers to write, separated by commas "
        f"(default: {','.join(config.DEFAULT_FORMATS)})",
    )
    _add_knowledge(parser)
    _add_manner(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="a geomap.toml elsewhere")
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 when a document could not be worked on"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress, only the summary")
    parser.set_defaults(run=run)


def _add_knowledge(parser: argparse.ArgumentParser) -> None:
    """Describe the options that tell what the documents do not."""
    parser.add_argument(
        "--near", metavar="PLACE", help="a place that ambiguous names are taken to be near"
    )
    parser.add_argument(
        "--corrections",
        metavar="FILE",
        help="what people set right (default: corrections.csv beside the input)",
    )
    parser.add_argument(
        "--poi", metavar="FILE", help="places of your own; each event tells the nearest and how far"
    )
    add_min_confidence(parser)
    parser.add_argument(
        "--column",
        dest="columns",
        action="append",
        type=_column,
        metavar="FIELD=NAME",
        help="the column of a table that holds a field, such as text=body_plain; may be repeated",
    )


def _add_manner(parser: argparse.ArgumentParser) -> None:
    """Describe the options of how the work is done; no result hangs on them."""
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="how many processes work on documents (default: as many as processors)",
    )
    parser.add_argument(
        "--engine", metavar="ENGINE", help="who works: local (default), dask or dask://HOST:PORT"
    )
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="neither use nor keep what documents told in former builds",
    )


def _column(text: str) -> tuple[str, str]:
    field, sign, name = text.partition("=")
    if not (sign and field.strip() and name.strip()):
        raise ValueError(text)
    return field.strip(), name.strip()


def _count(text: str) -> int:
    import argparse

    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, found {text!r}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Build, then say what was done; 1 with ``--strict`` where a document failed."""
    from geomap import api

    started = time.perf_counter()
    gc.set_threshold(*_GC_THRESHOLDS)
    atexit.register(gc.freeze)  # or Python would take millions of objects apart before it ends
    settings = _settings(args)
    if args.has_process:
        leave_out(settings)
    with _progress(quiet=args.quiet) as progress:
        built = api.build(args.inputs, args.output, settings=settings, progress=progress)
    seconds = time.perf_counter() - started
    for line in summary(built, seconds):
        sys.stderr.write(line + "\n")
    return 1 if args.strict and built.result.failures else 0


def _settings(args: argparse.Namespace) -> config.Settings:
    """Take settings from the file, then from the options."""
    settings = config.find([Path(item) for item in args.inputs], args.config)
    given: dict[str, Any] = {}
    for name in ("near", "corrections", "poi", "workers", "engine"):
        if getattr(args, name):
            given[name] = getattr(args, name)
    if args.columns:
        given["columns"] = tuple(sorted((dict(settings.columns) | dict(args.columns)).items()))
    if not args.cache:
        given["cache"] = False
    if args.min_confidence is not None:
        given["min_confidence"] = args.min_confidence
    if args.formats:
        given["formats"] = tuple(name.strip() for name in args.formats.split(",") if name.strip())
    return dataclasses.replace(settings, **given)


def _progress(*, quiet: bool) -> Any:
    from geomap.cli.progress import progress_bar

    return progress_bar(quiet=quiet)


def summary(built: Built, seconds: float) -> Iterator[str]:
    """Yield the lines that close a build."""
    result, files = built.result, built.files
    n = built.counts
    copies = sum(len(group) for group in result.near_copies)
    near = f" ({copies} are near-copies)" if copies else ""
    yield (
        f"Read        {_plural(n['documents'], 'document')}, "
        f"{_plural(n['independent_sources'], 'independent source')}{near}"
    )
    if built.known:
        yield f"Known       {_plural(built.known, 'document')} from former builds"
    for note in built.notes:
        yield f"Cache       {note}"
    yield from _failed(result.failures)
    yield (
        f"Places      {_plural(n['mentions'], 'mention')}: {n['resolved']} resolved, "
        f"{n['unresolved']} unresolved"
    )
    yield (
        f"Events      {n['events']} from {_plural(n['reports'], 'report')}: "
        f"{n['events_on_map']} on the map, {n['events_listed_only']} listed only, "
        f"{n['events_with_conflicts']} whose figures disagree"
    )
    distances = list(map(_distance, result.distances))
    yield from _first("Distances", distances, _DISTANCES_TOLD, "report.md")
    if built.page_note:
        yield f"Map         {built.page_note}"
    yield f"Wrote       {_written(files)}, in {seconds:.1f} s"
    yield f"Open it     {files[0].resolve().as_uri()}"


def _failed(failures: Sequence[Failure]) -> Iterator[str]:
    lines = [f"to {each.stage} {each.source}: {each.message}" for each in failures]
    return _first("Failed", lines, _FAILURES_TOLD, "run.json")


def _first(label: str, lines: Sequence[str], most: int, lists_all: str) -> Iterator[str]:
    """Yield the first lines, and how many more a file of the output lists."""
    for line in lines[:most]:
        yield f"{label:<12}{line}"
    more = len(lines) - most
    if more > 0:
        yield f"{label:<12}{more:,} more of {len(lines):,}; {lists_all} lists all of them"


def _distance(check: DistanceCheck) -> str:
    claim = check.claim
    border = f"the border of {claim.target.name}" if claim.to_border else claim.target.name
    about = "about " if claim.approximate else ""
    stated = f"{claim.stated_low_km:.0f}"
    if claim.stated_high_km != claim.stated_low_km:
        stated += f"–{claim.stated_high_km:.0f}"
    if check.measured is None:
        return f"{claim.origin.name} to {border}: stated {about}{stated} km, not measured"
    measured = f"measured {check.measured.distance_km:.0f} km ({check.measured.dataset})"
    return f"{claim.origin.name} to {border}: stated {about}{stated} km, {measured}"


def _written(files: Sequence[Path]) -> str:
    megabytes = files[0].stat().st_size / 1_000_000
    others = ", ".join(path.name for path in files[1:])
    return f"{files[0]} ({megabytes:.1f} MB), {others}"


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
