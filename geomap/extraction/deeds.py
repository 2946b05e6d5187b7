"""Give what a hazard does the type of the hazard: "a mudslide washed away a bridge".

Both words are triggers, and tell of one happening; the more telling of the two names it.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax
    from geomap.ontology import EventType

_SOON_SENTENCES = 3
_NEXT_SENTENCES = 2
_PANIC = frozenset({"stampede", "crush"})
_FRIGHTENING = frozenset({"fire", "shooting", "explosion", "bombing", "protest", "riot"})
_TOPPLING = frozenset({"earthquake", "flood", "landslide", "storm"})
_FALLS = frozenset({"collapse", "cave", "crumble", "topple", "fall", "give", "come"})
_VIOLENT = frozenset({"armed_clash", "riot", "protest", "attack"})
_STATES = frozenset({"custody", "cell", "cells"})
_HAZARDS = frozenset({"meteorological", "hydrological", "geophysical"})


def settle(syntax: Syntax, cues: Sequence[Cue], types: Mapping[str, EventType]) -> list[Cue]:
    """Return the cues, with one type for a hazard as subject and the verb that says its deed."""
    settled = {cue.index: cue for cue in cues}
    for cue in cues:
        doers = [settled.get(i) for i in _subjects(syntax, cue.index)] if cue.verbal else []
        for doer in doers:
            if doer is None or doer.verbal:
                continue
            name = _name(types[doer.type], types[cue.type])
            if name is not None:
                settled[doer.index] = dataclasses.replace(doer, type=name)
                settled[cue.index] = dataclasses.replace(cue, type=name)
    told = _named_again(syntax, _without_states(syntax, [settled[cue.index] for cue in cues]))
    return _fled(syntax, _fallen(syntax, told))


def _named_again(syntax: Syntax, cues: Sequence[Cue]) -> list[Cue]:
    """Give "the violence" the type of the fighting or rioting that was told before it."""
    told: str | None = None
    found = []
    for cue in cues:
        known = syntax.lemmas[cue.index] == "violence" and _is_definite(syntax, cue.index)
        if cue.type in _VIOLENT and not known:
            told = cue.type
        found.append(dataclasses.replace(cue, type=told) if known and told else cue)
    return found


def _is_definite(syntax: Syntax, noun: int) -> bool:
    return any(syntax.words[i] == "the" for i in syntax.with_dep(noun, "det"))


def _without_states(syntax: Syntax, cues: Sequence[Cue]) -> list[Cue]:
    """Leave out "is in custody" where the text tells an arrest: it is what came of that."""
    arrests = [cue for cue in cues if cue.type == "detention"]
    states = {cue.index for cue in arrests if _is_state(syntax, cue)}
    return [cue for cue in cues if len(arrests) == len(states) or cue.index not in states]


def _is_state(syntax: Syntax, cue: Cue) -> bool:
    return syntax.words[cue.last - 1] in _STATES and syntax.tokens[cue.index].pos == "ADP"


def _fallen(syntax: Syntax, cues: Sequence[Cue]) -> list[Cue]:
    """Give houses that fall soon after a quake, a flood or a slide is told the type of that."""
    return _caused(syntax, cues, _TOPPLING, _is_fall, within_sentences=_SOON_SENTENCES)


def _fled(syntax: Syntax, cues: Sequence[Cue]) -> list[Cue]:
    """Give "a stampede" the type of what people ran from, told shortly before: a fire, a march."""
    return _caused(syntax, cues, _FRIGHTENING, _is_panic, within_sentences=_NEXT_SENTENCES)


def _caused(
    syntax: Syntax,
    cues: Sequence[Cue],
    causes: Collection[str],
    is_effect: Callable[[Syntax, Cue], bool],
    *,
    within_sentences: int,
) -> list[Cue]:
    """Give an effect without a day of its own the type of the last cause, told shortly before."""
    told: tuple[int, str] | None = None
    found = []
    for cue in cues:
        sentence = syntax.sentence_of[cue.index]
        effect = is_effect(syntax, cue)
        soon = told is not None and sentence - told[0] <= within_sentences
        if told is not None and effect and soon and not _has_own_day(syntax, cue):
            found.append(dataclasses.replace(cue, type=told[1]))
            continue
        if cue.type in causes and not effect:
            told = sentence, cue.type
        found.append(cue)
    return found


def is_flight(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether "a stampede" is part of what people ran from."""
    return _is_panic(syntax, cue) and cue.type in _FRIGHTENING


def _is_panic(syntax: Syntax, cue: Cue) -> bool:
    return syntax.lemmas[cue.index] in _PANIC


def _is_fall(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether a building falls."""
    return cue.type == "industrial_accident" and syntax.lemmas[cue.index] in _FALLS


def _has_own_day(syntax: Syntax, cue: Cue) -> bool:
    sentence = syntax.sentence(cue.index)
    return any(syntax.entity_label(i) == "DATE" for i in range(sentence.first, sentence.last))


def _subjects(syntax: Syntax, verb: int) -> list[int]:
    """Return who acts, and of what: "a string of explosions"."""
    own = syntax.subjects(verb)
    return own + [i for subject in own for i in syntax.prepositional(subject, "of")]


def _name(doer: EventType, deed: EventType) -> str | None:
    """Return which of two types names what is done; None where they are two happenings."""
    if doer.family in _HAZARDS and deed.family in _HAZARDS:
        return doer.name  # "floods buried a village under mud"
    if doer.name == "explosion" and deed.name in {"fire", "damage"}:
        return doer.name  # "explosions set a factory ablaze"
    if doer.family in _HAZARDS - {"meteorological"} and deed.family == "transport":
        return deed.name  # "a landslide derailed a train"
    return None
