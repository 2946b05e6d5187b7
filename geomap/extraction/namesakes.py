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
    if _is_team(syntax, index):
        return True
    token = syntax.tokens[index]
    mention = syntax.mention_at.get(index)
    if not token.text[0].isupper() or (token.pos != "PROPN" and not token.text.isupper()):
        return False
    if mention is not None:
        return syntax.annotation.mentions[mention].start <= token.start
    if token.pos != "PROPN":
        return False
    following = syntax.tokens[index + 1 : index + 2]
    surname = token.text in named and not (following and following[0].pos == "PROPN")
    return surname or _is_capital_name(syntax, index) or _ends_a_name(syntax, index)


def _is_capital_name(syntax: Syntax, index: int) -> bool:
    """Tell whether a capital stands behind a title, is chosen, or before what teams do."""
    token = syntax.tokens[index]
    if index and syntax.words[index - 1].rstrip(".") in words("figurative", "honorifics"):
        return True  # "Ms Flood", of whom no recognizer need know
    if _is_capital_by_choice(syntax, index) and (token.tag == "NNPS" or _is_mascot(syntax, index)):
        return True
    if token.text.isupper() and syntax.words[index + 1 : index + 2] == [","]:
        return index + 2 in syntax.mention_at  # the town of a dateline: "HURRICANE, W.Va."
    # "The Avalanche lost in Denver."
    return syntax.lemmas[token.head] in words("figurative", "winning") and token.dep == "nsubj"


def _is_team(syntax: Syntax, index: int) -> bool:
    """Tell whether weather plays: "Lightning beat the Panthers", "the Storm edged the Sky"."""
    token = syntax.tokens[index]
    if token.dep != "nsubj" or not token.text[0].isupper():
        return False
    verb = token.head
    if syntax.lemmas[verb] not in words("figurative", "beating"):
        return False
    beaten = syntax.with_dep(verb, "dobj")
    return any(syntax.tokens[i].pos == "PROPN" and i not in syntax.mention_at for i in beaten)


def _is_mascot(syntax: Syntax, index: int) -> bool:
    """Tell whether a place stands before weather with a capital: "the Alexandria Blizzard"."""
    following = syntax.tokens[index + 1 : index + 2]
    if syntax.lemmas[index] not in words("figurative", "mascots") or index < 1:
        return False
    before = syntax.tokens[index - 1]
    of_town = before.pos == "PROPN" and before.text.lower() not in words("figurative", "grades")
    return of_town and not (following and following[0].pos == "PROPN")


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
