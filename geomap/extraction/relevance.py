"""Which happenings are events of their own: what says enough, and is no background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.extraction.happenings import Happening
    from geomap.model import Place, Resolution
    from geomap.ontology import EventType

# Places so wide that they tell two events apart as little as they tie them together.
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.BLOC})

# What was over so long before publication is told to compare with, not to report.
BACKGROUND_DAYS = 45

_NEED_PLACE_OR_DAY = frozenset({"killing", "armed_clash", "explosion", "damage", "siege"})


class Relevance:
    """Judges the happenings of one document, published on a day or on none that is known."""

    def __init__(
        self,
        resolutions: Sequence[Resolution],
        types: Mapping[str, EventType],
        published: date | None,
    ) -> None:
        self._resolutions = resolutions
        self._types = types
        self._published = published

    def is_told(self, happening: Happening) -> bool:
        """Tell whether a happening says enough to be an event, and is no background."""
        return self._says_enough(happening) and not self.is_background(happening)

    def is_background(self, happening: Happening) -> bool:
        """Tell whether all that dates a happening is long before publication."""
        ends = [t.day[1] for t in happening.tellings if t.day is not None]
        if not ends and happening.parent is not None:
            ends = [t.day[1] for t in happening.parent.tellings if t.day is not None]
        if self._published is None or not ends:
            return False
        return (self._published - max(ends)).days > BACKGROUND_DAYS

    def narrow(self, mentions: Sequence[int]) -> list[Place]:
        """Return the places of mentions that are narrower than a country."""
        found = [self._resolutions[m].place for m in mentions if m < len(self._resolutions)]
        return [place for place in found if place is not None and place.kind not in WIDE]

    def unknown(self, mentions: Sequence[int]) -> set[str]:
        """Return the names among mentions that no place is known for."""
        found = [self._resolutions[m] for m in mentions if m < len(self._resolutions)]
        return {r.mention.text.lower() for r in found if r.place is None}

    def _says_enough(self, happening: Happening) -> bool:
        tellings = happening.tellings
        kind = max((self._types[t.cue.type] for t in tellings), key=lambda kind: kind.rank)
        placed = bool(happening.mentions)
        dated = any(t.day is not None for t in tellings)
        counted = any(t.tolls for t in tellings) or any(
            use.count for t in tellings for use in t.weapons
        )
        if kind.name == "damage":
            return placed and happening.parent is None
        if kind.effect:
            return self._is_effect_told(happening, counted=counted, dated=dated)
        narrow = self._is_narrow(happening)
        if kind.name in _NEED_PLACE_OR_DAY:
            return narrow or (dated and counted) or (dated and len(tellings) > 1)
        if kind.name == "attack":
            return dated or counted or narrow
        return placed or dated or counted or happening.parent is not None or len(tellings) > 1

    def _is_effect_told(self, happening: Happening, *, counted: bool, dated: bool) -> bool:
        """Tell whether an effect is more than a word in the sentence that tells its cause."""
        cause = happening.parent
        if counted or cause is None:
            return counted or bool(happening.mentions)
        if happening.mentions:
            return True
        # "The strike", taken up, is not told anew: what it caused is.
        told = {t.sentence for t in cause.tellings if not t.definite}
        return not dated and not told & {t.sentence for t in happening.tellings}

    def _is_narrow(self, happening: Happening) -> bool:
        unresolved = any(self._resolutions[m].place is None for m in happening.mentions)
        return unresolved or bool(self.narrow(happening.mentions))


def overlap(places: Sequence[Place], others: Sequence[Place]) -> bool:
    """Tell whether most places of the shorter list are in the other, or inside its places."""
    shorter, longer = sorted((places, others), key=len)
    shared = sum(any(_one_in_other(a, b) for b in longer) for a in shorter)
    return shared * 3 >= len(shorter) * 2


def _one_in_other(a: Place, b: Place) -> bool:
    return a.id == b.id or a.id in b.parents or b.id in a.parents
