"""``geomap corrections check``: say what is wrong with a corrections file before a build does."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geomap.model import Correction


def add_parser(subparsers: Any) -> None:
    """Describe the command and what it can do."""
    parser = subparsers.add_parser(
        "corrections", help="check a corrections file", description="Work on a corrections file."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check",
        help="say what is wrong with it, line by line",
        description="Say what is wrong with a corrections file. Exit code 1 if anything is.",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="corrections.csv")
    check.add_argument(
        "--events",
        type=Path,
        metavar="DIR",
        help="output folder of a build: also say which ids have no event there",
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each problem; 1 if there is one."""
    from geomap import corrections

    lines = corrections.read(args.file)
    known = _known_ids(args.events) if args.events else None
    void = corrections.clashes(lines)
    problems = [
        f"{args.file}, line {correction.line}: {words}\n"
        for correction in lines
        for words in (*_problems(correction, known), *filter(None, [void.get(correction.line)]))
    ]
    sys.stdout.writelines(problems)
    told = "no problem" if not problems else f"{len(problems)} with problems"
    sys.stderr.write(f"{len(lines)} corrections, {told}\n")
    return 1 if problems else 0


def _problems(correction: Correction, known: set[str] | None) -> Iterator[str]:
    from geomap.corrections import problem

    wrong = problem(correction)
    if wrong:
        yield wrong
    elif known is not None:
        other = correction.value if correction.action == "merge" else None
        by_words = correction.document_id is not None
        for event_id in (None if by_words else correction.event_id, other):
            if event_id is not None and event_id not in known:
                yield f'no event has the id "{event_id}"'


def _known_ids(path: Path) -> set[str]:
    from geomap.summarize import read_events

    return {event["id"] for event in read_events(path)}
