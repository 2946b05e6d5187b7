"""Names that an event has in a role: whom it happened to, where a march led, who made an arrest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax

NEARBY = ("in", "at", "near", "outside", "off", "around")
_DEPTH = 3


def below(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return names under a noun itself: "the shooting of a man at a home near X"."""
    found: list[int] = []
    nouns = [] if cue.verbal else [cue.index]
    for _ in range(_DEPTH):
        found += [syntax.mention_at[i] for i in nouns if i in syntax.mention_at]
        nouns = [n for i in nouns for n in syntax.prepositional(i, "of", "on", *NEARBY)]
    return tuple(found + [syntax.mention_at[i] for i in nouns if i in syntax.mention_at])


def of_subject(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return names in a clause on who it happened to: "a truck going to a farm near X crashed".

    The ends of a way are none: "a bus going to X".
    """
    found: list[int] = []
    verb = syntax.clause_of(cue.index)
    for subject in syntax.with_dep(verb, "nsubj", "nsubjpass"):
        for clause in syntax.with_dep(subject, "relcl", "acl"):
            nouns = [clause, *syntax.objects(clause), *syntax.prepositional(clause)]
            nouns += [n for i in nouns for n in syntax.prepositional(i, "on", "of")]
            found += [n for i in nouns for n in syntax.prepositional(i, *NEARBY)]
    return tuple(syntax.mention_at[i] for i in found if i in syntax.mention_at)


def of_goal(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return where a march led that took place: "a march to X", not "marching on X"."""
    goals = () if cue.verbal else syntax.prepositional(cue.index, "to")
    return tuple(syntax.mention_at[i] for i in goals if i in syntax.mention_at)


def of_crowd(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return where the people are from who act in a crowd: "villagers of X blocked a road"."""
    verb = syntax.clause_of(cue.index)
    found: list[int] = []
    for subject in syntax.with_dep(verb, "nsubj"):
        if syntax.lemmas[subject] in words("linking", "locals"):
            found += [
                *syntax.prepositional(subject, "of", "from", "in"),
                *syntax.modifiers(subject),
            ]
    return tuple(syntax.mention_at[i] for i in found if i in syntax.mention_at)


def of_offense(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return names where somebody did what he was arrested for: "for looting a shop in X"."""
    heads = [p for p in syntax.with_dep(cue.index, "prep") if syntax.words[p] in {"for", "on"}]
    heads += syntax.with_dep(cue.index, "acl", "advcl")
    heads += [c for o in syntax.objects(cue.index) for c in syntax.with_dep(o, "acl")]
    inside = sorted({i for head in heads for i in syntax.subtree(head) if i > head})
    return tuple(
        syntax.mention_at[i]
        for i in inside
        if i in syntax.mention_at and syntax.words[syntax.tokens[i].head] in NEARBY
    )


def beat(syntax: Syntax, cue: Cue) -> tuple[int, ...]:
    """Return the names before the police who act: "arrested in raids by Montreal police"."""
    agents = syntax.subjects(cue.index)
    for raid in syntax.prepositional(cue.index, "in", "during", "after"):
        agents = agents + syntax.prepositional(raid, "by")
    if not any(syntax.lemmas[i] in words("classes", "police") for i in agents):
        agents = agents + _speakers(syntax, cue.index)
    police = [i for i in agents if syntax.lemmas[i] in words("classes", "police")]
    named = [m for i in police for m in (*syntax.modifiers(i), *syntax.prepositional(i, "in"))]
    return tuple(syntax.mention_at[i] for i in named if i in syntax.mention_at)


def _speakers(syntax: Syntax, index: int) -> list[int]:
    """Return who says so above: "police in X said that they had arrested two men"."""
    says = (i for i in syntax.ancestors(index) if syntax.lemmas[i] in words("speech", "says"))
    return [i for verb in says for i in syntax.with_dep(verb, "nsubj")]
