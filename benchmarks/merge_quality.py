"""Pairwise precision, recall and F1 of merging on the generated corpus, and calibration.

    python benchmarks/merge_quality.py [--events 200] [--seeds 5] [--fit]

A pair of reports is together when they share an event. The reliability table shows how often pairs
of a given probability truly are one event; ``--fit`` prints the weights that a logistic
regression on the compared pairs would choose, beside those in use.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import combinations, pairwise

import merge_corpus
import numpy as np

from geomap.merge import Sources, merge, near_copies
from geomap.merge.block import pairs
from geomap.merge.cards import card_of
from geomap.merge.compare import compare, explain
from geomap.merge.facets import facets
from geomap.merge.weights import default_weights
from geomap.ontology import Ontology

BINS = (0.0, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0001)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    ontology = Ontology.load()
    compared, found = [], []
    for seed in range(1, args.seeds + 1):
        corpus = merge_corpus.make(args.events, seed)
        precision, recall = score(corpus, ontology)
        f1 = 2 * precision * recall / (precision + recall)
        print(
            f"seed {seed}: {len(corpus.reports)} reports, precision {precision:.4f}, "
            f"recall {recall:.4f}, F1 {f1:.4f}"
        )
        found.append(f1)
        compared += judged_pairs(corpus, ontology)
    print(f"mean F1 {sum(found) / len(found):.4f}")
    print_reliability(compared)
    if args.fit:
        print_fit(compared)


def score(corpus: merge_corpus.Corpus, ontology: Ontology) -> tuple[float, float]:
    """Return pairwise precision and recall."""
    merged = merge(corpus.reports, corpus.documents, ontology)
    found = {
        pair
        for event in merged.events
        for pair in combinations(sorted(report.id for report in event.reports), 2)
    }
    groups = defaultdict(list)
    for report_id, event in corpus.truth.items():
        groups[event].append(report_id)
    true = {pair for ids in groups.values() for pair in combinations(sorted(ids), 2)}
    return len(found & true) / len(found), len(found & true) / len(true)


def judged_pairs(corpus: merge_corpus.Corpus, ontology: Ontology) -> list:
    """Return (features by name, probability, whether truly one event) of all compared pairs."""
    sources = Sources.of(near_copies(corpus.documents))
    published = {d.id: d.published for d in corpus.documents if d.published}
    told = facets(corpus.reports, published, ontology)
    weights = default_weights()
    cards = [card_of(facet, b"", weights) for facet in told]
    groups = [sources.group_of(card.document_id) for card in cards]
    judged = []
    for one, other in pairs(cards, groups, weights.distance_km).tolist():
        a, b = told[one], told[other]
        same_copy = lambda x, y: sources.group_of(x) == sources.group_of(y)  # noqa: E731
        comparison = compare(a, b, weights, same_copy)
        if comparison.obstacle is None:
            truth = corpus.truth[a.report.id] == corpus.truth[b.report.id]
            reasons = explain(a, b, weights, same_copy)
            values = {feature.name: feature.value for feature in reasons}
            judged.append((values, comparison.probability, truth))
    return judged


def print_reliability(compared: list) -> None:
    """Print how often pairs of a probability are truly one event."""
    print("probability     pairs  mean  truly one")
    for low, high in pairwise(BINS):
        inside = [(p, t) for _, p, t in compared if low <= p < high]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            true = sum(t for _, t in inside) / len(inside)
            print(f"{low:.2f} to {min(high, 1):.2f} {len(inside):8}  {mean:.2f}  {true:.2f}")


def print_fit(compared: list, rounds: int = 2000, ridge: float = 1e-3) -> None:
    """Print weights fitted by gradient descent beside those in use."""
    names = sorted({name for values, _, _ in compared for name in values})
    column = {name: number for number, name in enumerate(names)}
    table = np.zeros((len(compared), len(names) + 1))
    table[:, -1] = 1
    for row, (values, _, _) in enumerate(compared):
        for name, value in values.items():
            table[row, column[name]] = value
    truth = np.array([float(t) for _, _, t in compared])
    fitted = np.zeros(len(names) + 1)
    for _ in range(rounds):
        error = 1 / (1 + np.exp(-table @ fitted)) - truth
        fitted -= 2.0 * (table.T @ error / len(truth) + ridge * fitted)
    used = default_weights()
    print(f"{'bias':16} fitted {fitted[-1]:6.2f}  used {used.bias:6.2f}")
    for name, value in zip(names, fitted, strict=False):
        print(f"{name:16} fitted {value:6.2f}  used {used.weights[name]:6.2f}")


if __name__ == "__main__":
    main()
