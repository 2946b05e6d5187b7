"""Verbs that the tagger took for nouns: "A boy riding by shot him", "Train derails near X".

A noun has no subject of its own in the parser's trees, so that a word with one is a verb; and a
headline without a verb that begins with a plural and a known verb ("Rains flood streets") has one.
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.model import Annotation, Sentence, Token
    from geomap.ontology import EventType, Ontology

_NO_VERBS = frozenset({"NOUN", "ADJ", "ADV", "PROPN"})
_STATES = frozenset({"dead", "hurt", "injured", "wounded", "missing", "due"})  # "12 hurt"
_BEFORE_NOUNS = frozenset({"compound", "amod", "nmod"})
_LOOSE = frozenset({"ROOT", "ccomp", "dep", "parataxis"})
_LONGEST_HEADLINE = 16
_NEAR = 6
_OCCASIONS = frozenset({"as", "after"})
_PLURALS = frozenset({"police", "people", "gunmen"})


def with_verbs(annotation: Annotation, ontology: Ontology) -> Annotation:
    """Return the annotation with verbs that it has as nouns, or the same if there are none."""
    known = _known(tuple(ontology.types.values()))
    tokens = list(annotation.tokens)
    _give_subjects_verbs(tokens, known)
    for sentence in annotation.sentences:
        if _is_headline(tokens, sentence):
            _give_headline_verb(tokens, sentence, known)
    if all(new is old for new, old in zip(tokens, annotation.tokens, strict=True)):
        return annotation
    return dataclasses.replace(annotation, tokens=tuple(tokens))


@lru_cache(maxsize=8)
def _known(types: tuple[EventType, ...]) -> frozenset[str]:
    """Return the verbs that triggers and modality ask for."""
    triggers = (trigger for event_type in types for trigger in event_type.triggers)
    verbs = {verb.split()[0] for trigger in triggers for verb in trigger.verbs}
    for key in ("unrealized", "denials", "courts"):
        verbs |= words("modality", key)
    return frozenset(verbs) - _STATES


def _give_subjects_verbs(tokens: list[Token], known: frozenset[str]) -> None:
    for index, token in enumerate(tokens):
        head = token.head
        if token.dep not in {"nsubj", "nsubjpass"} or head <= index:
            continue
        verb = tokens[head]
        if verb.pos not in _NO_VERBS or verb.text.lower() in _STATES:
            continue
        lemma = _past(verb.text.lower(), known)
        if lemma is not None:
            tokens[head] = dataclasses.replace(verb, pos="VERB", tag="VBD", lemma=lemma)
        elif head == index + 1 and any(
            t.dep == "dobj" and t.head == head for t in tokens[head : head + _NEAR]
        ):
            lemma = _present(token, verb, known)  # "Gunmen storm studio"
            if lemma is not None:
                tokens[head] = dataclasses.replace(verb, pos="VERB", tag="VBZ", lemma=lemma)


def _past(word: str, known: frozenset[str]) -> str | None:
    """Return the known verb that a word is the past of, or None."""
    if word.endswith("ed"):
        return next((form for form in (word[:-2], word[:-1], word[:-3]) if form in known), None)
    lemma: str | None = table("verbs")["irregular"].get(word)
    return lemma


def _is_headline(tokens: list[Token], sentence: Sentence) -> bool:
    """Tell whether a sentence is short and without articles, full stop or verb."""
    if not 1 < sentence.last - sentence.first <= _LONGEST_HEADLINE:
        return False
    own = tokens[sentence.first : sentence.last]
    return own[-1].text not in {".", "!", "?"} and not any(token.tag == "DT" for token in own)


def _give_headline_verb(tokens: list[Token], sentence: Sentence, known: frozenset[str]) -> None:
    for index in range(sentence.first + 1, sentence.last):
        lemma = _present(tokens[index - 1], tokens[index], known)
        if lemma is not None and _stands_as_noun(tokens, index, sentence):
            for place, token in _rehung(tokens, index, sentence, lemma):
                tokens[place] = token
            return
        if tokens[index].pos == "ADP":
            if tokens[index].text.lower() in _OCCASIONS:
                _give_clause_verb(tokens, index, sentence, known)
            return


def _give_clause_verb(
    tokens: list[Token], mark: int, sentence: Sentence, known: frozenset[str]
) -> None:
    """Mend "Two hurt as tram strikes bus", where the strikes are what they were hurt as."""
    for index in range(mark + 2, sentence.last):
        verb = tokens[index]
        whole = verb.head if verb.dep in _BEFORE_NOUNS else index
        lemma = _present(tokens[index - 1], verb, known)
        phrase = tokens[whole].dep == "pobj" and tokens[whole].head == mark
        if lemma is None or not phrase or tokens[index - 1].head not in {index, whole}:
            continue
        above = tokens[mark].head
        for place, token in _rehung(tokens, index, sentence, lemma):
            tokens[place] = token
        tokens[mark] = dataclasses.replace(tokens[mark], dep="mark", head=index)
        tokens[index] = dataclasses.replace(tokens[index], dep="advcl", head=above)
        _give_object(tokens, index, sentence)
        return


def _give_object(tokens: list[Token], verb: int, sentence: Sentence) -> None:
    """Mend "strikes logging truck", where the truck is what is logged."""
    logging = verb + 1
    if logging >= sentence.last or tokens[logging].dep != "acl" or tokens[logging].head != verb:
        return
    truck = next((i for i in range(logging + 1, sentence.last) if tokens[i].head == logging), None)
    if truck is None or tokens[truck].dep != "dobj":
        return
    for index in range(truck + 1, sentence.last):
        if tokens[index].head == logging:
            tokens[index] = dataclasses.replace(tokens[index], head=verb)
    tokens[truck] = dataclasses.replace(tokens[truck], head=verb)
    tokens[logging] = dataclasses.replace(tokens[logging], dep="amod", head=truck)


def _present(before: Token, token: Token, known: frozenset[str]) -> str | None:
    """Return the known verb that agrees with the noun before it: "Trains collide", "Bus skids"."""
    word = token.text.lower()
    if before.pos not in {"NOUN", "PROPN"} or not word.isalpha():
        return None
    if before.tag in {"NNS", "NNPS"} or before.text.lower() in _PLURALS or _is_plural_name(before):
        return word if word in known else None
    if not word.endswith("s"):
        return None
    return next((form for form in (word[:-1], word[:-2]) if form in known), None)


def _is_plural_name(token: Token) -> bool:
    """Tell whether a capital made a name of a plural: "Landslides block highway"."""
    return token.tag == "NNP" and token.text.endswith("s") and not token.text.endswith("ss")


def _stands_as_noun(tokens: list[Token], index: int, sentence: Sentence) -> bool:
    """Tell whether the parser made one phrase of subject, verb and object."""
    token, before = tokens[index], tokens[index - 1]
    root = next((t for t in tokens[sentence.first : sentence.last] if t.dep == "ROOT"), token)
    if root.pos in {"VERB", "AUX"} and root is not token:
        return False
    if before.dep == "ROOT":  # "Rioters torch shops", with the shops hung on the rioters
        return token.dep in _BEFORE_NOUNS and tokens[token.head].head == index - 1
    one = before.head in {index, token.head} and before.dep in _BEFORE_NOUNS
    return token.pos in _NO_VERBS | {"VERB"} and one and token.dep in _BEFORE_NOUNS | _LOOSE


def _rehung(
    tokens: list[Token], index: int, sentence: Sentence, lemma: str
) -> Iterator[tuple[int, Token]]:
    """Yield the words that hang elsewhere, as subject, verb and object."""
    verb = tokens[index]
    whole = verb.head if verb.dep in _BEFORE_NOUNS else index
    top = tokens[whole]  # the verb takes its place in the tree
    is_root = top.head == whole or tokens[index - 1].dep == "ROOT"
    dep, head = ("ROOT", index) if is_root else (top.dep, top.head)
    tag = "VBP" if verb.text.lower() == lemma else "VBZ"
    for place in range(sentence.first, index - 1):
        if tokens[place].dep in _BEFORE_NOUNS and tokens[place].head in {index, whole}:
            yield place, dataclasses.replace(tokens[place], head=index - 1)
    yield index - 1, dataclasses.replace(tokens[index - 1], dep="nsubj", head=index)
    yield (
        index,
        dataclasses.replace(verb, pos="VERB", tag=tag, lemma=lemma, dep=dep, head=head),
    )
    if whole != index:
        yield whole, dataclasses.replace(top, dep="dobj", head=index)
