"""Days that stand beside an event and are not its own: of saying, of counting, of what came after.

"Said on Monday", "the toll rose on Sunday", "was buried on Friday", "will march next week".
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words
from geomap.extraction.timereaders import NIGHT

if TYPE_CHECKING:
    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.syntax import Syntax
    from geomap.extraction.tellings import Telling

_RISING = frozenset({"rise", "climb", "reach", "stand", "increase", "jump", "pass"})
_AROUND = 24  # words that are looked at for a superlative
_FRONT = 4  # words that a date in front of a sentence takes
_LATER = (
    words("linking", "later")
    | words("linking", "apart")
    | words("linking", "carry")
    | words("linking", "reactions")
)
# Verbs that tell what was done or said after a happening, whose day is no day of it.
LATER = _LATER | sayings()
DYING = frozenset({"die", "succumb"})
HEALING = frozenset({"hospital", "clinic", "infirmary", "surgery", "wound"})
_PERSONS = frozenset({"he", "she", "they", "i", "we"})
_LYING = frozenset({"lie", "sit"})
_GOING_ON = frozenset(
    {"strand", "stay", "spend", "sleep", "remain", "keep", "work", "search", "wait", "trap"}
    | {"continue", "stand", "guard", "patrol", "camp", "shelter", "toil", "labor", "dig"}
)
_ENDING = frozenset({"contain", "extinguish", "douse", "quell", "release", "free"})
_CEREMONIES = frozenset(
    {"funeral", "vigil", "memorial", "service", "ceremony", "mass", "wake", "rite", "prayer"}
    | {"search", "trial", "hearing", "inquest", "inquiry"}
)


def dates_speech(syntax: Syntax, head: int, time: TimeExpression) -> bool:
    """Tell whether the day is that of a verb of saying ("said on Monday").

    A date in front of the sentence with day and month dates what is told: "On May 3, the
    ministry said that …"; a weekday there dates the telling as often as not.
    """
    if _follows_speech(syntax, time):
        return True
    exact = "weekday" not in time.rule and time.is_day and not time.anchored
    for above in syntax.ancestors(head):
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            lemma = syntax.lemmas[above]
            lives = any(syntax.lemmas[i] == "life" for i in syntax.objects(above))
            if lives or syntax.with_dep(above, "prt"):
                return False  # "claimed 12 lives on Monday", "put out a blaze on Monday"
            before = all(head < subject for subject in syntax.with_dep(above, "nsubj"))
            if before and (exact or head - syntax.sentence(head).first > _FRONT):
                return False
            return lemma in words("speech", "says") or lemma in words("speech", "claims")
        if syntax.tokens[above].pos in {"NOUN", "PROPN"}:
            return False
    return False


def _follows_speech(syntax: Syntax, time: TimeExpression) -> bool:
    """Tell whether a day stands right after a verb of saying: "said on Tuesday it had …"."""
    before = syntax.span_tokens(time.start, time.end).start - 1
    if before >= 0 and syntax.words[before] in {"on", "late", "early"}:
        before -= 1
    if before < 0 or syntax.tokens[before].pos != "VERB":
        return False
    return syntax.lemmas[before] in sayings()


def is_of_later(syntax: Syntax, verb: int, cue: int) -> bool:
    """Tell whether a verb says what was done after an event that is told below it.

    "The bodies of those whom a bomb killed were recovered", "the fire was put out".
    """
    subjects = {syntax.lemmas[i] for i in syntax.with_dep(verb, "nsubj", "nsubjpass")}
    arguments = {*syntax.with_dep(verb, "nsubj", "nsubjpass"), *syntax.objects(verb)}
    if cue in arguments:
        return syntax.lemmas[verb] in _ENDING
    if syntax.lemmas[verb] not in _LATER and subjects.isdisjoint(_CEREMONIES):
        return False
    for node in (cue, *syntax.ancestors(cue)):
        if node == verb:
            return False
        if syntax.tokens[node].dep in {"relcl", "acl"}:
            return verb in syntax.ancestors(node)
    return False


def dates_record(syntax: Syntax, head: int, time: TimeExpression) -> bool:
    """Tell whether a time is that of a record or a count, not of what is counted.

    "The worst crash this year", "the toll rose to 12 on Sunday".
    """
    if _is_counting(syntax, head):
        return True
    if time.is_day:
        return False
    around = (i for above in (head, *syntax.ancestors(head)) for i in syntax.children[above])
    return any(
        syntax.tokens[i].tag in {"JJS", "RBS"} or syntax.words[i] in words("grammar", "ordinals")
        for i in islice(around, _AROUND)
        if syntax.tokens[i].dep in {"amod", "acomp", "attr", "advmod"}
    )


def _is_counting(syntax: Syntax, head: int) -> bool:
    """Tell whether a day is that of a count: "the toll rose on Sunday", not "the quake of"."""
    above = (i for i in syntax.ancestors(head) if syntax.tokens[i].pos != "ADP")
    verb = next(above, head)
    counts = {syntax.lemmas[i] for i in syntax.with_dep(verb, "nsubj")}
    return syntax.lemmas[verb] in _RISING and not counts.isdisjoint({"toll", "number", "count"})


def is_to_come(syntax: Syntax, time: TimeExpression) -> bool:
    """Tell whether a day is after publication, or said to be the next: it dates a plan.

    So does "for Sunday": "a strike that they had called for Sunday".
    """
    text, published = syntax.text, syntax.annotation.document.published
    if time.is_day and _is_set_for(syntax, time):
        return True
    if published is not None and time.first is not None:
        return time.first > published
    return text[time.start : time.end].lower().startswith(("next", "tomorrow"))


def _is_set_for(syntax: Syntax, time: TimeExpression) -> bool:
    head = syntax.head_of_span(time.start, time.end)
    if head is None or syntax.tokens[head].dep != "pobj":
        return False
    return syntax.words[syntax.tokens[head].head] == "for"


def dates_state(syntax: Syntax, head: int, time: TimeExpression) -> bool:
    """Tell whether a time is that of what goes on, in which nothing happens anew.

    "She was in critical condition overnight", "stranding 300 travelers overnight", "the runways lay
    under water on Monday".
    """
    verb = syntax.clause_of(head)
    lemma = syntax.lemmas[verb]
    if lemma == "be":
        around = syntax.with_dep(verb, "nsubj", "advmod")  # "were still under concrete on Monday"
        return any(syntax.words[i] in _PERSONS or syntax.words[i] == "still" for i in around)
    return lemma in _LYING or (time.rule == NIGHT and lemma in _GOING_ON)


def is_death(syntax: Syntax, telling: Telling) -> bool:
    """Tell whether a telling says that somebody died, which may be days after the deed."""
    cue = telling.cue.index
    if syntax.lemmas[cue] not in DYING:
        return False
    return telling.of_toll or not HEALING.isdisjoint(syntax.lemmas[i] for i in syntax.subtree(cue))
