"""The command line: each command parses, calls the library, prints.

Data goes to standard output, words and progress to standard error. Exit codes: 0 done, 1 a
:class:`~geomap.errors.GeomapError` in one line, 2 wrong usage, 3 below ``--fail-under``.

A command is one module of this package with two functions: ``add_parser(subparsers)`` describes
it, ``run(args)`` does it and returns the exit code. Heavy libraries are imported inside ``run``, so
that ``geomap --help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from geomap.cli import (
    build,
    corrections,
    distance,
    evaluate,
    export,
    extract,
    gazetteer,
    locate,
    summarize,
)
from geomap.cli.terminal import shown
from geomap.errors import GeomapError
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (build, locate, extract, distance, export, gazetteer, evaluate, summarize, corrections)


_INTERRUPTED = 130  # what a shell gives for Ctrl-C: 128 and the number of the signal


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="geomap",
        description="Turn a folder of news reports into a map of events that can be checked.",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    with shown():
        args = build_parser().parse_args(argv)
        if args.debug:
            return _run(args)
        try:
            return _run(args)
        except GeomapError as error:
            sys.stderr.write(f"geomap: {one_line(str(error))}\n")
        except OSError as error:  # of the machine: a name too long, too many open files
            sys.stderr.write(f"geomap: {one_line(str(error))}\n")
        except Exception as error:  # noqa: BLE001  people get a line and not a page of our own code
            fault = one_line(f"{type(error).__name__}: {error}")
            sys.stderr.write(
                f"geomap: this should not happen: {fault}; what was there before is untouched; "
                "please report it with what `geomap --debug …` prints\n"
            )
        return 1


def _run(args: argparse.Namespace) -> int:
    code = 0
    try:
        code = args.run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("geomap: interrupted; what was there before is untouched\n")
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`geomap … | head`). Python would complain at exit about the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
