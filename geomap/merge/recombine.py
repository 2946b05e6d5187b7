"""Events taken apart and put together again, for the corrections that people make."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.merge.combine import combine, identity, is_joint
from geomap.merge.facets import Facet, Ontology, Scope, facets
from geomap.merge.identity import apart_id, event_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.merge.world import World
    from geomap.model import Event, Report


def facets_of(event: Event, ontology: Ontology) -> list[Facet]:
    """Return the facets that ``event`` was combined from."""
    return [_facet_of(report, event, ontology) for report in event.reports]


def recombine(told: Sequence[Facet], world: World, *, apart: bool = False) -> Event:
    """Return the event that ``told`` makes up; ``apart`` gives it an id that no other event has."""
    event = combine(told, world)
    facts = identity(event, told[0].family, joint=is_joint(told))
    return dataclasses.replace(event, id=apart_id(facts) if apart else event_ids([facts])[0])


def _facet_of(report: Report, event: Event, ontology: Ontology) -> Facet:
    """Return the facet of ``report`` at the places of ``event``: all of them, or one part."""
    here = {location.place.id for location in event.places}
    first, *parts = facets([report], {}, ontology)
    if first.place is None and event.places:  # it took its place from its cause
        first = dataclasses.replace(first, places=event.places[:1], place=event.places[0].place)
    joint = next((facet for facet in (first, *parts) if facet.scope is Scope.JOINT), None)
    if joint is None:
        return first
    if {location.place.id for location in joint.places} <= here:
        return joint
    found = [f for f in (first, *parts) if f.scope is Scope.PART and f.place and f.place.id in here]
    return found[0] if found else joint
