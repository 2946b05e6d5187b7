"""``geomap gazetteer``: look up, describe, rebuild, check an overlay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: Any) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("gazetteer", help="look up places in the gazetteer")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the command."""
    raise NotImplementedError(args)
