"""Reports as the linker sees them: one facet for each place that a report tells of.

A report about one place is one facet. A report about several places ("strikes on A and B killed
four") is a *joint* facet, which owns the figures, and a *part* for each place, which has none: the
text does not say how the four divide.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geomap.model import (
    Casualties,
    DateRange,
    Figure,
    GeoPrecision,
    Location,
    Place,
    PlaceKind,
    Range,
    Report,
    Weapon,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

# A window of possible days longer than this says too little to tie two reports by itself.
LONG_WINDOW_DAYS = 8

CASUALTY_FIELDS = ("killed", "injured", "missing", "displaced", "detained")

# The number of a range, and whether it was told as "at least".
Count = tuple[int, bool]

# Types of this rank and below say only that something happened: an explosion, a death.
VAGUE_RANK = 15

_AREA_KINDS = frozenset(
    {PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION, PlaceKind.SEA, PlaceKind.RIVER}
)
_COUNTRY_KINDS = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.BLOC})
# A country that reaches less far (Luxembourg, Singapore) says as much as a province does.
_WIDE_KM = 50.0
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]*day\b", re.IGNORECASE)
_WORD = re.compile(r"\w{4,}")


class EventKind(Protocol):
    """What is asked of an event type."""

    @property
    def family(self) -> str:
        """Types of one family may tell one event."""

    @property
    def label(self) -> str:
        """Words for people: "missile strike"."""

    @property
    def refines(self) -> str | None:
        """The wider type of which this is a kind."""

    @property
    def weapons(self) -> tuple[str, ...]:
        """The classes of weapons that turn the wider type into this one."""

    @property
    def rank(self) -> int:
        """How much the type says; the types that say least have the lowest."""


class Ontology(Protocol):
    """What is asked of the ontology."""

    @property
    def types(self) -> Mapping[str, EventKind]:
        """Event types by name."""


class Scope(StrEnum):
    """How much of its report a facet is."""

    WHOLE = "whole"
    JOINT = "joint"  # several places; the figures belong to all of them together
    PART = "part"  # one of several places; has no figures of its own


class Extent(StrEnum):
    """How wide a place is, so that like is compared with like."""

    NONE = "none"
    SPOT = "spot"
    AREA = "area"
    COUNTRY = "country"


@dataclass(
    slots=True, kw_only=True
)  # not frozen: a build makes as many as reports, at half the cost
class Facet:
    """One report at one place, or the joint facet of several places: what is compared and linked.

    * ``kin`` is what kinds of one type share (the type they refine), ``None`` for a type so vague
      ("explosion") that it may be any of its family; ``arms`` are the weapons that make the type.
    * ``place`` is the first of ``places``. ``around`` are wider places of the same extent that the
      report names as well ("in the harbor district of Orlin").
    * ``when`` is what the report tells, or what it is an effect of. ``first`` and ``last`` are
      proleptic ordinals of the possible days, ``None`` where not known; ``dated`` says that they
      are few enough to compare by; ``weekday`` (Monday is 0) is what an undated report still says.
    * ``published`` is the ordinal of the day its document was published.
    * ``words`` are those of the telling sentence, ``tolls`` the figures of the casualties it owns.
    """

    key: str
    report: Report
    scope: Scope
    family: str
    kin: str | None
    arms: frozenset[str]
    places: tuple[Location, ...]
    around: tuple[Location, ...]
    when: DateRange | None
    extent: Extent
    first: int | None
    last: int | None
    weekday: int | None
    published: int | None
    words: frozenset[str]
    place: Place | None
    dated: bool
    tolls: tuple[tuple[str, Count], ...]

    @property
    def days(self) -> int:
        """Length of the window of possible days; 0 where there is none."""
        return 0 if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def casualties(self) -> Casualties:
        """The figures that belong to this facet: none to a part."""
        return Casualties() if self.scope is Scope.PART else self.report.casualties

    @property
    def differing(self) -> tuple[Figure, ...]:
        """The other figures that the same text gives: none to a part."""
        return () if self.scope is Scope.PART else self.report.differing

    @property
    def weapons(self) -> tuple[Weapon, ...]:
        """The weapons; of a part only their names, since the counts belong to all parts."""
        if self.scope is not Scope.PART:
            return self.report.weapons
        return tuple(Weapon(system=weapon.system) for weapon in self.report.weapons)


def facets(
    reports: Iterable[Report], published: Mapping[str, date], ontology: Ontology
) -> list[Facet]:
    """Return the facets of all reports, in an order that the order of reports does not change.

    ``published`` maps ids of documents to their day of publication, where it is known.
    """
    unique = {report.id: report for report in reports}
    found = [
        facet
        for report in unique.values()
        for facet in _facets_of(
            _Told.of(report, unique), published.get(report.document_id), ontology
        )
    ]
    return sorted(found, key=lambda facet: facet.key)


def extent_of(place: Place | None) -> Extent:
    """Return how wide ``place`` is."""
    if place is None:
        return Extent.NONE
    if place.kind in _COUNTRY_KINDS and (place.radius_km or _WIDE_KM) >= _WIDE_KM:
        return Extent.COUNTRY
    if (
        place.kind in _COUNTRY_KINDS
        or place.kind in _AREA_KINDS
        or place.precision is GeoPrecision.AREA
    ):
        return Extent.AREA
    return Extent.SPOT


class _Told(NamedTuple):
    """A report with where and when it happened, told by itself or by what it is an effect of."""

    report: Report
    places: tuple[Location, ...]
    when: DateRange | None

    @classmethod
    def of(cls, report: Report, reports: Mapping[str, Report]) -> _Told:
        """Take place and day from the cause where ``report`` does not tell them itself.

        The place only if the cause has one: of "strikes on A and B" the text does not say where
        the fire broke out.
        """
        places, when = _narrowest(report), report.when
        cause = reports.get(report.parent_id or "")
        if cause is not None and cause.document_id == report.document_id:
            if not places and len(found := _narrowest(cause)) == 1:
                places = found
            if (when is None or when.first is None) and cause.when and cause.when.first:
                rule = f"as what it is an effect of: {cause.when.rule}"
                when = dataclasses.replace(cause.when, rule=rule)
        return cls(report=report, places=places, when=when)


def _facets_of(told: _Told, published: date | None, ontology: Ontology) -> list[Facet]:
    kind = ontology.types.get(told.report.type)
    if len(told.places) <= 1:
        return [_facet(told, kind, Scope.WHOLE, published)]
    parts = (told._replace(places=(place,)) for place in told.places)
    joint = _facet(told, kind, Scope.JOINT, published)
    return [joint, *(_facet(part, kind, Scope.PART, published) for part in parts)]


def _facet(told: _Told, kind: EventKind | None, scope: Scope, published: date | None) -> Facet:
    report, when = told.report, told.when
    place = told.places[0].place if told.places else None
    first = when.first if when else None
    last = (when.last if when else None) or first
    suffix = place.id if place and scope is Scope.PART else ""
    return Facet(
        key=f"{report.id}|{scope}|{suffix}",
        report=report,
        scope=scope,
        family=kind.family if kind else report.type,
        kin=_kin(report.type, kind),
        arms=frozenset(kind.weapons if kind else ()),
        places=told.places,
        around=_around(report, place),
        when=when,
        extent=extent_of(place),
        first=first.toordinal() if first else None,
        last=last.toordinal() if first and last else None,
        weekday=_weekday(when),
        published=published.toordinal() if published else None,
        words=frozenset(_WORD.findall(report.sentence.quote.lower())),
        place=place,
        dated=first is not None and last is not None and (last - first).days < LONG_WINDOW_DAYS,
        tolls=() if scope is Scope.PART else _tolls(report.casualties),
    )


def _tolls(casualties: Casualties) -> tuple[tuple[str, Count], ...]:
    told = ((name, getattr(casualties, name)) for name in CASUALTY_FIELDS)
    return tuple((name, count_of(told)) for name, told in told if told is not None)


def count_of(told: Range) -> Count:
    """Return what a range is compared by: its high end, or else its low one."""
    if told.high is not None:
        return (told.high, told.open_ended)
    return (told.low or 0, True)


def _kin(name: str, kind: EventKind | None) -> str | None:
    if kind is None:
        return name
    return (kind.refines or name) if kind.rank > VAGUE_RANK else None


def _around(report: Report, place: Place | None) -> tuple[Location, ...]:
    """Return what the report names around ``place``, as wide as it: a city around its district."""
    if place is None or len(report.where) == 1:
        return ()
    located = (where.location for where in report.where if where.location)
    found = {location.place.id: location for location in located}
    return tuple(
        location
        for key, location in sorted(found.items())
        if key in place.parents and extent_of(location.place) is extent_of(place)
    )


def _narrowest(report: Report) -> tuple[Location, ...]:
    """Return the located places, each once, without those that contain another of them.

    "Between A and B" and "between B and A" are one place, and so are the two sides of a border.
    """
    located = tuple(where.location for where in report.where if where.location)
    if len(located) <= 1:
        return located
    found = {location.place.id: location for location in located}
    around = {parent for location in found.values() for parent in location.place.parents}
    spans: dict[frozenset[str], Location] = {}
    for key, location in found.items():
        if key not in around:
            spans.setdefault(frozenset((key, *location.anchors)), location)
    return tuple(spans.values())


def _weekday(when: DateRange | None) -> int | None:
    """Return the weekday of a day, or the one that an undated report names; Monday is 0."""
    if when is None:
        return None
    if when.first:
        return when.first.weekday() if when.first == when.last else None
    told = _WEEKDAY.search(when.text or "")
    return _WEEKDAYS.index(told[1].lower()) if told else None
