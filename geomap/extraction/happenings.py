"""Join the cues of one document that speak of the same happening.

Tellings that say most (place and day) found the happenings; the others join the one they agree with
best, or found their own. Text order decides between equals, so that the result is determined.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.extraction.agreement import NEAR_SENTENCES, Agreement
from geomap.extraction.modality import Modality
from geomap.extraction.relevance import Relevance, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geomap.extraction.tellings import Telling
    from geomap.model import Resolution
    from geomap.ontology import EventType, Ontology


@dataclass(slots=True, kw_only=True)
class Happening:
    """Tellings of one event; ``parent`` is what it is an effect or a part of."""

    tellings: list[Telling] = field(default_factory=list)
    parent: Happening | None = None
    disputed: bool = False
    retracted: bool = False

    @property
    def mentions(self) -> list[int]:
        """The numbers of the mentions that are its places, in text order."""
        return sorted({m for telling in self.tellings for m in telling.places})

    @property
    def first(self) -> int:
        """The index of the first trigger."""
        return min(telling.cue.index for telling in self.tellings)

    def distance(self, sentence: int) -> int:
        """Return how many sentences away it is told."""
        return min(abs(telling.sentence - sentence) for telling in self.tellings)


_CAUSE_SENTENCES = 4
_FAR_SENTENCES = 80  # what is told further apart is not compared
_JOINS = 1.5  # the least agreement that makes two tellings one happening


class Joiner:
    """Clusters the tellings of one document.

    ``dateline`` is the mention of the city of the dateline, and the sentence that it opens.
    """

    def __init__(
        self,
        resolutions: tuple[Resolution, ...],
        ontology: Ontology,
        published: date | None,
        dateline: tuple[int, int] | None = None,
    ) -> None:
        self._types: Mapping[str, EventType] = ontology.types
        self._relevance = Relevance(resolutions, ontology.types, published)
        self._agreement = Agreement(ontology.types, self._relevance)
        self._dateline = dateline
        self._happenings: list[Happening] = []

    def join(self, tellings: Sequence[Telling], retracted: Sequence[int] = ()) -> list[Happening]:
        """Return the happenings in order of first telling.

        ``retracted`` are the sentences in which somebody takes back what was said before.
        """
        happened = [t for t in tellings if t.modality is Modality.ASSERTED]
        for telling in sorted(happened, key=self._founding_order):
            home = self._home(telling)
            if home is None or self._is_part(telling, home):
                home = Happening(parent=home)
                self._happenings.append(home)
            home.tellings.append(telling)
        self._happenings.sort(key=lambda happening: happening.first)
        for happening in self._happenings:
            happening.tellings.sort(key=lambda telling: telling.cue.index)
        self._dispute([t for t in tellings if t.modality is Modality.DENIED])
        for sentence in retracted:
            self._retract(sentence)
        self._tie()
        self._inherit()
        self._give_dateline()
        return [happening for happening in self._happenings if self._relevance.is_told(happening)]

    def _founding_order(self, telling: Telling) -> tuple[bool, int, int]:
        says = bool(self._relevance.narrow(telling.places)) + (telling.day is not None)
        return telling.headline, -says, telling.cue.index

    def _home(self, telling: Telling) -> Happening | None:
        score = self._agreement.score
        near = [h for h in self._happenings if h.distance(telling.sentence) <= _FAR_SENTENCES]
        scored = [(score(telling, h), -n, h) for n, h in enumerate(near)]
        best = max(scored, key=lambda item: item[:2], default=None)
        return best[2] if best is not None and best[0] >= _JOINS else None

    def _is_part(self, telling: Telling, home: Happening) -> bool:
        """Tell whether a telling has figures of one of several places: a part of the whole."""
        mine = {place.id for place in self._relevance.narrow(telling.places)}
        theirs = {place.id for place in self._relevance.narrow(home.mentions)}
        told = {toll.count for other in home.tellings for toll in other.tolls}
        new = any(toll.count not in told for toll in telling.tolls)
        counted = new or (not telling.tolls and any(use.count for use in telling.weapons))
        return (
            bool(counted) and bool(mine) and mine < theirs and home.distance(telling.sentence) > 0
        )

    # --- what belongs to what --------------------------------------------------------------------

    def _tie(self) -> None:
        """Give effects, interceptions and parts their parent."""
        for happening in self._happenings:
            kind = self._types[happening.tellings[0].cue.type]
            if kind.effect or kind.family == "air_defense" or happening.tellings[0].of_toll:
                happening.parent = happening.parent or self._cause(happening)

    def _inherit(self) -> None:
        """Give a happening without a place that of what is told with it, or just before."""
        for number, happening in enumerate(self._happenings):
            kind = self._types[happening.tellings[0].cue.type]
            if happening.mentions or kind.effect or kind.family not in _WITH_OTHERS:
                continue
            sentence = happening.tellings[0].sentence
            for other in reversed(self._happenings[:number]):
                last = max(t.sentence for t in other.tellings if t.sentence <= sentence)
                if sentence - last <= 1 and self._relevance.narrow(other.mentions):
                    happening.tellings[0].places = other.mentions[:1]
                    break

    def _give_dateline(self) -> None:
        """Put what the first sentence tells, and no text places, in the city of the dateline."""
        if self._dateline is None:
            return
        mention, sentence = self._dateline
        for happening in self._happenings:
            main = happening.tellings[0]
            effect = self._types[main.cue.type].effect
            if not happening.mentions and not effect and main.sentence == sentence:
                main.places = [mention]

    def _cause(self, happening: Happening) -> Happening | None:
        """Return the nearest strike or disaster that it can follow from, told before or with it."""
        sentence = happening.tellings[0].sentence
        mine = self._relevance.narrow(happening.mentions)
        best: tuple[int, int, Happening] | None = None
        for order, other in enumerate(self._happenings):
            kind = self._types[other.tellings[0].cue.type]
            burns = kind.family == "unrest" and self._types[happening.tellings[0].cue.type].effect
            if other is happening or kind.effect or (kind.family in _NO_CAUSES and not burns):
                continue
            theirs = self._relevance.narrow(other.mentions)
            apart = other.distance(sentence)
            if apart > _CAUSE_SENTENCES or (mine and theirs and not overlap(mine, theirs)):
                continue
            if best is None or (apart, order) < best[:2]:
                best = (apart, order, other)
        return best[2] if best else None

    def _dispute(self, denied: Sequence[Telling]) -> None:
        for telling in denied:
            home = self._home(telling)
            if home is not None:
                home.disputed = True

    def _retract(self, sentence: int) -> None:
        """Mark the last happening told by a speaker before a retraction."""
        before = [
            h
            for h in self._happenings
            if 0 <= sentence - h.tellings[-1].sentence <= NEAR_SENTENCES
            and any(t.claim.speaker for t in h.tellings)
        ]
        if before:
            max(before, key=lambda h: h.tellings[-1].cue.index).retracted = True


_WITH_OTHERS = frozenset({"violence", "unrest"})
_NO_CAUSES = frozenset({"posture", "alert", "unrest", "diplomacy", "air_defense", "cyber"})
