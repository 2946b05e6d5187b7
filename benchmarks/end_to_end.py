"""Accuracy from the text alone, cross-validated: nothing is answered by what had seen it.

::

    python -m geomap.recognize.train LGL.jsonl … EventLocation.jsonl --cross-validate FOLDER
    python benchmarks/end_to_end.py LGL.jsonl … --mentions FOLDER/mentions.jsonl

The first finds the toponyms of every article by networks that were trained without it; this
resolves them by weights learned from three quarters of the documents that it is not in. With
``--leave-out NAME`` the documents of one corpus alone are answered, by weights learned from all
others; so should the mentions be. Needs LightGBM.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from geomap.evaluate import read_gold
from geomap.evaluate.learn import learned, models_without, truths, with_points
from geomap.evaluate.run import Outcome, as_annotation, on_spans, score
from geomap.evaluate.toponyms import answer
from geomap.gazetteer import Gazetteer
from geomap.model import Mention, Use
from geomap.resolve.resolver import resolve_with
from geomap.resolve.train import example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geomap.evaluate.toponyms import GoldDocument
    from geomap.resolve.ranker import Model

    Found = Mapping[tuple[str, str], tuple[Mention, ...]]


def main() -> None:
    """Cross-validate and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--mentions", type=Path, required=True)
    parser.add_argument("--leave-out", metavar="NAME", help="a corpus, by the name of its file")
    parser.add_argument("--save", type=Path, help="write what was answered, a line a document")
    args = parser.parse_args()
    gold = [one for path in args.gold for one in read_gold(path)]
    found = read_mentions(args.mentions)
    with Gazetteer.open() as gazetteer:
        asked, models = taught(gold, args.leave_out, gazetteer)
        results = [
            outcome(one, found[one.corpus, one.id], model, gazetteer)
            for one, model in zip(asked, models, strict=True)
        ]
    print("\n".join(figures(results)))
    if args.save:
        args.save.write_text("".join(map(as_line, results)), encoding="utf-8")


def read_mentions(path: Path) -> Found:
    """Read what was found, by corpus and document."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        (row["corpus"], row["id"]): tuple(
            Mention(document_id=row["id"], **one | {"use": Use(one["use"])})
            for one in row["mentions"]
        )
        for row in rows
    }


def taught(
    gold: Sequence[GoldDocument], left_out: str | None, gazetteer: Gazetteer
) -> tuple[Sequence[GoldDocument], Sequence[Model]]:
    """Return the documents to answer, and for each the weights that were learned without it."""
    known = [with_points(one) for one in gold]
    examples = [
        example(as_annotation(one), truths(one), gazetteer)
        for one in known
        if one.corpus != left_out
    ]
    if left_out is None:
        return gold, models_without(examples)
    asked = [one for one in gold if one.corpus == left_out]
    return asked, [learned(examples)] * len(asked)


def outcome(
    document: GoldDocument, mentions: tuple[Mention, ...], model: Model, gazetteer: Gazetteer
) -> Outcome:
    """Resolve the gold spans of a document, and what was found in it."""
    given = as_annotation(document)
    heard = dataclasses.replace(given, mentions=mentions)
    return Outcome(
        gold=document,
        on_spans=on_spans(document, resolve_with(model, given, gazetteer)),
        found=tuple(answer(one) for one in resolve_with(model, heard, gazetteer)),
    )


def figures(results: Sequence[Outcome]) -> Iterator[str]:
    """Yield the figures of each corpus."""
    for corpus in sorted({one.gold.corpus for one in results}):
        found = score([one for one in results if one.gold.corpus == corpus])
        exact, whole, recognized = found.exact, found.end_to_end, found.on_recognized
        assert exact
        assert whole
        assert recognized
        yield (
            f"{corpus:12} P {exact.precision:.4f}  R {exact.recall:.4f}  F1 {exact.f1:.4f}"
            f"  Acc@161: gold spans {found.gold_spans.acc161:.4f}, end to end {whole.acc161:.4f}"
            f", of what is found {recognized.acc161:.4f}  n={whole.n}"
        )


def as_line(result: Outcome) -> str:
    """Return a document's answers as a line that scorers of published systems read."""
    toponyms = [
        {
            "start": one.start,
            "end": one.end,
            "phrase": one.text,
            "lat": one.point.lat if one.point else None,
            "lon": one.point.lon if one.point else None,
            "geonameid": one.geonameid,
        }
        for one in result.found or ()
    ]
    row = {"id": result.gold.id, "corpus": result.gold.corpus, "toponyms": toponyms}
    return json.dumps(row, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    main()
