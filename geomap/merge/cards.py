"""Facets as cards of a catalog: what merging asks of all facets, without the reports behind them.

Comparing and combining need the facet itself, of few. Everything else needs its card: where it is
filed, which pairs of facets are worth comparing; when and where it happened, which limits the
events; what it is a part or an effect of; and what identifies the event if nobody else tells it. A
card hangs on one document alone, so that cards can be kept from build to build.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geomap.merge.combine import places_of
from geomap.merge.facets import CASUALTY_FIELDS, Extent, Facet, Scope
from geomap.model import Point  # noqa: TC001  cards are read back by their types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.merge.weights import Weights
    from geomap.model import Casualties

# A window of possible days over more periods than this may as well be of any day.
_MOST_PERIODS = 8

Days = tuple[int, int]  # the first, and the one after the last

#: Where what may be of any day is kept; days are numbers from 1, and periods those below 0.
ANY_DAY: Days = (0, 1)
_NO_DAYS: Days = (0, 0)


class Card(NamedTuple):
    """What is asked of a facet (:class:`~geomap.merge.facets.Facet`) by itself.

    * ``digest`` stands for the facet with all that its document tells, empty where nobody knows.
    * ``cause`` is the report that this one is an effect of. ``attacker`` is the country or the name
      of who attacked, ``side`` the country.
    * ``places`` are ids, ``parents`` the ids of what is around the first, ``point`` where that was
      told to be, and ``seat`` where the place is, if it was not. ``event_places`` are the places
      of the event that the facet would be alone.
    * ``alike`` is a hash of all that comparisons look at; where it is ``wordy``, the near-copy
      group of the document counts as well.
    * ``shelves`` are the numbers of the shelves that it is filed under, on the days ``kept``, and
      ``asks`` those where others may be of one event with it: on the days and in the periods
      ``asked``, and on those of any day.
    * ``likeness`` puts like beside like in a crowd.
    """

    key: str
    digest: bytes
    report_id: str
    document_id: str
    cause: str | None
    family: str
    scope: Scope
    extent: Extent
    first: int | None
    last: int | None
    published: int | None
    dated: bool
    places: tuple[str, ...]
    parents: tuple[str, ...]
    point: Point | None
    seat: Point | None
    attacker: str
    side: str | None
    event_places: tuple[str, ...]
    alike: bytes
    wordy: bool
    shelves: tuple[int, ...]
    asks: tuple[int, ...]
    kept: Days
    asked: tuple[Days, Days]
    likeness: tuple[int, int, str, str]

    @property
    def place(self) -> str | None:
        """The id of the first place."""
        return self.places[0] if self.places else None

    @property
    def is_one_day(self) -> bool:
        """Whether the day is known exactly."""
        return self.first is not None and self.first == self.last


def card_of(facet: Facet, telling: bytes, weights: Weights) -> Card:
    """Return the card of a facet; ``telling`` stands for what its document tells."""
    report, place, attacker = facet.report, facet.place, facet.report.attacker
    point = facet.places[0].point if facet.places else None
    return Card(
        key=facet.key,
        digest=_hash(telling, facet.key) if telling else b"",
        report_id=report.id,
        document_id=report.document_id,
        cause=report.parent_id,
        family=facet.family,
        scope=facet.scope,
        extent=facet.extent,
        first=facet.first,
        last=facet.last,
        published=facet.published,
        dated=facet.dated,
        places=tuple(location.place.id for location in facet.places),
        parents=place.parents if place else (),
        point=point,
        seat=place.point if place and point is None else None,
        attacker=(attacker.country or attacker.name) if attacker else "",
        side=attacker.country if attacker else None,
        event_places=tuple(location.place.id for location in places_of((facet,))),
        alike=_alike(facet),
        wordy=_is_wordy(facet),
        shelves=tuple(dict.fromkeys(_numbers(facet, _kept(facet)))),
        asks=tuple(dict.fromkeys(_numbers(facet, _asked(facet)))),
        kept=_days(facet, weights),
        asked=_days_beside(facet, weights),
        likeness=_likeness(facet),
    )


def shelf_number(family: str, place: str, *, joint: bool) -> int:
    """Return a hash of family, joint or not, and place, or what stands for one."""
    return _number(place) ^ _number(f"{family}\0{joint}")


@lru_cache(maxsize=100_000)
def _number(text: str) -> int:
    """Return a hash of 63 bits: of a million shelves two are one by a chance of 1 in 10 million."""
    return int.from_bytes(_hash(text)[:8]) >> 1


def _hash(*parts: object) -> bytes:
    content = repr(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=16).digest()


def _alike(facet: Facet) -> bytes:
    """Return a hash of what comparisons look at."""
    attacker = facet.report.attacker
    return _hash(
        facet.family,
        facet.report.type,
        facet.scope.value,
        [location.place.id for location in facet.places],
        (facet.first, facet.last, facet.weekday),
        attacker and (attacker.country or attacker.name),
        _told_figures(facet.casualties),
        facet.weapons,
        (sorted(facet.words), facet.published) if _is_wordy(facet) else None,
    )


def _told_figures(casualties: Casualties) -> list[tuple[object, ...]]:
    told = ((name, getattr(casualties, name)) for name in CASUALTY_FIELDS)
    return [(name, each.low, each.high, each.open_ended) for name, each in told if each]


def _is_wordy(facet: Facet) -> bool:
    """Return whether date and place are too little to go by.

    Then only the same words in copies are the same.
    """
    return not facet.dated or facet.extent in {Extent.NONE, Extent.COUNTRY}


def _likeness(facet: Facet) -> tuple[int, int, str, str]:
    """Return a key that sorts like facets beside each other, figures first."""
    killed, injured = facet.casualties.killed, facet.casualties.injured
    attacker = facet.report.attacker
    return (
        (killed.high or killed.low or 0) if killed else -1,
        (injured.high or injured.low or 0) if injured else -1,
        (attacker.country or attacker.name) if attacker else "",
        facet.report.type,
    )


# --- shelves -----------------------------------------------------------------------------------


def _numbers(facet: Facet, names: Sequence[str]) -> list[int]:
    joint = facet.scope is Scope.JOINT
    return [shelf_number(facet.family, name, joint=joint) for name in names]


def _kept(facet: Facet) -> list[str]:
    """Return the places a facet is kept under, and what stands for a place where there is none.

    A whole country is no place of what happened in it, and is met by its like alone.
    """
    places = [location.place.id for location in (*facet.places, *facet.around)]
    if facet.extent is Extent.COUNTRY and facet.scope is not Scope.JOINT:
        places = [_country(place) for place in places]
    return [*places, *_figure(facet)]


def _asked(facet: Facet) -> list[str]:
    if not facet.place:
        return _figure(facet)
    if facet.scope is Scope.JOINT:
        return [location.place.id for location in facet.places]
    if facet.extent is Extent.COUNTRY:
        return [_country(facet.place.id)]
    return [facet.place.id, *facet.place.parents]


def _figure(facet: Facet) -> list[str]:
    """Return what stands for a place where a toll is told and no place."""
    toll = facet.casualties.killed
    return [] if facet.places or toll is None else [f"killed {toll.low} {toll.high}"]


def _country(place_id: str) -> str:
    return f"all of {place_id}"


def _days(facet: Facet, weights: Weights) -> Days:
    """Return the days a facet is kept under: those of its window, or periods."""
    if facet.first is None or facet.last is None:
        if facet.published is None:
            return ANY_DAY
        return _periods(facet.published, facet.published, weights)
    if facet.dated:
        return (facet.first, facet.last + 1)
    first, end = _periods(facet.first, facet.last, weights)
    return (first, end) if end - first <= _MOST_PERIODS else ANY_DAY


def _days_beside(facet: Facet, weights: Weights) -> tuple[Days, Days]:
    """Return the days and the periods where those are kept that may be of one day with a facet."""
    late, gap = weights.age_days, weights.gap_days
    if facet.first is None or facet.last is None:
        if facet.published is None:
            return (_NO_DAYS, _NO_DAYS)
        told = facet.published
        return (_NO_DAYS, _periods(told - late, told + late, weights))
    if facet.days > _MOST_PERIODS * (late + 1):
        return (_NO_DAYS, _NO_DAYS)
    days = (facet.first - gap, facet.last + gap + 1) if facet.dated else _NO_DAYS
    return (days, _periods(facet.first - gap, facet.last + late, weights))


def _periods(first: int, last: int, weights: Weights) -> Days:
    """Return the numbers, below 0, of the periods that the days from ``first`` to ``last`` meet."""
    length = weights.age_days + 1
    return (-1 - last // length, -(first // length))
