"""Place names among what a spaCy pipeline says of a text, with a gazetteer as second witness.

This is the way of pipelines that were not trained for toponyms, a user's own for instance: their
GPE, LOC and FAC are places, their NORP demonyms, and where they took a place for a person or an
organization, or saw nothing, the gazetteer's knowledge of the name together with the words around
it decides.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol

from geomap.model import Mention, Use
from geomap.recognize.boundaries import PLACE_LABELS, Span, tidy
from geomap.recognize.uses import is_no_place, use_of
from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Candidate, Entity, Token
    from geomap.recognize.parse import Parsed

# No place name in running text is longer than this many words.
_LONGEST_NAME = 4

# Labels that models give to place names they do not know.
_DOUBTFUL = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"})


class NameIndex(Protocol):
    """What recognition asks of a gazetteer."""

    def knows(self, name: str) -> bool:
        """Tell whether there is a place of that name, exactly or as an alias."""

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places of that name, the best match first."""


class _Nothing:
    """The gazetteer of those who have none."""

    def knows(self, name: str) -> bool:  # noqa: ARG002 - the protocol's signature
        return False

    def candidates(self, name: str) -> tuple[Candidate, ...]:  # noqa: ARG002 - the protocol's signature
        return ()


NOTHING: NameIndex = _Nothing()


def find(parsed: Parsed, index: NameIndex) -> tuple[Mention, ...]:
    """Find the toponyms of a parsed document, in text order, none inside another."""
    return _Finder(parsed, index).mentions()


class _Finder:
    """One document's tokens, with what was found so far."""

    def __init__(self, parsed: Parsed, index: NameIndex) -> None:
        self._parsed = parsed
        self._text = parsed.document.text
        self._tokens = parsed.tokens
        self._starts = [token.start for token in parsed.tokens]
        self._index = index
        self._found: dict[int, Mention] = {}

    def mentions(self) -> tuple[Mention, ...]:
        """Apply the rules, surest first; a later one never overlaps an earlier one."""
        free = self._free_tokens()
        for entity in self._parsed.entities:
            self._from_entity(entity)
        names = {m.text.lower() for m in self._found.values() if m.use is not Use.DEMONYM}
        for number in free:
            self._from_token(number, names)
        return tuple(_apart(sorted(self._found.values(), key=lambda m: (m.start, -m.end))))

    def _free_tokens(self) -> list[int]:
        """Return the numbers of the tokens that are in no entity."""
        taken: set[int] = set()
        for entity in self._parsed.entities:
            taken.update(range(*self._range(entity.start, entity.end)))
        return [number for number in range(len(self._tokens)) if number not in taken]

    def _from_entity(self, entity: Entity) -> None:
        first, last = self._range(entity.start, entity.end)
        if self._is_no_place(first, last):
            return
        if entity.label in PLACE_LABELS:
            self._add(tidy(self._text, entity.start, entity.end, entity.label))
        elif entity.label == "NORP" and self._known(first, last):
            self._add(tidy(self._text, entity.start, entity.end, "NORP"), Use.DEMONYM)
        elif entity.label in _DOUBTFUL and last - first == 1:
            self._mistaken(entity, first, last)
        elif entity.label == "ORG":
            self._embedded(first, last)

    def _mistaken(self, entity: Entity, first: int, last: int) -> None:
        """Take a one-word name for a place that the gazetteer knows where the words say so."""
        span = tidy(self._text, entity.start, entity.end, "GPE")
        if span and (_takes_area_word(span, entity) or self._known_in_place(first, last)):
            self._add(span)

    def _embedded(self, first: int, last: int) -> None:
        """Find the longest known names inside the name of an organization."""
        start = first
        while start < last:
            ends = range(min(last, start + _LONGEST_NAME), start, -1)
            end = next((end for end in ends if self._may_embed(start, end, first, last)), None)
            if end:
                span = tidy(self._text, self._tokens[start].start, self._tokens[end - 1].end, "GPE")
                self._add(span, Use.EMBEDDED)
            start = end or start + 1

    def _may_embed(self, start: int, end: int, first: int, last: int) -> bool:
        whole = (start, end) == (first, last)
        return not whole and self._tokens[start].text[0].isupper() and self._known(start, end)

    def _from_token(self, number: int, names: set[str]) -> None:
        """Take a word that no entity covers: known in this document, or to the gazetteer."""
        token = self._tokens[number]
        if self._is_no_place(number, number + 1):
            return
        same = token.text.lower() in names and (token.text[0].isupper() or token.pos == "PROPN")
        if same or (_name_like(token) and self._known_in_place(number, number + 1)):
            self._add(tidy(self._text, token.start, token.end, "GPE"))

    def _known_in_place(self, first: int, last: int) -> bool:
        """Tell whether the gazetteer knows the name and a preposition of place precedes it."""
        if not self._known(first, last):
            return False
        before = [token.text.lower() for token in self._tokens[max(0, first - 2) : first]]
        if not before:
            return True
        known = words().place_prepositions
        if before[-1] in {"and", "or", ","}:
            return self._tokens[max(0, first - 2)].start in self._found
        return before[-1] in known or (before[-1] == "the" and before[0] in known)

    def _is_no_place(self, first: int, last: int) -> bool:
        return is_no_place(self._tokens, first, last, self._index.knows)

    def _use(self, first: int, last: int) -> Use:
        told = use_of(self._tokens, first, last)
        return Use.PLACE if told is Use.UNKNOWN else told

    def _known(self, first: int, last: int) -> bool:
        if first >= last:
            return False
        return self._index.knows(self._text[self._tokens[first].start : self._tokens[last - 1].end])

    def _range(self, start: int, end: int) -> tuple[int, int]:
        """Return first and one past the last token of a span."""
        first = bisect_left(self._starts, start)
        return first, max(first + 1, bisect_left(self._starts, end))

    def _add(self, span: Span | None, use: Use | None = None) -> None:
        if span is None:
            return
        first, last = self._range(span.start, span.end)
        self._found.setdefault(
            span.start,
            Mention(
                document_id=self._parsed.document.id,
                start=span.start,
                end=span.end,
                text=self._text[span.start : span.end],
                label=span.label,
                use=use or self._use(first, last),
            ),
        )


def _takes_area_word(span: Span, entity: Entity) -> bool:
    """Tell whether the span grew by an area word ("Podilsky" to "Podilsky district")."""
    return span.end > entity.end


def _name_like(token: Token) -> bool:
    """Tell whether a word may be a name: written large, or the tagger says so."""
    return len(token.text) > 2 and (token.text[0].isupper() or token.pos == "PROPN")  # noqa: PLR2004 - initials


def _apart(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Leave out what overlaps the mention before it."""
    end = -1
    for mention in mentions:
        if mention.start >= end:
            yield mention
            end = mention.end
