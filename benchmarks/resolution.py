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
    Answered,
    answered,
    bands,
    cross_validate,
    figures,
    models_without,
    reliability,
    truths,
    with_points,
)
from geomap.evaluate.plot import reliability_svg
from geomap.evaluate.run import as_annotation
from geomap.gazetteer import Gazetteer
from geomap.resolve import Options, profiles
from geomap.resolve.resolver import resolve_with
from geomap.resolve.train import example

if TYPE_CHECKING:
    from geomap.evaluate.toponyms import GoldDocument
    from geomap.resolve.ranker import Model


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
        models = models_without(examples)
        results = list(cross_validate(gold, models, gazetteer))
        print("\n".join(figures([one.outcome for one in results])))
        found = list(bands(results))
        print("\n".join(reliability(found)))
        if args.plot:
            args.plot.write_text(reliability_svg(found[:-1]), encoding="utf-8")
        print("With the publisher's profile:")
        print("\n".join(figures([one.outcome for one in profiled(gold, models, gazetteer)])))


def profiled(gold: list[GoldDocument], models: list[Model], gazetteer: Gazetteer) -> list[Answered]:
    """Answer again by the same weights, leaning to what each publisher's others are about."""
    found = [
        resolve_with(model, as_annotation(one), gazetteer)
        for one, model in zip(gold, models, strict=True)
    ]
    told = profiles([(one.publisher, own) for one, own in zip(gold, found, strict=True)])
    return [
        answered(one, model, gazetteer, Options(profile=profile))
        for one, model, profile in zip(gold, models, told, strict=True)
    ]


if __name__ == "__main__":
    main()
