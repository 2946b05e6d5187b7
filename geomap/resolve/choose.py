"""From scored readings to resolutions: choose, decline to choose, inherit, explain."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import (
    Feature,
    GeoPrecision,
    Location,
    PlaceKind,
    Resolution,
    Rival,
    Shape,
)
from geomap.resolve.ranker import probabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation, Mention, Place
    from geomap.resolve.names import Name
    from geomap.resolve.options import Options
    from geomap.resolve.ranker import Model
    from geomap.resolve.resolver import Ranking
    from geomap.resolve.sphere import Array

_SHOWN_RIVALS = 5
_NOTHING = 1e-4  # what rounds to nothing explains nothing
_SAME_PLACE_KM = 161.0
_UNKNOWN = "no entry of the gazetteer answers to the name"
_INHERITED = "not in the gazetteer by this name; the place of {text!r} nearby"
_INHERIT_FROM = {PlaceKind.CITY, PlaceKind.ADMIN2, PlaceKind.DISTRICT}
_INHERITED_RADIUS_KM = 25.0
_SURE = 0.5


def choose(
    annotation: Annotation, ranking: Ranking, model: Model, options: Options
) -> tuple[Resolution, ...]:
    """Return a resolution for every mention, in the order of ``annotation.mentions``."""
    chosen: dict[int, Resolution] = {}
    for index, name in enumerate(ranking.names):
        answer = _Answer(ranking, index, model, options)
        for member in name.mentions:
            chosen[member] = answer.for_mention(annotation.mentions[member])
    resolutions = [chosen[index] for index in range(len(annotation.mentions))]
    return tuple(_inherit(resolutions, ranking.names))


class _Answer:
    """What all mentions of one name are resolved to."""

    def __init__(self, ranking: Ranking, index: int, model: Model, options: Options) -> None:
        rows = ranking.of(index)
        scores = ranking.scores[rows]
        chances = probabilities(scores) if len(scores) else scores
        order = [int(n) for n in np.argsort(-scores, kind="stable")]
        readings = ranking.names[index].readings
        self._rivals = tuple(
            Rival(
                candidate=readings[n].candidate,
                score=float(scores[n]),
                features=_explain(ranking, rows.start + n, readings[n].place, model)
                if options.explain
                else (),
            )
            for n in order[:_SHOWN_RIVALS]
        )
        self._confidence = model.confidence(float(chances[order[0]])) if order else 0.0
        self._note = _why_not([readings[n].place for n in order], chances[order], options.margin)

    def for_mention(self, mention: Mention) -> Resolution:
        """Return the resolution of one mention."""
        if self._note:
            return Resolution(
                mention=mention,
                location=None,
                confidence=0.0,
                rivals=self._rivals,
                note=self._note,
            )
        best = self._rivals[0]
        return Resolution(
            mention=mention,
            location=locate(best.candidate.place),
            confidence=self._confidence,
            features=best.features,
            rivals=self._rivals,
        )


def locate(place: Place) -> Location:
    """Return the location of a place as such."""
    return Location(
        place=place,
        point=place.point,
        precision=place.precision,
        radius_km=place.radius_km,
        shape=shape_of(place),
    )


def _why_not(places: Sequence[Place], chances: Array, margin: float) -> str | None:
    """Say why nothing is chosen, ``None`` where the first place is."""
    if not places:
        return _UNKNOWN
    for place, chance in zip(places[1:], chances[1:], strict=True):
        if chances[0] - chance >= margin:
            return None
        if _far(places[0], place):
            return f"{_told(places[0])} and {_told(place)} are about equally likely"
    return None


def _far(a: Place, b: Place) -> bool:
    if a.point is None or b.point is None:
        return a.id != b.id
    return great_circle_km(a.point, b.point) > _SAME_PLACE_KM


def _told(place: Place) -> str:
    """Name a place so that it can be told from its namesakes."""
    return ", ".join(part for part in (place.name, place.admin1, place.country) if part)


def _explain(ranking: Ranking, row: int, place: Place, model: Model) -> tuple[Feature, ...]:
    """Return what each feature adds to the score of one reading, the weightiest first."""
    scorer, values = model.collective, ranking.rows[row]
    found = [
        Feature(name=name, value=float(share), detail=f"{value:.4g}")
        for name, share, value in zip(
            scorer.features, scorer.contributions(values), values, strict=True
        )
        if abs(share) > _NOTHING
    ]
    found += [Feature(name=name, value=value) for name, value in ranking.leaning.of(place).items()]
    return tuple(sorted(found, key=lambda feature: (-abs(feature.value), feature.name)))


_LINES = {PlaceKind.RIVER, PlaceKind.CANAL}
_SPOTS = {PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY}


def shape_of(place: Place) -> Shape:
    """Return how a place is drawn: only what has a geometry is drawn as line or area."""
    if not place.has_geometry or place.kind in _SPOTS:
        return Shape.POINT
    return Shape.LINE if place.kind in _LINES else Shape.AREA


def _inherit(resolutions: Sequence[Resolution], names: Sequence[Name]) -> list[Resolution]:
    """Give names without a convincing reading the place of the nearest city or county mention."""
    donors = sorted(
        (item for item in resolutions if _may_give(item)), key=lambda item: item.mention.start
    )
    starts = [item.mention.start for item in donors]
    result = list(resolutions)
    for name in names:
        for member in name.mentions:
            if resolutions[member].location is None and not name.readings and donors:
                result[member] = _heir(resolutions[member], donors, starts)
    return result


def _may_give(item: Resolution) -> bool:
    return item.place is not None and item.place.kind in _INHERIT_FROM and item.confidence >= _SURE


def _heir(item: Resolution, donors: Sequence[Resolution], starts: Sequence[int]) -> Resolution:
    """Return ``item`` with the place of the donor that stands nearest in the text."""
    after = bisect_left(starts, item.mention.start)
    beside = donors[max(0, after - 1) : after + 1]
    donor = min(beside, key=lambda one: abs(one.mention.start - item.mention.start))
    assert donor.location is not None
    return Resolution(
        mention=item.mention,
        location=Location(
            place=donor.location.place,
            point=donor.location.point,
            precision=GeoPrecision.NEAR,
            radius_km=_INHERITED_RADIUS_KM,
            relation="in or near",
        ),
        confidence=donor.confidence / 2,
        rivals=item.rivals,
        note=_INHERITED.format(text=donor.mention.text),
    )
