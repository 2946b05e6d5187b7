"""Tell whether a trigger stands in the company it needs: actors, patients, neighbors."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.model import Use

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geomap.extraction.syntax import Syntax
    from geomap.ontology import Trigger

_ROAD = re.compile(r"[A-Z]{1,2}-?\d{1,4}")  # "A6", "US-40"
_WINDOW = 4  # words on each side that count as near
_REACH_OF_PRONOUNS = 24


def in_company(syntax: Syntax, index: int, trigger: Trigger) -> bool:
    """Tell whether a trigger at ``index`` has who acts, what is acted on and what is near."""
    checks = (
        (trigger.subject, trigger.not_subject, _agents),
        (trigger.object, trigger.not_object, _patients),
        (trigger.near, trigger.not_near, _neighbors),
    )
    for wanted, unwanted, gather in checks:
        if not wanted and not unwanted:
            continue
        company = gather(syntax, index)
        named = (
            [m for i in company for m in syntax.modifiers(i)] if gather is not _neighbors else []
        )
        if wanted and not (
            any(belongs(syntax, i, wanted) for i in company)
            or any(syntax.lemmas[i] in wanted for i in named)
            or _is_carrying(syntax, named, wanted)
        ):
            return False
        if gather is _patients and trigger.subject:
            # Who acts is asked for apart: "teachers strike" has no patients.
            company = [i for i in company if i not in _agents(syntax, index)]
        if any(belongs(syntax, i, unwanted) for i in company if i != index):
            return False
        if checks[0][1] is unwanted and any(_is_named(syntax, i, unwanted) for i in named):
            return False
    return True


def _is_carrying(syntax: Syntax, named: list[int], wanted: tuple[str, ...]) -> bool:
    """Tell whether parsers made the load of what is wanted its head: "a bus carrying pilgrims"."""
    carrying = any(syntax.words[i] == "carrying" for i in named)
    return carrying and any(belongs(syntax, i, wanted) for i in named)


def _is_named(syntax: Syntax, index: int, unwanted: tuple[str, ...]) -> bool:
    """Tell whether a name says what it is the name of: "Tropical Storm Erika"."""
    return syntax.tokens[index].pos == "PROPN" and belongs(syntax, index, unwanted)


def _agents(syntax: Syntax, index: int) -> list[int]:
    if syntax.tokens[index].pos in {"VERB", "AUX"}:
        subjects = syntax.subjects(index)
        subjects = subjects + _antecedents(syntax, subjects)
        subjects = subjects or _moved(syntax, index)
        groups = [
            i
            for i in subjects
            if syntax.tokens[i].pos == "NUM"  # "one of the lorries overturned"
            or syntax.lemmas[i] in words("classes", "collective")
            or syntax.lemmas[i] in _PARTS  # "one lane of the bridge caved in"
        ]
        return subjects + [i for group in groups for i in syntax.prepositional(group, "of")]
    return syntax.modifiers(index) + syntax.prepositional(index, "by", "from")


def _moved(syntax: Syntax, verb: int) -> list[int]:
    """Return what moves by a participle that parsers take for a passive: "a car plowed into"."""
    token = syntax.tokens[verb]
    into = any(syntax.words[i] in _AGAINST for i in syntax.with_dep(verb, "prep", "prt"))
    into |= any(syntax.words[i] == "in" for i in syntax.with_dep(verb, "prt"))  # "caved in"
    return [token.head] if token.dep == "acl" and (into or token.tag == "VBD") else []


_PARTS = frozenset({"lane", "span", "floor", "story", "storey", "side", "end", "corner", "stretch"})
_AGAINST = frozenset({"into", "off", "onto", "through", "over", "down"})


def _antecedents(syntax: Syntax, subjects: list[int]) -> list[int]:
    """Return the nouns before a pronoun that it may stand for: "the helicopter … it crashed"."""
    pronoun = next((i for i in subjects if syntax.words[i] in {"it", "they", "which"}), None)
    if pronoun is None:
        return []
    first = syntax.sentence(pronoun).first
    near = range(max(first, pronoun - _REACH_OF_PRONOUNS), pronoun)
    return [i for i in near if syntax.tokens[i].pos == "NOUN"]


def _patients(syntax: Syntax, index: int) -> list[int]:
    if syntax.tokens[index].pos in {"VERB", "AUX"}:
        found = syntax.objects(index)
        if found:
            # "flooded much of the city": the city is flooded.
            shares = [
                i
                for i in found
                if syntax.lemmas[i] in _SHARES
                or syntax.tokens[i].pos == "NUM"  # "shot down 21 of 49 drones"
                or syntax.lemmas[i] in words("classes", "collective")
            ]
            wholes = [whole for i in shares for whole in syntax.prepositional(i, "of")]
            return found + wholes + [i for share in shares for i in _out_of(syntax, share)]
        # An intransitive verb's patient is its subject: "houses collapsed", "the train derailed".
        around = syntax.prepositional(index, "on", "at", "against", "into", "in", "of", "over")
        return around + (syntax.subjects(index) or syntax.with_dep(index, "nsubj"))
    return syntax.prepositional(index, "of", "on", "against")


def _out_of(syntax: Syntax, share: int) -> list[int]:
    """Return the drones of "21 out of 49 drones", wherever a parser hangs "out"."""
    if syntax.words[share + 1 : share + 3] != ["out", "of"]:
        return []
    following = range(share + 3, min(share + 7, len(syntax.tokens)))
    return [i for i in following if syntax.tokens[i].pos == "NOUN"][:1]


_SHARES = frozenset(
    {"much", "most", "part", "half", "some", "swath", "all", "bit", "many", "several"}
)


def _neighbors(syntax: Syntax, index: int) -> list[int]:
    sentence = syntax.sentence(index)
    low, high = max(sentence.first, index - _WINDOW), min(sentence.last, index + _WINDOW + 1)
    near = set(range(low, high)) | set(syntax.modifiers(index))
    ground = syntax.prepositional(index)
    sides = [i for i in ground if syntax.lemmas[i] in _SIDES]
    near.update(ground, *(syntax.prepositional(i, "of") for i in sides))
    head = syntax.tokens[index].head
    near.add(head)
    near.update(syntax.children[head] if len(syntax.children[head]) < _CROWD else ())
    if syntax.tokens[index].dep in {"nsubj", "nsubjpass"}:
        near.update(syntax.prepositional(head, "between", "with", "of"))
    elif syntax.tokens[index].pos == "VERB" and len(syntax.children[index]) < _CROWD:
        near.update(syntax.children[index])
    near.discard(index)
    return sorted(near)


# "In front of the old parliament", "into the back of a parked lorry".
_SIDES = frozenset({"front", "back", "rear", "side", "edge", "middle", "path", "top", "roof"})
_CROWD = 24  # a word with more children than this is a list, not company


def belongs(syntax: Syntax, index: int, wanted: tuple[str, ...]) -> bool:
    """Tell whether a word is one of ``wanted``: lemmas, or classes with an at sign."""
    listed, checks = _looked_for(wanted)
    return not listed.isdisjoint(_forms(syntax, index)) or any(
        check(syntax, index) for check in checks
    )


@cache
def _looked_for(
    wanted: tuple[str, ...],
) -> tuple[frozenset[str], tuple[Callable[[Syntax, int], bool], ...]]:
    """Return the words that ``wanted`` lists, its classes' with them, and what else to ask."""
    classes = [item[1:] for item in wanted if item.startswith("@")]
    plain = {item for item in wanted if not item.startswith("@")}
    listed = plain.union(*(words("classes", name) for name in classes if name in _LISTED))
    return frozenset(listed), tuple(_FOUND[name] for name in classes if name in _FOUND)


def _forms(syntax: Syntax, index: int) -> tuple[str, ...]:
    """Return lemma and word; "Drones" in front of a sentence passes for a name in the plural."""
    lemma, word = syntax.lemmas[index], syntax.words[index]
    if syntax.tokens[index].pos == "PROPN" and word.endswith("s"):
        return lemma, word, word[:-1]
    return lemma, word


def _is_place(syntax: Syntax, index: int) -> bool:
    unknown = syntax.tokens[index].pos == "PROPN" and index not in syntax.entity_at
    return unknown or index in syntax.mention_at


def _is_country(syntax: Syntax, index: int) -> bool:
    number = syntax.mention_at.get(index)
    return number is not None and syntax.annotation.mentions[number].use != Use.EMBEDDED


def _is_person(syntax: Syntax, index: int) -> bool:
    return syntax.entity_label(index) == "PERSON" or syntax.tokens[index].pos == "PRON"


def _is_road(syntax: Syntax, index: int) -> bool:
    return _ROAD.fullmatch(syntax.tokens[index].text) is not None


def _is_number(syntax: Syntax, index: int) -> bool:
    return syntax.tokens[index].pos == "NUM"


def _is_people(syntax: Syntax, index: int) -> bool:
    """Tell whether a word counts or names people: "300", "Chileans"."""
    nationals = syntax.entity_label(index) == "NORP" and syntax.tokens[index].tag in {"NNPS", "NNS"}
    number = syntax.mention_at.get(index)
    demonym = number is not None and syntax.annotation.mentions[number].use is Use.DEMONYM
    plural = syntax.tokens[index].tag in {"NNPS", "NNS"}
    return nationals or (demonym and plural) or _is_number(syntax, index)


def _is_group(syntax: Syntax, index: int) -> bool:
    return syntax.entity_label(index) in {"ORG", "NORP"} and index not in syntax.mention_at


def _is_leader(syntax: Syntax, index: int) -> bool:
    return syntax.entity_label(index) == "PERSON"


# Classes that the recognizer's findings belong to, besides the words of the lists.
_FOUND: Mapping[str, Callable[[Syntax, int], bool]] = {
    "place": _is_place,
    "country": _is_country,
    "person": _is_person,
    "people": _is_people,
    "number": _is_number,
    "road": _is_road,
    "military": _is_group,
    "gunman": _is_group,
    "leader": _is_leader,
}
_LISTED = words("grammar", "cues_listed")
