"""Names in a text that may be the place of an event: toponym mentions, and other proper names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.extraction.lexicon import words
from geomap.extraction.linking import Candidate

if TYPE_CHECKING:
    from geomap.extraction.syntax import Syntax
    from geomap.model import Mention

_NO_NAMES = words("grammar", "candidates_no_names")
_LABELS = frozenset(["GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT"])
_GENERAL = frozenset({"district", "region"})  # behind a name, not of it
_ARTICLES = frozenset({"the", "a", "an"})
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


def find_candidates(syntax: Syntax, first: int, last: int) -> list[Candidate]:
    """Return the candidates among the tokens ``first:last``, in text order, none overlapping.

    A toponym mention goes before an entity, an entity before a run of proper nouns. The latter two
    matter where a recognizer missed a place, or where names of people compete with places.
    """
    taken: set[int] = set()
    found = [_of_mention(syntax, m) for m in _inside(syntax, first, last)]
    for candidate in found:
        taken.update(range(candidate.first, candidate.last))
    for candidate in _entities(syntax, first, last):
        if not taken.intersection(range(candidate.first, candidate.last)):
            found.append(candidate)
            taken.update(range(candidate.first, candidate.last))
    found += _proper_nouns(syntax, first, last, taken)
    return _merged(syntax, sorted(found, key=lambda candidate: candidate.first))


def bare_name(syntax: Syntax, candidate: Candidate) -> range:
    """Return the words of a name without the general word behind it: "Kasungu" of "K. district".

    Annotators of the places of events leave it out where it has a small letter.
    """
    last = candidate.last
    while last - candidate.first > 1 and syntax.tokens[last - 1].text in _GENERAL:
        last -= 1
    return range(candidate.first, last)


def _inside(syntax: Syntax, first: int, last: int) -> list[Mention]:
    numbers = sorted({syntax.mention_at[i] for i in range(first, last) if i in syntax.mention_at})
    return [syntax.annotation.mentions[number] for number in numbers]


def _candidate(syntax: Syntax, words_of: tuple[int, int], label: str, use: str = "") -> Candidate:
    first, last = words_of
    start, end = syntax.tokens[first].start, syntax.tokens[last - 1].end
    head = syntax.head_of_span(start, end)
    return Candidate(
        start=start,
        end=end,
        head=last - 1 if head is None else head,
        first=first,
        last=last,
        label=label if label in _LABELS else "",
        use=use,
    )


def _of_mention(syntax: Syntax, mention: Mention) -> Candidate:
    indices = syntax.span_tokens(mention.start, mention.end)
    entity = next((syntax.entity_at[i] for i in indices if i in syntax.entity_at), None)
    label = syntax.annotation.entities[entity].label if entity is not None else mention.label
    return _candidate(syntax, (indices[0], indices[-1] + 1), label, mention.use.value)


def _entities(syntax: Syntax, first: int, last: int) -> list[Candidate]:
    found = []
    for number in sorted(
        {syntax.entity_at[i] for i in range(first, last) if i in syntax.entity_at}
    ):
        entity = syntax.annotation.entities[number]
        if entity.label in _NO_NAMES:
            continue
        indices = syntax.span_tokens(entity.start, entity.end)
        low, high = indices[0], indices[-1] + 1
        while low < high and syntax.words[low] in _ARTICLES:
            low += 1
        while high > low and syntax.words[high - 1] in _POSSESSIVES:
            high -= 1
        if low < high:
            found.append(_candidate(syntax, (low, high), entity.label))
    return found


def _proper_nouns(syntax: Syntax, first: int, last: int, taken: set[int]) -> list[Candidate]:
    found = []
    index = first
    while index < last:
        run = index
        while run < last and run not in taken and _is_name(syntax, run):
            run += 1
        if run > index:
            found.append(_candidate(syntax, (index, run), ""))
        index = max(run, index + 1)
    return found


def _is_name(syntax: Syntax, index: int) -> bool:
    token = syntax.tokens[index]
    if token.pos != "PROPN" or not token.text[0].isalpha():
        return False
    entity = syntax.entity_at.get(index)
    return entity is None or syntax.annotation.entities[entity].label not in _NO_NAMES


def _merged(syntax: Syntax, found: list[Candidate]) -> list[Candidate]:
    """Join the pieces of one name that a hyphen divides ("Ein el-Hilweh"); mentions stay whole."""
    merged: list[Candidate] = []
    for candidate in found:
        before = merged[-1] if merged else None
        if before is None or candidate.use or before.use or not _joined(syntax, before, candidate):
            merged.append(candidate)
            continue
        label = before.label or candidate.label
        merged[-1] = _candidate(syntax, (before.first, candidate.last), label)
    return merged


def _joined(syntax: Syntax, a: Candidate, b: Candidate) -> bool:
    if b.label == "NORP" or syntax.tokens[a.last - 1].pos != "PROPN":
        return False
    between = "".join(syntax.words[a.last : b.first])
    return between in {"-", "–"} or (a.last == b.first and not (a.label and b.label))
