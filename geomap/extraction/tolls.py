"""Read who was killed, injured, missing, displaced or detained, and how many.

A toll is a word of harm ("killed", "dead", "injuries") together with the people it is said of. The
number is taken from the noun phrase that syntax ties to the word, so that money, ranges in
kilometers and the like are never candidates.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geomap.extraction.harmed import Harmed
from geomap.extraction.headcount import PERSONS, Headcount
from geomap.extraction.lexicon import table, words
from geomap.model import Range, noun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.extraction.syntax import Syntax

KINDS = ("killed", "injured", "missing", "displaced", "detained")
FIGURE = "figure"  # what "the figure" counts that was raised: as the toll told before
STRUCK = "struck"  # who was shot or stabbed: hurt, unless the text tells of dead or injured
_NEAR_SENTENCES = 2
_NAME_CHARS = 4
_RISEN = frozenset({"tolls", "figures"})  # how all so far are told
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_AUX = ("aux", "auxpass")
_WARDS = frozenset({"hospitals", "treated"})
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
    ``added`` people come on top of those told before: "another man", "a sixth", who is the sixth
    of all (``nth``). A ``partial`` count need not have everybody: bodies found so far, a group; a
    ``joint`` one has the harmed of several events, a ``weak`` one those brought to hospital, who
    may have died there. ``lowered`` takes back a larger count, ``risen``
    counts all so far, ``besides`` are others than those told just before ("sixteen others"), a
    ``share`` some of them ("nine of the victims"). ``placed`` are told with a place of their own,
    after more people somewhere around it. ``side`` is the group of the people, of several that have
    nobody in common ("forces", "fighters"), ``name`` how the last name of somebody alone begins,
    and ``who`` the noun for the people.
    """

    kind: str
    index: int
    count: Range
    start: int
    end: int
    parts: tuple[Part, ...] = ()
    everyone: bool = False
    added: bool = False
    lowered: bool = False
    risen: bool = False
    nth: int | None = None
    partial: bool = False
    joint: bool = False
    weak: bool = False
    besides: bool = False
    share: bool = False
    placed: bool = False
    side: str = ""
    name: str = ""
    who: str = ""


class TollReader:
    """Finds the tolls of one document."""

    def __init__(self, syntax: Syntax) -> None:
        self._syntax = syntax
        self._heads = Headcount(syntax)
        self._harmed = Harmed(syntax, self._heads)

    def tolls(self) -> list[Toll]:
        """Return the tolls in text order."""
        found: list[Toll] = []
        harm = _harm()
        for index, lemma in enumerate(self._syntax.lemmas):
            word = self._syntax.words[index]
            for kind, how in harm.get(lemma, ()) or harm.get(word, ()):
                toll = self._read(index, self._kind(kind, index, found), how)
                if toll is not None:
                    found.append(toll)
                    break
        return found

    def of_verb(self, index: int, kind: str) -> Toll | None:
        """Return who a verb acts on, as harmed in a way that the verb's sense tells."""
        return self._read(index, kind, "patients")

    def _kind(self, kind: str, index: int, found: Sequence[Toll]) -> str:
        """Return a kind of harm; "the figure" counts what the toll before it did."""
        if kind != FIGURE or not found:
            return kind
        near = self._syntax.sentence_of[index] - self._syntax.sentence_of[found[-1].index]
        return found[-1].kind if near <= _NEAR_SENTENCES else kind

    def _read(self, index: int, kind: str, how: str) -> Toll | None:
        negated = how != "survivals" and self._syntax.with_dep(index, "neg")
        if kind == FIGURE or negated or self._is_possible(index) or self._is_either(index):
            return None
        people = self._harmed.people(index, how)
        people = self._without_breakdown([i for i in people if not self._is_thing(i)])
        counted = [count for count in map(self._heads.count, people) if count is not None]
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
            added=self._is_added(kind, index, people),
            lowered=how in _RISEN and self._harmed.is_lowered(index),
            risen=how in _RISEN or bool(self._harmed.risen(index)),
            weak=how in _WARDS,
            partial=how == "bodies" or not all(self._is_everyone(i) for i in people),
            nth=self._heads.nth(people[0]) if kind == "killed" and len(people) == 1 else None,
            share=all(self._is_share(i) for i in people),
            besides=all(self._is_beside(i) for i in people),
            side=self._side(people),
            name=self._name(people),
            who=self._noun(people),
        )

    def _without_breakdown(self, people: list[int]) -> list[int]:
        """Leave out who a number is made of: "three people, two women and a child"."""
        counts = {i: self._heads.count(i) for i in people}
        for whole in people[:1]:
            parts = [i for i in people[1:] if self._is_apposed(i, whole)]
            told = [count[0].low for i in parts if (count := counts[i]) is not None]
            total = counts[whole]
            if total is not None and parts and total[0].low == sum(low or 0 for low in told):
                return [i for i in people if i not in parts]
            if self._name([whole]):  # "Ann Li, 20, of Leeds, the driver of a van"
                return [i for i in people if i == whole or self._syntax.tokens[i].dep == "conj"]
        return people

    def _is_apposed(self, index: int, whole: int) -> bool:
        """Tell whether a noun, or the list that it is in, stands in apposition to another."""
        for above in (index, *self._syntax.ancestors(index)):
            if self._syntax.tokens[above].dep == "appos":
                return self._syntax.tokens[above].head == whole
        return False

    def _is_added(self, kind: str, index: int, people: list[int]) -> bool:
        also = {self._syntax.words[i] for i in self._syntax.with_dep(index, "advmod")}
        if not also.isdisjoint({"also", "too"}):
            return True
        return all(
            self._heads.is_added(i) or (kind == "killed" and self._is_besides(i)) for i in people
        )

    def _is_besides(self, index: int) -> bool:
        """Tell whether others have died before: "one of the injured died", "two others died"."""
        syntax = self._syntax
        whole = syntax.prepositional(index, "of")
        told = [w for i in whole for w in (i, *syntax.with_dep(i, "acl"))]  # "those hurt"
        hurt = any(syntax.words[i] in words("casualties", "hurt") for i in told)
        return hurt or (syntax.lemmas[index] in {"other", "others"} and not self._is_the(index))

    def _is_beside(self, index: int) -> bool:
        """Tell whether people are told as others: "sixteen others", "another four people"."""
        other = self._syntax.lemmas[index] in {"other", "others"} or self._heads.is_added(index)
        own = self._syntax.with_dep(index, "amod", "det")
        return other or any(self._syntax.words[i] == "other" for i in own)

    def _is_share(self, index: int) -> bool:
        """Tell whether people are some of those told before: "nine of the victims"."""
        wholes = self._syntax.prepositional(index, "of")
        return any(
            self._syntax.words[i] in _THEM
            or (self._is_the(i) and self._syntax.lemmas[i] in _VICTIMS)
            for i in wholes
        )

    def _is_the(self, index: int) -> bool:
        return any(self._syntax.words[i] == "the" for i in self._syntax.with_dep(index, "det"))

    def _side(self, people: list[int]) -> str:
        """Return the group that all people are of; empty if they are of none, or of several."""
        found = {
            next((side for side, ones in _sides().items() if self._syntax.lemmas[i] in ones), "")
            for i in [m for i in people for m in self._members(i)]
        }
        return found.pop() if len(found) == 1 else ""

    def _members(self, index: int) -> list[int]:
        """Return whom a number is a part of: the attackers of "five of the attackers"."""
        if index in self._heads.number_at:
            return self._syntax.prepositional(index, "of") or [index]
        return [index]

    def _noun(self, people: list[int]) -> str:
        """Return the noun for people of one kind, or nothing."""
        lemma = self._syntax.lemmas[people[0]]
        return lemma if len(people) == 1 and lemma in PERSONS else ""

    def _name(self, people: list[int]) -> str:
        """Return how somebody's last name begins, which a slip spells alike; or nothing."""
        if len(people) != 1 or self._syntax.entity_label(people[0]) != "PERSON":
            return ""
        number = self._syntax.entity_at[people[0]]
        return self._syntax.annotation.entities[number].text.split()[-1].lower()[:_NAME_CHARS]

    def _is_everyone(self, index: int) -> bool:
        return index in self._heads.number_at or self._syntax.lemmas[index] in _EVERYONE

    def _is_possible(self, index: int) -> bool:
        """Tell whether a toll is only feared: "the toll could surpass 5,000"."""
        syntax = self._syntax
        finite = any(
            syntax.tokens[i].tag in _FINITE for i in (index, *syntax.with_dep(index, *_AUX))
        )
        verbs = [index] if finite else [index, *list(syntax.ancestors(index))[:1]]
        return any(
            syntax.words[i] in words("modality", "modals")
            for verb in verbs
            for i in syntax.with_dep(verb, "aux")
        )

    def _is_either(self, index: int) -> bool:
        """Tell whether a number is of two kinds of harm: "70 dead or missing"."""
        words_, lemmas = self._syntax.words, self._syntax.lemmas
        near = [index + step for step in (-1, 1) if 0 < index + 2 * step < len(words_)]
        others = [2 * i - index for i in near if words_[i] == "or"]
        return any(words_[i] in _harm() or lemmas[i] in _harm() for i in others)

    def _places(self, index: int) -> list[int]:
        objects = self._syntax.prepositional(index, "in", "at", "near")
        return [self._syntax.mention_at[i] for i in objects if i in self._syntax.mention_at]

    def _parts(self, word: int, people: list[int]) -> tuple[Part, ...]:
        """Return the share of each place, or nothing unless each has a place of its own."""
        parts = []
        for index in people:
            counted = self._heads.count(index)
            places = self._places(index) or self._places(word)
            if counted is None or not places:
                return ()
            (start, end), count = counted[1], counted[0]
            parts.append(Part(count=count, start=start, end=end, mention=places[0]))
        return tuple(parts) if len({part.mention for part in parts}) > 1 else ()

    def _is_thing(self, index: int) -> bool:
        """Tell whether what is counted is no people: houses, cattle, jobs."""
        lemma = self._syntax.lemmas[index]
        if lemma in words("classes", "people"):
            return False  # "fighters" are people rather than aircraft where they are killed
        return any(lemma in words("classes", name) for name in _THINGS)


_THEM = frozenset({"them", "those", "whom"})
_VICTIMS = frozenset({"victim", "dead", "death", "fatality", "casualty", "killed"})
_EVERYONE = words("grammar", "tolls_everyone")
_THINGS = ("thing", "building", "weapon", "vehicle", "aircraft", "utility")


@cache
def _harm() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Index the words of harm by lemma: kind of harm, and how to find the people."""
    data: Any = table("casualties")
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in (*KINDS, STRUCK, FIGURE):
        for how, lemmas in data[kind].items():
            for lemma in lemmas:
                found.setdefault(lemma, []).append((kind, how))
    return found


@cache
def _sides() -> Mapping[str, frozenset[str]]:
    """Return groups of people that have nobody in common, by name."""
    return {name: frozenset(ones) for name, ones in table("casualties")["sides"].items()}


def _sum(counts: list[Range]) -> Range:
    lows = [c.low for c in counts if c.low is not None]
    highs = [c.high for c in counts if c.high is not None]
    return Range(
        low=sum(lows) if lows else None,
        high=sum(highs) if len(highs) == len(counts) else None,
        open_ended=any(c.open_ended for c in counts),
    )
