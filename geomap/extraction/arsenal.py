"""Weapons in a text: which system, of which class, how many, and what became of them."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from geomap.extraction.headcount import as_range
from geomap.extraction.lexicon import System, systems, words
from geomap.model import Range, Weapon, noun

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.extraction.syntax import Syntax
    from geomap.quantities import Number


@noun
class WeaponUse:
    """One weapon word: its system, its number, and what was done with it."""

    index: int
    system: System
    role: str  # "launched", "destroyed", "hit"
    count: Range | None = None
    span: tuple[int, int] | None = None


_DESTROY = words("grammar", "arsenal_destroy")
_HIT = words("grammar", "arsenal_hit")
_LONGEST_NAME = 3
_REACH = 6
_PART = "include"
_HELD = frozenset({"firearm", "blade"})  # rifles and knives are not launched


def find_weapons(syntax: Syntax) -> list[WeaponUse]:
    """Return the weapon words in text order; of "Shahed drones" the head, by its closer name."""
    numbers = {
        index: number
        for number in syntax.counts
        for index in syntax.span_tokens(number.start, number.end)
    }
    uses = []
    index = 0
    while index < len(syntax.tokens):
        width, system = _system_at(syntax, index)
        if system is None:
            index += 1
            continue
        following, whole = (
            _system_at(syntax, index + width) if _goes_on(syntax, index) else (0, None)
        )
        if whole is not None and whole.kind == system.kind:
            width += following
        uses += _uses(syntax, index + width - 1, system, numbers)
        index += width
    return uses


def _goes_on(syntax: Syntax, index: int) -> bool:
    """Tell whether a name stands before the noun that it tells the kind of: "Shahed drones"."""
    token = syntax.tokens[index]
    return token.dep in {"compound", "nmod", "amod"} and token.head == index + 1


@cache
def _beginnings() -> frozenset[str]:
    """Return the first words of the names of systems."""
    return frozenset(name.split(" ")[0] for name in systems())


def _system_at(syntax: Syntax, index: int) -> tuple[int, System | None]:
    if not _beginnings() & {syntax.lemmas[index], syntax.words[index]}:
        return 1, None
    known = systems()
    longest = min(_LONGEST_NAME, len(syntax.tokens) - index)
    for width in range(longest, 0, -1):
        for forms in (syntax.lemmas, syntax.words):
            name = " ".join(forms[index : index + width])
            if name in known:
                return width, known[name]
    return 1, None


def _uses(
    syntax: Syntax, index: int, system: System, numbers: dict[int, Number]
) -> list[WeaponUse]:
    """Return the use of a weapon word; two for "21 out of 49 drones destroyed"."""
    number, role = _number_before(syntax, index, numbers), _role(syntax, index)
    if number is None or system.kind in _HELD:
        return [WeaponUse(index=index, system=system, role=role)]
    share = _share(syntax, number, numbers)
    counted = [(role, share), ("launched", number)] if share else [(role, number)]
    if (lost := _lost(syntax, index, numbers)) is not None:
        counted.append(("destroyed", lost))
    return [
        WeaponUse(index=index, system=system, role=role, count=as_range(n), span=(n.start, n.end))
        for role, n in counted
    ]


def _share(syntax: Syntax, number: Number, numbers: dict[int, Number]) -> Number | None:
    """Return the 21 of "21 out of 49" and of "21 of the 49"."""
    first = syntax.span_tokens(number.start, number.end)[0]
    before = [i for i in range(first - 1, max(-1, first - 4), -1) if syntax.words[i] not in _OF]
    if not before or before[0] == first - 1:
        return None
    return numbers.get(before[0])


def _lost(syntax: Syntax, index: int, numbers: dict[int, Number]) -> Number | None:
    """Return the 87 of "90 drones, 87 of which were shot down"."""
    for verb in syntax.with_dep(index, "relcl", "acl"):
        if syntax.lemmas[verb] not in _DESTROY:
            continue
        for subject in syntax.with_dep(verb, "nsubjpass"):
            if subject in numbers and any(
                syntax.words[i] in _WHICH for i in syntax.prepositional(subject, "of")
            ):
                return numbers[subject]
    return None


_WHICH = frozenset({"which", "them", "these", "those"})
_OF = frozenset({"out", "of", "the", "all"})


def _number_before(syntax: Syntax, index: int, numbers: dict[int, Number]) -> Number | None:
    for before in range(index - 1, max(syntax.sentence(index).first, index - _REACH) - 1, -1):
        if before in numbers:
            return numbers[before]
        if syntax.tokens[before].pos not in {
            "ADJ",
            "NOUN",
            "PROPN",
            "ADV",
            "PUNCT",
            "PART",
            "VERB",
        }:
            return None
        if syntax.tokens[before].pos == "VERB" and syntax.tokens[before].dep != "amod":
            return None
        if syntax.words[before] in {",", ";", "."}:
            return None
    return None


def _role(syntax: Syntax, index: int) -> str:
    for above in list(syntax.ancestors(index))[:4]:
        lemma = syntax.lemmas[above]
        if syntax.tokens[above].pos not in {"VERB", "AUX"} or lemma == _PART:
            continue
        if lemma in _DESTROY and _is_patient(syntax, index, above):
            return "destroyed"
        return "hit" if lemma in _HIT else "launched"
    for child in syntax.with_dep(index, "acl", "relcl"):
        if syntax.lemmas[child] in _DESTROY and syntax.is_passive(child):
            return "destroyed"
    return "launched"


def _is_patient(syntax: Syntax, index: int, verb: int) -> bool:
    if syntax.lemmas[verb] in {"shoot", "intercept", "down"}:
        return True
    path = [index, *islice(syntax.ancestors(index), _REACH)]
    objects = syntax.objects(verb)
    # "destroyed 72, including ten rockets": the ten were destroyed as well.
    of_part = any(syntax.lemmas[i] == _PART for i in path)
    return any(i in objects for i in (path if of_part else [index]))


def combine(uses: Iterable[WeaponUse]) -> tuple[Weapon, ...]:
    """Join uses into one weapon a system, in order of appearance; the largest count stands."""
    counts: dict[str, dict[str, Range | None]] = {}
    for use in uses:
        entry = counts.setdefault(use.system.system, {})
        entry[use.role] = larger(entry.get(use.role), use.count)
    return tuple(
        Weapon(
            system=system,
            launched=entry.get("launched"),
            destroyed=entry.get("destroyed"),
            hit=entry.get("hit"),
        )
        for system, entry in counts.items()
    )


def larger(a: Range | None, b: Range | None) -> Range | None:
    """Return the count that says more: the known one, then the larger."""
    if a is None or b is None:
        return a or b
    return max(a, b, key=lambda c: (c.low or c.high or 0, not c.open_ended))
