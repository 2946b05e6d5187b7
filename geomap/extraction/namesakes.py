"""Tell names from events: "Fire Island", "Ms. Flood", "the Avalanche lost in Denver"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax


def people_named(syntax: Syntax) -> set[str]:
    """Return the last words of the names of people: "Ada Flood" makes "Flood" a name."""
    entities = syntax.annotation.entities
    return {entity.text.split()[-1] for entity in entities if entity.label == "PERSON"}


def is_name(syntax: Syntax, index: int, named: set[str]) -> bool:
    """Tell whether a word is the name of a person, a team or a place: "Fire Island", "Ms. Flood".

    "Hurricane Maria" names the storm itself.
    """
    token = syntax.tokens[index]
    following = syntax.tokens[index + 1 : index + 2]
    if token.pos != "PROPN" or not token.text[0].isupper():
        return False
    mention = syntax.mention_at.get(index)
    if mention is not None:
        return syntax.annotation.mentions[mention].start <= token.start
    if token.tag == "NNPS" and _is_capital_by_choice(syntax, index):
        return True
    if syntax.lemmas[token.head] in words("figurative", "winning") and token.dep == "nsubj":
        return True  # "the Avalanche lost in Denver"
    if _ends_a_name(syntax, index):
        return True
    return token.text in named and not (following and following[0].pos == "PROPN")


def _ends_a_name(syntax: Syntax, index: int) -> bool:
    """Tell whether a word is the last of a team's or a person's name: "Ann Gale"."""
    number = syntax.entity_at.get(index)
    if number is None:
        return False
    entity, token = syntax.annotation.entities[number], syntax.tokens[index]
    return entity.label in _NAMED and entity.start < token.start and entity.end == token.end


_NAMED = frozenset({"ORG", "PERSON", "PRODUCT", "WORK_OF_ART"})


def _is_capital_by_choice(syntax: Syntax, index: int) -> bool:
    """Tell whether a capital is a name's: not that of a sentence's first word or of a headline."""
    sentence = syntax.sentence(index)
    plain = any(
        token.text.islower() and len(token.text) > _LONG_WORD
        for token in syntax.tokens[sentence.first : sentence.last]
    )
    return plain and index > sentence.first and syntax.tokens[index].text.istitle()


_LONG_WORD = 4  # headlines in capitals leave shorter words small
