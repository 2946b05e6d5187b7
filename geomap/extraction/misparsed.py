"""Subjects that the parser took from their verbs: "A bus carrying pilgrims overturned near X".

Where cargo has no article, the parser reads "pilgrims overturned", or one long noun without a verb
("a boat carrying migrants [who were] capsized"). It is the vehicle that did it. And "hurt after a
strong quake of that depth struck" is read as hurt after a quake, and struck by nobody.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.model import Annotation, Sentence, Token

_CARRY = frozenset(
    {"carry", "transport", "take", "bring", "ferry", "haul", "tow", "bear", "smuggle", "hold"}
)
_CARRYING = {"carrying": "carry", "transporting": "transport", "ferrying": "ferry"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LOOSE = frozenset({"npadvmod", "nmod", "compound", "nsubj", "dep"})
_REACH = 40  # words from "after" to the verb
_OPENING = _SUBJECTS | {"csubj", "expl", "mark"}
_CONJUNCTIONS = frozenset({"after", "before", "since", "until"})
_SHORTEST = 4
_PARTICIPLES = frozenset({"VBG", "VBN"})


def with_subjects(annotation: Annotation) -> Annotation:
    """Return the annotation with the subjects of such verbs, or the same if none lost its verb."""
    tokens = list(annotation.tokens)
    for sentence in annotation.sentences:
        _take_from_participle(tokens, sentence)
        for index in range(sentence.first + 1, sentence.last):
            carrying = tokens[index].text.lower() in _CARRYING
            if (carrying or tokens[index].tag in _PARTICIPLES) and _is_vehicle(tokens[index - 1]):
                _mend_noun(tokens, index)
                _take_from_cargo(tokens, index)
                _take_from_noun(tokens, index, sentence)
            if tokens[index].tag == "VBD" and tokens[index].dep == "advcl":
                _take_from_preposition(tokens, index, sentence)
    if all(new is old for new, old in zip(tokens, annotation.tokens, strict=True)):
        return annotation
    return dataclasses.replace(annotation, tokens=tuple(tokens))


def _is_vehicle(token: Token) -> bool:
    lemma = token.lemma.lower()
    return token.pos == "NOUN" and any(
        lemma in words("classes", kind) for kind in ("vehicle", "vessel", "aircraft")
    )


def _mend_noun(tokens: list[Token], index: int) -> None:
    """Make a verb again of "a bus carrying pilgrims", read as a noun like "seating"."""
    token = tokens[index]
    lemma = _CARRYING.get(token.text.lower())
    if lemma is not None and token.pos == "NOUN":
        tokens[index] = dataclasses.replace(token, lemma=lemma, pos="VERB", tag="VBG")


def _take_from_participle(tokens: list[Token], sentence: Sentence) -> None:
    """Mend "Pursuing soldiers clashed with rebels", where to pursue them is what clashed."""
    first = sentence.first
    if sentence.last - first < _SHORTEST or tokens[first].dep != "csubj":
        return
    noun, verb = first + 1, tokens[first].head
    whole = tokens[noun]
    if tokens[first].tag != "VBG" or whole.dep != "dobj" or whole.head != first:
        return
    if verb != noun + 1 or tokens[verb].tag != "VBD" or tokens[verb].pos != "VERB":
        return  # "Shooting soldiers was a crime"
    _hang(tokens, noun, "nsubj", verb)
    _hang(tokens, first, "amod", noun)


def _take_from_cargo(tokens: list[Token], carrying: int) -> None:
    """Mend "a bus carrying pilgrims overturned", where pilgrims are the subject."""
    vehicle, cargo = carrying - 1, tokens[carrying].head
    whole = tokens[cargo]
    wrong = tokens[carrying].dep == "amod" and cargo > carrying and whole.dep in _SUBJECTS
    if not wrong or tokens[carrying].lemma not in _CARRY:
        return
    if tokens[vehicle].dep not in _LOOSE or tokens[vehicle].head not in {carrying, cargo}:
        return
    for index in range(vehicle):
        if tokens[index].head in {cargo, carrying}:
            _hang(tokens, index, tokens[index].dep, vehicle)
    _hang(tokens, vehicle, whole.dep, whole.head)
    _hang(tokens, carrying, "acl", vehicle)
    _hang(tokens, cargo, "dobj", carrying)


def _take_from_noun(tokens: list[Token], carrying: int, sentence: Sentence) -> None:
    """Mend "a boat carrying migrants capsized", where the boat is the root and has no verb."""
    vehicle = carrying - 1
    if tokens[vehicle].head != vehicle or tokens[carrying].dep != "acl":
        return
    verb = next((i for i in range(carrying + 1, sentence.last) if _is_past(tokens, i)), None)
    if verb is None or tokens[carrying].head != vehicle:
        return
    for index in range(verb + 1, sentence.last):
        if tokens[index].head == vehicle:
            dep = "advcl" if tokens[index].dep == "acl" else tokens[index].dep
            _hang(tokens, index, dep, verb)
    _hang(tokens, vehicle, "nsubj", verb)
    tokens[verb] = dataclasses.replace(tokens[verb], dep="ROOT", head=verb, tag="VBD")


def _take_from_preposition(tokens: list[Token], verb: int, sentence: Sentence) -> None:
    """Mend "hurt after a quake of magnitude 7 struck", where the quake hangs on "after"."""
    inside = range(max(sentence.first, verb - _REACH), verb)
    if any(tokens[i].head == verb and tokens[i].dep in _OPENING for i in inside):
        return
    for after in reversed(inside):
        token = tokens[after]
        if token.dep != "prep" or token.text.lower() not in _CONJUNCTIONS:
            continue
        noun = next(
            (i for i in inside if tokens[i].head == after and tokens[i].dep == "pobj"), None
        )
        if noun is None or token.head != tokens[verb].head:
            return
        _hang(tokens, noun, "nsubj", verb)
        _hang(tokens, after, "mark", verb)
        return


def _is_past(tokens: list[Token], index: int) -> bool:
    """Tell whether a word is a past that hangs on a noun before it as if a participle."""
    token = tokens[index]
    past = token.tag == "VBD" or (token.tag == "VBN" and token.text.endswith("ed"))
    return past and token.dep == "acl" and token.head < index


def _hang(tokens: list[Token], index: int, dep: str, head: int) -> None:
    tokens[index] = dataclasses.replace(tokens[index], dep=dep, head=head)
