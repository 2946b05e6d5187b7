"""Accuracy of resolution, cross-validated, with a table of how confidence bears out.

::

    python benchmarks/resolution.py LGL.jsonl TR-News.jsonl GeoWebNews.jsonl

Every fifth of the documents is answered by weights learned from the others, so that no figure is
measured on what was learned from. Needs LightGBM. Takes some minutes; set OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.evaluate import read_gold
from geomap.evaluate.baselines import BASELINES, baseline_score
from geomap.evaluate.learn import cross_validate, figures, reliability, truths, with_points
from geomap.evaluate.run import as_annotation
from geomap.gazetteer import Gazetteer
from geomap.resolve.train import example


def main() -> None:
    """Cross-validate and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    args = parser.parse_args()
    gold = [with_points(one) for path in args.gold for one in read_gold(path)]
    with Gazetteer.open() as gazetteer:
        for name, choice in BASELINES.items():
            for corpus in sorted({one.corpus for one in gold}):
                found = baseline_score(
                    [one for one in gold if one.corpus == corpus], gazetteer, choice
                )
                print(f"{corpus:12} Acc@161 {found.acc161:.4f}  baseline: {name}")
        examples = [example(as_annotation(one), truths(one), gazetteer) for one in gold]
        results = list(cross_validate(gold, examples, gazetteer))
    print("\n".join(figures([one.outcome for one in results])))
    print("\n".join(reliability(results)))


if __name__ == "__main__":
    main()
