"""What the readings of tolls share: each finds the people that some words of harm are said of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.extraction.headcount import Headcount
    from geomap.extraction.syntax import Syntax

REACH = 7  # words that a noun phrase of people may hold


class Reading:
    """Finds people in one document; ``heads`` counts them.

    A method takes the index of a word of harm, and returns the heads of the noun phrases of those
    whom it tells of; an empty list where the word tells of nobody.
    """

    def __init__(self, syntax: Syntax, heads: Headcount) -> None:
        self._syntax = syntax
        self._heads = heads

    def _counted(self, people: list[int]) -> list[int]:
        """Keep those who can be counted."""
        return [i for i in people if self._heads.count(i) is not None]

    def _numbered(self, people: list[int]) -> list[int]:
        """Keep those who are told by a number."""
        return [i for i in people if self._heads.number(i) is not None]

    def _top(self, people: list[int]) -> list[int]:
        """Leave out parts of the others ("25 people, including five children", "among them")."""
        return [i for i in dict.fromkeys(people) if not self._is_part(i)]

    def _is_part(self, index: int) -> bool:
        syntax = self._syntax
        if any(syntax.words[c] == "including" for c in syntax.ancestors(index)):
            return True
        own = syntax.with_dep(index, "nummod", "det", "amod", "compound", "quantmod")
        first = min([index, *own])
        return syntax.words[max(0, first - 2) : first] in (["among", "them"], ["of", "them"])
