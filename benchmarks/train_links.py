"""Train the linker of events to places on an EventLocation file and write ``links.json``.

    python benchmarks/train_links.py ../shared/corpora/EventLocation.dev.jsonl

Needs lightgbm and scikit-learn (not needed to run geomap). Sentences are divided into folds by
their text, so that no sentence is scored by a model that saw it; a sixth of them is kept apart and
scored once. Thresholds are chosen by the folds.

Rows whose gold spans begin or end inside a word hold numbers of tokens where others hold those of
characters (first and last token of a place, by spaCy's tokens): they are read so in training, where
all that they point to are names, and not scored. Left out of training are rows without gold where
the sentence plainly names the place (many rows of the file were never annotated to the end: they
would teach to answer nothing).
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import pickle
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from sklearn.model_selection import GroupKFold

from geomap.extraction.candidates import bare_name, find_candidates
from geomap.extraction.forest import chosen
from geomap.extraction.linking import Linker
from geomap.extraction.linkrow import FEATURES, SECOND
from geomap.extraction.syntax import Syntax
from geomap.model import Document

WEIGHTS = Path(__file__).parents[1] / "geomap" / "extraction" / "links.json"
TREES, LEAVES = 400, 24
# Of thresholds that give about the same by the folds, the one with the fewest wrong places.
THRESHOLD, SINGLE = 0.38, 0.15
PLAIN = 0.3  # an unannotated row with a place this sure of the nonempty model is left out


def read(path: Path, annotate: Any) -> list[dict[str, Any]]:
    """Return one pair list a row: features, shares of gold tokens, token sets."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    documents = [Document(id=str(n), text=row["text"]) for n, row in enumerate(rows)]
    examples = [
        _example(row, annotation) for row, annotation in zip(rows, annotate(documents), strict=True)
    ]
    return [example for example in examples if example is not None]


def _broken(row: dict[str, Any]) -> bool:
    text = row["text"]
    return any(
        end - start <= 1
        or (start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum())
        or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
        for start, end in row["locations"]
    )


def _example(row: dict[str, Any], annotation: Any) -> dict[str, Any] | None:
    """Return one row for training; None where its gold cannot be read."""
    syntax = Syntax(annotation)
    trigger = syntax.head_of_span(*row["verb"][0]) or 0
    candidates = find_candidates(syntax, 0, len(syntax.tokens))
    spans = [bare_name(syntax, candidate) for candidate in candidates]
    gold = _by_tokens(row, spans) if _broken(row) else _by_characters(row, syntax)
    if gold is None:
        return None
    linker = Linker(syntax, candidates)
    return {
        "text": row["text"].strip(),
        "linker": linker,
        "rows": linker.rows(trigger),
        "target": [sum(i in gold for i in span) * 2 >= len(span) for span in spans],
        "spans": spans,
        "gold": gold,
        "broken": _broken(row),
        "located": [c.label in {"GPE", "LOC", "FAC"} for c in candidates],
    }


def _by_characters(row: dict[str, Any], syntax: Syntax) -> set[int]:
    tokens = (i for start, end in row["locations"] for i in syntax.span_tokens(start, end))
    return {i for i in tokens if not syntax.tokens[i].text.isspace()}


def _by_tokens(row: dict[str, Any], names: list[range]) -> set[int] | None:
    """Read locations as numbers of tokens; a space in front of the text may have counted as one."""
    named = {i for name in names for i in name}
    for shift in (0, -1, 1):
        ends = [(first + shift, last + shift) for first, last in row["locations"]]
        if all(first <= last and {first, last} <= named for first, last in ends):
            return {i for first, last in ends for i in range(first, last + 1)}
    return None


def model(seed: int = 0) -> Any:
    """Return an untrained forest."""
    return lgb.LGBMClassifier(
        n_estimators=TREES,
        num_leaves=LEAVES,
        learning_rate=0.05,
        min_child_samples=10,
        subsample=0.8,
        subsample_freq=1,
        colsample_bytree=0.25,
        reg_lambda=3.0,
        random_state=seed,
        deterministic=True,
        force_row_wise=True,
        n_jobs=1,
        verbose=-1,
    )


def fit(examples: list[dict[str, Any]], key: str) -> Any:
    """Train on the rows under ``key``."""
    rows = np.array([row for e in examples for row in e[key]], dtype=np.float64)
    target = np.array([t for e in examples for t in e["target"]])
    return model().fit(rows, target)


def predict(fitted: Any, examples: list[dict[str, Any]], key: str) -> list[list[float]]:
    """Return the probabilities, a list for each example."""
    flat = [row for e in examples for row in e[key]]
    scores = iter(fitted.predict_proba(np.array(flat, dtype=np.float64))[:, 1] if flat else [])
    return [[float(next(scores)) for _ in e[key]] for e in examples]


def out_of_fold(examples: list[dict[str, Any]], key: str, folds: int = 5) -> list[list[float]]:
    """Score each example by a model that did not see its sentence."""
    names = {e["text"]: n for n, e in enumerate(examples)}
    groups = np.array([names[e["text"]] for e in examples])
    scores: list[list[float]] = [[] for _ in examples]
    for train, test in GroupKFold(folds).split(np.zeros(len(examples)), groups=groups):
        fitted = fit([examples[i] for i in train], key)
        for i, p in zip(test, predict(fitted, [examples[i] for i in test], key), strict=True):
            scores[i] = p
    return scores


def deepen(examples: list[dict[str, Any]], first: list[list[float]]) -> None:
    """Add the rows of the second model."""
    for example, p in zip(examples, first, strict=True):
        example["second"] = example["linker"].second_rows(example["rows"], p)


def score(
    examples: list[dict[str, Any]], p: list[list[float]], threshold: float, single: float
) -> tuple[float, float]:
    """Return token precision and recall."""
    hits = said = told = 0
    for example, scores in zip(examples, p, strict=True):
        if example["broken"]:
            continue
        spans = [example["spans"][n] for n in chosen(scores, threshold, single)]
        found = {i for span in spans for i in span}
        hits += len(found & example["gold"])
        said += len(found)
        told += len(example["gold"])
    return hits / max(1, said), hits / max(1, told)


def held_out(example: dict[str, Any]) -> bool:
    """Tell by a hash of its text whether a sentence is kept apart."""
    return int(hashlib.sha256(example["text"].encode()).hexdigest(), 16) % 6 == 0


def without_plain(
    examples: list[dict[str, Any]], scores: list[list[float]]
) -> list[dict[str, Any]]:
    """Leave out rows without gold that plainly name a place."""
    return [
        e
        for e, p in zip(examples, scores, strict=True)
        if e["gold"]
        or not any(q > PLAIN and place for q, place in zip(p, e["located"], strict=True))
    ]


def dump(fitted: Any) -> dict[str, Any]:
    """Return a forest as plain tables."""
    trees = [_tree(t["tree_structure"]) for t in fitted.booster_.dump_model()["tree_info"]]
    return {"bias": 0.0, "trees": trees}


def _tree(root: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = {k: [] for k in ("feature", "threshold", "left", "right", "value")}

    def add(node: dict[str, Any], depth: int) -> tuple[int, int]:
        here = len(table["feature"])
        for column in table.values():
            column.append(0)
        if "leaf_value" in node:
            table["feature"][here] = -1
            table["value"][here] = round(node["leaf_value"], 4)
            return here, depth
        table["feature"][here] = node["split_feature"]
        table["threshold"][here] = round(node["threshold"], 4)
        table["left"][here], left = add(node["left_child"], depth + 1)
        table["right"][here], right = add(node["right_child"], depth + 1)
        return here, max(left, right)

    _, depth = add(root, 0)
    return {**table, "depth": depth}


def main() -> None:
    """Train, print the scores of the part kept apart, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--cache", type=Path, help="keep annotations here between runs")
    parser.add_argument("--dry-run", action="store_true", help="print scores, write nothing")
    args = parser.parse_args()
    examples = load(args.file, args.cache)
    located = [e for e in examples if e["gold"]]
    # How plain a place is, is judged by a model of annotated rows only, out of fold for those.
    judge = fit([e for e in located if not held_out(e)], "rows")
    examples = without_plain(examples, predict(judge, examples, "rows"))
    train = [e for e in examples if not held_out(e)]
    apart = [e for e in examples if held_out(e)]
    deepen(train, out_of_fold(train, "rows"))
    first = fit(train, "rows")
    deepen(apart, predict(first, apart, "rows"))
    second = fit(train, "second")
    p_train, p_apart = out_of_fold(train, "second"), predict(second, apart, "second")
    for threshold, single in itertools.product((0.3, 0.34, 0.38, 0.42), (0.15, 0.2, 0.25, 0.3)):
        figures = []
        for part, p in ((train, p_train), (apart, p_apart)):
            told = [pair for pair in zip(part, p, strict=True) if pair[0]["gold"]]
            rule = (threshold, single)
            figures += [score([e for e, _ in told], [q for _, q in told], *rule)]
            figures += [score(part, p, *rule)]
        print(threshold, single, *(f"P {p:.3f} R {r:.3f}" for p, r in figures), sep="  ")
    print("columns: folds, rows with gold; folds, all; kept apart, rows with gold; kept apart, all")
    print(f"{len(train)} rows for training, {len(apart)} kept apart")
    if not args.dry_run:
        data = {
            "features": [*FEATURES, *SECOND],
            "threshold": THRESHOLD,
            "single": SINGLE,
            "forests": [dump(first), dump(second)],
        }
        WEIGHTS.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")


def load(path: Path, cache: Path | None) -> list[dict[str, Any]]:
    """Annotate the file, or read annotations kept from an earlier run."""
    if cache and cache.exists():
        annotations = pickle.loads(cache.read_bytes())  # noqa: S301  our own file
        return read(path, lambda _: annotations)
    from geomap.gazetteer import Gazetteer
    from geomap.recognize import Recognizer

    with Gazetteer.open() as gazetteer:
        recognizer = Recognizer.load(gazetteer=gazetteer)

        def annotate(documents: list[Document]) -> list[Any]:
            annotations = list(recognizer.annotate(documents))
            if cache:
                cache.write_bytes(pickle.dumps(annotations))
            return annotations

        return read(path, annotate)


if __name__ == "__main__":
    main()
