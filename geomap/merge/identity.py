"""Ids of events: a hash of the facts that identify one, so that they stay when figures change."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# 48 bits: among a million events two share an id by chance with a probability below 1 in 500.
_HEX_DIGITS = 12


class Identity(NamedTuple):
    """What makes an event that event.

    ``day`` is ISO 8601, empty where not known; ``attacker`` and ``witness`` (the first report in
    order of ids) are used only where family, places and day are shared with another event.
    """

    family: str
    place_ids: tuple[str, ...]
    day: str
    attacker: str
    witness: str


@lru_cache(maxsize=100_000)
def day_of(ordinal: int | None) -> str:
    """Return a day as an identity has it."""
    return "" if ordinal is None else date.fromordinal(ordinal).isoformat()


def event_ids(identities: Sequence[Identity]) -> list[str]:
    """Return an id for each event, all different if the witnesses are."""
    facts: list[tuple[str, ...]] = [_facts(identity) for identity in identities]
    numbers: Iterable[int] = range(len(facts))
    for further in ("attacker", "witness"):
        numbers = _shared(facts, numbers)  # no others can come to share theirs
        for number in numbers:
            facts[number] = (*facts[number], getattr(identities[number], further))
    return [_hash(fact) for fact in facts]


def apart_id(identity: Identity) -> str:
    """Return the id of an event that a person set apart from another with the same facts."""
    return _hash((*_facts(identity), identity.attacker, identity.witness, "apart"))


def _facts(identity: Identity) -> tuple[str, ...]:
    return (identity.family, " ".join(sorted(identity.place_ids)), identity.day)


def _shared(facts: Sequence[tuple[str, ...]], numbers: Iterable[int]) -> list[int]:
    """Return those of ``numbers`` whose facts another one of them has too."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        groups[facts[number]].append(number)
    return [number for group in groups.values() if len(group) > 1 for number in group]


def _hash(facts: tuple[str, ...]) -> str:
    text = "\x1f".join(facts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_HEX_DIGITS]
