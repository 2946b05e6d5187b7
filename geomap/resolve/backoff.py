"""Names that the gazetteer does not know well take the place of a name nearby.

A street, a school or a hamlet without an entry of its own lies, more often than not, in or near the
town that was named last. Whether it does is learned from how weak its own reading is, what kind of
name it is, and how the town stands.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import MatchHow, Place, PlaceKind, noun
from geomap.resolve.names import kind_words
from geomap.resolve.standing import Standing, is_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.resolve.names import Name
    from geomap.resolve.sphere import Array

BACKOFF = (
    "chance",
    "match",
    "partial",
    "edit_distance",
    "words",
    "venue",
    "lower_case",
    "log_readings",
    "is_country",
    "is_area",
    "is_city",
    "log_population",
    "log_frequency",
    "donor_chance",
    "donor_is_city",
    "donor_is_area",
    "donor_log_characters",
    "donor_before",
    "donor_agreement",
    "log_km",
)

_SURE = 0.9
_LOOSE = {MatchHow.SKELETON, MatchHow.FUZZY}

_DONOR_SURE = 0.45
_TOWNS = {PlaceKind.CITY, PlaceKind.ADMIN2, PlaceKind.DISTRICT, PlaceKind.FACILITY}
_WIDER = {PlaceKind.ADMIN1, PlaceKind.ISLAND}
_NO_MATCH = 5.0
_HEARD_DONORS = 12
_FAR = log1p(20_100.0)


@noun
class Offer:
    """A mention that could take the place of another: both by index, with the features."""

    mention: int
    donor: int
    place: Place
    features: tuple[float, ...]


def offers(stands: Sequence[Standing], starts: Sequence[int]) -> list[Offer]:
    """Return an offer for each mention that stands badly, where there is a donor for it.

    ``starts`` are the offsets of the mentions, by their index.
    """
    donors = _donors(stands, starts, _TOWNS) or _donors(stands, starts, _WIDER)
    if not donors:
        return []
    offsets = [starts[mention] for mention, _ in donors]
    found = []
    for stand in stands:
        if not _is_weak(stand):
            continue
        for mention in stand.name.mentions:
            near = bisect_left(offsets, starts[mention])
            around = donors[max(0, near - _HEARD_DONORS // 2) : near + _HEARD_DONORS // 2]
            others = [donor for donor in around if donor[1].name.key != stand.name.key]
            if others:
                found.append(_offer(mention, stand, others, starts))
    return found


def _is_weak(stand: Standing) -> bool:
    """Tell whether a name may need the place of another: what is known by its name rarely does."""
    best = stand.best
    if best is None:
        return True
    loose = best.partial or best.candidate.how in _LOOSE or _is_venue(stand.name)
    return loose and stand.chance < _SURE


def _donors(
    stands: Sequence[Standing], starts: Sequence[int], kinds: set[PlaceKind]
) -> list[tuple[int, Standing]]:
    """Return the mentions that stand well enough to lend their place, in text order."""
    found = [
        (mention, stand)
        for stand in stands
        if stand.best and stand.chance >= _DONOR_SURE and stand.best.place.kind in kinds
        if stand.best.place.point and not stand.best.partial
        for mention in stand.name.mentions
    ]
    return sorted(found, key=lambda donor: starts[donor[0]])


def _offer(
    mention: int, stand: Standing, others: Sequence[tuple[int, Standing]], starts: Sequence[int]
) -> Offer:
    donor, lender = min(
        others, key=lambda other: (abs(starts[other[0]] - starts[mention]), starts[other[0]])
    )
    assert lender.best is not None
    place = lender.best.place
    agreeing = sum(
        1 for _, other in others if other.best is not None and is_near(place, other.best.place)
    )
    apart = starts[donor] - starts[mention]
    values = _own(stand) | {
        "donor_chance": lender.chance,
        "donor_is_city": float(place.kind is PlaceKind.CITY),
        "donor_is_area": float(place.kind in {PlaceKind.ADMIN1, PlaceKind.ADMIN2}),
        "donor_log_characters": log1p(abs(apart)),
        "donor_before": float(apart < 0),
        "donor_agreement": agreeing / len(others),
        "log_km": _log_km(stand, place),
    }
    features = tuple(values[name] for name in BACKOFF)
    return Offer(mention=mention, donor=donor, place=place, features=features)


def _own(stand: Standing) -> dict[str, float]:
    """Return how a name stands by itself, and what kind of name it is."""
    best, name = stand.best, stand.name
    kind = best.place.kind if best else None
    return {
        "chance": stand.chance,
        "match": float(tuple(MatchHow).index(best.candidate.how)) if best else _NO_MATCH,
        "partial": float(best.partial) if best else 0.0,
        "edit_distance": float(best.candidate.distance) if best else 0.0,
        "words": float(name.text.count(" ") + 1),
        "venue": float(_is_venue(name)),
        "lower_case": float(name.text.islower()),
        "log_readings": log1p(len(name.readings)),
        "is_country": float(kind is PlaceKind.COUNTRY),
        "is_area": float(kind in {PlaceKind.ADMIN1, PlaceKind.ADMIN2}),
        "is_city": float(kind is PlaceKind.CITY),
        "log_population": log1p((best.place.population or 0) if best else 0),
        "log_frequency": log1p(len(name.mentions)),
    }


def _is_venue(name: Name) -> bool:
    """Tell whether a name ends or begins like that of a street, a school or a park."""
    words = name.key.split()
    return bool(words) and bool({words[-1], words[0]} & kind_words("venues"))


def _log_km(stand: Standing, place: Place) -> float:
    """Return ln(1 + km) between a name's own place and the one on offer."""
    own = stand.best.place.point if stand.best else None
    return log1p(great_circle_km(own, place.point)) if own and place.point else _FAR


def offer_rows(found: Sequence[Offer]) -> Array:
    """Return the features of offers as a matrix."""
    return np.array([offer.features for offer in found]).reshape(-1, len(BACKOFF))
