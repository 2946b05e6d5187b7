"""Give what reads strangers' input anything at all for as long as wanted.

    python benchmarks/fuzz.py --minutes 30

The tests of ``tests/survival/test_fuzz.py`` in turn, each time with inputs not tried before, until
the time is up. Ends with 1 and Hypothesis' report where one throws.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, seed, settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "survival")]

import test_fuzz  # noqa: E402  found by the line before

EXAMPLES = 100


def main() -> None:
    """Run the tests in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    until = time.monotonic() + 60 * parser.parse_args().minutes
    counts = dict.fromkeys((test.id for test in test_fuzz.TESTS), 0)
    for round_number in itertools.count():
        for test in test_fuzz.TESTS:
            if time.monotonic() > until:
                total = sum(counts.values())
                print("\n".join(f"{name:18}{count:10,}" for name, count in counts.items()))
                print(f"{total:,} inputs, nothing thrown")
                return
            counts[test.id] += tried(test.values[0], round_number)


def tried(made: Callable[[], Callable[[], None]], round_number: int) -> int:
    """Run one test with inputs of this round; returns how many."""
    settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )(seed(round_number)(made()))()
    return EXAMPLES


if __name__ == "__main__":
    main()
