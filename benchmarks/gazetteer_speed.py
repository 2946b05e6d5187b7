"""Print lookups a second, time to open and memory of the gazetteer, on one core.

    python benchmarks/gazetteer_speed.py [--gazetteer FILE]

*raw* is the exact lookup alone (``knows``: one key in the table of names), *cold* builds all
candidates of names that were not asked before, *news* asks for names in the proportions of running
text, where most come again and again. Fuzzy lookups are of names with one letter left out.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SAMPLE = 50_000


def per_second(function: Callable[[str], object], names: Iterable[str]) -> float:
    """Return how many calls of ``function`` a second take place, best of three runs."""
    names = list(names)
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for name in names:
            function(name)
        best = min(best, time.process_time() - started)
    return len(names) / best


def memory_mb() -> float:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gazetteer", type=Path)
    path = parser.parse_args().gazetteer
    Gazetteer.open(path).close()
    started = time.process_time()
    gazetteer = Gazetteer.open(path)
    print(f"open: {(time.process_time() - started) * 1000:.1f} ms")
    numbers = random.Random(0)  # noqa: S311 - a sample, no secret
    search = gazetteer._search  # noqa: SLF001 - the parts are measured without their caches
    keys = search._execute("SELECT data FROM layer WHERE name = 'fuzzy'").fetchone()[0]  # noqa: SLF001
    sample = [key.title() for key in numbers.sample(keys.decode().split("\n"), SAMPLE)]
    print(f"raw: {per_second(gazetteer.knows, sample):,.0f} lookups/s (target 150,000)")
    started = time.process_time()
    for name in sample:
        search.candidates(name)
    print(f"cold: {len(sample) / (time.process_time() - started):,.0f} lookups/s")
    weights = [1 / (rank + 1) for rank in range(len(sample))]
    news = numbers.choices(sample, weights, k=SAMPLE)
    print(f"news: {per_second(gazetteer.candidates, news):,.0f} lookups/s")
    print(f"memory after exact lookups: {memory_mb():.0f} MB (target below 150)")
    slips = [name[:2] + name[3:].lower() for name in sample[:3000]]
    started = time.process_time()
    search.loose("Khrakiv")
    print(f"fuzzy index: {time.process_time() - started:.2f} s, once")
    print(f"fuzzy: {per_second(search.loose, slips):,.0f} lookups/s (target 3,000)")
    print(f"memory after fuzzy lookups: {memory_mb():.0f} MB")
    gazetteer.close()


if __name__ == "__main__":
    main()
