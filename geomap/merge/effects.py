"""Effects told without a day or a place of their own have those of the event that caused them.

One article dates the strike, another tells of the fire: once the strikes are one event, the fire
has a day as well.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.cards import Card
    from geomap.merge.world import World
    from geomap.model import Event


def is_effect(cards: Iterable[Card], parent: int | None) -> bool:
    """Return whether one of the cards of an event tells that it has a cause, and it has a parent.

    Only then does it take from its parent what is not told of itself.
    """
    return parent is not None and any(card.cause for card in cards)


def completed(event: Event, cause: Event, world: World) -> Event:
    """Return an effect with the day and the place of its cause, where it has none of its own.

    The place only where the cause has one: of strikes on two cities nobody says where it burned.
    """
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


def causes_first(above: Sequence[int | None]) -> list[int]:
    """Return the numbers of the events that have parents, each after its own.

    ``above`` gives the parent of each.
    """
    below = [number for number, parent in enumerate(above) if parent is not None]
    return sorted(below, key=lambda number: _depth(number, above))


def _depth(number: int, above: Sequence[int | None]) -> int:
    """Return how many events are above one; parents make no circles."""
    depth, at = 0, above[number]
    while at is not None:
        depth, at = depth + 1, above[at]
    return depth
