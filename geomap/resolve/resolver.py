"""The flow of resolution: names, local scores, collective scores, choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geomap.model import Point, Resolution, noun
from geomap.resolve.apposition import place_by_apposition
from geomap.resolve.choose import choose
from geomap.resolve.leaning import Leaning
from geomap.resolve.names import RULED_OUT, Name, names_of
from geomap.resolve.options import DEFAULT
from geomap.resolve.ranker import default_model
from geomap.resolve.relations import Relations
from geomap.resolve.relative import place_relatively
from geomap.resolve.rows import first_rows, second_rows
from geomap.resolve.setting import setting_of
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
    moved = place_relatively(annotation, chosen, gazetteer)
    return place_by_apposition(annotation, moved, gazetteer)


def rank(
    annotation: Annotation,
    gazetteer: Lookup,
    model: Model,
    *,
    near: str | Point | None = None,
    options: Options = DEFAULT,
) -> Ranking:
    """Score every reading of every name."""
    setting = setting_of(annotation.document, gazetteer)
    names = names_of(annotation, gazetteer, options, setting)
    leaning = Leaning(near=_point(near, gazetteer), profile=options.profile)
    added = leaning.scores(names) + ruled_out(names)
    relations = Relations(names)
    first = first_rows(names, relations, annotation, setting)
    rows, scores = first, model.local.scores(first) + added
    for _ in range(PASSES):
        rows = second_rows(relations, first, scores)
        scores = model.collective.scores(rows) + added
    return Ranking(
        names=names, offsets=relations.offsets, rows=rows, scores=scores, leaning=leaning
    )


def ruled_out(names: Sequence[Name]) -> Array:
    """Return what the readings lose that lie outside of a container told by syntax."""
    losses = [
        RULED_OUT if n in name.outside else 0.0 for name in names for n in range(len(name.readings))
    ]
    return np.array(losses, dtype=np.float64)


def _point(near: str | Point | None, gazetteer: Lookup) -> Point | None:
    if near is None or isinstance(near, Point):
        return near
    found = gazetteer.candidates(near)
    return found[0].place.point if found else None
