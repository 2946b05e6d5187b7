"""Features of the linker beyond syntax paths: rules, kinds of words in and around a name, lemmas.

``linking.py`` puts them behind its own. No feature is the name itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.elsewhere import RULES, is_title
from geomap.extraction.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.extraction.linking import Candidate
    from geomap.extraction.syntax import Syntax

_RULES = ("rule_speaker", "rule_origin", "rule_route", "rule_aside", "rule_title")
_PLAIN: tuple[str, ...] = tuple(table("links")["context"])
_TRIGGERS = {lemma: n for n, lemma in enumerate(table("links")["trigger_lemmas"])}
_GOVERNORS = {lemma: n for n, lemma in enumerate(table("links")["governor_lemmas"])}
_GROUPS = words("linking", "groups")
_AREAS = words("linking", "surroundings")
_HONORIFICS = words("linking", "honorifics")
_DISTANCES = frozenset({"near", "outside", "km", "kilometer", "mile", "kilometre"})
_REPORTING = frozenset({"say", "report", "tell", "announce", "state", "confirm", "add"})
_FRONT = 4
_SHORT = 4

CONTEXT: tuple[str, ...] = (
    *_RULES,
    *_PLAIN,
    *(f"trigger_lemma_{lemma}" for lemma in _TRIGGERS),
    *(f"governor_lemma_{lemma}" for lemma in _GOVERNORS),
)


class Context:
    """What is the same for all names of one event's sentence."""

    def __init__(self, syntax: Syntax, trigger: int) -> None:
        self._syntax = syntax
        self._trigger = trigger
        self._above = set(syntax.ancestors(trigger))
        self._clause = syntax.clause_of(trigger)
        self._root = next(reversed([trigger, *syntax.ancestors(trigger)]))
        self._sentence = syntax.sentence(trigger)
        self._lemma = _one_hot(syntax.lemmas[trigger], _TRIGGERS)
        self._verbs = sum(syntax.tokens[i].pos in {"VERB", "AUX"} for i in self._above)
        self._subjects = set(syntax.subjects(trigger))
        self._objects = set(syntax.objects(trigger))

    def values(self, candidate: Candidate, top: int) -> list[float]:
        """Return the features of one name, in the order of :data:`CONTEXT`."""
        syntax = self._syntax
        rules = [float(rule(syntax, candidate, self._trigger)) for rule in RULES]
        governor = syntax.lemmas[self._governor(candidate.head)]
        return [
            *rules,
            float(is_title(syntax, candidate)),
            *map(float, self._place_in_sentence(candidate, top)),
            *map(float, self._words(candidate)),
            *self._lemma,
            *_one_hot(governor, _GOVERNORS),
        ]

    def _governor(self, index: int) -> int:
        """Return the word above, past a preposition."""
        head = self._syntax.tokens[index].head
        return self._syntax.tokens[head].head if self._syntax.tokens[head].pos == "ADP" else head

    def _place_in_sentence(self, candidate: Candidate, top: int) -> Iterator[float]:
        syntax, head, sentence = self._syntax, candidate.head, self._sentence
        tokens, trigger = syntax.tokens, self._trigger
        clause, governor = syntax.clause_of(head), self._governor(top)
        above = list(syntax.ancestors(head))
        number = syntax.mention_at.get(head)
        mention = syntax.annotation.mentions[number] if number is not None else None
        yield -1.0 if mention is None or mention.score is None else mention.score
        yield mention is not None and mention.label == "ADMIN"
        yield head < self._root
        yield candidate.first - sentence.first < _FRONT
        yield sentence.last - candidate.last
        yield governor == trigger
        yield tokens[governor].pos in {"VERB", "AUX"}
        yield syntax.lemmas[clause] in _REPORTING
        yield clause == self._clause
        yield clause in self._above
        yield self._clause in above
        yield self._is_before_day(candidate)
        yield self._word(candidate.first - 1) == "of"
        yield self._word(candidate.first - 1) == "the"
        yield syntax.lemmas[governor] in _DISTANCES
        yield tokens[head].tag == "NNPS"
        yield len(tokens)
        yield trigger - sentence.first
        yield sum(tokens[i].pos in {"VERB", "AUX"} for i in above)
        yield self._verbs
        yield head in self._subjects
        yield head in self._objects
        yield tokens[top].head in self._above or top in self._above
        yield "where" in syntax.words[candidate.last : candidate.last + 2]

    def _words(self, candidate: Candidate) -> Iterator[float]:
        """Say what kinds of words are in the name and around it."""
        syntax, head = self._syntax, self._syntax.tokens[candidate.head]
        inside = syntax.words[candidate.first : candidate.last]
        after = syntax.words[candidate.last : candidate.last + 2]
        before = syntax.words[max(0, candidate.first - 3) : candidate.first]
        yield not _GROUPS.isdisjoint(inside)
        yield not _GROUPS.isdisjoint(after)
        yield not _GROUPS.isdisjoint(before)
        yield not _AREAS.isdisjoint(before)
        yield not _AREAS.isdisjoint(after)
        yield any(word.startswith("al") and len(word) < _SHORT for word in inside)
        yield before[-1:] == ["("]
        yield after[:1] == ["("]
        yield after[:1] == ["'s"]
        yield self._word(candidate.first - 1) in _HONORIFICS
        yield head.tag == "NNP"
        yield head.pos == "PROPN"
        yield candidate.end - candidate.start

    def _word(self, index: int) -> str:
        return self._syntax.words[index] if index >= 0 else ""

    def _is_before_day(self, candidate: Candidate) -> bool:
        entity = self._syntax.entity_at.get(candidate.last + 1)
        labels = {"DATE", "TIME"}
        return entity is not None and self._syntax.annotation.entities[entity].label in labels


def _one_hot(lemma: str, known: Mapping[str, int]) -> list[float]:
    row = [0.0] * len(known)
    if lemma in known:
        row[known[lemma]] = 1.0
    return row
