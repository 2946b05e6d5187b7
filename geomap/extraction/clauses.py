"""Which clauses of a sentence are told of one time, and which of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.otherdays import DYING, HEALING

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax


def had_happened(syntax: Syntax, cue: int, verb: int) -> bool:
    """Tell whether a cue had happened before what a verb above it tells.

    "Arrested on Monday a man who had shot a guard".
    """
    clause = syntax.clause_of(cue)
    aside = syntax.tokens[clause].dep == "relcl"  # parsers put the day in any clause around it
    if clause == verb or not (aside or verb in syntax.ancestors(clause)):
        return False
    auxiliaries = [{syntax.words[i] for i in syntax.with_dep(v, "aux")} for v in (clause, verb)]
    return "had" in auxiliaries[0] and "had" not in auxiliaries[1]


def is_under_other_clause(syntax: Syntax, cue: int, verb: int) -> bool:
    """Tell whether a verb with a subject of its own goes on with a clause that a cue is only under.

    "Six who were detained were flown to X, and a judge let them go on Friday".
    """
    for above in syntax.ancestors(verb):
        if syntax.tokens[verb].dep not in {"ccomp", "xcomp"}:
            break
        verb = above
    if syntax.tokens[verb].dep != "conj" or not syntax.with_dep(verb, "nsubj", "nsubjpass"):
        return False
    clause, before = syntax.clause_of(cue), syntax.tokens[verb].head
    inner = syntax.tokens[clause].dep in {"relcl", "acl", "advcl"} and clause != before
    return inner and before in syntax.ancestors(clause) and verb not in syntax.ancestors(clause)


_SHARES = frozenset({"NUM", "PRON", "DET"})


def is_later_death(syntax: Syntax, verb: int) -> bool:
    """Tell whether somebody died of what befell him before: "one of them died of his wounds"."""
    if syntax.lemmas[verb] not in DYING:
        return False
    some = [i for i in syntax.with_dep(verb, "nsubj") if syntax.tokens[i].pos in _SHARES]
    taken = any(syntax.prepositional(i, "of") for i in some)  # not "a family of four"
    return taken or not HEALING.isdisjoint(syntax.lemmas[i] for i in syntax.subtree(verb))


def is_after_being(syntax: Syntax, head: int, cue: int) -> bool:
    """Tell whether a day is that of what befell a thing at once: "sank after being rammed on"."""
    verb = syntax.clause_of(head)
    token = syntax.tokens[verb]
    passive = bool(syntax.with_dep(verb, "auxpass")) and token.tag == "VBN"
    if not passive or token.dep != "pcomp" or syntax.words[token.head] != "after":
        return False
    return syntax.tokens[token.head].head == cue and syntax.lemmas[cue] not in DYING


def main_verb_of(syntax: Syntax, verb: int) -> int:
    """Return the main verb for one that goes on with it behind a clause between, else the verb.

    Parsers hang it on the clause: "Police fired at a crowd after hundreds blocked a road, and
    arrested 62".
    """
    token = syntax.tokens[verb]
    between = syntax.tokens[token.head]
    if token.dep != "conj" or between.dep != "advcl" or syntax.with_dep(verb, "nsubj", "nsubjpass"):
        return verb
    joint = [i for i in syntax.with_dep(token.head, "cc") if i < verb]
    late = joint and syntax.words[joint[-1] - 1] == ","
    return between.head if late else verb
