"""Make tellings of tolls that no word for an event goes with: "In X, a boy was killed"."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction.causes import accident_of
from geomap.extraction.cues import Cue
from geomap.extraction.figurative import is_figurative
from geomap.extraction.forerunners import BODILY
from geomap.extraction.lexicon import sayings, table, words
from geomap.extraction.modality import Modality, modality_of
from geomap.extraction.timereaders import STRETCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.extraction.forerunners import Forerunners
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll

_LONGEST_EVENT_DAYS = 60
_DYING = frozenset({"die", "perish", "succumb", "dead", "death"})
# "Counted 53 bodies" is no statistic, "three did not survive" no denial, "needed care" no wish.
_ALL_THE_SAME = frozenset(
    {"body", "survive", "survivor", "make", *table("casualties")["injured"]["wounds"]}
)


class Cueless:
    """Tells of tolls of one document; ``tell`` makes a telling of a cue."""

    def __init__(self, scene: Scene, tell: Callable[[Cue], Telling], before: Forerunners) -> None:
        self._scene = scene
        self._tell = tell
        self._before = before

    def tell(self, toll: Toll, places: list[int], led_to: Telling | None = None) -> None:
        """Make a telling of a toll without a cue ("In X, a boy was killed").

        ``led_to`` is the event that it came before.
        """
        syntax = self._scene.syntax
        goes_on = led_to is None and self._before.goes_on(toll, places)
        before = self._before.told_before(toll, places) if goes_on else None
        if before is not None:
            telling = self._tell(cue_of(toll))
            placed = bool(places) and self._before.is_part(toll)
            telling.tolls, telling.follows = [dataclasses.replace(toll, placed=placed)], before
            telling.places = places if placed else []
            if syntax.lemmas[toll.index] in _ALL_THE_SAME or self._stands_before(toll.index):
                telling.modality = Modality.ASSERTED
            self._scene.add(telling)
            return
        if toll.kind not in BODILY or self._before.is_of_known(toll):
            return
        times = self._scene.times_around(toll.index)
        if any(t.days > _LONGEST_EVENT_DAYS or t.rule == STRETCH for t in times):
            return  # "last year, 49 people died", "in the past 24 hours": a total, no event
        named = syntax.tokens[toll.index].pos == "NOUN" and syntax.lemmas[toll.index] != "body"
        if named and (led_to is not None or not (times and places)):
            return  # "linked the drug to 15 deaths", "his injuries", "riots over a boy's death"
        cue = cue_of(toll)
        modality = modality_of(syntax, cue)
        picture = is_figurative(syntax, toll.index, cue.type, "violence")
        if "killing" in self._scene.types and modality is Modality.ASSERTED and not picture:
            accident = accident_of(syntax, toll.index)
            if accident and accident in self._scene.types:
                cue = dataclasses.replace(cue, type=accident)
            telling = self._tell(cue)
            telling.places, telling.tolls = places, [toll]
            telling.natural, telling.led_to = self._is_natural(toll), led_to
            self._scene.add(telling)

    def _stands_before(self, index: int) -> bool:
        """Tell whether parsers hang a clause on the next: "12 were hurt, one of whom may die"."""
        token = self._scene.syntax.tokens[index]
        says = self._scene.syntax.lemmas[token.head] in sayings()
        return token.dep == "ccomp" and token.head > index and not says

    def _is_natural(self, toll: Toll) -> bool:
        """Tell whether somebody merely died: "Ann Noble died on Tuesday", "died of cancer"."""
        syntax = self._scene.syntax
        if syntax.lemmas[toll.index] not in _DYING:
            return False
        causes = syntax.prepositional(toll.index, "of", "from", "after")
        ill = any(syntax.lemmas[i] in words("casualties", "illness") for i in causes)
        named = any(
            syntax.annotation.entities[syntax.entity_at[i]].label == "PERSON"
            for i in syntax.span_tokens(toll.start, toll.end)
            if i in syntax.entity_at
        )
        return ill or (named and not syntax.with_dep(toll.index, "advcl"))


def cue_of(toll: Toll) -> Cue:
    """Return the word of harm as what names the event."""
    index = toll.index
    return Cue(index=index, first=index, last=index + 1, type="killing", verbal=True)
