"""Learn how sure reports are from the gold events, and write ``confidence.json``.

    python benchmarks/train_confidence.py ../shared/seeds ../shared/corpora [--dry-run]

Needs scikit-learn (not needed to run geomap). Learns from the sets of ``benchmarks/extraction.py``
that are open; those that are only counted stay apart. Without the folders the sets whose texts lie
there are left out. Prints what leaving out the doubtful would do, each report judged by weights
that did not see its article (ten folds).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import extraction
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from geomap.extraction import confidence, read
from geomap.ontology import Ontology

WEIGHTS = Path(__file__).parents[1] / "geomap" / "extraction" / "confidence.json"
REGULARIZATION = 0.05  # best of 0.005 to 0.3 by the folds
FOLDS = 10
# Few articles are as dense with effects of attacks as those that geomap was first asked to read.
ARTICLES = 3.0
DIGITS = 4

Example = tuple[str, dict[str, float], bool]


def main() -> int:
    """Learn, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="?", type=Path)
    parser.add_argument("corpora", nargs="?", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="print only")
    args = parser.parse_args()
    examples = list(_examples({"articles": args.seeds, "corpora": args.corpora}))
    names = sorted(examples[0][1])
    x = np.array([[float(row[name]) for name in names] for _, row, _ in examples])
    y = np.array([right for _, _, right in examples])
    articles = np.array([article for article, _, _ in examples])
    counts = np.array([ARTICLES if a.startswith("articles") else 1.0 for a in articles])
    _print(y, _out_of_fold(x, y, articles, counts))
    if not args.dry_run:
        weights = _weights(names, _fitted(x, y, counts))
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    return 0


def _examples(folders: dict[str, Path | None]) -> Any:
    """Yield article, features, and whether gold knows the event; optional events are left out."""
    annotate, ontology = extraction.reader(), Ontology.load()
    for path, folder in extraction.open_sets(folders):
        for item in extraction.with_texts(extraction.load(path), folder):
            writer, happenings = read(*annotate(item), ontology)
            told = writer.told(happenings)
            reports = [one.report for one in told]
            matched = extraction.pair(reports, item["events"])
            rows = confidence.rows(writer.syntax, ontology.types, told)
            for number, row in enumerate(rows):
                event = item["events"][matched[number]] if number in matched else None
                if event is None or not event.get("optional"):
                    yield f"{path.name} {item['document']}", row, event is not None


def _fitted(x: Any, y: Any, counts: Any) -> Any:
    model = make_pipeline(
        StandardScaler(), LogisticRegression(C=REGULARIZATION, max_iter=5000, tol=1e-8)
    )
    return model.fit(x, y, logisticregression__sample_weight=counts)


def _out_of_fold(x: Any, y: Any, articles: Any, counts: Any) -> Any:
    p = np.zeros(len(y))
    for train, test in GroupKFold(FOLDS).split(x, y, articles):
        p[test] = _fitted(x[train], y[train], counts[train]).predict_proba(x[test])[:, 1]
    return p


def _print(y: Any, p: Any) -> None:
    print(f"{len(y)} reports, {(~y).sum()} wrong; area under the curve {roc_auc_score(y, p):.3f}")
    for least in (0.0, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        kept = p >= least
        print(
            f"least {least:.2f}: left out {(~kept).sum()}, of them wrong {(~y[~kept]).sum()}; "
            f"right ones kept {y[kept].sum() / y.sum():.3f}, wrong {1 - y[kept].mean():.3f}"
        )
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        right = y[(p >= low) & (p < high)]
        if len(right):
            share = f"{right.mean():.2f} of {len(right)} right"
            print(f"confidence {low:.2f} to {min(high, 1):.2f}: {share}")


def _weights(names: list[str], fitted: Any) -> dict[str, float]:
    """Return the weights of the features as they are, the scaling folded in."""
    scaler, model = fitted
    weights = model.coef_[0] / scaler.scale_
    intercept = model.intercept_[0] - (weights * scaler.mean_).sum()
    folded = zip(names, weights, strict=True)
    return {
        "intercept": round(float(intercept), DIGITS),
        **{name: round(float(weight), DIGITS) for name, weight in folded},
    }


if __name__ == "__main__":
    raise SystemExit(main())
