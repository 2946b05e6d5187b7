"""Events made from the facets of clusters, when somebody looks at them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.merge.combine import combine
from geomap.merge.effects import completed, is_effect
from geomap.merge.identity import day_of
from geomap.model.later import Events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.merge.catalog import Catalog
    from geomap.merge.outlines import Outline
    from geomap.merge.world import World
    from geomap.model import Event

# An event that was made just now is nobody else's yet: it is completed where it is, as tens of
# thousands of copies would take longer than making them.
_set = object.__setattr__


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What events are made from: clusters of numbers of cards, and what was found of each cluster.

    ``above`` are the numbers of parents, and ``duplicates`` those of possible duplicates, by number
    of the cluster.
    """

    catalog: Catalog
    world: World
    members: Sequence[Sequence[int]]
    above: Sequence[int | None]
    duplicates: dict[int, list[int]]
    ids: Sequence[str]
    _causes: dict[int, Event] = field(default_factory=dict, init=False)

    def events(self, outlines: Sequence[Outline]) -> Events:
        """Return all events in order of day and id, none of them made."""
        days = [day_of(outline.first) or "9999" for outline in outlines]
        order = sorted(range(len(days)), key=lambda number: (days[number], self.ids[number]))
        return Events(
            [self.ids[number] for number in order],
            [self._digest(number, outlines[number].digest) for number in order],
            lambda place: self.event(order[place]),
        )

    def _digest(self, number: int, told: bytes) -> bytes:
        """Return a checksum over all that an event hangs on, empty where it is not known."""
        if not told:
            return b""
        parent = self.above[number]
        above = "" if parent is None else self.ids[parent]
        names = "\0".join((self.ids[number], above, *self._duplicates(number)))
        return hashlib.sha256(told + names.encode()).digest()

    def event(self, number: int) -> Event:
        """Make the event of a cluster."""
        event, parent = self._alone(number), self.above[number]
        if parent is not None and self._is_effect(number):
            event = completed(event, self._cause(parent), self.world)
        _set(event, "id", self.ids[number])
        if parent is not None:
            _set(event, "parent_id", self.ids[parent])
        if number in self.duplicates:
            _set(event, "possible_duplicates", self._duplicates(number))
        return event

    def _cause(self, number: int) -> Event:
        """Return an event with day and place, but without ids; the chain above may be long."""
        chain: list[int] = []
        at: int | None = number
        while at is not None and at not in self._causes:
            chain.append(at)
            at = self.above[at] if self._is_effect(at) else None
        for each in reversed(chain):
            event, parent = self._alone(each), self.above[each]
            if parent is not None and self._is_effect(each):
                event = completed(event, self._causes[parent], self.world)
            self._causes[each] = event
        return self._causes[number]

    def _alone(self, number: int) -> Event:
        return combine([self.catalog.facet(n) for n in self.members[number]], self.world)

    def _is_effect(self, number: int) -> bool:
        cards = (self.catalog.cards[n] for n in self.members[number])
        return is_effect(cards, self.above[number])

    def _duplicates(self, number: int) -> tuple[str, ...]:
        return tuple(self.ids[other] for other in self.duplicates.get(number, ()))
