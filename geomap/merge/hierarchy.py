"""Which event is a part or an effect of which: one parent each, and no circles.

An event's parent is, first, what its own documents say (a fire that a strike set), then the joint
attack whose part it is, then an event told of the whole area around it on the same day: what is
said of the area may include it, so adding the two would count people twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geomap.merge.facets import Extent, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.merge.cards import Card

    _Members = Sequence[Sequence[Card]]

_WIDE = frozenset({Extent.AREA, Extent.COUNTRY})


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
    causes = {card.cause for cards in members for card in cards if card.cause}
    homes: dict[str | None, list[int]] = defaultdict(list)
    for number, cards in enumerate(members):
        for card in cards:
            if card.report_id in causes:
                homes[card.report_id].append(number)
    for child, cards in enumerate(members):
        told = [card for card in cards if card.cause in homes]
        if told:
            wanted = Counter(_home(card, homes[card.cause], members) for card in told)
            yield from ((child, parent) for parent, _ in sorted(wanted.items(), key=_most_first))


def _home(child: Card, homes: Sequence[int], members: _Members) -> int:
    """Return which of the events that tell its cause fits a card best."""
    return min(homes, key=lambda number: _fit(members[number], child, number))


def _fit(parent: Sequence[Card], child: Card, number: int) -> tuple[bool, bool, int]:
    """Return a key that puts the part of a joint attack at the child's own place first."""
    places = {card.place for card in parent if card.places and card.scope is not Scope.JOINT}
    around = {child.place, *child.parents} if child.places else set()
    joint = any(card.scope is Scope.JOINT for card in parent)
    return (not places & around, not joint, number)


def _joint_votes(members: _Members) -> Iterator[tuple[int, int]]:
    """Yield (part, joint attack) of the same report, the joint attack most reports tell first."""
    joint = {
        card.report_id: number
        for number, cards in enumerate(members)
        for card in cards
        if card.scope is Scope.JOINT
    }
    for child, cards in enumerate(members):
        parts = [card for card in cards if card.scope is Scope.PART]
        if parts:
            wanted = Counter(joint[card.report_id] for card in parts)
            yield from ((child, parent) for parent, _ in sorted(wanted.items(), key=_most_first))


def _area_votes(members: _Members) -> Iterator[tuple[int, int]]:
    """Yield (event, event of the same family and day told of the area around it), narrowest first.

    Only days known exactly count, and the same attacker or none.
    """
    told: dict[tuple[str, str, int | None], int] = {}
    for number, cards in enumerate(members):
        for card in cards:
            if card.is_one_day and card.extent in _WIDE:
                told.setdefault((card.family, card.places[0], card.first), number)
    for child, cards in enumerate(members):
        for card in cards:
            if card.is_one_day and card.scope is not Scope.JOINT:
                for area in card.parents:
                    parent = told.get((card.family, area, card.first))
                    if parent is not None and _same_side(cards, members[parent]):
                        yield child, parent


def _same_side(one: Sequence[Card], other: Sequence[Card]) -> bool:
    here, there = _sides(one), _sides(other)
    return not here or not there or bool(here & there)


def _sides(cards: Sequence[Card]) -> set[str]:
    return {card.side for card in cards if card.side}


def _most_first(item: tuple[int, int]) -> tuple[int, int]:
    return (-item[1], item[0])
