"""Find who was hurt, where wounds, bullets or a hospital tell it: "suffered burns", "was hit".

The answers are heads of noun phrases, as in ``harmed.py``.
"""

from __future__ import annotations

from itertools import islice

from geomap.extraction.lexicon import table, words
from geomap.extraction.readings import Reading


class Wounds(Reading):
    """Finds the wounded of one document."""

    def hit(self, index: int) -> list[int]:
        """Read "eleven were hit by bullets", "grazed by stray rounds", "eleven others were hit"."""
        syntax = self._syntax
        if not syntax.is_passive(index):
            return []
        shots = syntax.subjects(index)
        hit = any(syntax.lemmas[i] in words("casualties", "shots") for i in shots)
        people = self._counted(syntax.objects(index))
        limbs = {syntax.lemmas[i] for i in syntax.prepositional(index, "in")}
        if syntax.lemmas[index] == "overcome":
            return people
        if not limbs.isdisjoint(_BODY):  # "was hit in the leg"; "the man" is told of before
            return [
                i for i in people if not any(syntax.words[d] == "the" for d in syntax.children[i])
            ]
        besides = bool(people) and all(self._is_known(i) for i in people)
        return people if hit or (besides and not shots and not self._is_killed_too(index)) else []

    def _is_the(self, index: int) -> bool:
        return any(self._syntax.words[i] == "the" for i in self._syntax.children[index])

    def _is_known(self, index: int) -> bool:
        """Tell whether people stand beside others told of: "eleven others", "two of them"."""
        syntax = self._syntax
        them = [syntax.words[i] for i in syntax.prepositional(index, "of")]
        other = syntax.lemmas[index] in {"other", "others"} or "them" in them
        return other or self._heads.is_added(index)

    def _is_killed_too(self, index: int) -> bool:
        """Tell whether who was hit died of it: "was hit and died"."""
        others = self._syntax.conjuncts(self._syntax.top_conjunct(index))
        return any(self._syntax.lemmas[i] in _DIE for i in others)

    def taken(self, index: int) -> list[int]:
        """Read "sent nine people to hospital", "20 are in hospital": so many, by a number."""
        syntax = self._syntax
        preposition = syntax.tokens[index].head
        verb = syntax.tokens[preposition].head
        found: list[int] = []
        if syntax.words[preposition] == "to" and syntax.lemmas[verb] in _SENT:
            found = syntax.objects(verb)
        elif syntax.words[preposition] == "in" and syntax.tokens[verb].pos in {"NOUN", "NUM"}:
            found = [] if self._is_of_the_dead(verb) else [verb]  # "20 in hospital"
        elif syntax.words[preposition] == "in" and syntax.lemmas[verb] in _LIE:
            found = syntax.subjects(verb)
        return self._numbered(found)

    def _is_of_the_dead(self, noun: int) -> bool:
        """Tell whether "two others in hospital" goes on with "seven died at the scene"."""
        return any(self._syntax.lemmas[i] in _DIE for i in islice(self._syntax.ancestors(noun), 2))

    def suffered(self, index: int) -> list[int]:
        """Read "a boy suffered burns", "three were taken to a hospital with injuries"."""
        syntax = self._syntax
        top = syntax.top_conjunct(index)  # "sprains and bruises"
        verb = syntax.tokens[top].head
        if any(syntax.lemmas[i] in MORTAL for i in syntax.with_dep(index, "amod")):
            return []
        taken = [i for i in syntax.with_dep(index, "amod") if syntax.lemmas[i] in _SUFFER]
        if taken and self._heads.number(index) is not None:
            return [index]  # parsers take "four more suffered burns" for burns that were suffered
        if syntax.tokens[top].dep == "dobj" and syntax.lemmas[verb] == "report":
            return self._numbered(syntax.subjects(verb))  # "two firefighters reported injuries"
        if syntax.tokens[top].dep == "dobj" and syntax.lemmas[verb] in _SUFFER:
            return self._counted_above(index, syntax.subjects(verb))
        return self._with(verb) if syntax.words[verb] in {"with", "for"} else []

    def inhaled(self, index: int) -> list[int]:
        """Read "seven others inhaled smoke"."""
        fumes = {self._syntax.lemmas[i] for i in self._syntax.objects(index)}
        fumes.update(self._syntax.lemmas[i] for i in self._syntax.prepositional(index, "in"))
        known = self._syntax.tokens[index].dep == "pcomp"  # "fell ill after inhaling smoke"
        harmful = not known and not fumes.isdisjoint(words("casualties", "shots"))
        return self._counted(self._syntax.subjects(index)) if harmful else []

    def limb(self, index: int) -> list[int]:
        """Read "walked away with a broken wrist", "a boy lost two fingers", "broke his leg"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        broken = any(syntax.lemmas[i] in _BROKEN for i in syntax.with_dep(index, "amod"))
        if syntax.tokens[index].dep == "dobj":
            maimed = broken and syntax.lemmas[verb] in _SUFFER
            maimed = maimed or syntax.lemmas[verb] in {"lose", "break", "fracture"}
            people = self._counted_above(index, syntax.subjects(verb)) if maimed else []
            return [i for i in people if i not in self._heads.number_at or i != index]
        return self._with(verb) if broken and syntax.words[verb] == "with" else []

    def _with(self, preposition: int) -> list[int]:
        """Return who was carried, or came away, with wounds; "22 people with bullet wounds"."""
        syntax = self._syntax
        carried = syntax.tokens[preposition].head
        before = preposition - 1
        if before in self._heads.number_at or syntax.words[before] in {"more", "others"}:
            return self._numbered([before])  # "left two dead and six more with wounds"
        if any(syntax.words[i] == "dead" for i in (carried, *syntax.children[carried])):
            return []  # "found dead with bullet wounds"
        if syntax.tokens[carried].dep == "oprd":
            carried = syntax.tokens[carried].head  # "pulled out alive with broken bones"
        if syntax.lemmas[carried] in _CARRIED:
            return syntax.objects(carried)
        if syntax.lemmas[carried] in _CAME:
            return syntax.subjects(carried)
        counted = self._heads.number(carried) is not None
        return [carried] if counted and syntax.words[preposition] == "with" else []

    def _counted_above(self, index: int, found: list[int]) -> list[int]:
        """Read "Ann Li, 42, of Selby, who suffered wounds", though "who" hangs on the town."""
        if not found or any(self._heads.count(i) is not None for i in found):
            return found
        above = [i for i in self._syntax.ancestors(index) if self._heads.count(i) is not None]
        return above[:1] or found


_BODY = {*table("casualties")["injured"]["limbs"], "head", "face", "chest", "back", "stomach"}
MORTAL = frozenset({"fatal", "mortal", "deadly"})
_DIE = frozenset({"die", "kill", "perish"})
_SENT = frozenset(
    {"take", "send", "rush", "carry", "airlift", "transport", "bring", "fly", "admit"}
)
_LIE = frozenset({"be", "remain", "stay", "lie", "recover", "recuperate"})
_SUFFER = frozenset({"suffer", "sustain", "receive", "have", "need", "require", "nurse"})
_CARRIED = frozenset(
    {
        *("take", "rush", "carry", "transport", "hospitalize", "treat", "leave", "fly", "find"),
        *("admit", "pull", "dig", "bring", "rescue"),
    }
)
_CAME = frozenset({"come", "arrive", "walk", "escape", "survive", "be"})
_BROKEN = frozenset({"broken", "fractured", "crushed", "severed", "shattered", "break", "fracture"})
