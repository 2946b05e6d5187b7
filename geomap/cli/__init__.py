"""The command line: each command parses, calls the library, prints.

Data goes to standard output, words and progress to standard error. Exit codes: 0 done, 1 a
:class:`~geomap.errors.GeomapError` in one line, 2 wrong usage, 3 below ``--fail-under``.

A command is one module of this package with two functions: ``add_parser(subparsers)`` describes
it, ``run(args)`` does it and returns the exit code. A command's module is imported when that
command is asked for, heavy libraries inside ``run``, so that ``geomap --help`` answers at once.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from geomap.cli.blas import one_thread
from geomap.cli.terminal import shown
from geomap.errors import GeomapError
from geomap.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The modules of this package that are commands, in the order of ``geomap --help``.
COMMANDS = (
    "build",
    "locate",
    "extract",
    "distance",
    "export",
    "gazetteer",
    "evaluate",
    "summarize",
    "corrections",
)


_INTERRUPTED = 130  # what a shell gives for Ctrl-C: 128 and the number of the signal


def build_parser(commands: Sequence[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of the whole command line, or of some commands."""
    parser = argparse.ArgumentParser(
        prog="geomap",
        description="Turn a folder of news reports into a map of events that can be checked.",
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in commands:
        import_module(f"{__name__}.{command}").add_parser(subparsers)
    return parser


def _asked(argv: Sequence[str]) -> Sequence[str]:
    """Return the command that comes first, all of them where none does."""
    first = next((word for word in argv if not word.startswith("-")), None)
    return [first] if first in COMMANDS else COMMANDS


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    one_thread()
    with shown():
        words = sys.argv[1:] if argv is None else argv
        args = build_parser(_asked(words)).parse_args(words)
        args.has_process = argv is None  # of its own, which ends with the command
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
