"""Tell whether a toll is a total over a stretch of time: of a war, a season, "so far this year".

Such a total is no toll of the event that a sentence tells beside it.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from geomap.extraction.timereaders import STRETCH

if TYPE_CHECKING:
    from geomap.extraction.dates import TimeExpression
    from geomap.extraction.scene import Scene
    from geomap.extraction.tellings import Telling
    from geomap.extraction.tolls import Toll

_WARS = frozenset({"war", "conflict", "pandemic", "violence", "insurgency", "crisis"})
_LASTING = frozenset({"biological", "climatological"})  # "cholera has killed 400 since October"
_FOR_DAYS = frozenset({"battle", "hydrological", "meteorological", "unrest"})
_SHORT_TOTAL_DAYS = 10  # "floods have killed 31 since Saturday" is their toll
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_YEARS = frozenset({"year", "decade", "annually", "yearly"})
_SEASONS = frozenset({"season", "monsoon", "winter", "summer"})
_THESE = frozenset({"this", "the", "current"})
_COUNTED = frozenset({"toll", "dead", "death", "killing", "killed", "number"})


def is_total(scene: Scene, toll: Toll, owner: Telling | None) -> bool:
    """Tell whether a toll is a total since some day, of a war rather than of an event."""
    syntax = scene.syntax
    family = scene.types[owner.cue.type].family if owner is not None else ""
    if family in _LASTING:
        return False
    if any(syntax.lemmas[i] in _WARS for i in syntax.subjects(toll.index)):
        return True
    clause = syntax.clause_of(toll.index)
    if owner is None and _is_since(scene, clause):
        return True
    if any(tells(scene, toll, clause) for tells in (_is_of_a_kind, _is_of_a_season, _is_of_a_year)):
        return True
    for time in scene.times_around(toll.index):
        if not _is_long(scene, time, lasting=family in _FOR_DAYS):
            continue
        head = syntax.head_of_span(time.start, time.end)
        above = head is None or head in syntax.ancestors(clause)
        if head is not None and not above and not _is_in_aside(scene, head, clause):
            return True
    return False


def _is_of_a_kind(scene: Scene, toll: Toll, clause: int) -> bool:
    """Tell whether such events harmed so many over years: "road accidents claimed 2,883 lives"."""
    syntax = scene.syntax
    told = [*syntax.subjects(toll.index), *syntax.prepositional(toll.index, "in", "by")]
    causes = [i for i in told if syntax.tokens[i].tag == "NNS"]
    kind = any(not syntax.with_dep(i, "det", "nummod", "poss", "prep") for i in causes)
    return kind and any(syntax.lemmas[i] in _YEARS for i in syntax.subtree(clause))


def _is_since(scene: Scene, clause: int) -> bool:
    """Tell whether a toll is counted from what went before it: "since the operation began"."""
    syntax = scene.syntax
    marks = [
        mark
        for below in syntax.with_dep(clause, "advcl", "prep")
        for mark in (below, *syntax.with_dep(below, "mark"))
    ]
    return any(syntax.words[mark] == "since" for mark in marks)


def _is_long(scene: Scene, time: TimeExpression, *, lasting: bool) -> bool:
    """Tell whether a toll over a stretch is a total: "since May", "so far this year"."""
    if not time.cumulative:
        said = scene.syntax.text[time.start : time.end].lower()
        return time.rule == STRETCH and "year" in said
    return not (lasting and 0 < time.days <= _SHORT_TOTAL_DAYS)


def _is_in_aside(scene: Scene, head: int, clause: int) -> bool:
    """Tell whether a stretch counts for a clause below: "died, taking the year's toll to 33"."""
    syntax = scene.syntax
    around = {clause, *syntax.ancestors(clause)}
    below = takewhile(lambda i: i not in around, (head, *syntax.ancestors(head)))
    return any(syntax.tokens[step].dep in {"advcl", "conj"} for step in below)


def _is_of_a_year(scene: Scene, toll: Toll, clause: int) -> bool:
    """Tell whether what harmed is named by a year gone: "the leak of 1984, which killed 3,800"."""
    syntax = scene.syntax
    published = syntax.annotation.document.published
    causes = syntax.subjects(toll.index)
    if syntax.tokens[clause].dep == "relcl":
        causes.append(syntax.tokens[clause].head)
    years = [int(w) for i in causes for w in _years(scene, i)]
    return published is not None and any(year < published.year for year in years)


def _years(scene: Scene, noun: int) -> list[str]:
    """Return the years that a noun is told with, or that parsers take for it: "of 1984, which"."""
    objects = [noun, *scene.syntax.prepositional(noun, "of", "in", "from")]
    return [w for i in objects if _YEAR.fullmatch(w := scene.syntax.words[i])]


def _is_of_a_season(scene: Scene, toll: Toll, clause: int) -> bool:
    """Tell whether a toll is counted over a season: "the number of dead this rainy season"."""
    syntax = scene.syntax
    if syntax.lemmas[toll.index] not in _COUNTED:
        return False
    below = [*syntax.children[clause], *syntax.children[toll.index]]
    below += [i for b in below for i in syntax.with_dep(b, "pobj", "npadvmod")]
    return any(
        syntax.lemmas[i] in _SEASONS
        and any(syntax.words[d] in _THESE for d in syntax.with_dep(i, "det"))
        for i in below
    )
