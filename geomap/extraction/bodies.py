"""Find the dead where bodies, lives or shares of the dead tell it: "18 bodies were found".

The answers are heads of noun phrases, as in ``harmed.py``.
"""

from __future__ import annotations

from geomap.extraction.lexicon import words
from geomap.extraction.readings import Reading


class Bodies(Reading):
    """Finds the dead of one document by what is left of them."""

    def found(self, index: int) -> list[int]:
        """Read "pulled 11 bodies from the mud", "18 bodies were found", "a fifth body"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        lain = syntax.lemmas[verb] in _LIE and index in syntax.subjects(verb)
        if not lain and (syntax.lemmas[verb] not in _RECOVER or index not in syntax.objects(verb)):
            return []
        if self._heads.number(index) is not None or self._heads.nth(index) is not None:
            return [index]
        whose = [i for i in syntax.with_dep(index, "poss") if syntax.tokens[i].pos == "NOUN"]
        if whose and syntax.words[index] == "body":
            return self._counted(whose)  # "the driver's body"
        return self._top(syntax.prepositional(index, "of"))  # "the bodies of nine people"

    def lives(self, index: int) -> list[int]:
        """Read "claimed the lives of 25 people", "cost 12 lives"."""
        syntax = self._syntax
        lives = [i for i in syntax.objects(index) if syntax.lemmas[i] == "life"]
        if not lives:
            return []
        if self._heads.number(lives[0]) is not None:
            return lives[:1]
        if syntax.lemmas[index] == "lose":
            return self._top(syntax.subjects(index))  # "eight people lost their lives"
        return self._top(syntax.prepositional(lives[0], "of"))

    def share(self, index: int) -> list[int]:
        """Read "a mudslide accounts for 61 of the deaths", "was behind nine of the deaths"."""
        found = self._numbered(self._syntax.prepositional(index, "for"))
        return [i for i in found if self._is_of_dead(i)]

    def _is_of_dead(self, number: int) -> bool:
        dead = (number, *self._syntax.prepositional(number, "of"))
        return any(self._syntax.lemmas[i] in _DEAD for i in dead)


_RECOVER = words("grammar", "tolls_recover")
_LIE = frozenset({"lie", "wash", "float"})
_DEAD = frozenset({"dead", "death", "fatality", "killed"})
