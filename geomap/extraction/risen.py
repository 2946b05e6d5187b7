"""Find the count that a toll reached: "rose to 45", "was revised down to nine", "passed 200".

A number that a toll rose from is no toll of its own, and what it rose to is all people harmed.
"""

from __future__ import annotations

from itertools import islice

from geomap.extraction.readings import Reading


class Risen(Reading):
    """Finds the counts that the tolls of one document reached."""

    def number(self, index: int) -> list[int]:
        """Read "the number of people (known to have been) killed by X has risen to 24"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        if syntax.lemmas[index] in _COUNTED and syntax.lemmas[head] in _RAISE | _RISE:
            found = [i for i in self.reached(head) if i in self._heads.number_at]
            if found:
                return found  # "bringing the confirmed dead to 40"
        told = syntax.with_dep(index, "nsubj", "nsubjpass")
        if any(syntax.lemmas[i] in _FIGURES for i in told):
            return self.reached(syntax.tokens[index].head)  # parsers have the number killed
        for verb in syntax.with_dep(head, "ccomp"):  # "the number confirmed dead passed 100"
            if any(syntax.lemmas[i] in _FIGURES for i in syntax.with_dep(head, "nsubj")):
                return self.reached(verb)
        for above in islice(syntax.ancestors(index), 5):
            if syntax.lemmas[above] in _FIGURES and syntax.tokens[above].pos == "NOUN":
                if self._heads.number(above) is not None:
                    return [above]  # "bringing to three the number of dead"
                return self.reached(syntax.tokens[above].head)
        return []

    def reached(self, verb: int) -> list[int]:
        """Return the count that a number rose to: "rose to 45 dead and 70 hurt" is 45."""
        syntax = self._syntax
        found = syntax.prepositional(verb, "to", "at", "past", "above")[:1]
        if not found and syntax.lemmas[verb] in _RISE:  # "has gone up to 14", "from nine to 14"
            up = syntax.with_dep(verb, "npadvmod") + syntax.prepositional(verb, "from")
            found = [i for i in up if i in self._heads.number_at][:1]
        if not found and syntax.lemmas[verb] in _PASS:
            found = syntax.objects(verb)[:1]
        return found

    def toll(self, index: int) -> list[int]:
        """Read "a death toll of 45", "the toll rose to 45", "put the toll at 45"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        named = "death" in syntax.lemmas[max(0, index - 2) : index]
        if not named and syntax.lemmas[head] not in _RISE | _PASS | _RAISE:
            return []
        own = self._counted(syntax.prepositional(index, "of"))
        reached = self.reached(head) or self.reached(syntax.tokens[head].head)
        return own or reached or self.reached(index)

    def figure(self, index: int) -> list[int]:
        """Read "they raised the figure to 11", where the text told before what is counted."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        if syntax.lemmas[verb] not in _RISE | _RAISE or syntax.prepositional(index, "of"):
            return []
        return [i for i in self.reached(verb) if i in self._heads.number_at]

    def is_lowered(self, index: int) -> bool:
        """Tell whether the count takes back a larger one: "lowered the death toll to nine"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        down = any(syntax.words[i] == "down" for i in syntax.with_dep(head, "prt", "advmod"))
        return syntax.lemmas[head] in _LOWER or (down and syntax.lemmas[head] in _RAISE)


_COUNTED = frozenset({"dead", "death", "fatality", "injured", "wounded", "missing"})
_FIGURES = frozenset({"number", "count", "figure", "tally", "toll"})
_RISE = frozenset({"rise", "climb", "stand", "jump", "increase", "grow", "mount", "swell", "go"})
_PASS = frozenset({"pass", "reach", "exceed", "top", "surpass", "hit"})
_LOWER = frozenset({"lower", "cut", "reduce"})
_RAISE = _LOWER | {"raise", "bring", "push", "take", "lift", "put", "revise", "update", "drive"}
