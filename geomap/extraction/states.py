"""Find who is told to be dead, missing or hurt by a word for the state that people are left in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.headcount import PERSONS
from geomap.extraction.lexicon import words
from geomap.extraction.readings import REACH, Reading
from geomap.extraction.risen import Risen

if TYPE_CHECKING:
    from geomap.extraction.headcount import Headcount
    from geomap.extraction.syntax import Syntax

_FOUND = frozenset({"confirm", "find", "pronounce", "declare", "report", "list", "dig", "pull"})
_FEARED = frozenset({"fear", "believe", "presume", "say", "think"})  # who is missing
_TO_DEATH = frozenset({"shoot", "gun", "stab", "hack", "beat", "burn", "trample", "strangle"})


class States(Reading):
    """Finds who the words of a state of one document are said of."""

    def __init__(self, syntax: Syntax, heads: Headcount) -> None:
        super().__init__(syntax, heads)
        self._risen = Risen(syntax, heads).number

    def left_so(self, index: int) -> list[int]:
        """Read "left four people dead and another 92 injured": the people before the word."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        risen = self._risen(index) or self.said_to_be(index) or self._left(index)
        if not risen and syntax.tokens[index].tag == "VBG":
            risen = self._top(syntax.with_dep(index, "nsubj"))  # "25 people are missing"
        if risen:
            return risen
        if syntax.tokens[index].dep == "amod" and head > index and not self._is_people(head):
            return []  # "150 dead fish"
        if syntax.tokens[index].dep == "nsubj" and syntax.lemmas[head] in {"be", "include"}:
            return self._listed(index)
        found = syntax.lemmas[head] in _FOUND | _TO_DEATH | {"leave"}
        found = found and syntax.tokens[index].dep != "conj"
        left = found and bool(syntax.with_dep(head, "auxpass"))
        if head < index and (left or syntax.lemmas[head] in _TO_DEATH):
            return self._top(syntax.objects(head))
        return self._before(index)

    def _listed(self, index: int) -> list[int]:
        """Read "the dead are a farmer, his wife and two children"; "include" tells of some."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        if syntax.lemmas[verb] != "be" or syntax.tokens[index].pos not in {"NOUN", "PROPN"}:
            return []
        listed = [c for i in syntax.with_dep(verb, "attr") for c in syntax.conjuncts(i)]
        return self._counted(listed) if len(listed) > 1 else []

    def _before(self, index: int) -> list[int]:
        """Return the people whom the words in front of a state count: "four people dead"."""
        syntax = self._syntax
        first = syntax.sentence(index).first
        told = _FOUND | _FEARED if syntax.words[index] == "missing" else _FOUND
        for before in range(index - 1, max(first, index - REACH) - 1, -1):
            if before in self._heads.number_at:
                return [*self._coordinated(before), before]
            if syntax.lemmas[before] in told:
                continue  # "one was confirmed dead"
            if syntax.tokens[before].pos == "VERB" or syntax.words[before] in {";", ":"}:
                return []
            if syntax.lemmas[before] in words("classes", "people"):
                return [*self._coordinated(before), before] if self._heads.count(before) else []
        return []

    def _coordinated(self, index: int) -> list[int]:
        """Return who stands before "and a civilian", whom parsers lose from "two and one dead"."""
        words_ = self._syntax.words
        start = index
        while self._syntax.tokens[start - 1].pos in {"DET", "NUM", "ADJ"} and start > 1:
            start -= 1
        before = start - 2
        joined = before >= 0 and words_[start - 1] == "and"
        people = joined and self._is_people(before)
        return [before] if people and self._heads.count(before) is not None else []

    def _is_people(self, index: int) -> bool:
        lemma = self._syntax.lemmas[index]
        return lemma in PERSONS or lemma in words("classes", "people")

    def _left(self, index: int) -> list[int]:
        """Read "leaving the groom and his brother dead"; "shot dead a guard", if dead is a verb."""
        syntax = self._syntax
        own = syntax.with_dep(index, "dobj")
        verb = syntax.tokens[index].head
        if not own and syntax.tokens[index].dep == "oprd" and syntax.lemmas[verb] == "leave":
            people = syntax.with_dep(verb, "dobj")
            own = [c for i in people for c in syntax.conjuncts(i) if c < index]
        return self._top(own)

    def said_to_be(self, index: int) -> list[int]:
        """Read "Ann Li is dead", "a policeman resulted wounded", "ten ended up hurt"."""
        syntax = self._syntax
        ended = syntax.lemmas[syntax.tokens[index].head] in {"result", "end", "get", "turn"}
        if syntax.tokens[index].dep != "acomp" and not ended:
            return []
        subjects = syntax.with_dep(syntax.tokens[index].head, "nsubj")
        who = [i for i in subjects if self._heads.count(i) is not None]
        return self._top(syntax.conjuncts(who[0])) if who else []
