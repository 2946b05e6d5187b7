"""Which event is a part or an effect of which: one parent each, and no circles.

An event's parent is, first, what its own documents say (a fire that a strike set), then the joint
attack whose part it is, then an event told of the whole area around it on the same day: what is
said of the area may include it, so adding the two would count people twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geomap.merge.facets import Extent, Facet, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Members = Sequence[Sequence[Facet]]


def parents(members: _Members) -> list[int | None]:
    """Return for each cluster of facets the index of its parent cluster, or ``None``."""
    votes = [
        *_told_votes(members),
        *_joint_votes(members),
        *_area_votes(members),
    ]
    chosen: list[int | None] = [None] * len(members)
    for child, wanted in votes:
        if chosen[child] is None and not _above(chosen, child, wanted):
            chosen[child] = wanted
    return chosen


def _above(chosen: Sequence[int | None], ancestor: int, start: int) -> bool:
    """Return whether ``ancestor`` is ``start`` or above it."""
    at: int | None = start
    while at is not None:
        if at == ancestor:
            return True
        at = chosen[at]
    return False


def _told_votes(members: _Members) -> Iterator[tuple[int, int]]:
    """Yield (child, parent) as ``Report.parent_id`` tells it, what most reports say first."""
    homes: dict[str, list[int]] = defaultdict(list)
    for number, facets in enumerate(members):
        for facet in facets:
            homes[facet.report.id].append(number)
    for child, facets in enumerate(members):
        wanted: Counter[int] = Counter()
        for facet in facets:
            candidates = homes.get(facet.report.parent_id or "", [])
            if candidates:
                wanted[min(candidates, key=lambda n: _fit(members[n], facet, n))] += 1
        yield from ((child, parent) for parent, _ in sorted(wanted.items(), key=_most_first))


def _fit(parent: Sequence[Facet], child: Facet, number: int) -> tuple[bool, bool, int]:
    """Return a key that puts the part of a joint attack at the child's own place first."""
    places = {facet.place.id for facet in parent if facet.place and facet.scope is not Scope.JOINT}
    around = {child.place.id, *child.place.parents} if child.place else set()
    joint = any(facet.scope is Scope.JOINT for facet in parent)
    return (not places & around, not joint, number)


def _joint_votes(members: _Members) -> Iterator[tuple[int, int]]:
    """Yield (part, joint attack) of the same report, the joint attack most reports tell first."""
    joint = {
        facet.report.id: number
        for number, facets in enumerate(members)
        for facet in facets
        if facet.scope is Scope.JOINT
    }
    for child, facets in enumerate(members):
        wanted = Counter(joint[f.report.id] for f in facets if f.scope is Scope.PART)
        yield from ((child, parent) for parent, _ in sorted(wanted.items(), key=_most_first))


def _area_votes(members: _Members) -> Iterator[tuple[int, int]]:
    """Yield (event, event of the same family and day told of the area around it), narrowest first.

    Only days known exactly count, and the same attacker or none.
    """
    told: dict[tuple[str, str, int], int] = {}
    for number, facets in enumerate(members):
        for facet in facets:
            if facet.place and facet.days == 1 and facet.extent in {Extent.AREA, Extent.COUNTRY}:
                told.setdefault((facet.family, facet.place.id, facet.first or 0), number)
    for child, facets in enumerate(members):
        for facet in facets:
            if facet.place and facet.days == 1 and facet.scope is not Scope.JOINT:
                for area in facet.place.parents:
                    parent = told.get((facet.family, area, facet.first or 0))
                    if parent is not None and _same_side(facets, members[parent]):
                        yield child, parent


def _same_side(one: Sequence[Facet], other: Sequence[Facet]) -> bool:
    here, there = _sides(one), _sides(other)
    return not here or not there or bool(here & there)


def _sides(facets: Sequence[Facet]) -> set[str]:
    attackers = (facet.report.attacker for facet in facets)
    return {actor.country for actor in attackers if actor and actor.country}


def _most_first(item: tuple[int, int]) -> tuple[int, int]:
    return (-item[1], item[0])


def resolve(ids: Sequence[str], chosen: Sequence[int | None]) -> Mapping[str, str]:
    """Return the id of the parent by the id of the child."""
    return {ids[child]: ids[parent] for child, parent in enumerate(chosen) if parent is not None}
