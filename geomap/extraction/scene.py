"""What the readers of a document's slots share: its words, days, names and the tellings so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction.places import path_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.places import PlaceLinker
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.ontology import EventType

# What stands under these happened at another time than the clause around them tells.
ELSEWHEN = frozenset({"after", "following", "since", "before", "over", "until", "despite"})
_WORDS_AN_ARC = 4
_CROWD = 24  # more events than this in one sentence are a list or a table
_NEAR_WORDS = 60


@dataclass(slots=True, kw_only=True)
class Scene:
    """One document on its way from cues to tellings; ``by_sentence`` grows."""

    syntax: Syntax
    types: Mapping[str, EventType]
    times: Sequence[TimeExpression]
    linker: PlaceLinker
    by_sentence: dict[int, list[Telling]] = field(default_factory=dict)
    _times_of: dict[int, list[TimeExpression]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which days stand in which sentence."""
        for time in self.times:
            for index in self.syntax.span_tokens(time.start, time.end)[:1]:
                self._times_of.setdefault(self.syntax.sentence_of[index], []).append(time)

    def times_around(self, index: int) -> list[TimeExpression]:
        """Return the days that stand in the sentence of a token."""
        return self._times_of.get(self.syntax.sentence_of[index], [])

    def add(self, telling: Telling) -> None:
        """Take in a telling."""
        self.by_sentence.setdefault(telling.sentence, []).append(telling)

    def around(self, index: int) -> list[Telling]:
        """Return the tellings of the sentence of a token, of a crowded one those near it."""
        tellings = self.by_sentence.get(self.syntax.sentence_of[index], [])
        if len(tellings) <= _CROWD:
            return tellings
        return [t for t in tellings if abs(t.cue.index - index) <= _NEAR_WORDS]

    def nearest(self, index: int, tellings: Iterable[Telling]) -> Telling | None:
        """Return the telling whose cue is nearest to a token in syntax and text."""
        best: tuple[float, Telling] | None = None
        for telling in tellings:
            steps = path_length(self.syntax, index, telling.cue.index)
            if steps is None or telling.part:
                continue
            # Parsers hang a late phrase too high, so that nearness in the text counts as well.
            cost = steps + abs(index - telling.cue.index) / _WORDS_AN_ARC
            if best is None or cost < best[0]:
                best = (cost, telling)
        return best[1] if best else None
