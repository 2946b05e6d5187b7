"""Documents a second of `geomap locate` beside the bare NER of spaCy's medium English pipeline.

::

    python benchmarks/locate_speed.py CORPUS.jsonl [--limit 100]

Both run on one core in the same process, one after the other, on the same texts; loading is not
counted. Also printed: toponyms resolved a second, and the peak of resident memory.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.config import Settings
from geomap.evaluate import read_gold
from geomap.evaluate.run import as_document
from geomap.locator import open_locator
from geomap.recognize import stock


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=100)
    args = parser.parse_args()
    documents = [as_document(one) for one in read_gold(args.corpus)][: args.limit]
    bare = bare_rate([document.text for document in documents])
    with open_locator(Settings()) as locator:
        list(locator.locate(documents[:3]))  # fills caches that a long run has filled
        start = time.perf_counter()
        found = list(locator.locate(documents))
        spent = time.perf_counter() - start
        mentions = sum(len(one.resolutions) for one in found)
        start = time.perf_counter()
        for one in found:
            locator.resolve(one.annotation)
        resolving = time.perf_counter() - start
    rate = len(documents) / spent
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"bare NER       {bare:8.1f} documents/s")
    print(f"geomap locate  {rate:8.1f} documents/s, {rate / bare:.2f} of the bare NER")
    print(f"resolution     {mentions / resolving:8.0f} toponyms/s ({mentions} toponyms)")
    print(f"peak memory    {peak_mb:8.0f} MB")


def bare_rate(texts: list[str]) -> float:
    """Return documents a second of the stock pipeline with nothing but what NER needs."""
    language = stock.load(stock.DEFAULT_PIPELINE)
    others = [name for name in language.pipe_names if name != "ner"]
    with language.select_pipes(disable=others):
        for _ in language.pipe(texts[:3]):
            pass
        start = time.perf_counter()
        for _ in language.pipe(texts):
            pass
        return len(texts) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
