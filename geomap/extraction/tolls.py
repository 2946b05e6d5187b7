"""Read who was killed, injured, missing, displaced or detained, and how many.

A toll is a word of harm ("killed", "dead", "injuries") together with the people it is said of. The
number is taken from the noun phrase that syntax ties to the word, so that money, ranges in
kilometers and the like are never candidates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geomap.extraction.lexicon import table, words
from geomap.model import Range, noun
from geomap.quantities import find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geomap.extraction.syntax import Syntax
    from geomap.quantities import Number

KINDS = ("killed", "injured", "missing", "displaced", "detained")
_LARGEST = 10**8  # no single event harms more people; what is larger is no toll


@noun
class Part:
    """A share of a toll with its own place: the number of the mention."""

    count: Range
    start: int
    end: int
    mention: int


@noun
class Toll:
    """So many people harmed: the word of harm, and the span of the number or of the people.

    ``parts`` are told where each has its own place: "one person in X and another in Y".
    ``everyone`` tells that people as such are counted ("four people", "a toll of four"), so that no
    larger figure of the same happening can have these as a group in it ("three policemen").
    """

    kind: str
    index: int
    count: Range
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    everyone: bool = False


class TollReader:
    """Finds the tolls of one document."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._number_at: dict[int, Number] = {}
        for number in find_numbers(syntax.text):
            if self._is_year(number):
                continue
            for index in syntax.span_tokens(number.start, number.end):
                self._number_at[index] = number

    def _is_year(self, number: Number) -> bool:
        digits = self._syntax.text[number.start : number.end]
        before = self._syntax.text[max(0, number.start - 8) : number.start].lower().split()
        year = digits.isdigit() and len(digits) == 4 and digits[:2] in {"18", "19", "20"}  # noqa: PLR2004  the digits of a year
        return year and bool(before) and before[-1] in _BEFORE_YEARS

    def tolls(self) -> list[Toll]:
        """Return the tolls in text order."""
        found = []
        for index, lemma in enumerate(self._syntax.lemmas):
            word = self._syntax.words[index]
            for kind, how in _harm().get(lemma, ()) or _harm().get(word, ()):
                toll = self._read(index, kind, how)
                if toll is not None:
                    found.append(toll)
                    break
        return found

    def _read(self, index: int, kind: str, how: str) -> Toll | None:
        if self._syntax.with_dep(index, "neg") or self._is_possible(index):
            return None
        people = self._people(index, how)
        people = [i for i in people if not self._is_thing(i)]
        counted = [count for count in map(self.count, people) if count is not None]
        if not counted:
            return None
        parts = self._parts(index, people)
        spans = [span for _, span in counted]
        total = _sum([count for count, _ in counted])
        if (total.low or 0) > _LARGEST or (total.high or 0) > _LARGEST:
            return None
        return Toll(
            kind=kind,
            index=index,
            count=total,
            start=min(start for start, _ in spans),
            end=max(end for _, end in spans),
            parts=parts,
            everyone=all(self._is_everyone(i) for i in people),
        )

    def _is_everyone(self, index: int) -> bool:
        return index in self._number_at or self._syntax.lemmas[index] in _EVERYONE

    def _is_possible(self, index: int) -> bool:
        """Tell whether a toll is only feared: "the toll could surpass 5,000"."""
        syntax = self._syntax
        verbs = [index, *list(syntax.ancestors(index))[:1]]
        return any(
            syntax.words[i] in words("modality", "modals")
            for verb in verbs
            for i in syntax.with_dep(verb, "aux")
        )

    def _places(self, index: int) -> list[int]:
        objects = self._syntax.prepositional(index, "in", "at", "near")
        return [self._syntax.mention_at[i] for i in objects if i in self._syntax.mention_at]

    def _parts(self, word: int, people: list[int]) -> tuple[Part, ...]:
        """Return the share of each place, or nothing unless each has a place of its own."""
        parts = []
        for index in people:
            counted = self.count(index)
            places = self._places(index) or self._places(word)
            if counted is None or not places:
                return ()
            (start, end), count = counted[1], counted[0]
            parts.append(Part(count=count, start=start, end=end, mention=places[0]))
        return tuple(parts) if len({part.mention for part in parts}) > 1 else ()

    def _is_thing(self, index: int) -> bool:
        """Tell whether what is counted is no people: houses, cattle, jobs."""
        return any(self._syntax.lemmas[index] in words("classes", name) for name in _THINGS)

    def _people(self, index: int, how: str) -> list[int]:
        """Return the heads of the noun phrases that the word of harm is said of."""
        ways = {
            "patients": self._patients,
            "subjects": self._subjects,
            "nouns": self._noun,
            "lives": self._lives,
            "tolls": self._death_toll,
            "states": self._state,
            "bodies": self._bodies,
        }
        return ways[how](index)

    # --- who the word of harm is said of ---------------------------------------------------------

    def _patients(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"VERB", "AUX", "ADJ"}:
            return []
        if index - 1 in self._number_at and syntax.tokens[index].dep == "conj":
            return [index - 1]  # "three were killed and 34 injured"
        found = self._risen(index) or syntax.objects(index)
        if not found and syntax.tokens[index].dep in _ABSOLUTE:
            found = syntax.with_dep(index, "nsubj")  # "with five protesters killed"
        if not found and syntax.tokens[index].tag == "VBN":
            return self._state(index)
        return _top(found, syntax)

    def _subjects(self, index: int) -> list[int]:
        syntax = self._syntax
        if syntax.tokens[index].pos != "VERB":
            return []
        return _top(syntax.with_dep(index, "nsubj") or syntax.subjects(index), syntax)

    def _noun(self, index: int) -> list[int]:
        """Read "two deaths", "the deaths of 25 people", "injuries to 22 people"."""
        syntax = self._syntax
        if syntax.tokens[index].pos not in {"NOUN", "PROPN"}:
            return []
        if self._own_number(index) is not None:
            return [index]
        own = syntax.prepositional(index, "of", "to", "among")
        head = syntax.tokens[index].head
        if not own and syntax.tokens[index].dep == "dobj":
            own = syntax.prepositional(head, "to")
        # "the death of one person in X and another person in Y"
        own += [i for i in syntax.with_dep(index, "conj") if self.count(i) is not None]
        return _top(own, syntax)

    def _risen(self, index: int) -> list[int]:
        """Read "the number of people killed by X has risen to 24"."""
        syntax = self._syntax
        for above in list(syntax.ancestors(index))[:3]:
            if syntax.lemmas[above] == "number":
                return syntax.prepositional(syntax.tokens[above].head, "to", "at", "past")
        return []

    def _lives(self, index: int) -> list[int]:
        """Read "claimed the lives of 25 people", "cost 12 lives"."""
        syntax = self._syntax
        lives = [i for i in syntax.objects(index) if syntax.lemmas[i] == "life"]
        if not lives:
            return []
        if self._own_number(lives[0]) is not None:
            return lives[:1]
        return _top(syntax.prepositional(lives[0], "of"), syntax)

    def _bodies(self, index: int) -> list[int]:
        """Read "pulled 11 bodies from the mud", "18 bodies were found"."""
        syntax = self._syntax
        verb = syntax.tokens[index].head
        found = syntax.lemmas[verb] in _RECOVER and index in syntax.objects(verb)
        found = found or (syntax.lemmas[verb] == "lie" and index in syntax.subjects(verb))
        return [index] if found and self._own_number(index) is not None else []

    def _death_toll(self, index: int) -> list[int]:
        """Read "a death toll of 45", "the toll rose to 45"."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        named = "death" in syntax.lemmas[max(0, index - 2) : index]
        if not named and syntax.lemmas[head] not in {"rise", "climb", "stand", "reach", "jump"}:
            return []
        own = [i for i in syntax.prepositional(index, "of") if self.count(i) is not None]
        return (
            own
            or syntax.prepositional(head, "to", "at", "past", "above")
            or (syntax.prepositional(syntax.tokens[head].head, "to", "at"))
        )

    def _state(self, index: int) -> list[int]:
        """Read "left four people dead and another 92 injured": the people before the word."""
        syntax = self._syntax
        head = syntax.tokens[index].head
        if head < index and syntax.lemmas[head] in _TO_DEATH:
            return _top(syntax.objects(head), syntax)
        first = syntax.sentence(index).first
        for before in range(index - 1, max(first, index - _REACH) - 1, -1):
            if before in self._number_at:
                return [before]
            if syntax.lemmas[before] in _FOUND:
                continue  # "one was confirmed dead"
            if syntax.tokens[before].pos == "VERB" or syntax.words[before] in {";", ":"}:
                return []
            if syntax.lemmas[before] in words("classes", "people"):
                return [before] if self.count(before) else []
        return []

    # --- how many --------------------------------------------------------------------------------

    def count(self, index: int) -> tuple[Range, tuple[int, int]] | None:
        """Return how many a noun phrase speaks of, and the span that tells it."""
        number = self._own_number(index)
        if number is not None:
            return as_range(number), (number.start, number.end)
        if self._is_none(index):
            return None
        token = self._syntax.tokens[index]
        if self._is_one(index) or self._syntax.words[index] in {"another", "one"}:
            return Range(low=1, high=1), (self._determiner_start(index), token.end)
        return None

    def _is_none(self, index: int) -> bool:
        """Tell whether a noun phrase is nobody: "no one", "not a single person"."""
        before = self._syntax.words[max(0, index - _REACH_OF_NO) : index]
        return bool({"no", "not", "neither"} & set(before))

    def _own_number(self, index: int) -> Number | None:
        """Return the number that is the word itself or stands before it in its noun phrase."""
        if index in self._number_at:
            return self._number_at[index]
        syntax = self._syntax
        for before in range(index - 1, max(syntax.sentence(index).first, index - _REACH) - 1, -1):
            if before in self._number_at:
                return self._number_at[before] if self._reaches(before, index) else None
            if syntax.tokens[before].pos in {"VERB", "ADP", "AUX", "SCONJ"}:
                return None
        return None

    def _reaches(self, number: int, noun: int) -> bool:
        """Tell whether a number belongs to a noun to its right, by heads or by plain adjacency."""
        if noun in list(self._syntax.ancestors(number))[:3]:
            return True
        between = self._syntax.tokens[number + 1 : noun]
        return all(token.pos in {"ADJ", "NOUN", "NUM", "ADV", "PROPN"} for token in between)

    def _is_one(self, index: int) -> bool:
        """Tell whether a noun phrase is one person: "a boy", "another man", a name."""
        syntax = self._syntax
        if syntax.tokens[index].tag not in {"NN", "NNP"}:
            return False
        if syntax.lemmas[index] not in words("classes", "people") - _COLLECTIVE:
            entity = syntax.entity_at.get(index)
            return entity is not None and syntax.annotation.entities[entity].label == "PERSON"
        kinds = {syntax.words[d] for d in syntax.with_dep(index, "det", "poss", "nummod")}
        return bool(kinds & _SINGLE) or not kinds

    def _determiner_start(self, index: int) -> int:
        own = [
            i for i in self._syntax.with_dep(index, "det", "poss", "amod", "compound") if i < index
        ]
        return self._syntax.tokens[min([*own, index])].start


_RECOVER = words("grammar", "tolls_recover")
_EVERYONE = words("grammar", "tolls_everyone")
_REACH_OF_NO = 3
_FOUND = frozenset({"confirm", "find", "pronounce", "declare"})
_BEFORE_YEARS = frozenset({"in", "since", "of", "from", "until", "by", "during", "and", "to"})
_ABSOLUTE = frozenset({"pcomp", "conj", "acl"})
_TO_DEATH = frozenset({"shoot", "gun", "stab", "hack", "beat", "burn", "trample", "strangle"})
_THINGS = ("thing", "building", "weapon", "vehicle", "aircraft", "utility")
_REACH = 7  # words that a noun phrase of people may hold
_SINGLE = frozenset({"a", "an", "another", "one", "his", "her", "its", "the", "their", "my"})
_COLLECTIVE = words("grammar", "tolls_collective")


def _harm() -> dict[str, list[tuple[str, str]]]:
    """Index the words of harm by lemma: kind of harm, and how to find the people."""
    if not _HARM:
        for kind, how, lemma in _rows():
            _HARM.setdefault(lemma, []).append((kind, how))
    return _HARM


_HARM: dict[str, list[tuple[str, str]]] = {}


def _rows() -> Iterator[tuple[str, str, str]]:
    data: Any = table("casualties")
    for kind in KINDS:
        for how, lemmas in data[kind].items():
            for lemma in lemmas:
                yield kind, how, lemma


def _top(indices: list[int], syntax: Syntax) -> list[int]:
    """Leave out parts of the others ("25 people, including five children")."""
    return [
        i for i in indices if not any(syntax.words[c] == "including" for c in syntax.ancestors(i))
    ]


def as_range(number: Number) -> Range:
    """Return a number as a count."""
    low = None if number.low is None else int(number.low)
    high = None if number.high is None else int(number.high)
    return Range(low=low, high=high, open_ended=number.open_ended)


def _sum(counts: list[Range]) -> Range:
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts if c.high is not None]
    return Range(
        low=sum(lows) if lows else None,
        high=sum(highs) if len(highs) == len(counts) else None,
        open_ended=any(c.open_ended for c in counts),
    )
