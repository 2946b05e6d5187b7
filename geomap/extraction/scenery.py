"""Clauses that go on with the scene of an event, and the names in them that say where it is."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax
    from geomap.model import Mention

_STEPS = 8
_IN = frozenset(
    {"in", "at", "near", "outside", "off", "inside", "on", "over", "along", "across", "beside"}
    | {"into", "above", "below", "between", "beyond", "behind", "around"}
)
_TIMES = frozenset({"dawn", "dusk", "noon", "midnight", "night", "morning", "evening", "sunrise"})
_TAKING = frozenset({"abduct", "drag", "haul", "pull", "seize", "snatch"})
_UNREAL = frozenset({"will", "would", "could", "may", "might", "should", "not", "n't", "never"})


def verb_above(syntax: Syntax, head: int) -> int | None:
    """Return the verb that a name is an adverbial of, None where it belongs to somebody."""
    below = head
    prepositions: list[str] = []
    for above in islice(syntax.ancestors(head), _STEPS):
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            if syntax.lemmas[above] in _TAKING and prepositions[-1:] == ["from"]:
                prepositions.pop()  # "dragged from a house in X"
            subject = syntax.tokens[below].dep in {"nsubj", "nsubjpass", "npadvmod"}
            subject = subject and not _is_time(syntax, below)
            inner = prepositions[:-1] if _is_call(syntax, above, prepositions) else prepositions
            here = _IN.intersection(inner) and _IN.issuperset(inner)
            passing = prepositions[:1] != prepositions[-1:] and _is_interrupted(syntax, above)
            return above if not subject and (here or passing) else None
        if syntax.tokens[above].dep in {"prep", "agent"}:
            # "before dawn on the road outside X", "for 300 yards along the track near X"
            timed = _is_time(syntax, below) or syntax.lemmas[below] in words("linking", "lengths")
            prepositions += [syntax.words[above]] * (syntax.words[above] != "of" and not timed)
        elif not _is_time(syntax, above) and not _is_ground(syntax, above, below):
            return None
        below = above
    return None


def _is_time(syntax: Syntax, noun: int) -> bool:
    entity = syntax.entity_at.get(noun)
    label = syntax.annotation.entities[entity].label if entity is not None else ""
    return label in {"TIME", "DATE"} or syntax.lemmas[noun] in _TIMES


def _is_ground(syntax: Syntax, noun: int, below: int) -> bool:
    """Tell whether what a name hangs on is ground: no person, no town that it only describes.

    "Ann Noble of X", "the people of X", "the X suburb of Y".
    """
    token = syntax.tokens[noun]
    if token.pos == "PROPN" and noun not in syntax.mention_at:
        return False
    if syntax.lemmas[noun] in words("classes", "people"):
        return False
    described = any(i in syntax.mention_at for i in syntax.prepositional(noun, "of"))
    return syntax.tokens[below].dep == "prep" or not described


def _is_call(syntax: Syntax, verb: int, prepositions: list[str]) -> bool:
    """Tell whether somebody was called to the scene: "called to a house in X"."""
    called = syntax.lemmas[verb] in words("linking", "calls")
    return called and prepositions[-1:] == ["to"]


def _is_interrupted(syntax: Syntax, verb: int) -> bool:
    """Tell whether something came between: "was returning from a field in X when"."""
    clauses = syntax.with_dep(verb, "advcl")
    when = any(syntax.words[i] == "when" for c in clauses for i in syntax.children[c])
    return syntax.tokens[verb].tag == "VBG" and when


def only_describes(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether a name only says what kind of town is meant.

    "The Milan suburb of Corsico" has a name of its own, "this Milan suburb" that of the dateline.
    """
    head = syntax.head_of_span(mention.start, mention.end)
    if head is None or syntax.tokens[head].dep not in {"compound", "nmod", "amod", "poss"}:
        return False
    town = syntax.tokens[head].head
    if syntax.lemmas[town] not in words("linking", "settlements"):
        return False
    this = any(syntax.words[i] == "this" for i in syntax.with_dep(town, "det"))
    return this or any(_is_name(syntax, i) for i in syntax.prepositional(town, "of"))


def _is_name(syntax: Syntax, noun: int) -> bool:
    return noun in syntax.mention_at or syntax.tokens[noun].pos == "PROPN"


def goes_on(syntax: Syntax, verb: int) -> bool:
    """Tell whether a clause goes on with a scene: somebody who was there, in the past."""
    lemma = syntax.lemmas[verb]
    if lemma in sayings():
        return False
    if lemma in words("linking", "apart") or lemma in words("linking", "carry"):
        return False
    aux = {syntax.words[i] for i in syntax.with_dep(verb, "aux", "neg")}
    if aux & _UNREAL:
        return False
    subjects = syntax.with_dep(verb, "nsubj", "nsubjpass") or syntax.subjects(verb)
    return bool(subjects) and not any(_is_official(syntax, i) for i in subjects)


def _is_official(syntax: Syntax, subject: int) -> bool:
    near = {syntax.lemmas[i] for i in (subject, *syntax.modifiers(subject))}
    near.update(syntax.lemmas[i] for i in syntax.with_dep(subject, "appos"))
    return bool(near & words("speech", "titles"))
