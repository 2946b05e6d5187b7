"""Join happenings that one article tells twice, those first that agree best.

News tells its event at the top, and again from the beginning below: "A farmer died when his tractor
rolled over near Dunmore … The accident happened on Thursday night". Every two happenings of one
kind are weighed (``evidence.py``); the best pair is joined, and then seen as a whole.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from geomap.extraction.evidence import weigh
from geomap.extraction.kinds import HARMLESS
from geomap.extraction.pairs import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.happening import Happening
    from geomap.ontology import EventType

_MOST = 24  # more happenings are a list or a table, which tells each once
_JOINS = 2.0  # the least evidence that joins
_RIVAL = -0.5  # for each further happening that one of the two could be as well


def join_retold(happenings: Sequence[Happening], types: Mapping[str, EventType]) -> list[Happening]:
    """Return the happenings with those joined that only tell another one anew."""
    left = list(happenings)
    if len(left) > _MOST:
        return left
    while pair := _best_pair(left, types, _lead(left, types)):
        for telling in pair.later.tellings:
            pair.first.add(telling)
        left.remove(pair.later)
    return left


def _lead(happenings: Sequence[Happening], types: Mapping[str, EventType]) -> Happening | None:
    """Return what the body of the article, below its headline, tells first."""
    told = [
        (telling.cue.index, number)
        for number, happening in enumerate(happenings)
        if happening.parent is None and types[happening.tellings[0].cue.type].family not in HARMLESS
        for telling in happening.tellings
        if not telling.headline
    ]
    return happenings[min(told)[1]] if told else None


def _best_pair(
    happenings: Sequence[Happening], types: Mapping[str, EventType], lead: Happening | None
) -> Pair | None:
    """Return the two that are one most surely, of equals those told first; None if none are."""
    pairs = [
        Pair(first=a, later=b, types=types, lead=lead)
        for one in combinations(happenings, 2)
        for a, b in [sorted(one, key=lambda happening: happening.first)]
    ]
    scores = ((weigh(pair), pair) for pair in pairs if not pair.is_forbidden())
    good = [(score, pair) for score, pair in scores if score >= _JOINS]
    crowd = Counter(id(one) for _, pair in good for one in (pair.first, pair.later))
    best: tuple[float, Pair] | None = None
    for evidence, pair in good:
        rivals = max(crowd[id(pair.first)], crowd[id(pair.later)]) - 1
        score = evidence + _RIVAL * rivals
        if score >= _JOINS and (best is None or score > best[0]):
            best = score, pair
    return best[1] if best else None
