"""Tell figures of speech from events: "a flood of complaints", "the rupee crashed".

What is attacked, killed, flooded or hit must be people, things or ground. Protests and arrests are
not asked: those may well be about a law, or political.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.extraction.syntax import Syntax

_PLAIN_FAMILIES = frozenset({"unrest", "diplomacy", "cyber", "posture", "alert"})
_PLAIN_TYPES = frozenset({"detention", "utility_outage", "epidemic", "damage"})
_GAMES = frozenset({"battle", "violence", "strike"})
_CONTESTS = frozenset({"battle", "fight", "shootout", "shoot-out", "combat"})
_FAR = 60
_LINES = frozenset({"row", "series"})  # "ploughed into a row of lorries"
# "5-2", not "5-2 majority", "9-11 attacks" or "10-15 men".
_SCORE = re.compile(
    r"\b\d{1,3}\s?[-–]\s?\d{1,3}"
    r"(?=\s*(?:$|[^\w\s–-]|(?:in|on|at|to|by|for|over|after|against|before|win|loss|victory|rout)\b))"
)
_NEAR_CHARS = 60
_SPORT_WORDS = 2
_SIMILE = 2  # words that an article and an adjective take after "like"


def is_figurative(syntax: Syntax, index: int, event_type: str, family: str) -> bool:
    """Tell whether the trigger at ``index`` is a picture of something else."""
    if family in _PLAIN_FAMILIES or event_type in _PLAIN_TYPES:
        return False
    if family in _GAMES and (_is_game(syntax, index) or _is_unarmed(syntax, index)):
        return True
    if _is_scored(syntax, index) or _is_of_speaker(syntax, index):
        return True
    if syntax.tokens[index].pos in {"VERB", "AUX"}:
        return _verb(syntax, index)
    return _noun(syntax, index)


def _noun(syntax: Syntax, index: int) -> bool:
    around = {syntax.lemmas[i] for i in syntax.modifiers(index)}
    if around & words("figurative", "modifiers"):
        return True
    about = ("for", *_ABOUT) if syntax.lemmas[index] in _CONTESTS else _ABOUT
    if _all_abstract(syntax, syntax.prepositional(index, *about)):
        return True  # "a storm of criticism", "a battle for trust"
    if _is_word_of(syntax, index) or _is_simile(syntax, index):
        return True
    return _is_of_things(syntax, index) or _is_under(syntax, index) or _is_in_field(syntax, index)


def _is_simile(syntax: Syntax, index: int) -> bool:
    before = set(syntax.words[max(0, index - _SIMILE) : index])
    if syntax.words[syntax.tokens[index].head] == "like" and not before.isdisjoint({"a", "an"}):
        return True  # "came down like an avalanche on the firm"
    return "like" in before and not syntax.with_dep(index, "prep")


def _is_word_of(syntax: Syntax, noun: int) -> bool:
    """Tell whether those who fire it have only words: "the opposition fired a salvo"."""
    if _any_in(syntax, syntax.prepositional(noun, "by", "from", "on", "against"), "wordy"):
        return True
    verb = syntax.tokens[noun].head
    fired = syntax.tokens[noun].dep == "dobj" and syntax.lemmas[noun] in _VOLLEYS
    return fired and _any_in(syntax, syntax.subjects(verb), "wordy")


_VOLLEYS = frozenset({"salvo", "barrage", "volley", "broadside", "bombardment"})
_ABOUT = ("of", "on", "against", "over")


def _is_in_field(syntax: Syntax, noun: int) -> bool:
    """Tell whether it is in none of places: "an explosion in sales", "in the fashion world"."""
    within = syntax.prepositional(noun, "in")
    kinds = [m for i in within for m in syntax.modifiers(i)]
    return _all_abstract(syntax, within) or _any_in(syntax, within + kinds, "fields")


_THINGS = ("weapon", "vehicle", "building", "target", "aircraft", "place", "people", "military")
_GROUND = ("place",)


def _is_of_things(syntax: Syntax, noun: int) -> bool:
    """Tell whether a force of nature is one of something else: "a hurricane of blows"."""
    if syntax.lemmas[noun] not in words("figurative", "forces"):
        return False
    # "A bombardment of civilians" hits them; "a flood of civilians" is made of them.
    things = _GROUND if syntax.lemmas[noun] in words("figurative", "elements") else _THINGS
    return any(
        syntax.tokens[i].pos == "NOUN"
        and syntax.lemmas[i] not in words("figurative", "natural")
        and not any(syntax.lemmas[i] in words("classes", name) for name in things)
        for i in syntax.prepositional(noun, "of")
    )


def _is_under(syntax: Syntax, noun: int) -> bool:
    """Tell whether somebody is only said to be under it: "under siege over the budget"."""
    head = syntax.tokens[noun].head
    if syntax.words[head] != "under":
        return False
    verb = syntax.tokens[head].head
    about = syntax.prepositional(verb, "over", "for") + syntax.prepositional(noun, "over", "for")
    critics = syntax.prepositional(verb, "from", "by")
    return _all_abstract(syntax, about) or _any_in(syntax, critics, "wordy")


def _verb(syntax: Syntax, index: int) -> bool:
    patients, agents = syntax.objects(index), syntax.subjects(index)
    if _all_abstract(syntax, patients or agents or syntax.with_dep(index, "nsubj")):
        return True
    if _all_abstract(syntax, agents) or _is_about_ideas(syntax, index):
        return True
    # "A flood of tourists swamped the island", "fought a legal battle".
    tourists = agents and all(_is_of_things(syntax, agent) for agent in agents)
    if tourists or (patients and all(_is_contest(syntax, patient) for patient in patients)):
        return True
    lemma = syntax.lemmas[index]
    particles = {syntax.words[i] for i in syntax.with_dep(index, "prt", "advmod", "prep")}
    if lemma in {"storm", "crash"} and particles & {"out", "off"}:
        return True  # of a meeting, of a race
    if _any_in(syntax, agents, "wordy") and lemma in _VERBAL_BLOWS:
        return True
    back = any(syntax.words[i] == "back" for i in syntax.with_dep(index, "advmod", "prt"))
    return back and lemma in {"fire", "shoot", "hit"}


def _is_contest(syntax: Syntax, noun: int) -> bool:
    return syntax.lemmas[noun] in _CONTESTS and _noun(syntax, noun)


def _is_about_ideas(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb's complement is none of things: "drown in debt", "clash over tariffs"."""
    prepositions = ["with", "into", "at", *_OF_IDEAS.get(syntax.lemmas[verb], ())]
    return any(_all_abstract(syntax, syntax.prepositional(verb, word)) for word in prepositions)


_VERBAL_BLOWS = frozenset(
    {"attack", "assault", "pound", "hit", "strike", "target", "bombard", "ambush", "fire", "storm"}
    | {"hijack", "torch", "blast"}
)
_OF_IDEAS = {"drown": ("in",)} | dict.fromkeys(
    ("clash", "fight", "battle"), ("over", "about", "on")
)


def _all_abstract(syntax: Syntax, indices: Iterable[int]) -> bool:
    """Tell whether there are nouns, and none is a name, a person or a thing."""
    found = list(indices)
    return bool(found) and all(
        syntax.lemmas[i] in words("figurative", "abstract")
        and i not in syntax.mention_at
        and not (syntax.lemmas[i] in _LINES and syntax.prepositional(i, "of"))
        for i in found
    )


def _any_in(syntax: Syntax, indices: Iterable[int], key: str) -> bool:
    return any(syntax.lemmas[i] in words("figurative", key) for i in indices)


def _is_unarmed(syntax: Syntax, index: int) -> bool:
    """Tell whether a battle or a shootout has nothing of arms in its sentence."""
    if syntax.lemmas[index] not in _CONTESTS:
        return False
    return not _around(syntax, index) & words("figurative", "armed")


def _is_game(syntax: Syntax, index: int) -> bool:
    lemmas = _around(syntax, index)
    return (
        len(lemmas & words("figurative", "sport")) >= _SPORT_WORDS
        and not lemmas & words("figurative", "spectators")
        and not lemmas & words("figurative", "harm")
    )


def _is_scored(syntax: Syntax, index: int) -> bool:
    """Tell whether a result follows: "the Avalanche buried the Senators 5-2"."""
    start, sentence = syntax.tokens[index].end, syntax.sentence(index)
    end = min(sentence.end, start + _NEAR_CHARS)
    return _SCORE.search(syntax.text, start, end) is not None and _around(syntax, index).isdisjoint(
        words("figurative", "harm")
    )


def _is_of_speaker(syntax: Syntax, index: int) -> bool:
    """Tell whether a speaker calls a trouble theirs: "this is our fire, and we put it out"."""
    own = {syntax.words[i] for i in syntax.with_dep(index, "poss")}
    said = syntax.lemmas[syntax.tokens[index].head] == "be" and syntax.tokens[index].dep == "attr"
    return said and not own.isdisjoint({"my", "our", "your", "their"})


def _around(syntax: Syntax, index: int) -> set[str]:
    """Return the words of the sentence; of a very long one those near the trigger."""
    sentence = syntax.sentence(index)
    low, high = max(sentence.first, index - _FAR), min(sentence.last, index + _FAR)
    return set(syntax.lemmas[low:high])
