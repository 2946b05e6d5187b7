"""Features of the linker that need no parse: the words around a name, and the names beside it.

Parsers hang the names of long sentences wrongly as often as not; what stands next to a name does
not depend on them: "X district of Y", "in X, Y", "X and Y".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.linking import Candidate
    from geomap.extraction.syntax import Syntax


def _numbered(key: str) -> Mapping[str, int]:
    return {word: number for number, word in enumerate(table("links")[key])}


_BEFORE, _SECOND, _NEXT = (_numbered(f"words_{key}") for key in ("before", "second", "next"))
_AFTER, _BETWEEN = _numbered("words_after"), _numbered("words_between")
_LOCATIVES = words("links", "locatives")
_AREAS = words("linking", "areas") | words("linking", "sites")
_SIDES = words("linking", "sides")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_WIDEST_GAP = 12  # words; names further apart have nothing to do with one another
_FIRST_WORDS = 4  # of a gap, where areas and directions are looked for
_FARTHEST = 20  # words from the event
_BESIDE = ("words", "place", "label", "area", "side")

SURFACE: tuple[str, ...] = (
    *(f"word_before_{word}" for word in _BEFORE),
    *(f"second_before_{word}" for word in _SECOND),
    *(f"word_after_{word}" for word in _AFTER),
    "is_place",
    "places",
    "places_before",
    *(f"{side}_{what}" for side in ("left", "right") for what in _BESIDE),
    *(f"{side}_gap_{word}" for side in ("left", "right") for word in _BETWEEN),
    "second_area_before",
    "second_area_after",
    "last_word_small",
    "places_nearer",
    "places_nearer_this_side",
    "locative_nearer",
    "trigger_locatives",
    "below_trigger_locative",
    "words_after_trigger",
    *(f"trigger_next_{word}" for word in _NEXT),
)


class Surface:
    """The words of one sentence around its names."""

    def __init__(self, syntax: Syntax, candidates: Sequence[Candidate]) -> None:
        self._syntax = syntax
        self._candidates = candidates
        self._places = {n for n, candidate in enumerate(candidates) if _is_place(candidate)}
        self._led = {n for n, c in enumerate(candidates) if self._word(c.first - 1) in _LOCATIVES}
        self._own = [self._around(number) for number in range(len(candidates))]

    def values(self, trigger: int) -> list[list[float]]:
        """Return the features of all names for the event at a token, as in :data:`SURFACE`."""
        apart = [_apart(trigger, candidate) for candidate in self._candidates]
        children = self._syntax.children[trigger]
        locatives = {i for i in children if self._syntax.words[i] in _LOCATIVES}
        following = _one_hot(self._word(trigger + 1), _NEXT)
        return [
            [*own, *self._rivals(number, apart), *self._tie(number, locatives, apart), *following]
            for number, own in enumerate(self._own)
        ]

    def _rivals(self, number: int, apart: Sequence[int]) -> list[float]:
        """Count the places that stand nearer to the event than a name."""
        mine = apart[number]
        nearer = [n for n in self._places if abs(apart[n]) < abs(mine)]
        this_side = sum((apart[n] > 0) == (mine > 0) for n in nearer)
        return [float(len(nearer)), float(this_side), float(not self._led.isdisjoint(nearer))]

    def _tie(self, number: int, locatives: set[int], apart: Sequence[int]) -> list[float]:
        """Say whether a preposition of place on the event's word leads to a name, and how far."""
        head = self._candidates[number].head
        below = not locatives.isdisjoint((head, *self._syntax.ancestors(head)))
        distance = max(-_FARTHEST, min(_FARTHEST, apart[number]))
        return [float(len(locatives)), float(below), float(distance)]

    def _around(self, number: int) -> list[float]:
        """Return what holds of a name for whatever event."""
        candidate = self._candidates[number]
        first, last = candidate.first, candidate.last
        return [
            *_one_hot(self._word(first - 1), _BEFORE),
            *_one_hot(self._word(first - 2), _SECOND),
            *_one_hot(self._word(last), _AFTER),
            float(number in self._places),
            float(len(self._places)),
            float(sum(n < number for n in self._places)),
            *self._beside(number, number - 1),
            *self._beside(number, number + 1),
            *self._gap(number - 1),
            *self._gap(number),
            float(not _AREAS.isdisjoint((self._word(first - 2), self._word(first - 3)))),
            float(not _AREAS.isdisjoint((self._word(last), self._word(last + 1)))),
            float(self._syntax.tokens[last - 1].text.islower()),
        ]

    def _beside(self, number: int, other: int) -> list[float]:
        """Describe the next name on one side: how far, whether a place, what stands between."""
        if not 0 <= other < len(self._candidates):
            return [-1.0, 0.0, 0.0, 0.0, 0.0]
        between = self._between(min(number, other))
        return [
            float(min(len(between), _WIDEST_GAP)),
            float(other in self._places),
            float(self._candidates[other].label in _PLACES),
            float(not _AREAS.isdisjoint(between[:_FIRST_WORDS])),
            float(not _SIDES.isdisjoint(between[:_FIRST_WORDS])),
        ]

    def _gap(self, number: int) -> list[float]:
        """Say which words stand between a name and the next one."""
        row = [0.0] * len(_BETWEEN)
        if 0 <= number < len(self._candidates) - 1:
            between = self._between(number)
            for word in between if len(between) <= _WIDEST_GAP else ():
                if word in _BETWEEN:
                    row[_BETWEEN[word]] = 1.0
        return row

    def _between(self, number: int) -> list[str]:
        left, right = self._candidates[number : number + 2]
        return self._syntax.words[left.last : right.first]

    def _word(self, index: int) -> str:
        return self._syntax.words[index] if 0 <= index < len(self._syntax.words) else ""


def _is_place(candidate: Candidate) -> bool:
    return candidate.use == "place" or (not candidate.use and candidate.label in _PLACES)


def _apart(trigger: int, candidate: Candidate) -> int:
    """Return how many words a name stands behind the event's, below zero for before it."""
    if candidate.first <= trigger < candidate.last:
        return 0
    after = candidate.first > trigger
    return candidate.first - trigger if after else candidate.last - 1 - trigger


def _one_hot(word: str, known: Mapping[str, int]) -> list[float]:
    row = [0.0] * len(known)
    if word in known:
        row[known[word]] = 1.0
    return row
