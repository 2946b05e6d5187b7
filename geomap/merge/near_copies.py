"""Which documents copy one another: agency copy, reprints and rewrites.

Measured on word triples (w-shingling: Broder 1997, "On the resemblance and containment of
documents"). Two independent articles on one event share names and figures but few triples of words:
up to 0.05 of the shorter article on the development texts, where a rewrite shares 0.25. Direct
quotations are left out, because independent articles quote the same statement. Pairs that resemble
each other so little are more than locality-sensitive hashing finds in near-linear time, so the
candidates come from a sample of the triples (those whose hash falls into one class, so that two
documents sample the same ones) by way of an inverted index.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geomap.model import Document

# Share of the shorter document's triples that the other one must have.
LEAST_CONTAINMENT = 0.15
# The shared triples must be spread over this share of the text: a footer that all pages of one site
# carry is a block at the end, a rewrite agrees here and there throughout.
LEAST_SPREAD = 0.5

_SEGMENTS = 10
_SAMPLE_ONE_IN = 4
_SHORT = 40  # triples; shorter texts are sampled whole
_NEIGHBORS = 4  # documents that one document is compared with for one shared triple
_QUOTATION = re.compile(r'“[^“”]{1,600}”|"[^"]{1,600}"')
_WORD = re.compile(r"\w+")


def near_copies(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """Return groups of ids of documents that copy one another, sorted; time near linear in text."""
    ordered = sorted(documents, key=lambda document: document.id)
    triples = [_triples(document.text) for document in ordered]
    groups = _Groups(len(ordered))
    for one, other in _candidates(triples):
        if not groups.joined(one, other) and _copies(triples[one], triples[other]):
            groups.join(one, other)
    return tuple(tuple(ordered[i].id for i in members) for members in groups.several())


def _triples(text: str) -> tuple[int, ...]:
    """Return a hash for each triple of words outside quotations, in text order."""
    words = _WORD.findall(_QUOTATION.sub(" ", text).lower())
    strings = zip(words, words[1:], words[2:], strict=False)
    return tuple(zlib.crc32(" ".join(triple).encode("utf-8", "replace")) for triple in strings)


def _candidates(triples: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Yield pairs that share at least two sampled triples, those that share most first."""
    index: dict[int, list[int]] = defaultdict(list)
    shared: Counter[tuple[int, int]] = Counter()
    for number, hashes in enumerate(triples):
        for value in sorted(_sample(hashes)):
            holders = index[value]
            # The first and the latest holders stand for the rest, so that a thousand copies of one
            # text cost a thousand comparisons and not a million.
            shared.update((holder, number) for holder in {*holders[:1], *holders[-_NEIGHBORS:]})
            holders.append(number)
    pairs = [(-count, pair) for pair, count in shared.items() if count > 1]
    yield from (pair for _, pair in sorted(pairs))


def _sample(hashes: tuple[int, ...]) -> set[int]:
    if len(hashes) <= _SHORT:
        return set(hashes)
    return {value for value in hashes if value % _SAMPLE_ONE_IN == 0}


def _copies(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    known = set(longer)
    hits = [place for place, value in enumerate(shorter) if value in known]
    segments = {place * _SEGMENTS // len(shorter) for place in hits}
    spread = len(segments) / min(_SEGMENTS, len(shorter))
    return len(hits) / len(shorter) >= LEAST_CONTAINMENT and spread >= LEAST_SPREAD


class _Groups:
    """Disjoint sets of numbers, each led by its smallest member."""

    def __init__(self, count: int) -> None:
        self._leader = list(range(count))

    def leader(self, number: int) -> int:
        while self._leader[number] != number:
            self._leader[number] = self._leader[self._leader[number]]
            number = self._leader[number]
        return number

    def joined(self, one: int, other: int) -> bool:
        return self.leader(one) == self.leader(other)

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.leader(one), self.leader(other)))
        self._leader[high] = low

    def several(self) -> list[list[int]]:
        """Return the groups of two or more, in order."""
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._leader)):
            groups[self.leader(number)].append(number)
        return [members for members in groups.values() if len(members) > 1]
