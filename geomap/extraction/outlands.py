"""Whether a report tells of what was out of the town that it was written in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.extraction.roles import NEARBY

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax

_IN_TOWN = frozenset({"district", "quarter", "neighborhood", "suburb", "area", "sector"})


def is_away(syntax: Syntax, index: int) -> bool:
    """Tell whether the sentence of a token has its event out of the town that it is reported from.

    "In a remote village", "in the country's north", "near the border".
    """
    sentence = syntax.sentence(index)
    return any(_is_out(syntax, i) for i in range(sentence.first, sentence.last))


def _is_out(syntax: Syntax, noun: int) -> bool:
    token = syntax.tokens[noun]
    if token.dep != "pobj" or syntax.words[token.head] not in (*NEARBY, "on", "along"):
        return False
    lemma, around = syntax.lemmas[noun], {syntax.words[i] for i in syntax.children[noun]}
    if any(i in syntax.mention_at for i in (*syntax.modifiers(noun), *syntax.prepositional(noun))):
        return False
    if lemma in words("linking", "outlands"):
        return True
    whole = {syntax.lemmas[i] for i in (*syntax.prepositional(noun, "of"), *syntax.modifiers(noun))}
    if lemma in words("linking", "sides"):
        return "country" in whole
    return lemma in words("linking", "areas") - _IN_TOWN and bool(around & {"a", "an", "another"})
