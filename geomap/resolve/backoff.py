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
from geomap.resolve.readings import contains
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
    "donor_is_nearest",
    "own_agreement",
    "same_country",
    "log_km",
)

_SURE = 0.9
LOOSE = {MatchHow.SKELETON, MatchHow.FUZZY}

_DONOR_SURE = 0.45
_TOWNS = {PlaceKind.CITY, PlaceKind.ADMIN2, PlaceKind.DISTRICT, PlaceKind.FACILITY}
_WIDER = {PlaceKind.ADMIN1, PlaceKind.ISLAND}
_NO_MATCH = 5.0
_HEARD_DONORS = 12
_FAR = log1p(20_100.0)


@noun
class Donor:
    """A name that stands well enough to lend its place, at one of the spots where it stands."""

    start: int
    stand: Standing
    place: Place


@noun
class Offer:
    """A mention, by index, that could take the place of a name, with the features."""

    mention: int
    donor: str
    place: Place
    features: tuple[float, ...]


def offers(stands: Sequence[Standing], starts: Sequence[int]) -> list[Offer]:
    """Return an offer for each mention that stands badly, where there is a donor for it.

    ``starts`` are the offsets of the mentions, by their index.
    """
    donors = _donors(stands, starts, _TOWNS) or _donors(stands, starts, _WIDER)
    if not donors:
        return []
    offsets = [donor.start for donor in donors]
    found = []
    for stand in stands:
        if not _is_weak(stand):
            continue
        for mention in stand.name.mentions:
            near = bisect_left(offsets, starts[mention])
            around = donors[max(0, near - _HEARD_DONORS // 2) : near + _HEARD_DONORS // 2]
            others = [donor for donor in around if donor.stand.name.key != stand.name.key]
            found += _offers_of(mention, stand, others, starts)
    return found


def _offers_of(
    mention: int, stand: Standing, others: Sequence[Donor], starts: Sequence[int]
) -> list[Offer]:
    """Return what the nearest donor offers, and the one most others are close to."""
    if not others:
        return []
    nearest = min(others, key=lambda one: (abs(one.start - starts[mention]), one.start))
    middle = max(others, key=lambda one: (_agreement(one.place, others), -one.start))
    chosen = [nearest] if middle.place.id == nearest.place.id else [nearest, middle]
    return [
        _offer(stand, (mention, starts[mention]), donor, others)
        for donor in chosen
        if not _wins_nothing(stand, donor)
    ]


def _wins_nothing(stand: Standing, donor: Donor) -> bool:
    """Tell whether a name's own place is near the donor already, and so the closer word.

    What is known in part, or only spelt alike, must be a part of the donor's place.
    """
    best = stand.best
    if best is None or best.partial:
        return False
    if best.candidate.how in LOOSE:
        return contains(donor.place, best.place)
    return is_near(best.place, donor.place)


def _is_weak(stand: Standing) -> bool:
    """Tell whether a name may need the place of another: what is known by its name rarely does."""
    if _is_loose(stand):
        return True
    return stand.chance < _SURE and stand.best is not None and stand.best.place.kind in _TOWNS


def _is_loose(stand: Standing) -> bool:
    """Tell whether a name was found in part or by a guess, or is the kind that towns have many."""
    best = stand.best
    return best is None or best.partial or best.candidate.how in LOOSE or _is_venue(stand.name)


def _donors(
    stands: Sequence[Standing], starts: Sequence[int], kinds: set[PlaceKind]
) -> list[Donor]:
    """Return the names that stand well enough to lend their place, in text order.

    A name that nobody marked lends it from where it stands first.
    """
    found = [
        Donor(start=start, stand=stand, place=stand.best.place)
        for stand in stands
        if stand.best and stand.chance >= _DONOR_SURE and stand.best.place.kind in kinds
        if stand.best.place.point and not stand.best.partial and not stand.name.is_home
        if stand.best.candidate.how not in LOOSE
        for start in ([starts[mention] for mention in stand.name.mentions] or [stand.name.first])
    ]
    return sorted(found, key=lambda donor: donor.start)


def _offer(
    stand: Standing, mention: tuple[int, int], donor: Donor, others: Sequence[Donor]
) -> Offer:
    """Return the offer of a donor to a mention, told by index and offset."""
    place = donor.place
    own = stand.best.place if stand.best else None
    apart = donor.start - mention[1]
    values = _own(stand) | {
        "donor_chance": donor.stand.chance,
        "donor_is_city": float(place.kind is PlaceKind.CITY),
        "donor_is_area": float(place.kind in {PlaceKind.ADMIN1, PlaceKind.ADMIN2}),
        "donor_log_characters": log1p(abs(apart)),
        "donor_before": float(apart < 0),
        "donor_agreement": _agreement(place, others),
        "donor_is_nearest": float(abs(apart) == min(abs(one.start - mention[1]) for one in others)),
        "own_agreement": _agreement(own, others) if own else 0.0,
        "same_country": float(own is not None and own.country == place.country),
        "log_km": _log_km(stand, place),
    }
    features = tuple(values[name] for name in BACKOFF)
    return Offer(mention=mention[0], donor=donor.stand.name.text, place=place, features=features)


def _agreement(place: Place, others: Sequence[Donor]) -> float:
    """Return the share of the donors that are close to a place."""
    return sum(is_near(place, one.place) for one in others) / len(others)


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
