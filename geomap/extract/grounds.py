"""Places told by an adjective or a possessor: "Ukrainian cities", "Russia's airspace"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extract.lexicon import words

if TYPE_CHECKING:
    from geomap.extract.cues import Cue
    from geomap.extract.syntax import Syntax

_GROUND_PREPOSITIONS = ("on", "in", "at", "against", "of", "across", "over", "into", "inside", "near")
_GROUND_NOUNS = frozenset(
    "city cities town village territory region regions airspace soil land capital border coast"
    " district province area waters frontier islands island".split()
)


class Grounds:
    """Finds the ground that a noun of place gives to an event."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax

    def of(self, cue: Cue) -> list[int]:
        """Return the mention whose ground the event is on, at most one."""
        for noun in self._nouns(cue):
            if self._syntax.lemmas[noun] in _GROUND_NOUNS:
                mention = self._owner(noun)
                if mention is not None:
                    return [mention]
        return []

    def _nouns(self, cue: Cue) -> list[int]:
        syntax = self._syntax
        found = syntax.prepositional(cue.index, *_GROUND_PREPOSITIONS)
        if cue.verbal:
            found = syntax.objects(cue.index) + found
        head = syntax.tokens[cue.index].head
        if syntax.tokens[head].pos == "VERB" and syntax.tokens[cue.index].dep in {"dobj", "nsubjpass"}:
            found += syntax.prepositional(head, *_GROUND_PREPOSITIONS)
        return found

    def _owner(self, noun: int) -> int | None:
        syntax = self._syntax
        for index in syntax.modifiers(noun):
            number = syntax.mention_at.get(index)
            if number is not None:
                return number
        if any(syntax.tokens[i].tag == "PRP$" for i in syntax.with_dep(noun, "poss")):
            return self._antecedent(noun)
        return None

    def _antecedent(self, noun: int) -> int | None:
        """Return the place that "its" stands for: the subject of a verb above, of the same number.

        Only a subject that speaks can own the ground it speaks of: "Poland said that an object
        violated its airspace".
        """
        syntax = self._syntax
        for above in syntax.ancestors(noun):
            if syntax.lemmas[above] not in words("speech", "says") | words("speech", "claims"):
                continue
            for subject in syntax.subjects(above):
                if subject in syntax.mention_at:
                    return syntax.mention_at[subject]
        return None
