"""A cluster of facets as one event: what most sources say, with every difference kept."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from geomap.merge.facets import Extent, Facet, Scope, extent_of
from geomap.merge.figures import combine_casualties, combine_weapons, figure_conflicts
from geomap.merge.identity import Identity
from geomap.model import (
    Actor,
    Conflict,
    ConflictValue,
    DateRange,
    Event,
    Location,
    Place,
    Report,
    Status,
)
from geomap.wording import say_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.sources import Sources
    from geomap.merge.world import World

_MOST_CONFIDENT = 0.99
_NARROWNESS = {Extent.SPOT: 0, Extent.AREA: 1, Extent.COUNTRY: 2, Extent.NONE: 3}


def combine(facets: Sequence[Facet], world: World) -> Event:
    """Return the event that ``facets`` tell; ids of it and of its parent are set later."""
    if len(facets) == 1:
        return _as_told(facets[0], world)
    return _combined(facets, world)


def _as_told(facet: Facet, world: World) -> Event:
    """Return the event that one facet tells: most do, and nothing is to be weighed.

    It is what :func:`_combined` gives, in a quarter of the time.
    """
    report, told = facet.report, (facet,)
    is_plain = len(facet.places) + len(facet.around) <= 1
    places = facet.places if is_plain else places_of(told)
    return Event(
        id="",
        type=report.type,
        title=world.title(report.type, places, facet.when),
        when=facet.when,
        places=places,
        attacker=report.attacker,
        target=report.target,
        weapons=combine_weapons(told) if report.weapons else (),
        casualties=combine_casualties(told),
        status=report.status,
        conflicts=tuple(figure_conflicts(told)) if facet.differing or report.weapons else (),
        reports=(report,),
        n_independent_sources=1,
        confidence=min(_MOST_CONFIDENT, 1 - (1 - report.confidence)),
    )


def _combined(facets: Sequence[Facet], world: World) -> Event:
    reports = _reports(facets)
    counts = [report for report in reports if report.status is not Status.RETRACTED]
    sources = world.sources
    chosen_type = _type(counts or reports, world)
    when, places = _when(facets, sources), places_of(facets)
    return Event(
        id="",
        type=chosen_type,
        title=world.title(chosen_type, places, when),
        when=when,
        places=places,
        attacker=_actor([report.attacker for report in reports], reports, sources),
        target=_actor([report.target for report in reports], reports, sources),
        weapons=combine_weapons(_standing(facets)),
        casualties=combine_casualties(_standing(facets)),
        status=combine_statuses(report.status for report in reports),
        conflicts=_conflicts(facets),
        reports=reports,
        n_independent_sources=sources.count(r.document_id for r in reports),
        confidence=_confidence(reports, sources),
    )


def identity(event: Event, family: str, *, joint: bool) -> Identity:
    """Return what identifies ``event``: family, canonical place and day."""
    places = event.places if joint else event.places[:1]
    first = event.when.first if event.when else None
    return Identity(
        family=f"{family} joint" if joint else family,
        place_ids=tuple(location.place.id for location in places),
        day=first.isoformat() if first else "",
        attacker=(event.attacker.country or event.attacker.name) if event.attacker else "",
        witness=min(report.id for report in event.reports),
    )


def combine_statuses(statuses: Iterable[Status]) -> Status:
    """Return what the reports make of the event together.

    A retraction is later knowledge and wins. A denial beside another telling makes a dispute. One
    report in its own voice is more than any number of claims.
    """
    told = set(statuses)
    if Status.RETRACTED in told:
        return Status.RETRACTED
    if told == {Status.DENIED}:
        return Status.DENIED
    if told & {Status.DENIED, Status.DISPUTED}:
        return Status.DISPUTED
    return Status.REPORTED if Status.REPORTED in told else Status.CLAIMED


def _standing(facets: Sequence[Facet]) -> Sequence[Facet]:
    """Return the facets that are neither denied nor withdrawn; all, if none stands."""
    given_up = {Status.DENIED, Status.RETRACTED}
    return [facet for facet in facets if facet.report.status not in given_up] or facets


def _reports(facets: Sequence[Facet]) -> tuple[Report, ...]:
    unique = {facet.report.id: facet.report for facet in facets}
    return tuple(
        sorted(unique.values(), key=lambda r: (r.document_id, r.trigger.start, r.trigger.end, r.id))
    )


def _when(facets: Sequence[Facet], sources: Sources) -> DateRange | None:
    """Return the narrowest window, the one that most sources tell, the earliest."""
    windows: dict[tuple[object, object], list[Facet]] = defaultdict(list)
    for facet in facets:
        if facet.when and facet.when.first:
            windows[facet.when.first, facet.when.last].append(facet)

    def rank(found: list[Facet]) -> tuple[int, int, int]:
        return (found[0].days, -_weight([f.report for f in found], sources), found[0].first or 0)

    told = min(windows.values(), key=rank, default=[f for f in facets if f.when])
    return min(told, key=lambda facet: facet.key).when if told else None


def places_of(facets: Sequence[Facet]) -> tuple[Location, ...]:
    """Return the places: spots first, what most documents name, the first named, the narrower.

    Of places that lie in one another only the first in this order is kept.
    """
    told: dict[str, list[tuple[Location, Report]]] = defaultdict(list)
    turns: dict[str, int] = {}
    for facet in facets:
        for turn, location in enumerate((*facet.places, *facet.around)):
            told[location.place.id].append((location, facet.report))
            turns[location.place.id] = min(turn, turns.get(location.place.id, turn))

    def rank(found: list[tuple[Location, Report]]) -> tuple[int, int, int, int, str]:
        documents = {report.document_id for _, report in found}
        place = found[0][0].place
        order = (-len(documents), turns[place.id], -len(place.parents))
        return (_NARROWNESS[extent_of(place)], *order, place.id)

    kept: list[Location] = []
    for found in sorted(told.values(), key=rank):
        if not any(_nested(found[0][0].place, location.place) for location in kept):
            kept.append(_best_location(found))
    return tuple(kept)


def _nested(one: Place, other: Place) -> bool:
    return one.id in other.parents or other.id in one.parents


def _best_location(found: Sequence[tuple[Location, Report]]) -> Location:
    best, _ = min(found, key=lambda item: (item[0].precision, item[0].radius_km or 0, item[1].id))
    return best


def _actor(
    actors: Sequence[Actor | None], reports: Sequence[Report], sources: Sources
) -> Actor | None:
    told = [(actor, report) for actor, report in zip(actors, reports, strict=True) if actor]
    if not told:
        return None
    names: dict[str, list[tuple[Actor, Report]]] = defaultdict(list)
    for actor, report in told:
        names[actor.country or actor.name].append((actor, report))
    best = min(
        names.values(),
        key=lambda found: (-_weight([report for _, report in found], sources), found[0][0].name),
    )
    return best[0][0]


def _conflicts(facets: Sequence[Facet]) -> tuple[Conflict, ...]:
    found = figure_conflicts(facets)
    dates = [(facet.when, facet) for facet in facets]
    days = {(when.first, when.last) for when, _ in dates if when and when.first}
    if days and max(first for first, _ in days) > min(last or first for first, last in days):
        said = ((say_days(when), facet) for when, facet in dates if when and when.first)
        found.insert(0, _values("date", said))
    attackers = [(facet.report.attacker, facet) for facet in facets if facet.report.attacker]
    if len({actor.country for actor, _ in attackers if actor.country}) > 1:
        found.append(_values("attacker", ((actor.name, facet) for actor, facet in attackers)))
    return tuple(found)


def _values(field: str, said: Iterable[tuple[str, Facet]]) -> Conflict:
    values: dict[str, set[str]] = defaultdict(set)
    for value, facet in said:
        values[value].add(facet.report.document_id)
    return Conflict(
        field=field,
        values=tuple(
            ConflictValue(value=value, document_ids=tuple(sorted(values[value])))
            for value in sorted(values)
        ),
    )


def _type(reports: Sequence[Report], world: World) -> str:
    """Return the type most sources tell, leaving out those that another one told refines."""
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        told[report.type].append(report)
    kinds = {name: world.ontology.types.get(name) for name in told}
    refined = {kind.refines for kind in kinds.values() if kind}

    def rank(name: str) -> tuple[int, int, str]:
        kind = kinds[name]
        return (-_weight(told[name], world.sources), -(kind.rank if kind else 0), name)

    return min((name for name in told if name not in refined), key=rank)


def _weight(reports: Sequence[Report], sources: Sources) -> int:
    return sources.count(report.document_id for report in reports)


def _confidence(reports: Sequence[Report], sources: Sources) -> float:
    """Return the probability that at least one source is right, taking each at its best report."""
    best: dict[str, float] = defaultdict(float)
    for report in reports:
        best[report.document_id] = max(best[report.document_id], report.confidence)
    doubts = [
        1 - max(best[document_id] for document_id in source) for source in sources.independent(best)
    ]
    return min(_MOST_CONFIDENT, 1 - math.prod(doubts))


def is_joint(facets: Sequence[Facet]) -> bool:
    """Return whether the facets tell of several places together."""
    return any(facet.scope is Scope.JOINT for facet in facets)
