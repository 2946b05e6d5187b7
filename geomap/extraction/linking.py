"""What tells that a name in a sentence is the place of one event in it: the linker's features.

A candidate is a name that may be a place. For an event (its trigger word) and a candidate the
features say how syntax connects the two, which preposition leads to the candidate, how far apart
they stand, what else competes, and what kind of name it is. No feature looks at the name itself
beyond its kind, so that places the world over are linked alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import table, words
from geomap.extraction.linkcontext import CONTEXT, Context
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.extraction.syntax import Syntax


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


_PREPOSITIONS: tuple[str, ...] = tuple(table("linking")["prepositions"])
_DEPS: tuple[str, ...] = tuple(table("linking")["deps"])
_LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT", "")
_USES = ("place", "metonym", "demonym", "embedded", "unknown", "")
_SITES = words("linking", "sites")
_AREAS = words("linking", "areas")
_SIDES = words("linking", "sides")
_MOTION = words("linking", "motion")
_MAX_PATH = 12
_NESTED = 4
_PERSONS = words("linking", "persons")
_OFFICIALS = words("linking", "officials")
_EVENTS = words("linking", "events")
_ORIGINS = frozenset({"from", "by", "with"})

FEATURES: tuple[str, ...] = (
    *table("linking")["features0"],
    *(f"prep_{p}" for p in _PREPOSITIONS),
    *table("linking")["features1"],
    *(f"cand_dep_{d}" for d in _DEPS),
    *(f"up_{d}" for d in _DEPS),
    *(f"down_{d}" for d in _DEPS),
    *(f"label_{label or 'none'}" for label in _LABELS),
    *(f"use_{use or 'none'}" for use in _USES),
    *table("linking")["features2"],
    *CONTEXT,
)
# What the second model adds: what the first one thinks of this name and of the others.
SECOND: tuple[str, ...] = tuple(table("linking")["second"])
_GOVERNORS = (
    ("governor_event", _EVENTS),
    ("governor_person", _PERSONS),
    ("governor_official", _OFFICIALS),
    ("governor_area", _AREAS),
    ("governor_site", _SITES),
    ("governor_motion", _MOTION),
)
_INDEX = {name: number for number, name in enumerate(FEATURES)}
_OWN = len(FEATURES) - len(CONTEXT)

# Arcs that lead out of an event's own clause cost more than arcs within it.
_COSTS = {"relcl": 2.0, "advcl": 2.0, "ccomp": 2.0, "parataxis": 3.0, "conj": 1.0, "appos": 0.5}


class Linker:
    """Features of all pairs of one sentence."""

    def __init__(self, syntax: Syntax, candidates: Sequence[Candidate]) -> None:
        self._syntax = syntax
        self._candidates = candidates
        self._at = {i: n for n, c in enumerate(candidates) for i in range(c.first, c.last)}
        self._tops = [self._top(c) for c in candidates]
        self.outer = [self._outer(n) for n in range(len(candidates))]

    def rows(self, trigger: int) -> list[list[float]]:
        """Return one row of features a candidate for the event at token ``trigger``."""
        paths = [self._path(trigger, c) for c in self._candidates]
        lengths = [_length(path) for path in paths]
        distances = [self._distance(trigger, c) for c in self._candidates]
        rows = []
        context = Context(self._syntax, trigger)
        for number, candidate in enumerate(self._candidates):
            row = [0.0] * _OWN
            row[_INDEX["bias"]] = 1.0
            self._put_path(row, trigger, paths[number])
            self._put_kind(row, candidate)
            self._put_rivals(row, number, lengths, distances)
            self._put_between(row, trigger, candidate)
            self._put_trigger(row, trigger, candidate)
            self._put_nesting(row, trigger, number)
            rows.append(row + context.values(candidate, self._tops[number]))
        return rows

    def _top(self, candidate: Candidate) -> int:
        """Return the head of the noun phrase that a name is in: "town" of "the town of X"."""
        syntax, node = self._syntax, candidate.head
        for _ in range(_MAX_PATH):
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
                and syntax.lemmas[above] in (_AREAS | _SITES)
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

    def _path(self, trigger: int, candidate: Candidate) -> tuple[list[int], list[int]] | None:
        """Return the words from candidate up to the common head, and from trigger up to it."""
        syntax = self._syntax
        above = [trigger, *list(syntax.ancestors(trigger))]
        place = {node: n for n, node in enumerate(above)}
        up = [candidate.head]
        if candidate.head in place:
            return [candidate.head], above[: place[candidate.head] + 1]
        for node in syntax.ancestors(candidate.head):
            up.append(node)
            if node in place:
                return up, above[: place[node] + 1]
        return None

    def _distance(self, trigger: int, candidate: Candidate) -> int:
        if candidate.first <= trigger < candidate.last:
            return 0
        return (
            candidate.first - trigger if candidate.first > trigger else trigger - candidate.last + 1
        )

    def _put_path(
        self,
        row: list[float],
        trigger: int,
        path: tuple[list[int], list[int]] | None,
    ) -> None:
        if path is None:
            _set(row, "no_path")
            row[_INDEX["length"]] = _MAX_PATH
            return
        syntax = self._syntax
        up, down = path
        row[_INDEX["up"]], row[_INDEX["down"]] = len(up) - 1, len(down) - 1
        row[_INDEX["length"]] = _length(path)
        up_deps = [syntax.tokens[i].dep for i in up[:-1]]
        down_deps = [syntax.tokens[i].dep for i in down[:-1]]
        for dep in up_deps:
            _add(row, f"up_{dep}")
        for dep in down_deps:
            _add(row, f"down_{dep}")
        row[_INDEX["path_cost"]] = sum(_COSTS.get(dep, 1.0) for dep in (*up_deps, *down_deps))
        if up[-1] == trigger:
            _set(row, "via_trigger")
            if len(up) <= 3:  # noqa: PLR2004  trigger, preposition, name
                _set(row, "direct")
        self._put_speech(row, up, down)

    def _put_speech(self, row: list[float], up: list[int], down: list[int]) -> None:
        """Say whether a verb of saying stands between: its subject is no place of the event."""
        syntax = self._syntax
        says = words("speech", "says") | words("speech", "claims")
        top = up[-1]
        if syntax.lemmas[top] in says and len(down) > 1:
            _set(row, "speech_below")
        if len(up) > 1 and syntax.lemmas[top] in says and syntax.tokens[up[-2]].dep == "nsubj":
            _set(row, "speech_subject")

    def _put_kind(self, row: list[float], candidate: Candidate) -> None:
        syntax = self._syntax
        head = syntax.tokens[candidate.head]
        _set(row, f"label_{candidate.label or 'none'}")
        _set(row, f"use_{candidate.use or 'none'}")
        _set(row, f"cand_dep_{head.dep}")
        self._put_preposition(row, candidate)
        inside = set(syntax.words[candidate.first : candidate.last])
        next_word = syntax.words[candidate.last] if candidate.last < len(syntax.words) else ""
        before = syntax.words[candidate.first - 1] if candidate.first else ""
        if inside & _SITES or next_word in _SITES:
            _set(row, "site")
        if inside & _AREAS or next_word in _AREAS:
            _set(row, "area")
        if before in _SIDES or inside & _SIDES:
            _set(row, "side_before")
        if before == "the":
            _set(row, "article")
        if next_word in {"'s", "’s", "'", "’"}:
            _set(row, "possessive")
        if (
            candidate.last < len(syntax.tokens)
            and head.head >= candidate.last
            and (syntax.tokens[head.head].pos in {"NOUN", "PROPN"})
        ):
            _set(row, "modifies_noun")
        if head.dep == "nsubj" and not syntax.is_passive(head.head):
            _set(row, "subject_active")
        row[_INDEX["width"]] = candidate.last - candidate.first
        if candidate.end - candidate.start <= 4 and head.text.isupper():  # noqa: PLR2004  an acronym
            _set(row, "capital_acronym")
        if candidate.first == syntax.sentence(candidate.head).first:
            _set(row, "first_in_sentence")

    def _put_preposition(self, row: list[float], candidate: Candidate) -> None:
        """Find the preposition that leads to the name, through nouns and coordination."""
        syntax = self._syntax
        node = candidate.head
        for above in syntax.ancestors(candidate.head):
            if syntax.tokens[above].pos in {"ADP", "SCONJ"}:
                word = syntax.words[above]
                _set(row, f"prep_{word}" if f"prep_{word}" in _INDEX else "prep_none")
                governor = syntax.tokens[syntax.tokens[above].head]
                if governor.pos in {"NOUN", "PROPN"}:
                    _set(row, "prep_after_noun")
                if word in {"of", "from"} and governor.text.lower() in _SIDES:
                    _set(row, "relative_to")
                return
            if syntax.tokens[above].pos in {"VERB", "AUX"}:
                break
            node = above
        del node
        _set(row, "prep_none")

    def _put_rivals(
        self, row: list[float], number: int, lengths: list[int], distances: list[int]
    ) -> None:
        candidate = self._candidates[number]
        row[_INDEX["count"]] = len(self._candidates)
        row[_INDEX["order"]] = number
        row[_INDEX["rank_distance"]] = sum(d < distances[number] for d in distances)
        row[_INDEX["rank_path"]] = sum(n < lengths[number] for n in lengths)
        row[_INDEX["distance"]] = min(distances[number], 40)
        syntax = self._syntax
        for above in list(syntax.ancestors(candidate.head))[:4]:
            other = self._at.get(above)
            if other is not None and other != number:
                dep = syntax.tokens[candidate.head].dep
                _set(row, "coordinated" if dep == "conj" else "contains_other")
                break
        for index in range(candidate.first, candidate.last):
            for child in syntax.children[index]:
                if any(self._at.get(g, number) != number for g in (child, *syntax.children[child])):
                    _set(row, "inside_other")
        self._put_pair(row, number)
        name = syntax.text[candidate.start : candidate.end]
        if any(
            syntax.text[c.start : c.end] == name
            for n, c in enumerate(self._candidates)
            if n != number
        ):
            _set(row, "repeated")

    def _put_nesting(self, row: list[float], trigger: int, number: int) -> None:
        syntax, top = self._syntax, self._tops[number]
        row[_INDEX["inner"]] = sum(outer == number for outer in self.outer)
        if self.outer[number] is not None:
            _set(row, "outer")
        if syntax.lemmas[top] in _AREAS | _SITES:
            _set(row, "top_is_area")
        governor = self._governor(top)
        lemma = syntax.lemmas[governor]
        for name, lemmas in _GOVERNORS:
            if lemma in lemmas:
                _set(row, name)
        if syntax.tokens[governor].pos in {"VERB", "AUX"} and (
            lemma in words("speech", "says") | words("speech", "claims")
        ):
            _set(row, "governor_saying")
        head = syntax.tokens[top].head
        if syntax.words[head] in _ORIGINS and syntax.tokens[head].pos == "ADP":
            _set(row, "governor_origin")
        if top in syntax.objects(trigger):
            _set(row, "trigger_object")
        if governor == trigger:
            _set(row, "trigger_in_of")
        if syntax.clause_of(top) == syntax.clause_of(trigger):
            _set(row, "same_clause")

    def _governor(self, top: int) -> int:
        """Return the noun or verb that a noun phrase depends on, past its preposition."""
        for above in self._syntax.ancestors(top):
            if self._syntax.tokens[above].pos in {"NOUN", "PROPN", "VERB", "AUX", "ADJ"}:
                return above
        return top

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

    def _put_pair(self, row: list[float], number: int) -> None:
        """See "Nablus, West Bank": the outer name after the comma tells where the inner one is."""
        candidate = self._candidates[number]
        before = self._candidates[number - 1].last if number else -1
        if before == candidate.first - 1 and self._syntax.words[before] == ",":
            _set(row, "comma_pair_container")
        if number + 1 < len(self._candidates):
            following = self._candidates[number + 1]
            if following.first == candidate.last + 1 and self._syntax.words[candidate.last] == ",":
                _set(row, "comma_pair_inner")

    def _put_between(self, row: list[float], trigger: int, candidate: Candidate) -> None:
        low, high = sorted((trigger, candidate.head))
        between = self._syntax.tokens[low + 1 : high]
        row[_INDEX["after"]] = float(candidate.head > trigger)
        row[_INDEX["verbs_between"]] = sum(t.pos == "VERB" for t in between)
        row[_INDEX["commas_between"]] = sum(t.text == "," for t in between)
        row[_INDEX["between"]] = len({self._at[i] for i in range(low + 1, high) if i in self._at})

    def _put_trigger(self, row: list[float], trigger: int, candidate: Candidate) -> None:
        syntax = self._syntax
        token = syntax.tokens[trigger]
        if syntax.lemmas[trigger] in _MOTION:
            _set(row, "motion")
        if token.pos in {"NOUN", "PROPN"}:
            _set(row, "trigger_noun")
        elif syntax.is_passive(trigger):
            _set(row, "trigger_passive")
        if token.dep in {"relcl", "acl"}:
            _set(row, "trigger_relative")
        head = syntax.tokens[candidate.head].head
        if syntax.tokens[head].pos == "ADP" and syntax.tokens[head].head == trigger:
            _set(row, "prep_on_trigger")


def _length(path: tuple[list[int], list[int]] | None) -> int:
    return _MAX_PATH if path is None else min(_MAX_PATH, len(path[0]) + len(path[1]) - 2)


def _set(row: list[float], name: str) -> None:
    if name in _INDEX:
        row[_INDEX[name]] = 1.0


def _add(row: list[float], name: str) -> None:
    if name in _INDEX:
        row[_INDEX[name]] += 1.0
