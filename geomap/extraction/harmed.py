"""Find who a word of harm is said of: "killed", "dead", "injuries", "a toll".

The people are the heads of noun phrases that syntax ties to the word, so that money, kilometers and
the like are never candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.bodies import Bodies
from geomap.extraction.headcount import PERSONS
from geomap.extraction.lexicon import words
from geomap.extraction.plights import Plights
from geomap.extraction.readings import REACH, Reading
from geomap.extraction.risen import Risen
from geomap.extraction.states import States
from geomap.extraction.wounds import MORTAL, Wounds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geomap.extraction.headcount import Headcount
    from geomap.extraction.syntax import Syntax


class Harmed(Reading):
    """Finds the people of the words of harm of one document."""

    def __init__(self, syntax: Syntax, heads: Headcount) -> None:
        super().__init__(syntax, heads)
        wounds, bodies = Wounds(syntax, heads), Bodies(syntax, heads)
        plights, risen = Plights(syntax, heads), Risen(syntax, heads)
        self._states = States(syntax, heads)
        self._ways: Mapping[str, Callable[[int], list[int]]] = {
            "patients": self._patients,
            "fatal": self._fatal,
            "fatally": self._of_them,
            "subjects": self._subjects,
            "nouns": self._noun,
            "wounds": wounds.suffered,
            "shots": wounds.hit,
            "hospitals": wounds.taken,
            "limbs": wounds.limb,
            "lives": bodies.lives,
            "tolls": risen.toll,
            "states": self._states.left_so,
            "bodies": bodies.found,
            "shares": bodies.share,
            "conditions": plights.in_condition,
            "custody": plights.held,
            "ill": plights.unwell,
            "fights": plights.fights,
            "critical": plights.critical,
            "inhaled": wounds.inhaled,
            "homes": plights.homes,
            "fallen": plights.fallen,
            "crushed": plights.crushed,
            "burned": plights.burned,
            "seas": plights.lost_at_sea,
            "figures": risen.figure,
            "treated": plights.treated,
            "survivals": plights.no_survivors,
        }
        self._risen = self.risen = risen.number
        self.is_lowered = risen.is_lowered

    def people(self, index: int, how: str) -> list[int]:
        """Return the heads of the noun phrases that the word of harm is said of."""
        if self._is_of_the_hurt(index):
            return []
        return self._ways[how](index)

    def _patients(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"VERB", "AUX", "ADJ"}:
            return []
        if index - 1 in self._heads.number_at and syntax.tokens[index].dep == "conj":
            return [index - 1]  # "three were killed and 34 injured"
        found = self._risen(index) or self._others(index) or syntax.objects(index)
        found = found or self._states.said_to_be(index)
        found = found or self._elliptic(index) or self._in_a_headline(index)
        if not found and syntax.tokens[index].dep in _ABSOLUTE:
            found = syntax.with_dep(index, "nsubj")  # "with five protesters killed"
        if not found and syntax.tokens[index].tag == "VBG":
            found = self._next(index)
        found = [self._meant(i, index) for i in found]
        tag = syntax.tokens[index].tag
        participle = tag == "VBN" or (tag == "VBD" and syntax.tokens[index].dep == "acl")
        if participle and not self._counted(found):
            return self._states.left_so(index) or found  # "an attack that left nine people wounded"
        return self._top(found)

    def _next(self, index: int) -> list[int]:
        """Read "killing as many as 100 people, police said", which parsers give to "said"."""
        syntax = self._syntax
        if index + 1 not in self._heads.number_at and syntax.tokens[index + 1].pos == "VERB":
            return []
        for after in range(index + 1, min(index + REACH, syntax.sentence(index).last)):
            if syntax.tokens[after].pos in {"NOUN", "PROPN"}:
                return [after] if self._heads.number(after) is not None else []
            if syntax.tokens[after].pos in {"VERB", "PUNCT"}:
                return []
        return []

    def _in_a_headline(self, index: int) -> list[int]:
        """Read "2 killed", which parsers take for an active verb without an object."""
        if self._syntax.tokens[index].tag != "VBD":
            return []
        return [i for i in self._syntax.with_dep(index, "nsubj") if i in self._heads.number_at]

    def _meant(self, pronoun: int, verb: int) -> int:
        """Return whom "them" or "him" stands for: "caught two thieves and beat them to death"."""
        syntax = self._syntax
        several = syntax.words[pronoun] == "them"
        if not several and syntax.words[pronoun] not in {"him", "her"}:
            return pronoun
        actors = set(syntax.subjects(verb))
        sentence = syntax.sentence_of[pronoun]
        first = syntax.annotation.sentences[max(0, sentence - 1)].first
        for before in range(pronoun - 1, max(first, pronoun - _REACH_OF_PRONOUNS) - 1, -1):
            if before in actors or syntax.tokens[before].pos not in {"NOUN", "PROPN", "NUM"}:
                continue
            counted = self._heads.count(before) if self._is_somebody(before) else None
            if counted is not None and ((counted[0].low or 0) > 1) is several:
                return before
        return pronoun

    def _is_somebody(self, index: int) -> bool:
        """Tell whether a noun is the head of a phrase for people: no number before its noun."""
        syntax = self._syntax
        if syntax.tokens[index].dep in {"nummod", "compound", "poss", "quantmod"}:
            return False
        person = syntax.entity_label(index) == "PERSON" or syntax.lemmas[index] in PERSONS
        counted = syntax.tokens[index].tag == "NNS" and index not in syntax.entity_at
        return person or syntax.tokens[index].pos == "NUM" or counted

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
        if more or syntax.tokens[index].dep != "conj" or syntax.with_dep(index, "nsubj"):
            return more
        head = syntax.tokens[index].head
        return syntax.objects(head) if syntax.is_passive(head) else []

    def _fatal(self, index: int) -> list[int]:
        """Read "fatally shot a man", "hacked to death", "the fatal shooting of a man"."""
        syntax = self._syntax
        near = syntax.with_dep(index, "advmod", "amod", "oprd")
        around = {syntax.words[i] for i in near if not self._of_them(i)}
        to_death = any(syntax.lemmas[i] == "death" for i in syntax.prepositional(index, "to"))
        down = "down" if syntax.lemmas[index] == "gun" else "dead"  # drones are shot down
        to_death = to_death or syntax.words[index + 1 : index + 2] in (["dead"], [down])
        if "fatally" in around or to_death or self._is_alive(index):
            return self._patients(index) or self._found_so(index)
        dead = [i for i in syntax.with_dep(index, "ccomp") if syntax.words[i] == "dead"]
        if dead:
            return self._top(syntax.with_dep(dead[0], "nsubj"))  # "shot five workers dead"
        return self._noun(index) if around & MORTAL else []

    def _is_alive(self, index: int) -> bool:
        """Tell whether somebody was "burned alive"."""
        syntax = self._syntax
        near = syntax.with_dep(index, "oprd", "advmod", "acomp")
        near += [a for i in syntax.objects(index) for a in syntax.with_dep(i, "amod")]
        return any(syntax.words[i] == "alive" for i in near)

    def _to_death(self, index: int) -> list[int]:
        """Read "eleven froze to death", "swept three villagers to their deaths"."""
        syntax = self._syntax
        verb = syntax.tokens[syntax.tokens[index].head].head
        if syntax.lemmas[verb] in _JUDGE:
            return []
        found = syntax.objects(verb) or syntax.subjects(verb)
        return self._top([self._meant(i, verb) for i in found])

    def _found_so(self, index: int) -> list[int]:
        """Read "found five people shot to death", whom parsers make the subject."""
        token = self._syntax.tokens[index]
        found = token.dep == "ccomp" and self._syntax.lemmas[token.head] in {"find", "discover"}
        return self._top(self._syntax.with_dep(index, "nsubj")) if found else []

    def _of_them(self, index: int) -> list[int]:
        """Read "three were shot, one of them fatally", "five were stabbed, two fatally"."""
        before = index - 1
        if self._syntax.words[index - 2 : index] in (["of", "them"], ["of", "whom"]):
            before = index - 3
        return [before] if before in self._heads.number_at else []

    def _subjects(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos != "VERB":
            return []
        risen = self._risen(index)
        if risen:
            return risen
        found = syntax.with_dep(index, "nsubj") or syntax.subjects(index)
        # "Eleven died on the spot, and three others in hospital": no second verb.
        found += [
            i
            for i in syntax.with_dep(index, "conj")
            if syntax.tokens[i].pos not in {"VERB", "AUX"} and self._heads.count(i) is not None
        ]
        return self._top([c for i in found for c in syntax.conjuncts(i)])

    def _noun(self, index: int) -> list[int]:
        """Read "two deaths", "the deaths of 25 people", "injuries to 22 people"."""
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"NOUN", "PROPN"}:
            return []
        if syntax.tokens[index].dep == "compound":
            return []  # "murder charges"
        risen = self._risen(index)  # "the number of deaths rose to 31"
        if risen or self._heads.number(index) is not None or self._heads.multiple(index):
            return risen or [index]
        own = syntax.prepositional(index, "of", "to", "among")
        head = syntax.tokens[index].head
        fell = syntax.words[head] == "to" and syntax.lemmas[index] == "death"
        if fell and syntax.with_dep(index, "poss"):
            return self._to_death(index)  # "swept to their deaths"
        if syntax.words[head] == "to" and syntax.words[index] == "death":
            return self._to_death(index)  # "froze to death"
        if not own and syntax.tokens[index].dep == "dobj":
            own = syntax.prepositional(head, "to")
        # "the death of one person in X and another person in Y"
        own += [i for i in syntax.with_dep(index, "conj") if self._heads.count(i) is not None]
        return self._top([i for i in own if not self._is_alive_by_clause(i)])

    def _is_alive_by_clause(self, index: int) -> bool:
        """Tell whether somebody was hurt only: "the death of a boy and another who was injured"."""
        clauses = self._syntax.with_dep(index, "relcl")
        return any(self._syntax.lemmas[i] in words("casualties", "outlived") for i in clauses)

    def _is_of_the_hurt(self, index: int) -> bool:
        """Tell whether "the injured" are only whom a part is of: "one of the injured died"."""
        syntax = self._syntax
        if syntax.words[index] not in words("casualties", "hurt") | _DEAD:
            return False
        definite = any(syntax.words[i] == "the" for i in syntax.with_dep(index, "det"))
        return definite and syntax.words[syntax.tokens[index].head] == "of"


_ABSOLUTE = frozenset({"pcomp", "conj", "acl"})
_DEAD = frozenset({"dead", "killed", "deceased", "missing"})  # "three of the dead"
_JUDGE = frozenset({"sentence", "condemn", "put", "leave", "due", "come"})
_REACH_OF_PRONOUNS = 30
