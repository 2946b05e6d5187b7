"""Tell what is said to be no event by what it is said to be: a drill, a hoax, an act, a rumor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax


_HARMING = frozenset({"kill", "injure", "wound", "leave", "hurt"})


def is_act(syntax: Syntax, verb: int) -> bool:
    """Tell whether a clause is a subject: "setting off a bomb is a crime" tells of none.

    "Shooting near a mosque killed nine" does.
    """
    token = syntax.tokens[verb]
    harmed = syntax.lemmas[token.head] in _HARMING and not syntax.with_dep(verb, "dobj")
    done = harmed and syntax.tokens[token.head].tag in {"VBD", "VBN"}
    return token.tag == "VBG" and token.dep == "csubj" and not done


def is_imagined(syntax: Syntax, verb: int) -> bool:
    """Tell whether a clause tells of a drill or a film: "a drill in which a storm hits"."""
    token = syntax.tokens[verb]
    return token.dep == "relcl" and syntax.lemmas[token.head] in words("modality", "imagined")


def is_in_court(syntax: Syntax, verb: int) -> bool:
    """Tell whether a clause is told to a court: "admitted before a judge that he shot her"."""
    if syntax.lemmas[verb] not in words("modality", "pleading"):
        return False
    there = (*syntax.subjects(verb), *syntax.objects(verb), *syntax.prepositional(verb))
    return any(syntax.lemmas[i] in words("modality", "courtrooms") for i in there)


def is_hearsay(syntax: Syntax, verb: int) -> bool:
    """Tell whether a message says so that goes from phone to phone: "a tweet said that"."""
    if syntax.lemmas[verb] not in sayings():
        return False
    return any(
        syntax.lemmas[i] in words("modality", "hearsay") and syntax.tokens[i].pos == "NOUN"
        for i in syntax.subjects(verb)
    )


def is_inverted(syntax: Syntax, verb: int) -> bool:
    """Tell whether a clause has its auxiliary in front: "had the storm hit", "should it strike"."""
    subjects = syntax.with_dep(verb, "nsubj", "nsubjpass")
    return bool(subjects) and any(
        syntax.words[i] in _INVERTED and i < min(subjects)
        for i in syntax.with_dep(verb, "aux", "auxpass")
    )


_INVERTED = frozenset({"had", "should", "were", "did"})


def is_untrue(syntax: Syntax, noun: int) -> bool:
    """Tell whether a noun is a report that is said to be false."""
    if syntax.lemmas[noun] not in words("modality", "reports"):
        return False
    head = syntax.tokens[noun].head
    said = syntax.with_dep(head, "acomp", "attr", "oprd")
    return any(syntax.lemmas[i] in words("modality", "untrue") for i in said)


def turns_out_harmless(syntax: Syntax, verb: int) -> bool:
    """Tell whether it was something else: "the explosion was a sonic boom"."""
    verbs = [verb, *syntax.with_dep(verb, "xcomp")]
    return any(
        syntax.lemmas[i] in words("modality", "harmless")
        for one in verbs
        for i in syntax.with_dep(one, "attr", "oprd", "acomp")
    )


def is_possible(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb says that something may come: "flooding is possible", "is due to"."""
    said = syntax.with_dep(verb, "acomp", "attr")
    return any(
        syntax.words[i] in words("modality", "unrealized_adjectives")
        # "is due to take place", but "was due to fog"
        or (syntax.words[i] in _DUE and syntax.with_dep(i, "xcomp"))
        for i in said
    )


_DUE = frozenset({"due", "slated", "poised", "set", "bound"})
