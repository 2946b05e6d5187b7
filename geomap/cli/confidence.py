"""The option of how sure events must be to be told."""

from __future__ import annotations

import argparse

from geomap.model import MIN_CONFIDENCE


def add_min_confidence(parser: argparse.ArgumentParser) -> None:
    """Describe ``--min-confidence``."""
    parser.add_argument(
        "--min-confidence",
        type=_share,
        metavar="P",
        help="leave out events that are less sure than this, from 0 to 1 "
        f"(default: {MIN_CONFIDENCE}; 0 tells all)",
    )


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"must be a number from 0 to 1, found {text!r}")
    return share
