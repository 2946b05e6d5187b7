"""What is called to mind: the dead of another year, the riots of 2005, the floods of July.

No day of publication is needed to know that these are told to compare with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap.extraction.calendar_days import MONTH_NUMBERS, WEEKDAYS
from geomap.extraction.lexicon import words

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax

_YEARS = frozenset({"year", "decade", "century"})
_BACK = frozenset({"ago", "earlier", "before", "previously"})
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_HONORS = frozenset({"remember", "commemorate", "honor", "honour"})  # the dead of long ago
_LAST = frozenset({"last", "previous"})
_SEASON = frozenset({"year", "month", "summer", "winter", "spring", "autumn", "fall", "season"})


def is_recalled(syntax: Syntax, index: int) -> bool:
    """Tell whether the event at token ``index`` is called to mind from another year or month."""
    return (
        _is_long_ago(syntax, index)
        or _is_remembered(syntax, index)
        or _is_of_year(syntax, index)
        or _is_of_another_month(syntax, index)
    )


def _is_long_ago(syntax: Syntax, index: int) -> bool:
    """Tell whether the clause says that it was years ago, which no day of publication needs."""
    sentence = syntax.sentence(index)
    if any(word in WEEKDAYS for word in syntax.words[sentence.first : sentence.last]):
        return False  # parsers hang "over murders a decade ago" on the arrest of Thursday
    around = {*syntax.children[index], *syntax.children[syntax.clause_of(index)]}
    for clause in syntax.with_dep(index, "relcl"):  # "protests that began the war years ago"
        around.update(syntax.children[clause])
    return any(
        syntax.words[i] in _BACK
        and any(syntax.lemmas[n] in _YEARS for n in syntax.with_dep(i, "npadvmod"))
        for i in around
    )


def _is_remembered(syntax: Syntax, index: int) -> bool:
    """Tell whether an event is what is commemorated: "the bombing was marked in a church".

    So is what those who died of it died of: "remembers the dead of the fire".
    """
    for node in (index, *syntax.ancestors(index)):
        token = syntax.tokens[node]
        if token.dep in {"dobj", "nsubjpass"}:
            verbs = words("modality", "remembering") if node == index else _HONORS
            return syntax.lemmas[token.head] in verbs
        if token.dep not in {"prep", "pobj", "conj"} or token.pos in {"VERB", "AUX"}:
            return False
    return False


def _is_of_year(syntax: Syntax, index: int) -> bool:
    """Tell whether a clause tells of a year that is called to mind: "recall 2005, when riots …"."""
    return any(
        syntax.tokens[node].dep == "relcl"
        and _YEAR.fullmatch(syntax.words[syntax.tokens[node].head])
        for node in (index, *syntax.ancestors(index))
    )


def _is_of_another_month(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun is named by its month or year, as no news of the day is.

    "Hardly recovered from July's floods", "last year's riots"; "Monday's floods" are news.
    """
    for owner in syntax.with_dep(index, "poss"):
        if (
            syntax.lemmas[owner] in MONTH_NUMBERS
            or _YEAR.fullmatch(syntax.words[owner]) is not None
        ):
            return True
        last = any(syntax.words[i] in _LAST for i in syntax.with_dep(owner, "amod", "det"))
        if last and syntax.lemmas[owner] in _SEASON:
            return True
    return False


def is_of_anniversary(syntax: Syntax, noun: int) -> bool:
    """Tell whether a noun is what an anniversary is of."""
    return any(syntax.lemmas[i] == "anniversary" for i in syntax.ancestors(noun))
