"""Count the people of a noun phrase: "at least 22 people", "a boy", "another man", a name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from geomap.extraction.calendar_days import MONTH_NUMBERS
from geomap.extraction.lexicon import table, words
from geomap.model import Range

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax
    from geomap.quantities import Number


class Headcount:
    """Counts the noun phrases of one document."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self.number_at: dict[int, Number] = {}
        for number in syntax.counts:
            if self._is_year(number) or self._is_age(number):
                continue
            for index in syntax.span_tokens(number.start, number.end):
                self.number_at[index] = number

    def _is_year(self, number: Number) -> bool:
        digits = self._syntax.text[number.start : number.end]
        before = self._syntax.text[max(0, number.start - 10) : number.start].lower().split()
        year = digits.isdigit() and len(digits) == 4 and digits[:2] in {"18", "19", "20"}  # noqa: PLR2004  the digits of a year
        return year and bool(before) and before[-1].rstrip(".") in _BEFORE_YEARS

    def _is_age(self, number: Number) -> bool:
        """Tell whether a number is an age: "a four-year-old boy", "Ann Li, 24,", "aged 60"."""
        text = self._syntax.text
        behind = text[number.end : number.end + _AGE_CHARS].lower()
        before = text[max(0, number.start - _AGE_CHARS) : number.start]
        set_off = _SET_OFF.search(before) is not None and behind[:1] in {",", ".", ")", ";"}
        name = _NAME.search(text[max(0, number.start - _NAME_CHARS) : number.start])
        whose = set_off and (name is not None or self._is_behind_person(number))
        return _AGE.match(behind) is not None or _AGED.search(before) is not None or whose

    def _is_behind_person(self, number: Number) -> bool:
        """Tell whether somebody stands before a number: "a Leeds man, 19, was stabbed"."""
        syntax = self._syntax
        before = syntax.span_tokens(number.start, number.end).start - 2
        return (
            before >= 0 and syntax.tokens[before].tag == "NN" and syntax.lemmas[before] in PERSONS
        )

    def count(self, index: int) -> tuple[Range, tuple[int, int]] | None:
        """Return how many a noun phrase speaks of, and the span that tells it."""
        number = self.number(index) or self._of_a_group(index)
        if number is not None:
            rest = self._all_but(index, number)
            return rest or (as_range(number), (number.start, number.end))
        number = self._on_board(index)
        if number is not None:
            return as_range(number), (number.start, number.end)
        if self._syntax.words[index] == "all":
            but = self._syntax.prepositional(index, "but", "except")
            return next((rest for i in but if (rest := self._rest(i, index)) is not None), None)
        return None if self._is_none(index) else self._few(index)

    def _few(self, index: int) -> tuple[Range, tuple[int, int]] | None:
        """Count a noun phrase without a number: "a couple", "both guards", "a boy"."""
        token = self._syntax.tokens[index]
        couple = self._syntax.lemmas[index] == "couple" and not self._syntax.prepositional(
            index, "of"
        )
        parents = self._syntax.lemmas[index] in _PARENTS and bool(
            self._syntax.with_dep(index, "poss")
        )
        if couple or (token.tag == "NNS" and (parents or self._has(index, "both"))):
            return Range(low=2, high=2), (self._determiner_start(index), token.end)
        multiple = self.multiple(index)
        if multiple is not None:
            return Range(low=multiple, high=multiple), (self._determiner_start(index), token.end)
        one = self.is_added(index) and token.tag in {"NN", "JJ", "NNP"}
        one = one or self._is_one(index) or self._syntax.words[index] in _ONE
        if one or self._is_he(index):
            return Range(low=1, high=1), (self._determiner_start(index), token.end)
        return None

    def multiple(self, index: int) -> int | None:
        """Return how many a deed counts: three for "a triple murder"."""
        if self._syntax.tokens[index].tag not in {"NN", "NNP"}:
            return None
        return next((n for word, n in _MULTIPLES.items() if self._has(index, word)), None)

    def _has(self, index: int, *words_: str) -> bool:
        """Tell whether one of some words stands right before a noun, or hangs on it."""
        own = {self._syntax.words[i] for i in self._syntax.with_dep(index, *_BEFORE_NOUNS)}
        return not own.isdisjoint(words_)

    def is_added(self, index: int) -> bool:
        """Tell whether people come on top of those told: "another man", "a sixth", "12 more"."""
        if self._syntax.words[index] in _ORDINALS | {"another"}:
            return True
        return self._is_more(index) or self._has(
            index, *_ORDINALS, "another", "further", "additional", "also"
        )

    def _is_more(self, index: int) -> bool:
        """Tell whether people are "14 more", "two more bodies"; "more than 20" are all."""
        syntax = self._syntax
        if syntax.words[index] == "more" and index - 1 in self.number_at:
            return True
        around = (index, *syntax.with_dep(index, "nummod"))
        own = [i for head in around for i in syntax.with_dep(head, *_BEFORE_NOUNS)]
        return any(syntax.words[i] == "more" and syntax.words[i + 1] != "than" for i in own)

    def nth(self, index: int) -> int | None:
        """Return which of all somebody is: 12 for "a twelfth", 3 for "a third woman"."""
        own = [index, *self._syntax.with_dep(index, "amod")]
        numbers = [_NTH[self._syntax.words[i]] for i in own if self._syntax.words[i] in _NTH]
        return numbers[0] if numbers else None

    def _is_none(self, index: int) -> bool:
        """Tell whether a noun phrase is nobody: "no one", "not a single person"."""
        before = self._syntax.words[max(0, index - _REACH_OF_NO) : index]
        return bool({"no", "not", "neither"} & set(before))

    def number(self, index: int) -> Number | None:
        """Return the number that is the word itself or stands before it in its noun phrase."""
        if index in self.number_at:
            return self.number_at[index]
        syntax = self._syntax
        for before in range(index - 1, max(syntax.sentence(index).first, index - _REACH) - 1, -1):
            if before in self.number_at:
                if not self._reaches(before, index):
                    return None
                return self._share(before) or self.number_at[before]
            token = syntax.tokens[before]
            if token.pos in {"VERB", "ADP", "AUX", "SCONJ"} and token.dep != "amod":
                return None  # "two suspected rebels" are two
        return None

    def _on_board(self, index: int) -> Number | None:
        """Return how many "everyone on board" are, where the text tells what a craft carried."""
        if self._syntax.words[max(0, index - 1) : index + 1] == ["no", "survivors"]:
            return self._carried
        if self._syntax.words[index] not in _EVERYBODY:
            return None
        near = range(index + 1, min(index + _REACH, len(self._syntax.words)))
        if not any(self._is_aboard(i) for i in near):
            return None
        return self._carried

    @cached_property
    def _carried(self) -> Number | None:
        """The first number of people that the text has on board of something."""
        syntax = self._syntax
        for number in dict.fromkeys(self.number_at.values()):
            span = syntax.span_tokens(number.start, number.end)
            behind = range(span.stop, min(span.stop + _REACH, len(syntax.words)))
            before = syntax.words[max(0, span.start - 1) : span.start]
            if before == ["carrying"] or any(self._is_aboard(i) for i in behind):
                return number
        return None

    def _is_aboard(self, index: int) -> bool:
        words_ = self._syntax.words
        return words_[index] == "aboard" or words_[index - 1 : index + 1] == ["on", "board"]

    def _share(self, whole: int) -> Number | None:
        """Return the number before "of" and another: the three of "three of five hikers"."""
        first = self._syntax.span_tokens(self.number_at[whole].start, self.number_at[whole].end)
        share = first.start - 2
        of = share >= 0 and self._syntax.words[share + 1] == "of"
        of = of and self._syntax.tokens[share].dep in {"quantmod", "nummod"}  # not "one of six"
        return self.number_at.get(share) if of else None

    def _of_a_group(self, index: int) -> Number | None:
        """Return the number of "a family of six", "a group of 12 hikers", "a total of nine"."""
        if self._syntax.lemmas[index] not in _GROUPS:
            return None
        members = self._syntax.prepositional(index, "of")
        return next((n for i in members if (n := self.number(i)) is not None), None)

    def _all_but(self, index: int, but: Number) -> tuple[Range, tuple[int, int]] | None:
        """Read "all but two of the 30 people on board", where the number is the head, as 28."""
        first = self._syntax.span_tokens(but.start, but.end).start
        if self._syntax.words[first - 2 : first] != ["all", "but"]:
            return None
        return self._rest(index, first - 2)

    def _rest(self, index: int, first: int) -> tuple[Range, tuple[int, int]] | None:
        """Take the number at a word off the number of what it is a part of."""
        but = self.number(index)
        wholes = [
            n for i in self._syntax.prepositional(index, "of") if (n := self.number(i)) is not None
        ]
        if not wholes or wholes[0].low is None or but is None or but.low is None:
            return None
        left = int(wholes[0].low - but.low)
        return Range(low=left, high=left), (self._syntax.tokens[first].start, wholes[0].end)

    def _reaches(self, number: int, noun: int) -> bool:
        """Tell whether a number belongs to a noun to its right, by heads or by plain adjacency."""
        if noun in list(self._syntax.ancestors(number))[:3]:
            return True
        between = self._syntax.tokens[number + 1 : noun]
        return all(token.pos in {"ADJ", "NOUN", "NUM", "ADV", "PROPN"} for token in between)

    def _is_he(self, index: int) -> bool:
        """Tell whether a pronoun is the victim: "she died at the scene", "he is in a coma"."""
        token = self._syntax.tokens[index]
        dies = self._syntax.lemmas[token.head] in _OF_VICTIMS
        return self._syntax.words[index] in {"he", "she"} and token.dep == "nsubj" and dies

    def _is_one(self, index: int) -> bool:
        """Tell whether a noun phrase is one person: "a boy", "another man", a name."""
        syntax = self._syntax
        if syntax.words[index] == "old" and syntax.words[index - 1] == "-":
            return self._has(index, *_SINGLE)  # "a 17-year-old"
        if syntax.words[index] == "civilian" and syntax.words[index - 1] == "a":
            return True  # parsers take it for an adjective before "dead"
        if syntax.tokens[index].tag not in {"NN", "NNP"}:
            return False
        if syntax.lemmas[index] not in PERSONS and not self._is_doer(index):
            entity = syntax.entity_at.get(index)
            return entity is not None and syntax.annotation.entities[entity].label == "PERSON"
        kinds = {syntax.words[d] for d in syntax.with_dep(index, "det", "nummod")}
        return bool(kinds & _SINGLE) or not kinds or bool(syntax.with_dep(index, "poss"))

    def _is_doer(self, index: int) -> bool:
        """Tell whether a noun is made as those for people are: "a jeweller", "a nutritionist"."""
        lemma = self._syntax.lemmas[index]
        thing = any(lemma in words("classes", name) for name in THINGS)
        return not thing and _DOER.fullmatch(lemma) is not None and lemma not in _NO_VICTIMS

    def _determiner_start(self, index: int) -> int:
        own = [
            i for i in self._syntax.with_dep(index, "det", "poss", "amod", "compound") if i < index
        ]
        return self._syntax.tokens[min([*own, index])].start


_MULTIPLES = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "twin": 2}
_ONE = frozenset({"another", "one", "himself", "herself"})  # "killed two guards and himself"
_GROUPS = frozenset(
    {"family", "group", "party", "crew", "team", "gang", "total", "band", "household"}
)
_PARENTS = frozenset({"parent", "grandparent"})
_OF_VICTIMS = frozenset({"die", "succumb", "perish", "drown", "be", "remain", "lie", "fight"})
_DOER = re.compile(r"[a-z-]{3,}(?:er|or|ist|ian|eer|man|woman|boy|girl|mate)")
# Who attacked is no victim: "the attacker was found dead".
_NO_VICTIMS = (
    words("casualties", "no_doers")
    | words("grammar", "participants_attackers")
    | words("classes", "gunman")
)
THINGS = ("thing", "building", "weapon", "vehicle", "aircraft", "utility", "hazard", "weather")
_EVERYBODY = frozenset({"everyone", "everybody", "all"})
_BEFORE_YEARS = MONTH_NUMBERS.keys() | {
    *("in", "since", "of", "from", "until", "by", "during", "and", "to"),
}
_AGE = re.compile(r"[\s-]?(?:year|month|week|day)s?[\s-]old")
_AGE_CHARS = 12
_AGED = re.compile(r"\b(?:aged?(?: of| between)?|[Aa]ged) $|\baged \d+(?:,| and| to) $")
# "Ann Li, 24," or "Ann Li (24)": a number set off behind a name is its age.
_SET_OFF = re.compile(r"(?:, ?| ?\()$")
_NAME = re.compile(r"[^\W\d_][\w.'’-]* [A-Z][\w'’-]+(?:, ?| ?\()$")
_NAME_CHARS = 40
_REACH_OF_NO = 3
_BEFORE_NOUNS = ("det", "amod", "predet", "advmod", "cc", "preconj", "nmod")
_NTH = {word: n for n, word in enumerate(table("grammar")["ordinals"], start=1) if n > 1}
_ORDINALS = frozenset(_NTH)
_REACH = 7  # words that a noun phrase of people may hold
_SINGLE = frozenset({"a", "an", "another", "one", "his", "her", "its", "the", "their", "my"})
_COLLECTIVE = words("grammar", "tolls_collective")
# "The ambassador" is somebody, "the embassy" is not.
_OFFICES = words("speech", "titles") - {"ministry", "government", "embassy", "consulate"}
PERSONS = words("classes", "people") - _COLLECTIVE | _OFFICES | words("casualties", "persons")


def as_range(number: Number) -> Range:
    """Return a number as a count."""
    low = None if number.low is None else int(number.low)
    high = None if number.high is None else int(number.high)
    return Range(low=low, high=high, open_ended=number.open_ended)
