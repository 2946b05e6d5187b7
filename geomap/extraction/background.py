"""What is told to compare with: what happens often, what happened before, what is counted up.

"Gas leaks are common here", "it comes a year after a crash killed nine", "the deadliest
since an attack on a school", "the first time that he was arrested", "floods kill hundreds every
year". None of these is an event that the text reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.calendar_days import WEEKDAYS
from geomap.extraction.lexicon import words
from geomap.extraction.recalled import is_of_anniversary, is_recalled

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax

_COMES = frozenset({"come", "follow", "happen", "occur", "be"})
_LATER = frozenset({"after", "since", "following"})
_LONG = frozenset({"week", "month", "year", "decade", "season"})
_RECURRING = _LONG | {"day", "winter", "summer", "spring", "autumn", "fall", "monsoon"}
_AFTER_A_STRETCH = frozenset({"ago", "later", "earlier", "after", "before", "long", "old", "-"})
_EACH = frozenset({"every", "each", "per"})
_COUNTS = frozenset({"record", "register", "count", "document", "log", "tally", "list"})
_NUMBERS = frozenset({"number", "tally", "rate"})
_DEATHS = frozenset({"death", "fatality", "casualty"})
_MORE = frozenset({"more", "fewer", "less"})
_MONTHS_OR_MORE = frozenset({"month", "year", "decade"})
_MEASURE = 4  # words that "less than a year" takes before "after"
_ALIKE = frozenset({"similar"})
_STEPS = 8
_NEAR = 8  # words between a noun and the clause that tells more of it


def is_background(syntax: Syntax, index: int) -> bool:
    """Tell whether the event at token ``index`` is only told to compare with."""
    return (
        _is_habit(syntax, index)
        or _is_long_before(syntax, index)
        or _is_last_time(syntax, index)
        or _is_told_of_before(syntax, index)
        or _is_counted(syntax, index)
        or _is_over(syntax, index)
        or _is_of_years(syntax, index)
        or _is_share(syntax, index)
        or _is_over_months(syntax, index)
        or is_recalled(syntax, index)
        or _is_told_of_old(syntax, index)
    )


def comes_before(syntax: Syntax, index: int) -> bool:
    """Tell whether it is what another came after: "the shooting comes after a killing in X"."""
    below = index
    for above in syntax.ancestors(index):
        if syntax.tokens[above].pos in {"VERB", "AUX"}:
            comes = syntax.lemmas[above] in _COMES - {"be"}
            if syntax.words[below] in _LATER and syntax.tokens[below].dep == "prep":
                return comes
            marks = syntax.with_dep(below, "mark")
            if any(syntax.words[mark] in _LATER for mark in marks):
                return comes  # "comes after the killing of X sparked protests"
            if not syntax.with_dep(above, "mark"):
                return False
        below = above
    return False


def _is_habit(syntax: Syntax, index: int) -> bool:
    """Tell whether something happens often, or every year."""
    verb = syntax.clause_of(index)
    around = [*syntax.children[verb], *syntax.children[index]]
    around += [i for harmed in syntax.objects(verb) for i in syntax.children[harmed]]
    if any(syntax.words[i] in words("modality", "often") for i in around):
        # "hit" and "cut" are present and past alike.
        alike = syntax.words[verb] == syntax.lemmas[verb]
        return alike or syntax.tokens[verb].tag == "VBZ" or _is_perfect(syntax, verb)
    if any(_is_each(syntax, i) for i in around):
        return True
    subject = syntax.tokens[index].dep in {"nsubj", "nsubjpass", "conj"}
    return subject and any(
        syntax.lemmas[i] in words("modality", "common") for i in syntax.with_dep(verb, "acomp")
    )


def _is_each(syntax: Syntax, index: int) -> bool:
    """Tell whether a word counts by stretches of time: "every year", "per month"."""
    if syntax.lemmas[index] not in _RECURRING:
        return syntax.words[index] in {"annually", "yearly"}
    if any(syntax.words[i] in _EACH for i in syntax.with_dep(index, "det")):
        return True
    following = syntax.words[index + 1 : index + 2]
    # "4,000 people a year", but "a year ago"
    return syntax.words[index - 1] == "per" or (
        syntax.words[index - 1] == "a"
        and syntax.tokens[max(0, index - 2)].pos in {"NOUN", "NUM"}
        and _AFTER_A_STRETCH.isdisjoint(following)
    )


def _is_perfect(syntax: Syntax, verb: int) -> bool:
    return any(syntax.lemmas[i] == "have" for i in syntax.with_dep(verb, "aux"))


def _is_long_before(syntax: Syntax, index: int) -> bool:
    """Tell whether it was long before another: "a year after a crash", "the worst since …"."""
    below = index
    for step, above in enumerate(syntax.ancestors(index)):
        if step > _STEPS:
            return False
        marks = [i for i in syntax.with_dep(below, "mark", "prep") if i < below]
        for mark in [above, *marks]:
            if syntax.words[mark] in _LATER and _is_far(syntax, mark):
                return True
        below = above
    return False


def _is_far(syntax: Syntax, mark: int) -> bool:
    """Tell whether weeks or years stand before "after", or a superlative before "since"."""
    first = syntax.sentence(mark).first
    before = range(max(first, mark - _MEASURE), mark)
    if syntax.words[mark] == "since":
        stretch = any(syntax.lemmas[i] in _MONTHS_OR_MORE for i in list(before)[-1:])
        return stretch or any(  # "marked ten years since the ferry sank"
            syntax.tokens[i].tag in {"JJS", "RBS"} or syntax.words[i] == "first"
            for i in range(first, mark)
        )
    last = [syntax.lemmas[i] for i in list(before)[-1:]]
    if last and last[0] in _MONTHS_OR_MORE and syntax.words[mark] == "after":
        return True  # "ten years after floods killed 20 people"
    return any(lemma in _LONG for lemma in last) and _comes(syntax, mark)


def _comes(syntax: Syntax, mark: int) -> bool:
    """Tell whether the clause says only that something came later: "it comes a week after"."""
    verb = syntax.clause_of(syntax.tokens[mark].head)
    return any(
        syntax.lemmas[i] in _COMES
        for i in (verb, *syntax.ancestors(mark))
        if syntax.tokens[i].pos in {"VERB", "AUX"}
    )


def _is_last_time(syntax: Syntax, index: int) -> bool:
    """Tell whether it is one of several times: "not the first time he has been arrested"."""
    verb = syntax.clause_of(index)
    head = syntax.tokens[verb].head
    return syntax.tokens[verb].dep in {"relcl", "acl", "ccomp"} and (
        syntax.lemmas[head] in {"time", "occasion", "instance"}
        or any(syntax.lemmas[i] == "time" for i in syntax.with_dep(head, "attr"))
    )


_SEASONAL = frozenset({"storm", "hurricane", "tornado", "cyclone", "typhoon"})
_SEASONS = frozenset({"season", "outlook", "average", "prediction", "normal"})
_FAR = 20


def _is_counted(syntax: Syntax, index: int) -> bool:
    """Tell whether events are counted by somebody: "the police recorded 149 bombings"."""
    verb = syntax.tokens[index].head
    if syntax.tokens[index].tag not in {"NNS", "NNPS"}:
        return False
    above = syntax.tokens[verb].head
    numbered = syntax.words[verb] == "of" and syntax.lemmas[above] in _NUMBERS
    if numbered and syntax.lemmas[index] not in _DEATHS:
        return True  # "brings the number of murders to 41"; that of deaths is a toll
    counted = bool(syntax.with_dep(index, "nummod"))
    if syntax.lemmas[index] in _SEASONAL:
        sentence = syntax.sentence(index)
        low, high = max(sentence.first, index - _FAR), index + _FAR
        if not counted:
            high = min(sentence.last, high)
        around = set(syntax.lemmas[low:high])
        if around & _SEASONS:
            return True  # "the season brings 12 storms"
    if counted and not _MORE.isdisjoint(syntax.words[index + 1 : index + 2]):
        return True  # "20 shootings fewer than in May"
    if {syntax.words[i] for i in syntax.with_dep(index, "amod")} & _MORE:
        # "has more shootings than any other country"
        return "than" in syntax.words[index : syntax.sentence(index).last]
    return counted and syntax.lemmas[verb] in _COUNTS


def _opener(syntax: Syntax, clause: int) -> int:
    """Return the first word of a clause, without a walk over all of it."""
    while syntax.children[clause] and syntax.children[clause][0] < clause:
        clause = syntax.children[clause][0]
    return clause


def _is_told_of_old(syntax: Syntax, index: int) -> bool:
    """Tell whether a clause tells more of what is only told to compare with.

    "The worst since the Lima crash, in which 57 died", "the anniversary of the shooting, when
    soldiers opened fire".
    """
    clause = syntax.clause_of(index)
    token = syntax.tokens[clause]
    if token.dep not in {"relcl", "advcl"} or clause < token.head:
        return False
    opener = _opener(syntax, clause)
    if syntax.words[opener] == "when" and syntax.words[opener - 1] == ",":
        return is_of_anniversary(syntax, opener - 2)
    before = range(max(token.head, opener - _NEAR), opener)
    return token.dep == "relcl" and any(
        _is_long_before(syntax, noun) for noun in before if syntax.tokens[noun].dep == "pobj"
    )


def _is_of_years(syntax: Syntax, index: int) -> bool:
    """Tell whether it has gone on, or comes again: "has fought for years", "seen riots before"."""
    verb = syntax.clause_of(index)
    if not _is_perfect(syntax, verb):
        return False
    lasting = syntax.prepositional(verb, "for") + syntax.prepositional(index, "for")
    if any(syntax.lemmas[i] in _MONTHS_OR_MORE for i in lasting):
        return True
    return any(syntax.words[i] == "before" for i in syntax.with_dep(verb, "advmod"))


def _is_over_months(syntax: Syntax, index: int) -> bool:
    """Tell whether many are counted over months: "crashes claimed 200 lives in 11 months"."""
    if syntax.tokens[index].tag not in {"NNS", "NNPS"} or syntax.with_dep(index, "det", "nummod"):
        return False
    verb = syntax.clause_of(index)
    return any(
        syntax.lemmas[i] in _MONTHS_OR_MORE and syntax.with_dep(i, "nummod")
        for i in syntax.prepositional(verb, "in", "over", "during", "within")
        + syntax.prepositional(index, "in", "over", "during")
    )


def _is_share(syntax: Syntax, index: int) -> bool:
    """Tell whether it is told of a share of all: "one in five drivers has been in a crash"."""
    verb = syntax.clause_of(index)
    return any(
        syntax.tokens[i].pos == "NUM"
        and syntax.words[i + 1 : i + 2] in (["in"], ["out"])
        and any(syntax.tokens[n].pos == "NUM" for n in range(i + 2, i + 4) if n < verb)
        for i in (*syntax.with_dep(verb, "nsubj", "nsubjpass"), index)
    )


def _is_over(syntax: Syntax, index: int) -> bool:
    """Tell whether a noun is only said to end: "the storm weakened", "ended their strike"."""
    token = syntax.tokens[index]
    key = {"nsubj": "ending", "dobj": "ended", "nsubjpass": "ended"}.get(token.dep)
    return key is not None and syntax.lemmas[token.head] in words("modality", key)


def _is_told_of_before(syntax: Syntax, index: int) -> bool:
    """Tell whether a verb's adverb says that it was once: "had previously been attacked"."""
    verb = syntax.clause_of(index)
    adverbs = {syntax.words[i] for i in syntax.with_dep(verb, "advmod", "amod")}
    nouns = {syntax.words[i] for i in syntax.with_dep(index, "amod")}
    once = (adverbs | nouns) & words("modality", "once")
    return bool(once) and not (once <= _ALIKE and _has_weekday(syntax, index))


def _has_weekday(syntax: Syntax, index: int) -> bool:
    """Tell whether the sentence tells a day of the week: that of news."""
    sentence = syntax.sentence(index)
    return any(word in WEEKDAYS for word in syntax.words[sentence.first : sentence.last])
