"""``geomap summarize``: totals of a build over time and place."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_OPEN = "+"


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "summarize",
        help="add up events over time and place",
        description="Add up the events of a build. Parts of an event are counted with it, and "
        "what was denied or withdrawn is left out, so nobody is counted twice.",
    )
    parser.add_argument(
        "events", type=Path, metavar="DIR", help="output folder of a build, or its events.geojson"
    )
    parser.add_argument(
        "--by",
        default="day,admin1",
        metavar="KEYS",
        help="day, week, month, year, type, place, admin1, country, attacker, status; several "
        "with commas (default: day,admin1)",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a line")
    form.add_argument("--csv", action="store_true", help="a table for spreadsheets")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the totals."""
    from geomap.summarize import read_events, row, summarize

    by = tuple(dict.fromkeys(name.strip() for name in args.by.split(",") if name.strip()))
    rows = [row(total, by) for total in summarize(read_events(args.events), by)]
    if args.json:
        sys.stdout.writelines(json.dumps(cells, ensure_ascii=False) + "\n" for cells in rows)
    elif args.csv:
        _write_csv(rows)
    else:
        _write_table(rows, by)
    return 0


def _write_csv(rows: Sequence[dict[str, Any]]) -> None:
    from geomap.export.cells import defused

    if rows:
        writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: defused(value) for name, value in cells.items()} for cells in rows)


def _write_table(rows: Sequence[dict[str, Any]], by: Sequence[str]) -> None:
    """Print columns for people: the keys, events with parts, killed and injured as ranges."""
    lines = [(*by, "events", "parts", "killed", "injured")]
    lines += [
        (
            *(str(cells[name] or "unknown") for name in by),
            str(cells["events"]),
            str(cells["parts"]),
            _range(cells, "killed"),
            _range(cells, "injured"),
        )
        for cells in rows
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        sys.stdout.write("  ".join(padded).rstrip() + "\n")


def _range(cells: dict[str, Any], toll: str) -> str:
    low, high = cells[f"{toll}_min"], cells[f"{toll}_max"]
    if low is None:
        return "–"
    told = str(low) if low == high else f"{low}–{high}"
    return told + _OPEN if cells[f"{toll}_open"] else told
