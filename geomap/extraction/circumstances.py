"""Tell circumstances from events: where something struck, why it failed, what it went on to do.

"A bomb exploded at a rally", "the roof collapsed under heavy rain", "flights were delayed by strong
winds", "the fighting killed 19", "a tram jumped the rails and hit a bus stop".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax
    from geomap.ontology import EventType

# What happened to those who marched is the event; the march is where.
_AT_A_PROTEST = frozenset({"strike", "violence", "effect", "transport", "technological"})
_RAIN = frozenset({"rain", "rainfall", "downpour", "snow", "snowfall", "lightning"})
_HARMING = frozenset({"kill", "wound", "injure", "shoot", "stab", "die", "hurt", "assassinate"})
_IN_STORMS = frozenset({"transport", "technological"})
_OF_ONE_SUBJECT = frozenset({"conj", "advcl", "pcomp"})
_MISHAPS = frozenset({"transport", "hydrological", "meteorological", "geophysical"})
_BRAWLS = frozenset({"brawl", "scuffle", "melee", "fistfight", "altercation"})
_VISITS = frozenset({"leave", "attend", "address", "join", "watch", "cover", "film", "flee"})
_OCCURS = frozenset({"break", "erupt", "happen", "occur"})
_WHERE = frozenset({"at", "near", "outside", "during", "on", "into", "through", "amid"})


def is_circumstance(
    syntax: Syntax, types: Mapping[str, EventType], cue: Cue, events: Mapping[int, Cue]
) -> bool:
    """Tell whether a cue is told with another event, or with none, and is none of its own.

    ``events`` are the cues of the text by their word.
    """
    if types[cue.type].family == "alert" and _is_exercise(syntax, cue):
        return True
    if cue.verbal:
        return _is_harm_of(syntax, types, cue, events) or _goes_on(syntax, types, cue, events)
    if types[cue.type].family == "unrest":
        left = _is_rally_left(syntax, cue)
        return left or _is_rally_where(syntax, types, cue, events)
    if types[cue.type].family == "meteorological" or syntax.lemmas[cue.index] in _RAIN:
        return _is_weather_why(syntax, types, cue, events)
    return syntax.lemmas[cue.index] == "raid" and _is_raid_how(syntax, cue, events)


def _is_harm_of(
    syntax: Syntax, types: Mapping[str, EventType], cue: Cue, events: Mapping[int, Cue]
) -> bool:
    """Tell whether a verb of killing only says what an event did.

    "The fighting killed 19", "kill 96 in attacks", "gunned down in a clash".
    """
    within = [*syntax.prepositional(cue.index, "in", "during")]
    within = [i for i in within if syntax.lemmas[i] not in _BRAWLS]
    if cue.type == "shooting":
        return any(i in events and types[events[i].type].family == "battle" for i in within)
    if cue.type != "killing":
        return False
    return any(i in events for i in (*syntax.subjects(cue.index), *within))


def _goes_on(
    syntax: Syntax, types: Mapping[str, EventType], cue: Cue, events: Mapping[int, Cue]
) -> bool:
    """Tell whether one accident goes on: "a tram jumped the rails and hit a bus stop".

    So do riots: "prisoners rioted, taking six guards hostage".
    """
    token = syntax.tokens[cue.index]
    head = token.head
    if token.dep == "pcomp":  # "sank after hitting a pier"
        head = syntax.tokens[head].head
    before = events.get(head)
    if before is None or syntax.with_dep(cue.index, "nsubj", "nsubjpass"):
        return False
    family = types[before.type].family
    if token.dep in _OF_ONE_SUBJECT and cue.type == before.type and family in _MISHAPS:
        return True  # "a lake breached its bank and inundated two villages"
    if token.dep == "advcl" and token.tag == "VBG":
        return family == "unrest" and cue.type == "abduction"
    if token.dep != "conj" or family != "transport":
        return False
    crash = types[cue.type].family == "transport" and cue.type != before.type
    return crash or cue.type == "explosion"  # "plunged into a street and exploded"


def _is_rally_where(
    syntax: Syntax, types: Mapping[str, EventType], cue: Cue, events: Mapping[int, Cue]
) -> bool:
    """Tell whether a protest is only where something struck: "a bomb exploded at a rally"."""
    for preposition, governor in pairwise(syntax.ancestors(cue.index)):
        brawl = syntax.words[preposition] == "in" and syntax.lemmas[cue.index] in _BRAWLS
        where = syntax.words[preposition] in _WHERE or brawl
        if syntax.tokens[preposition].pos != "ADP" or not where:
            continue
        struck = next((i for i in _happening(syntax, governor) if i in events), None)
        if struck is not None:
            return types[events[struck].type].family in _AT_A_PROTEST
        verbs = {syntax.lemmas[governor], syntax.lemmas[syntax.tokens[governor].head]}
        if not verbs.isdisjoint(_HARMING):
            return True
    return False


def _happening(syntax: Syntax, governor: int) -> list[int]:
    """Return what is or does: of "a stampede broke out" the noun too."""
    occurs = syntax.lemmas[governor] in _OCCURS
    return [governor, *(syntax.subjects(governor) if occurs else ())]


def _is_exercise(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether an alarm is only practiced: "evacuated in a drill"; soldiers do die in one."""
    within = syntax.prepositional(cue.index, "in", "during", "for")
    return any(syntax.lemmas[i] in words("modality", "imagined") for i in within)


def _is_rally_left(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether a rally is where somebody came from: "was arrested as she left a rally"."""
    token = syntax.tokens[cue.index]
    verb = token.head
    visited = token.dep == "dobj" and syntax.lemmas[verb] in _VISITS
    return visited and syntax.tokens[verb].dep in {"advcl", "relcl", "acl", "pcomp", "xcomp"}


def _is_weather_why(
    syntax: Syntax, types: Mapping[str, EventType], cue: Cue, events: Mapping[int, Cue]
) -> bool:
    """Tell whether weather is only why: "sank in a storm", "was delayed by strong winds"."""
    token = syntax.tokens[cue.index]
    if token.dep == "nsubj" and syntax.lemmas[token.head] in words("modality", "hampering"):
        return True  # "strong winds hampered the search"
    for preposition, governor in pairwise(syntax.ancestors(cue.index)):
        if syntax.tokens[preposition].pos != "ADP":
            continue
        if syntax.lemmas[governor] in words("modality", "hampered"):
            return True
        if syntax.lemmas[cue.index] in _RAIN:
            return syntax.words[preposition] != "of"  # "a bolt of lightning"
        other = events.get(governor)
        drowned = other is not None and types[other.type].family in _IN_STORMS
        return drowned or _is_cause(syntax, preposition, governor, events)
    return False


def _is_raid_how(syntax: Syntax, cue: Cue, events: Mapping[int, Cue]) -> bool:
    """Tell whether a raid is how somebody was caught: "arrested in raids"."""
    for preposition, governor in pairwise(syntax.ancestors(cue.index)):
        if syntax.tokens[preposition].pos == "ADP":
            other = events.get(governor)
            caught = other is not None and other.type == "detention"
            return caught or _is_cause(syntax, preposition, governor, events)
    return False


def _is_cause(syntax: Syntax, preposition: int, governor: int, events: Mapping[int, Cue]) -> bool:
    """Tell whether a storm is told as what brought another: "floods triggered by a storm"."""
    brought = syntax.words[preposition] == "by" and syntax.tokens[governor].dep == "acl"
    return brought and syntax.tokens[governor].head in events
