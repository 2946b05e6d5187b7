"""What a place name is used for, told by the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import Use
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.model import Token


# Words that the name of a disease may have before or behind that of the place in it.
_LONGEST_DISEASE = 4


def use_of(tokens: Sequence[Token], first: int, last: int) -> Use:
    """Tell what the name ``tokens[first:last]``, no demonym and in no other name, is used for.

    ``UNKNOWN`` where the words around it do not tell.
    """
    if _before_title(tokens, last):
        return Use.EMBEDDED
    if _located(tokens, first):
        return Use.PLACE
    if _speaks(tokens, first, last):
        return Use.METONYM
    return Use.UNKNOWN


def is_no_place(
    tokens: Sequence[Token], first: int, last: int, knows: Callable[[str], bool]
) -> bool:
    """Tell whether a name is that of a weapon, or a part of that of a disease."""
    return is_disease(tokens, first, last) or is_weapon(tokens, first, last, knows)


def is_disease(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a name is a part of that of a disease: "West Nile virus"."""
    known = words().diseases
    start = max(0, first - _LONGEST_DISEASE)
    around = [token.text.lower() for token in tokens[start : last + _LONGEST_DISEASE]]
    return any(
        " ".join(around[begin:end]).replace(" - ", "-") in known
        for begin in range(first - start + 1)
        for end in range(last - start + 1, len(around) + 1)
    )


def is_weapon(tokens: Sequence[Token], first: int, last: int, knows: Callable[[str], bool]) -> bool:
    """Tell whether a name is that of a weapon: "Iskander missiles", but not "Moscow missiles"."""
    name = tokens[first].text.lower()
    if name.split("-")[0] in words().weapon_names:
        return True
    following = tokens[last].text.lower() if last < len(tokens) else ""
    if following not in words().weapon_words:
        return False
    return not knows(" ".join(token.text for token in tokens[first:last]))


def _located(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a preposition that only takes a place stands before the name: "in Kyiv"."""
    before = [token.text.lower() for token in tokens[max(0, first - 2) : first]]
    if before and before[-1] in {"the", *words().directions}:
        before.pop()
    return bool(before) and before[-1] in words().place_only_prepositions


def _before_title(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a title and a person's name follow: "Kyiv Mayor Vitali Klitschko"."""
    if last >= len(tokens) or tokens[last].text.lower() not in words().title_words:
        return False
    return tokens[last].text[0].isupper()


def _speaks(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether the name is the subject of a verb that only people can do.

    Without syntax the verb must follow the name.
    """
    root = next((t for t in tokens[first:last] if not first <= t.head < last), None)
    if root is not None and root.dep:
        return root.dep == "nsubj" and tokens[root.head].lemma.lower() in words().speech_verbs
    following = tokens[last].text.lower() if last < len(tokens) else ""
    return _lemma(following) in words().speech_verbs


def _lemma(verb: str) -> str:
    """Undo the regular endings of a verb, well enough to look it up."""
    known = words().speech_verbs
    irregular = {"said": "say", "denied": "deny", "denies": "deny"}
    forms = (verb, irregular.get(verb, verb), verb.removesuffix("s"), verb[:-1], verb[:-2])
    return next((form for form in forms if form in known), verb)
