"""Tie what a paragraph goes on to tell, with neither place nor day, to what it told before.

A paragraph of a round-up tells one event: "Three rangers were ambushed in X on Friday. One was shot
dead." The second sentence is of the first, whatever was told higher up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.kinds import HARMLESS
from geomap.extraction.modality import Modality

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling
    from geomap.ontology import EventType

_WAR = frozenset({"strike"})  # its attacks follow one another


def tie(
    syntax: Syntax, types: Mapping[str, EventType], by_sentence: Mapping[int, Sequence[Telling]]
) -> None:
    """Set ``amid`` of the tellings of one document, held by the numbers of their sentences."""
    gap = "\n\n" if "\n\n" in syntax.text else "\n"
    told: Telling | None = None
    end = 0
    for number, sentence in enumerate(syntax.annotation.sentences):
        if gap in syntax.text[end : sentence.start]:
            told = None
        end = sentence.end
        tellings = by_sentence.get(number, ())
        for telling in tellings:
            new = telling.places or telling.time or telling.definite or telling.headline
            if not new and types[telling.cue.type].family not in _WAR:
                telling.amid = told
        told = next((t for t in tellings if _may_go_on(types, t)), told)


def _may_go_on(types: Mapping[str, EventType], telling: Telling) -> bool:
    """Tell whether the next sentences may tell more of what is told: of an arrest they do not."""
    kind = types[telling.cue.type]
    harmless = kind.family in HARMLESS or kind.effect or kind.name == "detention"
    real = telling.modality is Modality.ASSERTED and not telling.headline
    return bool(telling.places) and real and not harmless
