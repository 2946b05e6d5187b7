"""How time and memory of linking grow with the number of reports.

    python benchmarks/merge_speed.py [1000 10000 100000]

Each size runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

import merge_corpus

from geomap.merge import merge
from geomap.ontology import Ontology

SIZES = (1_000, 10_000, 100_000)
REPORTS_AN_EVENT = 6.5


def measure(size: int) -> None:
    """Merge about ``size`` reports and print what it took."""
    corpus = merge_corpus.make(round(size / REPORTS_AN_EVENT))
    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started, started_cpu = time.perf_counter(), time.process_time()
    events = tuple(merge(corpus.reports, corpus.documents, Ontology.load()).events)  # all made
    seconds = time.perf_counter() - started
    cpu_seconds = time.process_time() - started_cpu
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    count = len(corpus.reports)
    print(
        f"{count:7} reports  {len(events):6} events  {seconds:7.2f} s "
        f"({cpu_seconds:.2f} s of one core, {cpu_seconds / count * 1e6:.0f} µs a report)  "
        f"{peak_mb - before_mb:.0f} MB on top of {before_mb:.0f} MB of input",
        flush=True,
    )


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    if len(sizes) == 1:
        measure(sizes[0])
    else:
        for one in sizes:
            subprocess.run([sys.executable, __file__, str(one)], check=True)  # noqa: S603  ourselves
