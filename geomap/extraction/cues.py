"""Find the words that name an event: a trigger of the ontology in the company it needs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.extraction.company import in_company
from geomap.extraction.deeds import settle
from geomap.extraction.figurative import is_figurative
from geomap.extraction.namesakes import is_name, people_named
from geomap.model import noun
from geomap.ontology import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geomap.extraction.syntax import Syntax
    from geomap.ontology import EventType, Ontology


@noun
class Cue:
    """A trigger in a text: the head word, the words ``first:last``, and the type it names."""

    index: int
    first: int
    last: int
    type: str
    verbal: bool


@noun
class _Pattern:
    lemmas: tuple[str, ...]
    event_type: str
    trigger: Trigger
    kind: str  # "verb", "noun" or "phrase"


_WINDOW = 4  # words on each side that count as near
_PAST = frozenset({"VBD", "VBN"})


def find_cues(syntax: Syntax, ontology: Ontology) -> list[Cue]:
    """Return the cues in text order; of several on one word the type of the highest rank."""
    patterns = _patterns(tuple(ontology.types.values()))
    found: dict[int, Cue] = {}
    for index in range(len(syntax.tokens)):
        for form in _forms(syntax, index):
            for pattern in patterns.get(form, ()):
                cue = _match(syntax, index, pattern)
                if cue and _beats(cue, found.get(cue.index), ontology.types):
                    found[cue.index] = cue
    named = people_named(syntax)
    inside = {i for cue in found.values() for i in range(cue.first, cue.last) if i != cue.index}
    cues = [
        found[index]
        for index in sorted(found)
        if index not in inside
        and not is_name(syntax, index, named)
        and not _is_picture(syntax, found[index], ontology)
    ]
    return settle(syntax, cues, ontology.types)


def _forms(syntax: Syntax, index: int) -> tuple[str, ...]:
    """Return the forms that a trigger may be listed by: lemma, word, a proper noun's singular.

    "Fighting" has the lemma "fight"; "Tornadoes" in front of a sentence passes for a name.
    """
    lemma, word, token = syntax.lemmas[index], syntax.words[index], syntax.tokens[index]
    forms = [lemma, word]
    if token.tag in _PAST and word.endswith("ed"):
        # Lemmas of rare verbs are guesses: "gutted" passes for "gutte".
        forms += [word[:-2], word[:-1], word[:-3]]
    if token.pos == "PROPN" and word.endswith("s"):
        forms += [word[:-1], word[:-2]]
    return tuple(dict.fromkeys(forms))


def _is_picture(syntax: Syntax, cue: Cue, ontology: Ontology) -> bool:
    return is_figurative(syntax, cue.index, cue.type, ontology.types[cue.type].family)


def _beats(cue: Cue, other: Cue | None, types: Mapping[str, EventType]) -> bool:
    if other is None:
        return True
    width, other_width = cue.last - cue.first, other.last - other.first
    return (width, types[cue.type].rank) > (other_width, types[other.type].rank)


@lru_cache(maxsize=8)
def _patterns(types: tuple[EventType, ...]) -> dict[str, list[_Pattern]]:
    """Index the triggers by the lemma to look for: a noun's last word, a verb's first."""
    index: dict[str, list[_Pattern]] = {}
    for event_type in types:
        for pattern in _patterns_of(event_type):
            key = pattern.lemmas[-1] if pattern.kind == "noun" else pattern.lemmas[0]
            index.setdefault(key, []).append(pattern)
    return index


def _patterns_of(event_type: EventType) -> Iterator[_Pattern]:
    for trigger in event_type.triggers:
        for kind, phrases in (
            ("verb", trigger.verbs),
            ("noun", trigger.nouns),
            ("phrase", trigger.phrases),
        ):
            for phrase in phrases:
                lemmas = phrase.lower().split()
                if kind == "verb":  # "jump the track": articles are passed over in the text too
                    lemmas = [lemma for lemma in lemmas if lemma not in _SKIPPED]
                yield _Pattern(
                    lemmas=tuple(lemmas),
                    event_type=event_type.name,
                    trigger=trigger,
                    kind=kind,
                )


def _match(syntax: Syntax, index: int, pattern: _Pattern) -> Cue | None:
    span = _SPANS[pattern.kind](syntax, index, pattern.lemmas)
    if span is None or not in_company(syntax, index, pattern.trigger):
        return None
    first, last = span
    return Cue(
        index=index,
        first=first,
        last=last,
        type=pattern.event_type,
        verbal=pattern.kind == "verb" or _is_told_verb(syntax, index, pattern),
    )


def _is_told_verb(syntax: Syntax, index: int, pattern: _Pattern) -> bool:
    """Tell whether a phrase has a verb in front: "shot and killed"."""
    return pattern.kind == "phrase" and syntax.tokens[index].tag.startswith("V")


def _verb_span(syntax: Syntax, index: int, lemmas: tuple[str, ...]) -> tuple[int, int] | None:
    """Match a verb with its particle or fixed object: "shoot down", "catch fire"."""
    if syntax.tokens[index].pos not in {"VERB", "AUX"} or not syntax.tokens[index].tag.startswith(
        "V"
    ):
        return None
    if syntax.tokens[index].tag == "VBG" and syntax.tokens[index].dep in {"compound", "amod"}:
        return None  # "a shooting war"
    rest = lemmas[1:]
    if not rest:
        return index, index + 1
    if rest[0] in _PREDICATES:
        return _to_predicate(syntax, index, rest[0])
    return _with_rest(syntax, index, rest)


def _with_rest(syntax: Syntax, index: int, rest: tuple[str, ...]) -> tuple[int, int] | None:
    """Match what follows a verb: a particle, an object, a preposition with its noun."""
    if len(rest) == 1:
        for child in syntax.children[index]:
            if child > index and rest[0] in (syntax.lemmas[child], syntax.words[child]):
                if _is_of_time(syntax, child):
                    continue
                return index, (child + 1 if child - index <= _WINDOW else index + 1)
    following = [
        i
        for i in range(index + 1, min(index + 6, len(syntax.lemmas)))
        if syntax.lemmas[i] not in _SKIPPED
    ][: len(rest)]
    if tuple(syntax.lemmas[i] for i in following) == rest:
        # "opened the fire hydrant" opens no fire.
        return None if _is_modifier(syntax, following[-1]) else (index, index + 1 + len(rest))
    return (index, index + 1) if _leads_to(syntax, index, rest) else None


_PREDICATES = frozenset({"hostage", "captive", "alight", "ablaze"})
_FAR_PREDICATE = 10


def _to_predicate(syntax: Syntax, verb: int, word: str) -> tuple[int, int] | None:
    """Match "held 12 passengers of a bus hostage": parsers hang the last word on anything."""
    last = min(syntax.sentence(verb).last, verb + _FAR_PREDICATE)
    found = [i for i in range(verb + 1, last) if syntax.words[i] == word]
    return (verb, found[0] + 1) if found else None


def _is_modifier(syntax: Syntax, index: int) -> bool:
    token = syntax.tokens[index]
    return token.dep in {"compound", "nmod"} and token.head > index


def _leads_to(syntax: Syntax, verb: int, rest: tuple[str, ...]) -> bool:
    """Tell whether a verb has its preposition and noun apart from it: "took two into custody"."""
    preposition, *noun = rest
    objects = [syntax.lemmas[i] for i in syntax.prepositional(verb, preposition)]
    return len(noun) == 1 and noun[0] in objects


def _is_of_time(syntax: Syntax, preposition: int) -> bool:
    """Tell whether a preposition leads to a day: "fired 300 people on Monday" is no shot."""
    for index in syntax.with_dep(preposition, "pobj"):
        entity = syntax.entity_at.get(index)
        if entity is not None and syntax.annotation.entities[entity].label in {"DATE", "TIME"}:
            return True
    return False


_HAPPENINGS = frozenset(
    {"situation", "incident", "spree", "rampage", "death", "disaster", "tragedy"}
)
_WARNINGS = frozenset({"warning", "warnings", "alert", "alerts", "watch", "watches"})
_SKIPPED = frozenset({"the", "a", "an", "its", "their", "his", "her"})


def _noun_span(syntax: Syntax, index: int, lemmas: tuple[str, ...]) -> tuple[int, int] | None:
    """Match a noun with the words before it: "air strike"; hyphens may join them."""
    token = syntax.tokens[index]
    if token.pos not in {"NOUN", "PROPN"} and token.dep not in _NOMINAL:
        return None
    if syntax.words[index + 1 : index + 2] == ["-"]:
        return None  # "crash-landed", "storm-hit"
    if syntax.words[index].endswith("ing") and not lemmas[-1].endswith("ing"):
        return None  # "blasting" in a quarry is no blast
    width = len(lemmas) - 1
    before = syntax.lemmas[max(0, index - width) : index]
    if tuple(before) != lemmas[:-1]:
        return None
    if _modifies_other_noun(syntax, index):
        return None
    return index - width, index + 1


# A word in these roles is a noun, whatever the tagger made of it at the start of a line.
_NOMINAL = frozenset({"nsubj", "nsubjpass", "pobj", "csubj"})


def _modifies_other_noun(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun only tells the kind of another: "strike capability"."""
    token = syntax.tokens[index]
    if not _WARNINGS.isdisjoint(syntax.words[index + 1 : index + 2]):
        return True  # "storm warning for Friday", whatever the parser makes of it
    if token.dep not in {"compound", "nmod", "amod"} or token.head == index:
        return False
    head = token.head
    if syntax.lemmas[head] in _HAPPENINGS:
        return False  # "a shooting incident", "a stabbing spree"
    if syntax.tokens[head].pos == "PROPN" and token.text[0].isupper():
        return False  # "Hurricane Otis" is the hurricane
    return head > index and syntax.tokens[head].pos in {"NOUN", "PROPN", "ADJ", "VERB"}


def _phrase_span(syntax: Syntax, index: int, lemmas: tuple[str, ...]) -> tuple[int, int] | None:
    last = index + len(lemmas)
    if tuple(syntax.words[index:last]) == lemmas or tuple(syntax.lemmas[index:last]) == lemmas:
        return index, last
    return None


_SPANS = {"verb": _verb_span, "noun": _noun_span, "phrase": _phrase_span}
