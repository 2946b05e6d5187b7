"""Find who a word of harm is said of: "killed", "dead", "injuries", "a toll".

The people are the heads of noun phrases that syntax ties to the word, so that money, kilometers and
the like are never candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.extraction.headcount import Headcount
    from geomap.extraction.syntax import Syntax


class Harmed:
    """Finds the people of the words of harm of one document; ``heads`` counts them."""

    def __init__(self, syntax: Syntax, heads: Headcount) -> None:
        self._syntax = syntax
        self._heads = heads

    def people(self, index: int, how: str) -> list[int]:
        """Return the heads of the noun phrases that the word of harm is said of."""
        ways = {
            "patients": self._patients,
            "fatal": self._fatal,
            "subjects": self._subjects,
            "nouns": self._noun,
            "wounds": self._wounded,
            "lives": self._lives,
            "tolls": self._death_toll,
            "states": self._state,
            "bodies": self._bodies,
        }
        return ways[how](index)

    def _patients(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"VERB", "AUX", "ADJ"}:
            return []
        if index - 1 in self._heads.number_at and syntax.tokens[index].dep == "conj":
            return [index - 1]  # "three were killed and 34 injured"
        found = self._risen(index) or syntax.objects(index) or self._elliptic(index)
        if not found and syntax.tokens[index].dep in _ABSOLUTE:
            found = syntax.with_dep(index, "nsubj")  # "with five protesters killed"
        if not found and syntax.tokens[index].tag == "VBN":
            return self._state(index)
        return _top(found, syntax)

    def _elliptic(self, index: int) -> list[int]:
        """Read "killed 13 and wounded 56 more", "a cyclist was hit by a car and killed"."""
        syntax = self._syntax
        more = [i for i in syntax.with_dep(index, "advmod") if syntax.words[i] == "more"]
        if more or syntax.tokens[index].dep != "conj":
            return more
        head = syntax.tokens[index].head
        return syntax.objects(head) if syntax.is_passive(head) else []

    def _fatal(self, index: int) -> list[int]:
        """Read "fatally shot a man", "hacked to death", "the fatal shooting of a man"."""
        syntax = self._syntax
        around = {syntax.words[i] for i in syntax.with_dep(index, "advmod", "amod")}
        to_death = any(syntax.lemmas[i] == "death" for i in syntax.prepositional(index, "to"))
        if "fatally" in around or to_death:
            return self._patients(index)
        return self._noun(index) if around & _MORTAL else []

    def _wounded(self, index: int) -> list[int]:
        """Read "a boy suffered burns", "three were taken to a hospital with injuries"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        if any(syntax.lemmas[i] in _MORTAL for i in syntax.with_dep(index, "amod")):
            return []
        if syntax.tokens[index].dep == "dobj" and syntax.lemmas[verb] in _SUFFER:
            return _top(syntax.subjects(verb), syntax)
        if syntax.words[verb] == "with" and syntax.lemmas[syntax.tokens[verb].head] in _CARRIED:
            return _top(syntax.objects(syntax.tokens[verb].head), syntax)
        return []

    def _subjects(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos != "VERB":
            return []
        return _top(syntax.with_dep(index, "nsubj") or syntax.subjects(index), syntax)

    def _noun(self, index: int) -> list[int]:
        """Read "two deaths", "the deaths of 25 people", "injuries to 22 people"."""
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"NOUN", "PROPN"}:
            return []
        if self._heads.number(index) is not None:
            return [index]
        own = syntax.prepositional(index, "of", "to", "among")
        head = syntax.tokens[index].head
        if not own and syntax.tokens[index].dep == "dobj":
            own = syntax.prepositional(head, "to")
        # "the death of one person in X and another person in Y"
        own += [i for i in syntax.with_dep(index, "conj") if self._heads.count(i) is not None]
        return _top(own, syntax)

    def _risen(self, index: int) -> list[int]:
        """Read "the number of people killed by X has risen to 24"."""
        syntax = self._syntax
        for above in list(syntax.ancestors(index))[:3]:
            if syntax.lemmas[above] == "number":
                return syntax.prepositional(syntax.tokens[above].head, "to", "at", "past")
        return []

    def _lives(self, index: int) -> list[int]:
        """Read "claimed the lives of 25 people", "cost 12 lives"."""
        syntax = self._syntax
        lives = [i for i in syntax.objects(index) if syntax.lemmas[i] == "life"]
        if not lives:
            return []
        if self._heads.number(lives[0]) is not None:
            return lives[:1]
        return _top(syntax.prepositional(lives[0], "of"), syntax)

    def _bodies(self, index: int) -> list[int]:
        """Read "pulled 11 bodies from the mud", "18 bodies were found"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        found = syntax.lemmas[verb] in _RECOVER and index in syntax.objects(verb)
        found = found or (syntax.lemmas[verb] == "lie" and index in syntax.subjects(verb))
        return [index] if found and self._heads.number(index) is not None else []

    def _death_toll(self, index: int) -> list[int]:
        """Read "a death toll of 45", "the toll rose to 45"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        named = "death" in syntax.lemmas[max(0, index - 2) : index]
        if not named and syntax.lemmas[head] not in {"rise", "climb", "stand", "reach", "jump"}:
            return []
        own = [i for i in syntax.prepositional(index, "of") if self._heads.count(i) is not None]
        return (
            own
            or syntax.prepositional(head, "to", "at", "past", "above")
            or (syntax.prepositional(syntax.tokens[head].head, "to", "at"))
        )

    def _state(self, index: int) -> list[int]:
        """Read "left four people dead and another 92 injured": the people before the word."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        if head < index and syntax.lemmas[head] in _TO_DEATH:
            return _top(syntax.objects(head), syntax)
        first = syntax.sentence(index).first
        for before in range(index - 1, max(first, index - _REACH) - 1, -1):
            if before in self._heads.number_at:
                return [before]
            if syntax.lemmas[before] in _FOUND:
                continue  # "one was confirmed dead"
            if syntax.tokens[before].pos == "VERB" or syntax.words[before] in {";", ":"}:
                return []
            if syntax.lemmas[before] in words("classes", "people"):
                return [before] if self._heads.count(before) else []
        return []


_RECOVER = words("grammar", "tolls_recover")
_FOUND = frozenset({"confirm", "find", "pronounce", "declare"})
_ABSOLUTE = frozenset({"pcomp", "conj", "acl"})
_TO_DEATH = frozenset({"shoot", "gun", "stab", "hack", "beat", "burn", "trample", "strangle"})
_SUFFER = frozenset({"suffer", "sustain", "receive", "have"})
_CARRIED = frozenset({"take", "rush", "carry", "transport", "hospitalize", "treat", "leave", "fly"})
_MORTAL = frozenset({"fatal", "mortal", "deadly"})
_REACH = 7  # words that a noun phrase of people may hold


def _top(indices: list[int], syntax: Syntax) -> list[int]:
    """Leave out parts of the others ("25 people, including five children")."""
    return [
        i for i in indices if not any(syntax.words[c] == "including" for c in syntax.ancestors(i))
    ]
