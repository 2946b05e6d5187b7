"""Who takes part in what a cue tells: people by name, and those that the text spoke of before.

"The gunman opened fire", "the bus fell", "shooting him again" go on with what was told, as "the
shooting" does: who takes part is known already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.cues import Cue
    from geomap.extraction.syntax import Syntax

_OPENING_PLACE = 6
_OPENING = 4  # words behind "in"
_KNOWN = frozenset({"the", "both"})
_PRONOUNS = frozenset({"he", "him", "she", "her", "they", "them"})
# An army or the police are known to everybody: "the police" were not spoken of before.
_RESUMED = (
    words("classes", "gunman")
    | words("classes", "people")
    | words("classes", "vehicle")
    | words("classes", "aircraft")
    | words("grammar", "participants_vessels")
) - words("grammar", "participants_unique")


def goes_on(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether a verb has somebody or something in it that was spoken of before."""
    if not cue.verbal:
        return False
    first = syntax.sentence(cue.index).first
    return any(_is_known(syntax, index, first) for index in _arguments(syntax, cue))


def retells(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether a noun is told again for its day or place: "the crash happened at noon".

    A noun with a place of its own in front ("the Lima crash") may be another.
    """
    verb, dep = syntax.tokens[cue.index].head, syntax.tokens[cue.index].dep
    if dep == "dobj" and syntax.lemmas[verb] in words("grammar", "participants_reacts"):
        return True  # "condemned the attack"
    if dep not in {"nsubj", "nsubjpass"} or syntax.lemmas[verb] not in words(
        "grammar", "participants_happens"
    ):
        return False
    own = syntax.modifiers(cue.index)
    return not any(index in syntax.mention_at for index in own)


def opens_another(syntax: Syntax, opener: int) -> bool:
    """Tell whether a sentence begins with one of a series: "In a third incident, gunmen …"."""
    if syntax.words[opener] == "also":
        return syntax.words[opener + 1 : opener + 2] in (["on"], ["in"])  # "Also on Tuesday, …"
    following = syntax.words[opener + 1 : opener + 1 + _OPENING]
    if syntax.words[opener] == "hours":
        return following[:1] in (["earlier"], ["before"])  # "Hours earlier, …"
    if syntax.words[opener] != "in":
        return False
    another = words("grammar", "tellings_fresh") | words("grammar", "ordinals") - {"first"}
    series = any(word in words("grammar", "participants_series") for word in following)
    return series and not another.isdisjoint(following)


def opens_place(syntax: Syntax, opener: int) -> bool:
    """Tell whether a sentence opens with a place: "In Lodwar, …", "In the Thai town of Trat, …"."""
    if syntax.words[opener] not in {"in", "at", "near", "outside"}:
        return False
    following = range(opener + 1, min(opener + 1 + _OPENING_PLACE, len(syntax.words)))
    return any(index in syntax.mention_at for index in following)


def is_aftermath(syntax: Syntax, cue: Cue) -> bool:
    """Tell whether those who attacked are harmed or killed: "the gunman was shot dead"."""
    return cue.verbal and any(
        syntax.lemmas[index] in words("grammar", "participants_attackers")
        for index in syntax.objects(cue.index)
    )


def sets_fire(syntax: Syntax, verb: int) -> bool:
    """Tell whether a verb says that somebody set a fire: "huts were torched", not "burned"."""
    if syntax.lemmas[verb] in {"torch", "set", "raze"}:
        return True
    return syntax.lemmas[verb] == "burn" and bool(syntax.with_dep(verb, "dobj", "auxpass"))


def names(syntax: Syntax, cue: Cue) -> frozenset[str]:
    """Return the last names of the people in a cue, in small letters: "the killing of Ann Li"."""
    entities = syntax.annotation.entities
    found = {
        entities[syntax.entity_at[index]].text.split()[-1].lower()
        for index in _arguments(syntax, cue)
        if index in syntax.entity_at
        and entities[syntax.entity_at[index]].label == "PERSON"
        and index not in syntax.mention_at
    }
    return frozenset(found)


def _arguments(syntax: Syntax, cue: Cue) -> Iterator[int]:
    yield from syntax.objects(cue.index)
    if cue.verbal:
        yield from syntax.subjects(cue.index)
    else:
        yield from syntax.with_dep(cue.index, "poss")
        yield from syntax.prepositional(cue.index, "of", "by", "on")


def _is_known(syntax: Syntax, index: int, first: int) -> bool:
    """Tell whether a noun phrase takes up somebody: "the driver", "they"; not "the bus to X"."""
    if syntax.words[index] in _PRONOUNS:
        return not any(_is_person(syntax, i) for i in range(first, index))
    if syntax.words[index] in {"others", "another"} or _is_one_of(syntax, index):
        return True
    if syntax.lemmas[index] not in _RESUMED:
        return False
    own = syntax.children[index]
    plain = all(syntax.tokens[i].dep not in {"prep", "relcl", "acl"} for i in own)
    return plain and any(syntax.words[i] in _KNOWN for i in syntax.with_dep(index, "det"))


def _is_one_of(syntax: Syntax, index: int) -> bool:
    """Tell whether it is one of those spoken of before: "two of them", "a third was shot"."""
    if any(syntax.words[i] == "them" for i in syntax.prepositional(index, "of")):
        return True
    ordinal = syntax.words[index] in words("grammar", "ordinals") - {"first"}
    return ordinal and bool(syntax.with_dep(index, "det"))


def _is_person(syntax: Syntax, index: int) -> bool:
    """Tell whether a word is somebody that a pronoun of the same sentence may stand for."""
    return syntax.lemmas[index] in words("classes", "people") or index in syntax.entity_at
