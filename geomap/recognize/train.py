"""Train the recognizer: ``python -m geomap.recognize.train CORPUS… [--to FOLDER]``.

Each CORPUS is a file or folder that :mod:`geomap.recognize.corpora` can read. The articles are
dealt out to folds; one network is trained without each fold and scored on it, so that the figures
printed are of articles that the network never saw. The product is the average of all networks.
Takes about three minutes of one core a network, and needs nothing but geomap itself.

``--cross-validate FOLDER`` trains no product: it tells what an average of networks is worth on
articles that none of them saw, see :mod:`geomap.recognize.crossval`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.gazetteer import Gazetteer
from geomap.recognize import corpora, weights
from geomap.recognize.crossval import FOLDS_OF_AVERAGES, cross_validate
from geomap.recognize.trainer import Course
from geomap.recognize.trial import calibrate, figures, guesses, trials

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.recognize.corpora import Article
    from geomap.recognize.gradients import Weights
    from geomap.recognize.trial import Guess

NETWORKS = 4

# Of texts that are marked in part, the one in how many is learned from.
PARTLY = 3


def train(articles: Sequence[Article], index: Gazetteer, to: Path, seed: int) -> str:
    """Train a network without each fold and write them; return the cross-validated figures.

    Writes after each network, so that a run that is cut short leaves what it has.
    """
    course = Course(articles, index, folds=NETWORKS, seed=seed)
    networks: list[Weights] = []
    found: list[Guess] = []
    for number, fold in enumerate(course.folds):
        networks.append(course.network({number}, 10 * seed + number + 1))
        found += guesses(fold, networks[-1:], course)
        weights.save(to, networks, course.entity_tags, calibrate(found))
        sys.stderr.write(f"network {number + 1} of {NETWORKS}\n")
    fit = calibrate(found)
    return figures(
        trial
        for fold, network in zip(course.folds, networks, strict=True)
        for trial in trials(fold, [network], fit, course)
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, print the cross-validated figures, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS")
    parser.add_argument("--to", type=Path, default=weights.FOLDER)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cross-validate", type=Path, metavar="FOLDER")
    parser.add_argument("--folds", type=int, default=FOLDS_OF_AVERAGES, help="of --cross-validate")
    parser.add_argument(
        "--networks", type=int, default=NETWORKS, help="how many --cross-validate averages"
    )
    options = parser.parse_args(arguments)
    articles = [article for path in options.corpora for article in _learned_from(path)]
    with Gazetteer.open() as gazetteer:
        if options.cross_validate:
            course = Course(articles, gazetteer, folds=options.folds, seed=options.seed)
            told = cross_validate(course, options.networks, options.cross_validate, options.seed)
        else:
            told = train(articles, gazetteer, options.to, options.seed)
    sys.stdout.write(told)


def _learned_from(path: Path) -> list[Article]:
    articles = corpora.read(path)
    return articles[::PARTLY] if not all(article.complete for article in articles) else articles


if __name__ == "__main__":
    main()
