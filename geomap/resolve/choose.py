"""From scored readings to resolutions: choose, decline to choose, inherit, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geomap.model import (
    Feature,
    GeoPrecision,
    Location,
    PlaceKind,
    Resolution,
    Rival,
    Shape,
)
from geomap.resolve.backoff import LOOSE, offer_rows, offers
from geomap.resolve.names import RULED_OUT
from geomap.resolve.standing import Standing, is_near, standings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from geomap.model import Annotation, Place
    from geomap.resolve.options import Options
    from geomap.resolve.ranker import Model
    from geomap.resolve.resolver import Ranking

_SHOWN_RIVALS = 5
_STANDS_WELL = 0.5
_NOTHING = 1e-4  # what rounds to nothing explains nothing
_UNKNOWN = "no entry of the gazetteer answers to the name"
_INHERITED = "not well known by this name; takes the place of {text!r} nearby"
BLOC_CONFIDENCE = 0.9  # a bloc is known by its name; being no point, it is in no calibration
_INHERITED_RADIUS_KM = 25.0
INHERITS = "in or near"


def choose(
    annotation: Annotation, ranking: Ranking, model: Model, options: Options
) -> tuple[Resolution, ...]:
    """Return a resolution for every mention, in the order of ``annotation.mentions``."""
    stands = standings(ranking.names, ranking.scores)
    countries = _countries(stands)
    chosen: dict[int, Resolution] = {}
    for stand, first_row in zip(stands, ranking.offsets, strict=False):
        answer = _Answer(ranking, stand, first_row, model)
        members = answer.for_mentions(annotation, options, countries)
        chosen.update(zip(stand.name.mentions, members, strict=True))
    resolutions = [chosen[index] for index in range(len(annotation.mentions))]
    return tuple(_inherit(resolutions, stands, model))


class _Answer:
    """What all mentions of one name are resolved to."""

    def __init__(self, ranking: Ranking, stand: Standing, first_row: int, model: Model) -> None:
        self._ranking = ranking
        self._stand = stand
        self._first_row = first_row
        self._model = model

    def for_mentions(
        self, annotation: Annotation, options: Options, countries: AbstractSet[str]
    ) -> Iterator[Resolution]:
        """Yield the resolution of every mention of the name.

        ``countries`` are those that the document is known to speak of.
        """
        rivals = self._rivals(explain=options.explain)
        note = self._stray(countries) or self._why_not(options)
        confidence = self._confidence()
        for member in self._stand.name.mentions:
            mention = annotation.mentions[member]
            if note:
                yield Resolution(
                    mention=mention, location=None, confidence=0.0, rivals=rivals, note=note
                )
            else:
                best = rivals[0]
                yield Resolution(
                    mention=mention,
                    location=locate(best.candidate.place),
                    confidence=confidence,
                    features=best.features,
                    rivals=rivals,
                )

    def _rivals(self, *, explain: bool) -> tuple[Rival, ...]:
        """Return the best readings, best first, with what each feature adds where asked for."""
        readings = self._stand.name.readings
        return tuple(
            Rival(
                candidate=readings[n].candidate,
                score=float(self._ranking.scores[self._first_row + n]),
                features=_explain(
                    self._ranking, self._first_row + n, readings[n].place, self._model
                )
                + self._ruled_out(n)
                if explain
                else (),
            )
            for n in self._stand.order[:_SHOWN_RIVALS]
        )

    def _ruled_out(self, n: int) -> tuple[Feature, ...]:
        """Return the loss of a reading that the container after the comma rules out."""
        if n not in self._stand.name.outside:
            return ()
        return (Feature(name="outside_container", value=RULED_OUT),)

    def _confidence(self) -> float:
        best = self._stand.best
        if best is None:
            return 0.0
        if best.place.kind is PlaceKind.BLOC:
            return BLOC_CONFIDENCE
        return self._model.confidence(self._stand.chance)

    def _why_not(self, options: Options) -> str | None:
        """Say why nothing is chosen, ``None`` where the best reading is."""
        stand, best = self._stand, self._stand.best
        if best is None:
            return _UNKNOWN
        if self._ranking.leaning.is_set or best.place.kind is PlaceKind.BLOC:
            return None  # the caller chose to lean; a bloc is known by its name
        if stand.chance < options.least_chance:
            return f"{_told(best.place)} is the best reading, and not a likely one"
        for n in stand.order[1:]:
            place = stand.name.readings[n].place
            if stand.chance - stand.chances[n] >= options.margin:
                return None
            if not is_near(best.place, place):
                return f"{_told(best.place)} and {_told(place)} are about equally likely"
        return None

    def _stray(self, countries: AbstractSet[str]) -> str | None:
        """Say why not where the best is but spelt alike, in a country that nothing else is in."""
        best = self._stand.best
        if best is None or best.candidate.how not in LOOSE or not countries:
            return None
        if best.place.country is None or best.place.country in countries:
            return None
        return f"{_told(best.place)} is but spelt alike, in a country that nothing else is in"


def _countries(stands: Sequence[Standing]) -> frozenset[str]:
    """Return the countries of what stands well in a document."""
    return frozenset(
        stand.best.place.country
        for stand in stands
        if stand.best and stand.best.place.country and stand.chance >= _STANDS_WELL
        if stand.best.candidate.how not in LOOSE
    )


def locate(place: Place) -> Location:
    """Return the location of a place as such."""
    return Location(
        place=place,
        point=None if place.kind is PlaceKind.BLOC else place.point,
        precision=place.precision,
        radius_km=place.radius_km,
        shape=shape_of(place),
    )


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


def _inherit(
    resolutions: list[Resolution], stands: Sequence[Standing], model: Model
) -> list[Resolution]:
    """Give names that stand badly the place of a town nearby, where that is likelier right."""
    starts = [one.mention.start for one in resolutions]
    found = offers(stands, starts)
    if not found:
        return resolutions
    chances = 1 / (1 + np.exp(-model.backoff.scores(offer_rows(found))))
    result = list(resolutions)
    for offer, chance in zip(found, chances, strict=True):
        confidence = model.backoff_confidence(float(chance))
        if confidence > result[offer.mention].confidence:
            result[offer.mention] = _heir(
                resolutions[offer.mention], offer.donor, offer.place, confidence
            )
    return result


def _heir(item: Resolution, donor: str, place: Place, confidence: float) -> Resolution:
    """Return ``item`` in or near the place of the donor."""
    return Resolution(
        mention=item.mention,
        location=Location(
            place=place,
            point=place.point,
            precision=max(GeoPrecision.NEAR, place.precision),
            radius_km=max(_INHERITED_RADIUS_KM, place.radius_km or 0.0),
            relation=INHERITS,
            name=item.mention.text,
        ),
        confidence=confidence,
        rivals=item.rivals,
        note=_INHERITED.format(text=donor),
    )
