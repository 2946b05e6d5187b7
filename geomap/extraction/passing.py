"""What a sentence only names to say who or what is meant: "survivors of the crash".

Its day and place are told in other sentences.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax

_STEPS = 8


def in_passing(syntax: Syntax, index: int) -> int | None:
    """Return the word that only names an event to say who is meant, or None.

    "Survivors of the crash", "relatives of those killed in the bombing", "suspected of the attack":
    what has its day and place in other sentences is told there.
    """
    head = syntax.tokens[index].head
    if syntax.tokens[index].tag == "VBN" and syntax.tokens[index].dep == "amod":
        return head  # "the flooded town", "a detained editor"
    if syntax.words[head] == "since" and syntax.tokens[head].dep == "prep":
        return head  # "since the quake, prices have risen"
    if not _EARLIER.isdisjoint(syntax.words[i] for i in syntax.with_dep(index, "amod")):
        return index  # "after an earlier fire"
    if _is_ranked(syntax, index) or _is_stirring(syntax, index):
        return index
    return _bystander(syntax, index)


def _bystander(syntax: Syntax, index: int) -> int | None:
    """Return the word for people, or the phrase, that an event only belongs to."""
    below = index
    for above in islice(syntax.ancestors(index), _STEPS):
        token, dep = syntax.tokens[above], syntax.tokens[below].dep
        if dep == "prep" and _is_only_about(syntax, above, syntax.words[below]):
            return below
        if token.pos in {"VERB", "AUX"}:
            if dep == "dobj" and syntax.lemmas[above] in words("modality", "burying"):
                return below if below != index else None
            if token.dep not in {"acl", "relcl"}:
                return None
        elif syntax.lemmas[above] in words("modality", "bystanders") and dep in _NAMING:
            return above
        elif syntax.lemmas[above] in _CULPRITS and dep == "relcl" and _is_at_rest(syntax, above):
            return above  # "the attacker, who also shot two women, is in prison"
        below = above
    return None


def _is_only_about(syntax: Syntax, word: int, preposition: str) -> bool:
    """Tell whether a word ties somebody to an event by suspicion or reaction."""
    if syntax.tokens[word].pos in {"VERB", "AUX"} and _is_suspicion(syntax, word, preposition):
        return True
    return _is_reaction(syntax, word, preposition)


def _is_at_rest(syntax: Syntax, person: int) -> bool:
    """Tell whether the sentence only says what somebody is: "the bomber is in prison"."""
    verb = syntax.tokens[person].head
    return syntax.tokens[person].dep == "nsubj" and syntax.lemmas[verb] in {"be", "remain", "serve"}


def _is_stirring(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun taken up is only said to stir people: "his arrest set off an uproar"."""
    token = syntax.tokens[index]
    if token.dep != "nsubj" or syntax.lemmas[token.head] not in words("modality", "stirring"):
        return False
    taken = any(syntax.words[i] in _TAKEN_UP for i in syntax.with_dep(index, "det", "poss"))
    return taken and not syntax.with_dep(index, "prep")


def _is_ranked(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun ranks what was told: "it was the first attack of its kind"."""
    head = syntax.tokens[index].head
    if syntax.tokens[index].dep != "attr" or syntax.lemmas[head] != "be":
        return False
    ranks = syntax.with_dep(index, "amod")
    return any(
        syntax.tokens[i].tag in {"JJS", "RBS"} or syntax.entity_label(i) == "ORDINAL"
        for rank in ranks
        for i in (rank, *syntax.children[rank])
    )


def _is_suspicion(syntax: Syntax, verb: int, preposition: str) -> bool:
    """Tell whether somebody is only tied to an event: "arrested over the attack", not "at"."""
    if syntax.lemmas[verb] not in words("modality", "suspecting"):
        return False
    return syntax.lemmas[verb] not in _ARRESTS or preposition in {"over", "for", "in", "of"}


def _is_reaction(syntax: Syntax, word: int, preposition: str) -> bool:
    """Tell whether people only react to it: "rallied over power cuts", "anger about a crash"."""
    over = preposition in {"over", "about", "against"}
    return over and syntax.lemmas[word] in words("modality", "reacting")


_ARRESTS = frozenset({"arrest", "detain", "question", "interrogate"})
_CULPRITS = words("grammar", "participants_attackers")
_EARLIER = frozenset({"earlier", "prior"})
_TAKEN_UP = frozenset({"the", "that", "this", "his", "her", "their", "its"})
_NAMING = frozenset({"prep", "acl", "relcl"})
