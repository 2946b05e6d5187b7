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
            "shots": self._hit,
            "hospitals": self._taken,
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
        found = self._risen(index) or self._others(index) or syntax.objects(index)
        found = found or self._elliptic(index)
        if not found and syntax.tokens[index].dep in _ABSOLUTE:
            found = syntax.with_dep(index, "nsubj")  # "with five protesters killed"
        if not found and syntax.tokens[index].tag == "VBN":
            return self._state(index)
        return _top(found, syntax)

    def _others(self, index: int) -> list[int]:
        """Read "ten were killed and 28 others injured": a subject of its own, without "were"."""
        syntax = self._syntax
        if syntax.tokens[index].tag != "VBN" or syntax.tokens[index].dep != "conj":
            return []
        if syntax.with_dep(index, "aux", "auxpass", "dobj"):
            return []
        return syntax.with_dep(index, "nsubj")

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
        to_death = to_death or syntax.words[index + 1 : index + 2] == ["dead"]
        if "fatally" in around or to_death:
            return self._patients(index)
        return self._noun(index) if around & _MORTAL else []

    def _hit(self, index: int) -> list[int]:
        """Read "eleven were hit by bullets", "grazed by stray rounds"."""
        shots = self._syntax.subjects(index)
        hit = any(self._syntax.lemmas[i] in words("casualties", "shots") for i in shots)
        return self._patients(index) if hit and self._syntax.is_passive(index) else []

    def _taken(self, index: int) -> list[int]:
        """Read "sent nine people to hospital": so many, by a number."""
        preposition = self._syntax.tokens[index].head
        verb = self._syntax.tokens[preposition].head
        if self._syntax.words[preposition] != "to" or self._syntax.lemmas[verb] not in _SENT:
            return []
        found = self._syntax.objects(verb)
        return _top([i for i in found if self._heads.number(i) is not None], self._syntax)

    def _wounded(self, index: int) -> list[int]:
        """Read "a boy suffered burns", "three were taken to a hospital with injuries"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        if any(syntax.lemmas[i] in _MORTAL for i in syntax.with_dep(index, "amod")):
            return []
        if syntax.tokens[index].dep == "dobj" and syntax.lemmas[verb] in _SUFFER:
            return _top(self._counted_above(index, syntax.subjects(verb)), syntax)
        if syntax.words[verb] in {"with", "for"}:
            carried = syntax.tokens[verb].head
            if syntax.lemmas[carried] in _CARRIED:
                return _top(syntax.objects(carried), syntax)
            if syntax.lemmas[carried] in _CAME:
                return _top(syntax.subjects(carried), syntax)
        return []

    def _counted_above(self, index: int, found: list[int]) -> list[int]:
        """Read "Ann Li, 42, of Selby, who suffered wounds", though "who" hangs on the town."""
        if not found or any(self._heads.count(i) is not None for i in found):
            return found
        above = [i for i in self._syntax.ancestors(index) if self._heads.count(i) is not None]
        return above[:1] or found

    def _subjects(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos != "VERB":
            return []
        found = syntax.with_dep(index, "nsubj") or syntax.subjects(index)
        # "Eleven died on the spot, and three others in hospital": no second verb.
        found += [
            i
            for i in syntax.with_dep(index, "conj")
            if syntax.tokens[i].pos not in {"VERB", "AUX"} and self._heads.count(i) is not None
        ]
        return _top([c for i in found for c in syntax.conjuncts(i)], syntax)

    def _noun(self, index: int) -> list[int]:
        """Read "two deaths", "the deaths of 25 people", "injuries to 22 people"."""
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"NOUN", "PROPN"}:
            return []
        if self._heads.number(index) is not None:
            return [index]
        own = syntax.prepositional(index, "of", "to", "among")
        head = syntax.tokens[index].head
        if syntax.words[head] == "to" and syntax.with_dep(index, "poss"):
            verb = syntax.tokens[head].head  # "swept to their deaths", "fell to his death"
            return _top(
                syntax.objects(verb) if syntax.is_passive(verb) else syntax.subjects(verb), syntax
            )
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
                return self._reached(syntax.tokens[above].head)
        return []

    def _reached(self, verb: int) -> list[int]:
        """Return the count that a number rose to: "rose to 45 dead and 70 hurt" is 45."""
        syntax = self._syntax
        found = syntax.prepositional(verb, "to", "at", "past", "above")[:1]
        if not found and syntax.lemmas[verb] in _PASS:
            found = syntax.objects(verb)[:1]
        return found

    def _lives(self, index: int) -> list[int]:
        """Read "claimed the lives of 25 people", "cost 12 lives"."""
        syntax = self._syntax
        lives = [i for i in syntax.objects(index) if syntax.lemmas[i] == "life"]
        if not lives:
            return []
        if self._heads.number(lives[0]) is not None:
            return lives[:1]
        if syntax.lemmas[index] == "lose":
            return _top(syntax.subjects(index), syntax)  # "eight people lost their lives"
        return _top(syntax.prepositional(lives[0], "of"), syntax)

    def _bodies(self, index: int) -> list[int]:
        """Read "pulled 11 bodies from the mud", "18 bodies were found"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        found = syntax.lemmas[verb] in _RECOVER and index in syntax.objects(verb)
        found = found or (syntax.lemmas[verb] == "lie" and index in syntax.subjects(verb))
        if not found:
            return []
        if self._heads.number(index) is not None:
            return [index]
        return _top(syntax.prepositional(index, "of"), syntax)  # "the bodies of nine people"

    def _death_toll(self, index: int) -> list[int]:
        """Read "a death toll of 45", "the toll rose to 45"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        named = "death" in syntax.lemmas[max(0, index - 2) : index]
        if not named and syntax.lemmas[head] not in _RISE | _PASS:
            return []
        own = [i for i in syntax.prepositional(index, "of") if self._heads.count(i) is not None]
        return own or self._reached(head) or self._reached(syntax.tokens[head].head)

    def _state(self, index: int) -> list[int]:
        """Read "left four people dead and another 92 injured": the people before the word."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        risen = self._risen(index) or self._said_to_be(index)
        if risen:
            return risen
        found = syntax.lemmas[head] in _FOUND | _TO_DEATH | {"leave"}
        left = found and bool(syntax.with_dep(head, "auxpass"))
        if head < index and (left or syntax.lemmas[head] in _TO_DEATH):
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

    def _said_to_be(self, index: int) -> list[int]:
        """Read "Ann Li is dead"."""
        syntax = self._syntax
        if syntax.tokens[index].dep != "acomp":
            return []
        subjects = syntax.with_dep(syntax.tokens[index].head, "nsubj")
        who = [i for i in subjects if self._heads.count(i) is not None]
        return _top(syntax.conjuncts(who[0]), syntax) if who else []


_RECOVER = words("grammar", "tolls_recover")
_RISE = frozenset({"rise", "climb", "stand", "jump", "increase", "grow"})
_PASS = frozenset({"pass", "reach", "exceed", "top", "surpass", "hit"})
_FOUND = frozenset({"confirm", "find", "pronounce", "declare"})
_ABSOLUTE = frozenset({"pcomp", "conj", "acl"})
_TO_DEATH = frozenset({"shoot", "gun", "stab", "hack", "beat", "burn", "trample", "strangle"})
_SUFFER = frozenset({"suffer", "sustain", "receive", "have"})
_CARRIED = frozenset(
    {"take", "rush", "carry", "transport", "hospitalize", "treat", "leave", "fly", "find"}
)
_SENT = frozenset({"take", "send", "rush", "carry", "airlift", "transport", "bring"})
_CAME = frozenset({"come", "arrive", "walk", "escape"})
_MORTAL = frozenset({"fatal", "mortal", "deadly"})
_REACH = 7  # words that a noun phrase of people may hold


def _top(indices: list[int], syntax: Syntax) -> list[int]:
    """Leave out parts of the others ("25 people, including five children", "among them two")."""
    return [i for i in dict.fromkeys(indices) if not _is_part(i, syntax)]


def _is_part(index: int, syntax: Syntax) -> bool:
    if any(syntax.words[c] == "including" for c in syntax.ancestors(index)):
        return True
    first = min([index, *syntax.with_dep(index, "nummod", "det", "amod", "compound", "quantmod")])
    return syntax.words[max(0, first - 2) : first] in (["among", "them"], ["of", "them"])
