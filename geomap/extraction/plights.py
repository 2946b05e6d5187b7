"""Find who is told to be in a plight: in critical condition, in custody, without a home, buried.

Harm is told here not by a verb of harm but by the state that people are in, or what became of their
homes. The answers are heads of noun phrases, as in ``harmed.py``.
"""

from __future__ import annotations

from itertools import islice

from geomap.extraction.lexicon import table, words
from geomap.extraction.readings import Reading


class Plights(Reading):
    """Finds who the words of a plight of one document are said of."""

    def in_condition(self, index: int) -> list[int]:
        """Read "two are in critical condition", "left nine in a serious condition"."""
        if self._syntax.lemmas[index] == "coma":
            return self.held(index)
        near = {self._syntax.lemmas[i] for i in self._syntax.with_dep(index, "amod", "compound")}
        return [] if near.isdisjoint(words("casualties", "grave")) else self.held(index)

    def held(self, index: int) -> list[int]:
        """Read "six are in custody", "took six people into custody"."""
        preposition = self._syntax.tokens[index].head
        if self._syntax.words[preposition] not in {"in", "into", "under"}:
            return []
        return self._bearers(preposition)

    def unwell(self, index: int) -> list[int]:
        """Read "made 60 workers ill", "sixty pupils fell sick"."""
        syntax = self._syntax
        token = syntax.tokens[index]
        verb = token.head
        made = self._counted(syntax.with_dep(index, "nsubj"))
        fell = token.dep == "advmod" and syntax.lemmas[verb] == "fall"
        if made or (not fell and token.dep not in {"acomp", "oprd", "amod", "ccomp"}):
            return made if syntax.lemmas[verb] in _MAKE else []
        if syntax.lemmas[verb] in _MAKE:
            return self._counted(syntax.objects(verb))
        if syntax.lemmas[verb] not in _BECOME:
            return []
        taken = syntax.objects(verb) if syntax.is_passive(verb) else []  # "were taken ill"
        return self._counted(taken or syntax.subjects(verb))

    def fights(self, index: int) -> list[int]:
        """Read "a boy is fighting for his life"."""
        syntax = self._syntax
        preposition = syntax.tokens[index].head
        verb = syntax.tokens[preposition].head
        if syntax.words[preposition] != "for" or syntax.lemmas[verb] not in {"fight", "battle"}:
            return []
        return self._counted(syntax.subjects(verb))

    def critical(self, index: int) -> list[int]:
        """Read "two are said to be critical"; who is "critical of" something is well."""
        return [] if self._syntax.with_dep(index, "prep") else self.unwell(index)

    def homes(self, index: int) -> list[int]:
        """Read "forced 2,000 from their homes", "600 had to leave their houses"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        if syntax.words[head] == "without":
            return self._bearers(head)
        if not syntax.with_dep(index, "poss"):
            return []
        if syntax.tokens[index].dep == "dobj" and syntax.lemmas[head] in _LEAVE:
            forced = syntax.tokens[head].dep == "xcomp"  # "forced 3,000 people to leave"
            driven = syntax.with_dep(syntax.tokens[head].head, "dobj") if forced else []
            return self._counted(driven) or self._counted(syntax.subjects(head))
        verb = syntax.tokens[head].head
        out = syntax.words[head] in {"from", "of"} and syntax.lemmas[verb] in _DRIVE
        return self._counted(syntax.objects(verb)) if out else []

    def lost_at_sea(self, index: int) -> list[int]:
        """Read "two crew members were lost at sea"."""
        at = self._syntax.tokens[index].head
        verb = self._syntax.tokens[at].head
        lost = self._syntax.words[at] == "at" and self._syntax.lemmas[verb] == "lose"
        return self._counted(self._syntax.objects(verb)) if lost else []

    def treated(self, index: int) -> list[int]:
        """Read "twelve were treated at the scene", "doctors treated 15 people": by a number."""
        syntax = self._syntax
        doers = {syntax.lemmas[i] for i in syntax.subjects(index)}
        where = {syntax.lemmas[i] for i in syntax.prepositional(index, "at", "in", "on")}
        if syntax.tokens[index].dep == "relcl":  # "a hospital of the city, where 17 are treated"
            where.update(syntax.lemmas[i] for i in islice(syntax.ancestors(index), _STEPS))
        if doers == {"they"}:  # "doctors said they had treated 140 wounded"
            first = syntax.sentence(index).first
            doers.update(syntax.lemmas[first:index])
        if (doers | where).isdisjoint(words("casualties", "carers")):
            return []
        return [i for i in syntax.objects(index) if self._heads.number(i) is not None]

    def no_survivors(self, index: int) -> list[int]:
        """Read "none of the 12 survived", "no survivors among the four", "did not make it out"."""
        syntax = self._syntax
        if syntax.lemmas[index] == "make":
            it = any(syntax.words[i] == "it" for i in syntax.with_dep(index, "dobj"))
            return self._counted(syntax.subjects(index)) if it and self._is_not(index) else []
        if syntax.tokens[index].pos == "VERB":
            if self._is_not(index):  # "three more did not survive the night"
                return self._counted(syntax.subjects(index))
            none = [i for i in syntax.subjects(index) if syntax.words[i] in {"none", "nobody"}]
            return self._counted([i for one in none for i in syntax.prepositional(one, "of")])
        if not any(syntax.words[i] == "no" for i in syntax.with_dep(index, "det")):
            return []
        verb = syntax.tokens[index].head
        among = syntax.prepositional(index, "among", "of")
        among += syntax.prepositional(verb, "among", "of")
        return self._counted(among or [index])  # of none told here, who was on board

    def fallen(self, index: int) -> list[int]:
        """Read "four soldiers fell in an ambush"."""
        into = {self._syntax.lemmas[i] for i in self._syntax.prepositional(index, "in", "during")}
        fought = not into.isdisjoint(_FIGHTS)
        return self._counted(self._syntax.subjects(index)) if fought else []

    def crushed(self, index: int) -> list[int]:
        """Read "seven were crushed", "a wall fell, crushing three"; armies crush their foes."""
        syntax = self._syntax
        goes_on = syntax.tokens[index].tag == "VBG" and syntax.tokens[index].dep == "advcl"
        done = goes_on or syntax.is_passive(index)
        people = self._counted(syntax.objects(index)) if done else []
        return [i for i in people if syntax.lemmas[i] not in _LIMBS]  # "one man's leg"

    def burned(self, index: int) -> list[int]:
        """Read "another nine workers were burned"; bodies that are burned are dead."""
        people = self.crushed(index) if self._syntax.is_passive(index) else []
        return [i for i in people if self._syntax.lemmas[i] != "body"]

    def _is_not(self, index: int) -> bool:
        return bool(self._syntax.with_dep(index, "neg"))

    def _bearers(self, preposition: int) -> list[int]:
        """Return the people that a phrase is said of: the object of its verb, or the subject."""
        syntax = self._syntax
        head = syntax.tokens[preposition].head
        if syntax.tokens[head].pos not in {"VERB", "AUX"}:
            return self._counted([head])
        if syntax.lemmas[head] == "die":
            return []  # "died in custody"
        return self._counted(syntax.objects(head)) or self._counted(syntax.subjects(head))


_LIMBS = frozenset(table("casualties")["injured"]["limbs"])
_FIGHTS = frozenset({"ambush", "battle", "fighting", "combat", "attack", "clash", "action"})
_STEPS = 3
_MAKE = frozenset({"make", "leave", "render"})
_BECOME = frozenset({"fall", "become", "be", "get", "take"})
_LEAVE = frozenset({"leave", "flee", "lose", "abandon", "evacuate", "vacate"})
_DRIVE = frozenset({"force", "drive", "chase", "push", "evacuate", "flee", "uproot", "displace"})
