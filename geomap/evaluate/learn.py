"""Learn the resolver's weights from gold files, cross-validated.

::

    python -m geomap.evaluate.learn LGL.jsonl TR-News.jsonl GeoWebNews.jsonl

prints the figures of every quarter of the documents under weights learned from the rest, fits
the calibration to those answers, and writes the weights learned from all. Needs LightGBM.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.evaluate.gold import read_gold
from geomap.evaluate.metrics import NEAR_KM, error_km
from geomap.evaluate.run import Outcome, as_annotation, is_inside, on_spans, score
from geomap.gazetteer import Gazetteer
from geomap.model import noun
from geomap.resolve.options import DEFAULT, Options
from geomap.resolve.ranker import WEIGHTS, Model, interpolated, model_of
from geomap.resolve.resolver import resolve_with
from geomap.resolve.train import Truth, example, folds, train

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.evaluate.toponyms import GoldDocument
    from geomap.resolve.options import Lookup
    from geomap.resolve.train import Example

UNCALIBRATED = ((0.0, 0.0), (1.0, 1.0))
_KNOTS = 16
_SURE = 0.9
_ABOVE_ALL = 1.01


def main(argv: Sequence[str] | None = None) -> int:
    """Cross-validate, calibrate, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    parser.add_argument("--dry-run", action="store_true", help="print figures, write nothing")
    parser.add_argument("--gazetteer", type=Path, help="another file than that of the package")
    args = parser.parse_args(argv)
    gold = [with_points(one) for path in args.gold for one in read_gold(path)]
    with Gazetteer.open(args.gazetteer) as gazetteer:
        examples = [example(as_annotation(one), truths(one), gazetteer) for one in gold]
        results = list(cross_validate(gold, models_without(examples), gazetteer))
    for line in (*figures([one.outcome for one in results]), *reliability(bands(results))):
        sys.stdout.write(line + "\n")
    if not args.dry_run:
        write(train(examples) | calibrations(results), args.output)
    return 0


@noun
class Answered:
    """An outcome, and which of its answers were taken from another name nearby."""

    outcome: Outcome
    inherited: tuple[bool, ...]


def with_points(document: GoldDocument) -> GoldDocument:
    """Leave out the toponyms of which nobody knows where they are."""
    known = tuple(one for one in document.toponyms if one.point and is_inside(document, one))
    return dataclasses.replace(document, toponyms=known)


def truths(document: GoldDocument) -> list[Truth | None]:
    """Return where the document's toponyms are."""
    return [
        Truth(point=one.point, geonameid=one.geonameid) if one.point else None
        for one in document.toponyms
    ]


def models_without(examples: Sequence[Example]) -> list[Model]:
    """Return for every document the weights learned from the folds that it is not in."""
    models: dict[int, Model] = {}
    for held_out in folds(len(examples)):
        rest = [n for n in range(len(examples)) if n not in set(held_out)]
        models |= dict.fromkeys(held_out, learned([examples[n] for n in rest]))
    return [models[n] for n in range(len(examples))]


def learned(examples: Sequence[Example]) -> Model:
    """Return weights learned from documents, with confidence as it comes."""
    uncalibrated = dict.fromkeys(("calibration", "backoff_calibration"), UNCALIBRATED)
    return model_of(train(examples) | uncalibrated)


def cross_validate(
    gold: Sequence[GoldDocument],
    models: Sequence[Model],
    gazetteer: Lookup,
    options: Options = DEFAULT,
) -> Iterator[Answered]:
    """Answer the gold spans of every document by the weights that were learned without it."""
    for document, model in zip(gold, models, strict=True):
        yield answered(document, model, gazetteer, options)


def answered(document: GoldDocument, model: Model, gazetteer: Lookup, options: Options) -> Answered:
    """Resolve the gold spans of a document."""
    found = resolve_with(model, as_annotation(document), gazetteer, options=options)
    return Answered(
        outcome=Outcome(gold=document, on_spans=on_spans(document, found), found=None),
        inherited=tuple(one.note is not None for one in found),
    )


def figures(results: Sequence[Outcome]) -> Iterator[str]:
    """Yield accuracy by corpus."""
    for corpus in sorted({one.gold.corpus for one in results}):
        found = score([one for one in results if one.gold.corpus == corpus])
        exact, spans = found.exact_id_gold_spans or 0.0, found.gold_spans
        yield (
            f"{corpus:12} Acc@161 {spans.acc161:.4f}  mean {spans.mean_km:.0f} km"
            f"  AUC {spans.auc:.4f}  exact id {exact:.4f}  n={spans.n}"
        )


Verdicts = list[tuple[float, float]]
"""Pairs of a confidence and 1 where the answer was right, 0 where not."""


def calibrations(results: Sequence[Answered]) -> dict[str, Verdicts]:
    """Fit confidence to the answers, those of a name's own place and those inherited."""
    own, inherited = _verdicts(results)
    return {
        "calibration": thinned(isotonic(sorted(own))),
        "backoff_calibration": thinned(isotonic(sorted(inherited))),
    }


Band = tuple[float, float, float, int]
"""Confidence from and to, the share of right answers, and how many answers there are."""


def bands(results: Sequence[Answered]) -> Iterator[Band]:
    """Yield how often answers were right, by their confidence; the last band is 0.9 and more.

    Confidence is fitted on the even documents and judged on the odd ones.
    """
    fitted = calibrations(results[::2])
    judged: Verdicts = []
    for verdicts, name in zip(_verdicts(results[1::2]), fitted, strict=True):
        knots = tuple(fitted[name])
        judged += [(interpolated(knots, raw), right) for raw, right in verdicts]
    edges = (0.0, *(n / 10 for n in range(5, 10)), 0.95, _ABOVE_ALL)
    for low, high in (*pairwise(edges), (_SURE, _ABOVE_ALL)):
        rights = [right for confidence, right in judged if low <= confidence < high]
        if rights:
            yield low, min(high, 1.0), sum(rights) / len(rights), len(rights)


def reliability(found: Iterable[Band]) -> Iterator[str]:
    """Yield the bands as lines of text."""
    for low, high, share, count in found:
        yield f"confidence {low:.2f} to {high:.2f}  right {share:.4f}  n={count}"


def _verdicts(results: Sequence[Answered]) -> tuple[Verdicts, Verdicts]:
    """Return the verdicts on answers of a name's own and on inherited ones."""
    found: tuple[Verdicts, Verdicts] = ([], [])
    for result in results:
        gold, given = result.outcome.gold.toponyms, result.outcome.on_spans
        for one, two, inherited in zip(gold, given, result.inherited, strict=True):
            if two.point is not None:
                right = float(error_km(one, two) < NEAR_KM)
                found[int(inherited)].append((two.confidence, right))
    return found


def isotonic(pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float, int]]:
    """Pool adjacent violators: (mean input, mean target, count) of blocks with rising targets."""
    blocks: list[tuple[float, float, int]] = []
    for x, y in pairs:
        blocks.append((x, y, 1))
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            blocks[-2:] = [_pooled(blocks[-2], blocks[-1])]
    return blocks


def _pooled(a: tuple[float, float, int], b: tuple[float, float, int]) -> tuple[float, float, int]:
    count = a[2] + b[2]
    return (
        (a[0] * a[2] + b[0] * b[2]) / count,
        (a[1] * a[2] + b[1] * b[2]) / count,
        count,
    )


def thinned(blocks: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """Pool neighboring blocks until each holds a fair share, and round.

    Between the points that this returns, confidence is a straight line.
    """
    share = sum(count for _, _, count in blocks) / _KNOTS
    pooled: list[tuple[float, float, int]] = []
    for block in blocks:
        if pooled and pooled[-1][2] < share:
            pooled[-1] = _pooled(pooled[-1], block)
        else:
            pooled.append(block)
    return [(round(x, 4), round(y, 4)) for x, y, _ in pooled]


def write(weights: dict[str, Any], path: Path) -> None:
    """Write the weights, one tree a line."""
    path.write_text(_lines(weights), encoding="utf-8")


def _lines(weights: dict[str, Any]) -> str:
    """Return JSON in which every tree is one line, so that a person can read and compare it."""
    parts = []
    for name in ("local", "collective", "backoff"):
        ranker = dict(weights[name])
        trees = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in ranker.pop("trees"))
        head = json.dumps(ranker)[:-1]
        parts.append(f'"{name}": {head}, "trees": [\n{trees}\n]}}')
    parts += [
        f'"{name}": {json.dumps(weights[name])}' for name in ("calibration", "backoff_calibration")
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    raise SystemExit(main())
