"""Cross-validate what the product is: an average of networks.

Each network is trained without two of the folds, and every fold is answered by the average of the
networks that were trained without it. So none of them has seen what they are asked, each has seen
as large a share of the rest as a network of the product has of all, and sixteen networks give an
average of four for each of eight folds.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from geomap.recognize import weights
from geomap.recognize.trial import calibrate, figures, guesses, trials

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from geomap.model import Mention
    from geomap.recognize.gradients import Weights
    from geomap.recognize.trainer import Course
    from geomap.recognize.trial import Trial

FOLDS_OF_AVERAGES = 8
MENTIONS = "mentions.jsonl"

Pair = tuple[int, int]


def cross_validate(course: Course, networks: int, folder: Path, seed: int) -> str:
    """Return the figures of averages of some ``networks``, an even number below that of folds.

    Writes the networks into ``folder``, and what was found in each article as ``mentions.jsonl``.
    Networks that are there already are taken as they are, so that a run that was cut short can be
    taken up again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    trained = {}
    for number, pair in enumerate(left_out(len(course.folds), networks)):
        path = folder / f"network{pair[0]}-{pair[1]}.npz"
        if not path.exists():
            weights.write(path, course.network(pair, 10 * seed + number + 1))
        trained[pair] = weights.read(path)
        sys.stderr.write(f"network {number + 1}\n")
    found = list(_held_out(course, trained))
    lines = [json.dumps(row, ensure_ascii=False) for row in map(_row, found)]
    (folder / MENTIONS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return figures(found)


def left_out(folds: int, networks: int) -> list[Pair]:
    """Return the two folds that each network is to be trained without.

    Every fold stands in ``networks`` of the pairs, each time with another one.
    """
    if networks % 2 or not 0 < networks < folds:
        raise ValueError(f"{networks} networks for {folds} folds; expected an even, lower number")
    return [
        (fold, (fold + step) % folds)
        for step in range(1, networks // 2 + 1)
        for fold in range(folds)
    ]


def _held_out(course: Course, trained: Mapping[Pair, Weights]) -> Iterator[Trial]:
    """Let every fold be answered; probabilities are calibrated on the other folds.

    They are calibrated on what single networks say, as those of the product are.
    """
    answering = [
        [one for pair, one in trained.items() if number in pair]
        for number in range(len(course.folds))
    ]
    found = [
        [guess for one in networks for guess in guesses(fold, [one], course)]
        for fold, networks in zip(course.folds, answering, strict=True)
    ]
    for number, (fold, networks) in enumerate(zip(course.folds, answering, strict=True)):
        others = [guess for n, own in enumerate(found) if n != number for guess in own]
        yield from trials(fold, networks, calibrate(others), course)


def _row(trial: Trial) -> dict[str, object]:
    """Return a line of the file of mentions."""
    return {
        "corpus": trial.article.corpus,
        "id": trial.article.id,
        "mentions": list(_mentions(trial.mentions)),
    }


def _mentions(mentions: Iterable[Mention]) -> Iterator[dict[str, object]]:
    for one in mentions:
        yield {
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "label": one.label,
            "use": one.use.value,
            "score": one.score,
        }
