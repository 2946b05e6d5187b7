"""Accuracy of resolution, cross-validated, with a table of how confidence bears out.

::

    python benchmarks/resolution.py LGL.jsonl TR-News.jsonl GeoWebNews.jsonl

Every quarter of the documents is answered by weights learned from the others, so that no figure is
measured on what was learned from. The last lines are those of the publisher's profile, a mode of
its own. Needs LightGBM. Takes some minutes; set OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.evaluate import read_gold
from geomap.evaluate.baselines import BASELINES, baseline_score
from geomap.evaluate.learn import (
    UNCALIBRATED,
    Answered,
    answered,
    bands,
    cross_validate,
    figures,
    reliability,
    truths,
    with_points,
)
from geomap.evaluate.plot import reliability_svg
from geomap.evaluate.run import as_annotation
from geomap.gazetteer import Gazetteer
from geomap.resolve import Options, profiles
from geomap.resolve.ranker import Model, model_of
from geomap.resolve.resolver import resolve_with
from geomap.resolve.train import Example, example, folds, train

if TYPE_CHECKING:
    from geomap.evaluate.toponyms import GoldDocument


def main() -> None:
    """Cross-validate and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--plot", type=Path, help="draw how confidence bears out as SVG")
    args = parser.parse_args()
    gold = [with_points(one) for path in args.gold for one in read_gold(path)]
    with Gazetteer.open() as gazetteer:
        for name, choice in BASELINES.items():
            for corpus in sorted({one.corpus for one in gold}):
                scored = baseline_score(
                    [one for one in gold if one.corpus == corpus], gazetteer, choice
                )
                print(f"{corpus:12} Acc@161 {scored.acc161:.4f}  baseline: {name}")
        examples = [example(as_annotation(one), truths(one), gazetteer) for one in gold]
        results = list(cross_validate(gold, examples, gazetteer))
        print("\n".join(figures([one.outcome for one in results])))
        found = list(bands(results))
        print("\n".join(reliability(found)))
        if args.plot:
            args.plot.write_text(reliability_svg(found[:-1]), encoding="utf-8")
        print("With the publisher's profile:")
        print("\n".join(figures([one.outcome for one in profiled(gold, examples, gazetteer)])))


def profiled(
    gold: list[GoldDocument], examples: list[Example], gazetteer: Gazetteer
) -> list[Answered]:
    """Answer again by the same weights, leaning to what each publisher's others are about."""
    models: dict[int, Model] = {}
    for held_out in folds(len(gold)):
        rest = sorted(set(range(len(gold))) - set(held_out))
        uncalibrated = dict.fromkeys(("calibration", "backoff_calibration"), UNCALIBRATED)
        model = model_of(train([examples[n] for n in rest]) | uncalibrated)
        models |= dict.fromkeys(held_out, model)
    found = [resolve_with(models[n], as_annotation(one), gazetteer) for n, one in enumerate(gold)]
    told = profiles([(one.publisher, found[n]) for n, one in enumerate(gold)])
    return [
        answered(one, models[n], gazetteer, Options(profile=told[n])) for n, one in enumerate(gold)
    ]


if __name__ == "__main__":
    main()
