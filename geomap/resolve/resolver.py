"""The flow of resolution: names, local scores, collective scores, choice."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import Point, Resolution, noun
from geomap.resolve.choose import choose
from geomap.resolve.context import context_matrix
from geomap.resolve.features import local_matrix, setting_of
from geomap.resolve.leaning import Leaning
from geomap.resolve.names import Name, names_of
from geomap.resolve.options import DEFAULT
from geomap.resolve.ranker import default_model, probabilities
from geomap.resolve.relative import place_relatively
from geomap.resolve.sphere import Array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation
    from geomap.resolve.options import Lookup, Options
    from geomap.resolve.ranker import Model

PASSES = 2


@noun
class Ranking:
    """The readings of all names of a document with features and probabilities, a row each.

    ``offsets[i]`` is the first row of name ``i``, ``offsets[-1]`` the number of rows.
    """

    names: tuple[Name, ...]
    offsets: tuple[int, ...]
    rows: Array
    scores: Array
    leaning: Leaning

    def of(self, index: int) -> slice:
        """Return the rows of one name."""
        return slice(self.offsets[index], self.offsets[index + 1])


def resolve(
    annotation: Annotation,
    gazetteer: Lookup,
    *,
    near: str | Point | None = None,
    options: Options = DEFAULT,
) -> tuple[Resolution, ...]:
    """Return a resolution for every mention of ``annotation``, in the order of its mentions.

    ``near`` is a place (by name, or a point) that ambiguous names lean to.
    """
    return resolve_with(default_model(), annotation, gazetteer, near=near, options=options)


def resolve_with(
    model: Model,
    annotation: Annotation,
    gazetteer: Lookup,
    *,
    near: str | Point | None = None,
    options: Options = DEFAULT,
) -> tuple[Resolution, ...]:
    """Resolve by other weights than those of the package."""
    ranking = rank(annotation, gazetteer, model, near=near, options=options)
    chosen = choose(annotation, ranking, model, options)
    return place_relatively(annotation, chosen, gazetteer)


def rank(
    annotation: Annotation,
    gazetteer: Lookup,
    model: Model,
    *,
    near: str | Point | None = None,
    options: Options = DEFAULT,
) -> Ranking:
    """Score every reading of every name."""
    names = names_of(annotation, gazetteer, options)
    leaning = Leaning(near=_point(near, gazetteer), profile=options.profile)
    added = leaning.scores(names)
    offsets = offsets_of(names)
    local = local_matrix(names, annotation, setting_of(annotation.document))
    rows, scores = local, model.local.scores(local) + added
    for _ in range(PASSES):
        best, trust = bests(offsets, scores)
        rows = np.hstack((local, context_matrix(names, best, trust)))
        scores = model.collective.scores(rows) + added
    return Ranking(names=names, offsets=offsets, rows=rows, scores=scores, leaning=leaning)


def offsets_of(names: Sequence[Name]) -> tuple[int, ...]:
    """Return the first row of each name's readings, and the number of all rows."""
    return tuple(int(n) for n in np.cumsum([0, *(len(name.readings) for name in names)]))


def bests(offsets: Sequence[int], scores: Array) -> tuple[list[int | None], list[float]]:
    """Return each name's best reading (the first of equals) and its probability."""
    best: list[int | None] = []
    trust = []
    for first, last in itertools.pairwise(offsets):
        if first == last:
            best.append(None)
            trust.append(0.0)
            continue
        choice = int(np.argmax(scores[first:last]))
        best.append(choice)
        trust.append(float(probabilities(scores[first:last])[choice]))
    return best, trust


def _point(near: str | Point | None, gazetteer: Lookup) -> Point | None:
    if near is None or isinstance(near, Point):
        return near
    found = gazetteer.candidates(near)
    return found[0].place.point if found else None
