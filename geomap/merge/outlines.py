"""What is known of events before they are made: what identifies them, and what they hang on.

Of an event that one facet tells, as 19 of 20 are, its card says so. What several facets tell is to
be combined, and may be remembered from former builds.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from geomap.merge.combine import combine
from geomap.merge.effects import causes_first, is_effect
from geomap.merge.facets import Scope
from geomap.merge.identity import Identity, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.merge.cards import Card
    from geomap.merge.catalog import Catalog
    from geomap.merge.memory import Pieces
    from geomap.merge.world import World

    _Members = Sequence[Sequence[int]]


class Outline(NamedTuple):
    """An event's places, first day (an ordinal) and attacker, and a checksum over its reports.

    The checksum is empty where they are not known; for an effect it stands for its cause as well.
    """

    places: tuple[str, ...]
    first: int | None
    attacker: str
    digest: bytes


_OUTLINE = msgspec.msgpack.Decoder(Outline)


class Outlines:
    """Draws outlines of the events that facets of a catalog tell together."""

    def __init__(self, catalog: Catalog, groups: Sequence[str], world: World) -> None:
        self._catalog = catalog
        self._groups = groups
        self._world = world

    def of(self, members: _Members, above: Sequence[int | None], pieces: Pieces) -> list[Outline]:
        """Return the outlines of clusters; ``above`` gives the parent of each."""
        outlines = self._by_themselves(members, pieces)
        cards = self._catalog.cards
        for number in causes_first(above):
            parent = above[number]
            if parent is not None and is_effect((cards[n] for n in members[number]), parent):
                outlines[number] = _completed(outlines[number], outlines[parent])
        return outlines

    def identities(self, members: _Members, outlines: Sequence[Outline]) -> list[Identity]:
        """Return what identifies the events."""
        cards = self._catalog.cards
        return [
            _identity(outline, [cards[number] for number in numbers])
            for outline, numbers in zip(outlines, members, strict=True)
        ]

    def _by_themselves(self, members: _Members, pieces: Pieces) -> list[Outline]:
        """Return the outlines, of effects without their causes."""
        digests = [self._digest(numbers) for numbers in members]
        pairs = zip(members, digests, strict=True)
        several = [digest for numbers, digest in pairs if len(numbers) > 1 and digest]
        known = pieces.recall("outline", several)
        outlines: list[Outline] = []
        for numbers, digest in zip(members, digests, strict=True):
            if digest in known:
                outlines.append(_OUTLINE.decode(known[digest]))
            elif len(numbers) == 1:
                outlines.append(_alone(self._catalog.cards[numbers[0]], digest))
            else:
                outlines.append(self._combined(numbers, digest))
                if digest:
                    pieces.keep("outline", digest, msgspec.msgpack.encode(outlines[-1]))
        return outlines

    def _digest(self, numbers: Sequence[int]) -> bytes:
        """Return a checksum over facets, and over which of their documents copy one another."""
        cards = self._catalog.cards
        if len(numbers) == 1:
            return cards[numbers[0]].digest
        if not all(cards[number].digest for number in numbers):
            return b""
        groups = msgspec.msgpack.encode([self._groups[number] for number in numbers])
        return hashlib.sha256(b"".join((*(cards[n].digest for n in numbers), groups))).digest()

    def _combined(self, numbers: Sequence[int], digest: bytes) -> Outline:
        event = combine([self._catalog.facet(number) for number in numbers], self._world)
        first, attacker = event.when.first if event.when else None, event.attacker
        return Outline(
            places=tuple(location.place.id for location in event.places),
            first=first.toordinal() if first else None,
            attacker=(attacker.country or attacker.name) if attacker else "",
            digest=digest,
        )


def _alone(card: Card, digest: bytes) -> Outline:
    return Outline(card.event_places, card.first, card.attacker, digest)


def _completed(outline: Outline, cause: Outline) -> Outline:
    """Return what :func:`~geomap.merge.effects.completed` makes of an event."""
    digests = outline.digest and cause.digest and outline.digest + cause.digest
    return Outline(
        places=outline.places or (cause.places if len(cause.places) == 1 else ()),
        first=cause.first if outline.first is None else outline.first,
        attacker=outline.attacker,
        digest=digests and hashlib.sha256(digests).digest(),
    )


def _identity(outline: Outline, cards: Sequence[Card]) -> Identity:
    joint = any([card.scope is Scope.JOINT for card in cards])  # noqa: C419  quicker for so few
    family = cards[0].family
    return Identity(
        family=f"{family} joint" if joint else family,
        place_ids=outline.places if joint else outline.places[:1],
        day=day_of(outline.first),
        attacker=outline.attacker,
        witness=min([card.report_id for card in cards]),
    )
