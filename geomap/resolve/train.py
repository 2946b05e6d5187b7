"""Learn the two rankers from documents in which people marked what names mean.

The local ranker sees each reading by itself. The collective one also sees what the document's other
names mean by then, and is taught with the answers of rankers that had not seen the document, so
that it learns how far to trust them. Needs LightGBM, and only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import Annotation, Point, noun
from geomap.resolve.backoff import BACKOFF, offers
from geomap.resolve.names import Name, names_of
from geomap.resolve.options import DEFAULT
from geomap.resolve.ranker import Trees
from geomap.resolve.relations import Relations
from geomap.resolve.rows import FIRST, SECOND, first_rows, second_rows
from geomap.resolve.setting import setting_of
from geomap.resolve.sphere import Array
from geomap.resolve.standing import standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.resolve.options import Lookup

FOLDS = 4
_PARAMETERS: dict[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 20,
    "max_depth": 7,
    "min_data_in_leaf": 12,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
# What can only speak for a reading (1) or only against it (-1), whatever the corpora chance to say.
_SIGNS = {
    "match": -1,
    "edit_distance": -1,
    "partial": -1,
    "log_population": 1,
    "affix_agrees": 1,
    "affix_differs": -1,
    "in_container": 1,
    "container_misses": -1,
    "in_following": 1,
    "admin1_named": 1,
    "country_named": 1,
    "outlet_names_it": 1,
    "outlet_names_parent": 1,
    "outlet_country": 1,
    "cue_share": 1,
    "log_home_km": -1,
    "country_votes": 1,
    "admin1_votes": 1,
    "nearby_country_votes": 1,
    "nearby_admin1_votes": 1,
    "log_nearest_km": -1,
    "log_second_km": -1,
    "log_neighbor_km": -1,
    "parents_found": 1,
    "children_found": 1,
    "same_name_agrees": 1,
    "same_name_differs": -1,
    "country_support": 1,
    "admin1_support": 1,
    "near_support": 1,
    "around_support": 1,
    "likely_country_support": 1,
    "likely_admin1_support": 1,
    "likely_near_support": 1,
    "likely_around_support": 1,
}
_ROUNDS = 240
_RIGHT_KM = 161.0
_CLOSE_KM = 25.0
_DIGITS = 5


@noun
class Truth:
    """Where a marked mention is."""

    point: Point
    geonameid: int | None = None


@noun
class Example:
    """A document prepared for learning: readings with first features, target, weight.

    A target is between 0 and 1: how right the reading is, over the mentions of its name. A name
    without truths has weight 0.
    """

    names: tuple[Name, ...]
    relations: Relations
    first: Array
    targets: Array
    weights: Array
    starts: tuple[int, ...]
    truths: tuple[Truth | None, ...]


def example(annotation: Annotation, truths: Sequence[Truth | None], gazetteer: Lookup) -> Example:
    """Prepare a document; ``truths`` are those of its mentions, in their order."""
    setting = setting_of(annotation.document, gazetteer)
    names = names_of(annotation, gazetteer, DEFAULT, setting)
    relations = Relations(names)
    targets, weights = [], []
    for name in names:
        told = [truth for index in name.mentions if (truth := truths[index])]
        for reading in name.readings:
            rights = [rightness(reading.place, truth) for truth in told]
            targets.append(sum(rights) / len(rights) if rights else 0.0)
            weights.append(float(len(rights)))
    return Example(
        names=names,
        relations=relations,
        first=first_rows(names, relations, annotation, setting),
        targets=np.array(targets),
        weights=np.array(weights),
        starts=tuple(mention.start for mention in annotation.mentions),
        truths=tuple(truths),
    )


def rightness(place: Any, truth: Truth) -> float:
    """Return how right a place is: the very entry, the same spot, within 161 km, or wrong."""
    if truth.geonameid is not None and place.geonameid == truth.geonameid:
        return 1.0
    if place.point is None:
        return 0.0
    off_km = great_circle_km(place.point, truth.point)
    if off_km < _CLOSE_KM:
        return 0.95
    return 0.85 if off_km < _RIGHT_KM else 0.0


def train(examples: Sequence[Example]) -> dict[str, Any]:
    """Learn both rankers; returns the content of the weights file, without calibration."""
    first = [one.first for one in examples]
    outsiders = _outsiders(examples, first, FIRST)
    heard = [_second(one, scores) for one, scores in zip(examples, outsiders, strict=True)]
    final = _outsiders(examples, heard, SECOND)
    return {
        "local": _ranker(examples, first, FIRST),
        "collective": _ranker(examples, heard, SECOND),
        "backoff": _backoff(examples, final),
    }


def folds(count: int, parts: int = FOLDS) -> list[list[int]]:
    """Deal documents out to folds, in a fixed shuffled order."""
    order = np.random.default_rng(7).permutation(count)
    return [sorted(int(n) for n in order[part::parts]) for part in range(parts)]


def _second(one: Example, scores: Array) -> Array:
    return second_rows(one.relations, one.first, scores)


def _backoff(examples: Sequence[Example], scores: Sequence[Array]) -> dict[str, Any]:
    """Learn when a name takes the place of another."""
    rows, targets = [], []
    for one, found in zip(examples, scores, strict=True):
        for offer in offers(standings(one.names, found), one.starts):
            truth = one.truths[offer.mention]
            if truth is not None:
                rows.append(offer.features)
                targets.append(float(rightness(offer.place, truth) > 0))
    matrix = np.array(rows).reshape(-1, len(BACKOFF))
    return _fit(matrix, np.array(targets), np.ones(len(targets)), BACKOFF)


def _ranker(
    examples: Sequence[Example], rows: Sequence[Array], features: Sequence[str]
) -> dict[str, Any]:
    """Learn to score the readings of the names that have truths."""
    weights = np.concatenate([one.weights for one in examples])
    targets = np.concatenate([one.targets for one in examples])
    used = weights > 0
    return _fit(np.vstack(rows)[used], targets[used], weights[used], features)


def _outsiders(
    examples: Sequence[Example], rows: Sequence[Array], features: Sequence[str]
) -> list[Array]:
    """Score every document by a ranker that was taught without it."""
    scores: list[Array] = [np.zeros(0)] * len(examples)
    for held_out in folds(len(examples)):
        rest = [n for n in range(len(examples)) if n not in set(held_out)]
        fitted = _ranker([examples[n] for n in rest], [rows[n] for n in rest], features)
        scorer = Trees(fitted["features"], fitted["trees"], fitted["bias"])
        for n in held_out:
            scores[n] = scorer.scores(rows[n])
    return scores


def _fit(rows: Array, targets: Array, weights: Array, features: Sequence[str]) -> dict[str, Any]:
    """Fit trees to rows."""
    import lightgbm

    names = list(features)
    known = {} if "donor_chance" in names else _SIGNS
    signs = [known.get(name, 0) for name in names]
    data = lightgbm.Dataset(rows, targets, weight=weights, feature_name=names)
    booster = lightgbm.train(
        _PARAMETERS | {"monotone_constraints": signs}, data, num_boost_round=_ROUNDS
    )
    dumped = booster.dump_model()["tree_info"]
    return {
        "kind": "trees",
        "features": list(features),
        "bias": 0.0,
        "trees": [_tree(one["tree_structure"]) for one in dumped],
    }


def _tree(root: dict[str, Any]) -> dict[str, list[Any]]:
    """Turn a nested tree into lists with an item a node, children after their parents."""
    tree: dict[str, list[Any]] = {
        key: [] for key in ("feature", "threshold", "left", "right", "value")
    }
    queue = [root]
    for node in queue:
        inner = "split_feature" in node
        tree["feature"].append(node["split_feature"] if inner else -1)
        tree["threshold"].append(_short(node["threshold"]) if inner else 0)
        tree["value"].append(_short(node["internal_value"] if inner else node["leaf_value"]))
        tree["left"].append(len(queue) if inner else 0)
        tree["right"].append(len(queue) + 1 if inner else 0)
        if inner:
            queue += [node["left_child"], node["right_child"]]
    return tree


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")
