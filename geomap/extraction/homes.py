"""Names in the sentence of an event that tell of people and not of ground.

Where somebody lives ("a Leeds man", "Ann Noble, 26, of Selby"), where the hurt were taken ("to a
hospital in York"), and what stands around somebody's words about an event ("condemned the attack
while in Rome"). Unlike the rules of ``elsewhere.py`` these are no features of the linker.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import sayings, words

if TYPE_CHECKING:
    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax
    from geomap.model import Mention

_STEPS = 5
_REACH = 5  # words that "Derby, Kansas, man" takes behind the first name
_PEOPLE = words("classes", "people") | words("linking", "inhabitants")
_WARDS = words("linking", "wards")
_SEEING = frozenset({"count", "find", "post", "put", "record", "show"})
_WEATHER = frozenset({"cyclone", "front", "hurricane", "monsoon", "rain", "storm", "typhoon"})
_CARRY = words("linking", "carry")


def is_of_people(syntax: Syntax, mention: Mention, cue: Cue) -> bool:
    """Tell whether a name tells of people, and not where the event of a cue was."""
    head = syntax.head_of_span(mention.start, mention.end)
    if head is None:
        return False
    return (
        is_home(syntax, mention)
        or (cue.type == "detention" and _is_from_where(syntax, head))
        or is_ward(syntax, mention)
        or (not cue.verbal and _is_beside_words(syntax, head, cue.index))
    )


def is_home(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether a name says where somebody lives: "a Leeds man", "Ann Noble, 26, of Selby"."""
    head = syntax.head_of_span(mention.start, mention.end)
    return _is_before_person(syntax, mention) or (
        head is not None and _is_behind_person(syntax, head)
    )


def _is_before_person(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether a person follows: "a Leeds man", "a 25-year-old Derby, Kansas, man"."""
    following = syntax.span_tokens(mention.start, mention.end).stop
    for index in range(following, min(following + _REACH, len(syntax.tokens))):
        if syntax.words[index] == "," or index in syntax.mention_at:
            continue
        return syntax.words[index] in words("linking", "inhabitants")
    return False


def _is_behind_person(syntax: Syntax, head: int) -> bool:
    """Tell whether a name says of whom is told where they live: "Ann Noble, 26, of Selby"."""
    above = syntax.tokens[head].head
    if syntax.words[above] not in {"of", "from"}:
        return False
    governor = syntax.tokens[above].head
    if syntax.lemmas[governor] == "block":  # "Ann Noble of the 300 block of X"
        above = syntax.tokens[governor].head
        governor = syntax.tokens[above].head
    entity = syntax.entity_at.get(governor)
    label = syntax.annotation.entities[entity].label if entity is not None else ""
    aged = label == "DATE" and syntax.tokens[governor].pos == "NUM"
    each = syntax.words[governor] in {"all", "both"} and syntax.tokens[governor].dep == "appos"
    comes = syntax.words[above] == "from" and syntax.lemmas[governor] in _PEOPLE
    whose = label == "PERSON" or syntax.words[governor] in {"native", "resident"}
    return whose or aged or each or comes or _is_behind_age(syntax, above)


def _is_behind_age(syntax: Syntax, preposition: int) -> bool:
    """Tell whether an age stands before "of", whatever the parser makes of it: "Li, 24, of"."""
    before = syntax.words[max(0, preposition - 3) : preposition]
    return before[::2] == [",", ","] and before[1].isdigit()


def _is_from_where(syntax: Syntax, head: int) -> bool:
    """Tell whether a name behind people tells where they are from: "two men from X"."""
    above = syntax.tokens[head].head
    before = syntax.lemmas[above - 1] if above else ""
    return syntax.words[above] == "from" and before in _PEOPLE


_TEND = frozenset({"care", "treat", "hospitalize", "hospitalise"})


def is_ward(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether somebody was taken there: "flown to Boise", "died at a hospital in York"."""
    head = syntax.head_of_span(mention.start, mention.end)
    if head is None:
        return False
    below, ward = head, not _WARDS.isdisjoint(mention.text.lower().split())
    for above in islice(syntax.ancestors(head), _STEPS):
        lemma = syntax.lemmas[above]
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            weather = any(syntax.lemmas[i] in _WEATHER for i in syntax.with_dep(above, "nsubj"))
            to = syntax.words[below] == "to" and not weather  # "the storm brought hail to X"
            cared_for = lemma in _TEND and below > above
            return cared_for or (lemma in _CARRY and (to or ward) and below > above)
        ward = ward or lemma in _WARDS
        below = above
    return False


def is_speakers(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether somebody speaks from there: "an activist told reporters in Nairobi"."""
    head = syntax.head_of_span(mention.start, mention.end)
    for above in islice(syntax.ancestors(head), _STEPS) if head is not None else ():
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            return speaks(syntax, above) and head is not None and above < head
    return False


def speaks(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb is one of saying; "found refuge in X" is none, "found that" is one."""
    lemma = syntax.lemmas[verb]
    return lemma in sayings() and (lemma not in _SEEING or bool(syntax.with_dep(verb, "ccomp")))


def is_source(syntax: Syntax, mention: Mention) -> bool:
    """Tell whether a name is a source's: "according to Leeds police", "a Leeds nurse said"."""
    below = syntax.head_of_span(mention.start, mention.end)
    if below is None:
        return False
    for above in islice(syntax.ancestors(below), _STEPS):
        if syntax.words[above] == "according":
            return True
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            says = syntax.lemmas[above] in sayings()
            return says and syntax.tokens[below].dep == "nsubj"
        below = above
    return False


def _is_beside_words(syntax: Syntax, head: int, cue: int) -> bool:
    """Tell whether an event is only spoken of, and a name hangs on the speaking, not on it."""
    verb = syntax.tokens[cue].head
    if syntax.tokens[cue].dep == "pobj":
        verb = syntax.tokens[verb].head
    if syntax.lemmas[verb] not in words("linking", "reactions"):
        return False
    return syntax.tokens[cue].dep in {"dobj", "pobj"} and cue not in syntax.ancestors(head)
