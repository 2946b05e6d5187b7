"""Effects told without a day or a place of their own have those of the event that caused them.

One article dates the strike, another tells of the fire: once the strikes are one event, the fire
has a day as well.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.merge.facets import Facet
    from geomap.merge.world import World
    from geomap.model import Event


def complete(
    events: Sequence[Event],
    members: Sequence[Sequence[Facet]],
    above: Sequence[int | None],
    world: World,
) -> list[Event]:
    """Return the events, effects with day and place; ``above`` is the index of each one's parent.

    The place only where the cause has one: of strikes on two cities nobody says where it burned.
    """
    done = list(events)
    for number in sorted(range(len(events)), key=lambda number: _depth(number, above)):
        parent = above[number]
        if parent is not None and any(facet.report.parent_id for facet in members[number]):
            done[number] = _completed(done[number], done[parent], world)
    return done


def _completed(event: Event, cause: Event, world: World) -> Event:
    changes: dict[str, Any] = {}
    if not (event.when and event.when.first) and cause.when and cause.when.first:
        rule = f"as what it is an effect of: {cause.when.rule}"
        changes["when"] = dataclasses.replace(cause.when, rule=rule)
    if not event.places and len(cause.places) == 1:
        changes["places"] = cause.places
    if not changes:
        return event
    event = dataclasses.replace(event, **changes)
    return dataclasses.replace(event, title=world.title(event.type, event.places, event.when))


def _depth(number: int, above: Sequence[int | None]) -> int:
    """Return how many events are above one; parents make no circles."""
    depth, at = 0, above[number]
    while at is not None:
        depth, at = depth + 1, above[at]
    return depth
