"""What tells that a name in a sentence is the place of one event in it: the linker's features.

A candidate is a name that may be a place. For an event (its trigger word) and a candidate the
features say how syntax connects the two, which preposition leads to the candidate, how far apart
they stand, what else competes, and what kind of name it is. No feature looks at the name itself
beyond its kind, so that places the world over are linked alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.linkarcs import (
    MAX_PATH,
    path_between,
    path_length,
    put_path,
    put_trigger,
)
from geomap.extraction.linkcontext import Context
from geomap.extraction.linkname import AREAS, SITES, governor, put_governor, put_name
from geomap.extraction.linkrow import Row
from geomap.extraction.linksurface import Surface
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.extraction.syntax import Syntax

_NESTED = 4
_FARTHEST = 40


@noun
class Candidate:
    """A name that may be a place: its span, its head word, and what a recognizer called it.

    ``use`` is the mention's use, or an empty string for a name that is no toponym mention.
    """

    start: int
    end: int
    head: int
    first: int
    last: int
    label: str
    use: str = ""


class Linker:
    """Features of all pairs of one sentence."""

    def __init__(self, syntax: Syntax, candidates: Sequence[Candidate]) -> None:
        self._syntax = syntax
        self._candidates = candidates
        self._surface = Surface(syntax, candidates)
        self._at = {i: n for n, c in enumerate(candidates) for i in range(c.first, c.last)}
        self._tops = [self._top(c) for c in candidates]
        self.outer = [self._outer(n) for n in range(len(candidates))]
        self._own = [self._own_row(n) for n in range(len(candidates))]

    def rows(self, trigger: int) -> list[list[float]]:
        """Return one row of features a candidate for the event at token ``trigger``."""
        syntax = self._syntax
        paths = [path_between(syntax, trigger, c.head) for c in self._candidates]
        lengths = [path_length(path) for path in paths]
        distances = [_distance(trigger, c) for c in self._candidates]
        context = Context(syntax, trigger)
        surface = self._surface.values(trigger)
        rows = []
        for number, candidate in enumerate(self._candidates):
            row = self._own[number].copy()
            put_path(row, syntax, paths[number])
            put_trigger(row, syntax, trigger, candidate.head)
            row.set("rank_distance", sum(d < distances[number] for d in distances))
            row.set("rank_path", sum(n < lengths[number] for n in lengths))
            row.set("distance", min(distances[number], _FARTHEST))
            self._put_between(row, trigger, candidate)
            self._put_tie(row, trigger, self._tops[number])
            values = context.values(candidate, self._tops[number])
            rows.append(row.values + values + surface[number])
        return rows

    def _own_row(self, number: int) -> Row:
        """Return what holds of a name for whatever event."""
        row, candidate = Row(), self._candidates[number]
        put_name(row, self._syntax, candidate)
        put_governor(row, self._syntax, self._tops[number])
        row.set("count", len(self._candidates))
        row.set("order", number)
        row.set("inner", sum(outer == number for outer in self.outer))
        row.set("outer", self.outer[number] is not None)
        self._put_others(row, number)
        self._put_pair(row, number)
        return row

    def _put_others(self, row: Row, number: int) -> None:
        """Set how other names stand above and below this one, and whether it comes again."""
        syntax, candidate = self._syntax, self._candidates[number]
        for above in list(syntax.ancestors(candidate.head))[:_NESTED]:
            if self._at.get(above, number) != number:
                conjunct = syntax.tokens[candidate.head].dep == "conj"
                row.set("coordinated" if conjunct else "contains_other")
                break
        below = [i for n in range(candidate.first, candidate.last) for i in syntax.children[n]]
        below += [i for child in below for i in syntax.children[child]]
        row.set("inside_other", any(self._at.get(i, number) != number for i in below))
        text = syntax.text
        name = text[candidate.start : candidate.end]
        row.set("repeated", sum(text[c.start : c.end] == name for c in self._candidates) > 1)

    def _put_pair(self, row: Row, number: int) -> None:
        """See "Nablus, West Bank": the outer name after the comma tells where the inner one is."""
        candidate = self._candidates[number]
        before = self._candidates[number - 1].last if number else -1
        if before == candidate.first - 1 and self._syntax.words[before] == ",":
            row.set("comma_pair_container")
        if number + 1 < len(self._candidates):
            following = self._candidates[number + 1]
            if following.first == candidate.last + 1 and self._syntax.words[candidate.last] == ",":
                row.set("comma_pair_inner")

    def _put_between(self, row: Row, trigger: int, candidate: Candidate) -> None:
        low, high = sorted((trigger, candidate.head))
        between = self._syntax.tokens[low + 1 : high]
        row.set("after", float(candidate.head > trigger))
        row.set("verbs_between", sum(t.pos == "VERB" for t in between))
        row.set("commas_between", sum(t.text == "," for t in between))
        row.set("between", len({self._at[i] for i in range(low + 1, high) if i in self._at}))

    def _put_tie(self, row: Row, trigger: int, top: int) -> None:
        """Set whether the noun phrase of a name is tied to the event's word or clause."""
        syntax = self._syntax
        row.set("trigger_object", top in syntax.objects(trigger))
        row.set("trigger_in_of", governor(syntax, top) == trigger)
        row.set("same_clause", syntax.clause_of(top) == syntax.clause_of(trigger))

    def _top(self, candidate: Candidate) -> int:
        """Return the head of the noun phrase that a name is in: "town" of "the town of X"."""
        syntax, node = self._syntax, candidate.head
        for _ in range(MAX_PATH):
            token = syntax.tokens[node]
            head = token.head
            if head == node:
                break
            noun_head = syntax.tokens[head].pos in {"NOUN", "PROPN"}
            if token.dep in {"compound", "amod", "nmod", "poss", "appos", "nummod"} and noun_head:
                if head in self._at and self._at[head] != self._at.get(candidate.head):
                    break
                node = head
                continue
            above = syntax.tokens[head].head
            if (
                token.dep == "pobj"
                and syntax.words[head] == "of"
                and syntax.lemmas[above] in AREAS | SITES
            ):
                node = above
                continue
            break
        return node

    def _outer(self, number: int) -> int | None:
        """Return the candidate that this one tells the surroundings of: X for Y in "X in Y"."""
        syntax = self._syntax
        tops = {top: n for n, top in enumerate(self._tops) if top != self._tops[number]}
        below = self._tops[number]
        for above in list(syntax.ancestors(below))[:_NESTED]:
            token = syntax.tokens[above]
            if above in tops:
                return tops[above]
            other = self._at.get(above)
            if other is not None and other != number and self._tops[other] != self._tops[number]:
                return other
            if token.pos in {"VERB", "AUX"} and token.dep not in {"acl", "relcl"}:
                return None
        return None

    def second_rows(self, rows: list[list[float]], first: Sequence[float]) -> list[list[float]]:
        """Return the rows with what the first model thinks of each name and its neighbors."""
        made = []
        for number, row in enumerate(rows):
            p = first[number]
            others = [q for n, q in enumerate(first) if n != number]
            outer = self.outer[number]
            inner = [first[n] for n, o in enumerate(self.outer) if o == number]
            head = self._candidates[number].head
            conjuncts = {self._at.get(i) for i in self._syntax.conjuncts(head)} - {None, number}
            made.append(
                [
                    *row,
                    p,
                    max(others, default=0.0),
                    float(sum(q > p for q in others)),
                    max(inner, default=0.0),
                    first[outer] if outer is not None else 0.0,
                    first[number - 1] if number else 0.0,
                    first[number + 1] if number + 1 < len(first) else 0.0,
                    sum(first),
                    max((first[n] for n in conjuncts if n is not None), default=0.0),
                ]
            )
        return made


def _distance(trigger: int, candidate: Candidate) -> int:
    """Return how many words lie between, 0 for a trigger within the name."""
    if candidate.first <= trigger < candidate.last:
        return 0
    after = candidate.first > trigger
    return candidate.first - trigger if after else trigger - candidate.last + 1
