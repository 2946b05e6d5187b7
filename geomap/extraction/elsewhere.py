"""Names in the sentence of an event at which it did not happen.

Who speaks and from where, the ends of a way, who somebody is, what else is told of somebody. The
linker learns the like; these rules hold where it is unsure.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.homes import speaks
from geomap.extraction.lexicon import sayings, words

if TYPE_CHECKING:
    from geomap.extraction.linking import Candidate
    from geomap.extraction.syntax import Syntax


def is_elsewhere(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether a name is surely not the place of the event at token ``index``."""
    if names_road(syntax, candidate):
        return True
    if is_title(syntax, candidate) and not _is_met(syntax, candidate):
        return True
    rules = [rule for rule in RULES if rule(syntax, candidate, index)]
    if _is_speaker in rules and _is_seen(syntax, candidate):
        rules.remove(_is_speaker)
    if rules == [_is_aside] and _is_under_way(syntax, candidate, index):
        return False
    return bool(rules) and not (rules == [_is_origin] and _is_measured(syntax, candidate))


def names_road(syntax: Syntax, candidate: Candidate) -> bool:
    """Tell whether a name only says which road is meant: "the Nairobi highway"."""
    road = candidate.last
    numbered = road < len(syntax.words) and syntax.words[road].isdigit()
    if numbered and syntax.words[max(0, candidate.first - 1)] in _ALONG:
        return True  # "on Colorado 7"
    while road < len(syntax.words) and syntax.words[road] == "-":
        road += 2  # "the Bengaluru-Chennai highway"
    return road < len(syntax.words) and syntax.tokens[road].text in _ROAD_NOUNS


def _is_seen(syntax: Syntax, candidate: Candidate) -> bool:
    """Tell whether the verb of a name does not speak: "was found dead in X"."""
    verbs = (i for i in syntax.ancestors(candidate.head) if syntax.tokens[i].pos == "VERB")
    return not any(speaks(syntax, verb) for verb in islice(verbs, 1))


def _is_under_way(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether somebody was at something in X when it happened: "shot a man who was guarding".

    Of those it happened to only; where it is going is none of it.
    """
    below = candidate.head
    for above in syntax.ancestors(candidate.head):
        if syntax.tokens[below].dep == "relcl":
            aux = {syntax.words[i] for i in syntax.with_dep(below, "aux")}
            going = syntax.lemmas[below] in words("linking", "ways") | words("linking", "motion")
            at_it = syntax.tokens[below].tag == "VBG" and bool(aux & {"was", "were"})
            governor = syntax.tokens[above].head  # "shot dead a man": of "dead", or of the verb
            mine = index in {governor, syntax.tokens[governor].head} and above > index
            return at_it and not going and mine
        below = above
    return False


def _is_met(syntax: Syntax, candidate: Candidate) -> bool:
    """Tell whether "in X" may go with the verb: "rallied against the government in X"."""
    above = syntax.tokens[candidate.head].head
    holder = syntax.tokens[syntax.tokens[above].head]
    return syntax.words[above] == "in" and holder.dep in {"dobj", "pobj"} and holder.pos == "NOUN"


def _is_measured(syntax: Syntax, candidate: Candidate) -> bool:
    """Tell whether "from X" says how far off it was: "30 km from X"."""
    before = syntax.tokens[candidate.head].head - 1
    return before >= 0 and syntax.lemmas[before] in words("linking", "lengths")


def _is_speaker(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether a name says who says so, or where: "the office in X reported", "said in X".

    A name in front of the sentence tells where it happened: "In X, police said, two died".
    """
    below = candidate.head
    for above in syntax.ancestors(candidate.head):
        if syntax.tokens[above].pos == "VERB":
            says = syntax.lemmas[above] in _SAYING
            after = candidate.head > above or syntax.tokens[below].dep == "nsubj"
            return says and after and above in syntax.ancestors(index) and below != index
        if above == index:
            return False
        below = above
    return False


def _is_origin(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether "from X" is where it came from, or was spoken of: "condemned it from X"."""
    above = syntax.tokens[candidate.head].head
    governor = syntax.tokens[above].head
    if syntax.words[above] != "from":
        return False
    if governor == index:
        return syntax.lemmas[index] in words("linking", "events")  # "rocket fire from X"
    return syntax.tokens[governor].pos in {"VERB", "AUX"}


def _is_route(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether a name is an end of a way: "crashed on its way from X to Y"."""
    above = syntax.tokens[candidate.head].head
    if syntax.words[above] == "on" and syntax.lemmas[syntax.tokens[above].head] == "march":
        return True  # "marching on X"
    if syntax.words[above] not in {"from", "to", "for", "between"}:
        return False
    governor = syntax.tokens[above].head
    if syntax.lemmas[governor] in _ROADS and syntax.words[above] in {"from", "to"}:
        return True  # "the road to X"; "between X and Y" is on the road
    if syntax.words[governor] in {"from", "to"}:
        governor = syntax.tokens[governor].head
    return governor != index and syntax.lemmas[governor] in words("linking", "ways")


def _is_aside(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether a name is in a clause of its own: "a plane, which was due in X"."""
    below = candidate.head
    for above in syntax.ancestors(candidate.head):
        if syntax.tokens[below].dep == "relcl":
            break
        below = above
    else:
        return False
    inside = index == below or below in syntax.ancestors(index)
    where = any(syntax.words[i] == "where" for i in syntax.with_dep(below, "advmod"))
    return not inside and above != index and not where


def is_title(syntax: Syntax, candidate: Candidate) -> bool:
    """Tell whether a name is part of who somebody is: "the governor of X"."""
    for above in list(syntax.ancestors(candidate.head))[:3]:
        if syntax.lemmas[above] in words("speech", "titles"):
            return True
        if syntax.words[above] in {"from", "to", "than"} and syntax.tokens[above].dep == "prep":
            governor = syntax.tokens[syntax.tokens[above].head]
            return governor.pos in {"NOUN", "PROPN"} and governor.lemma in words(
                "classes", "people"
            )
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            return False
    return False


_SAYING = sayings()


def is_passed(syntax: Syntax, candidate: Candidate, index: int) -> bool:
    """Tell whether a name is only elsewhere as it is in another clause, or where a road leads."""
    others = (is_title(syntax, candidate), *(r(syntax, candidate, index) for r in _FIRM))
    if any(others):
        return False
    road = syntax.tokens[syntax.tokens[candidate.head].head].head
    return not _is_route(syntax, candidate, index) or syntax.lemmas[road] in _ROADS


def holder_of(syntax: Syntax, candidate: Candidate) -> int | None:
    """Return who holds an office in a place, of the kind that is held there: "the mayor of X"."""
    for above in list(syntax.ancestors(candidate.head))[:3]:
        if syntax.lemmas[above] in words("linking", "local_offices"):
            return above
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            return None
    return None


_ROADS = frozenset(
    {"road", "highway", "motorway", "railway", "expressway", "freeway", "block", "close", "sever"}
)
_ROAD_NOUNS = frozenset({"road", "highway", "motorway", "expressway", "freeway", "railway", "line"})
_ALONG = frozenset({"on", "along", "off"})
_FIRM = (_is_speaker, _is_origin)
RULES = (*_FIRM, _is_route, _is_aside)
