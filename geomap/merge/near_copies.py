"""Which documents copy one another: agency copy, reprints and rewrites.

Measured on word triples (w-shingling: Broder 1997, "On the resemblance and containment of
documents"). Two independent articles on one event share names and figures but few triples of words:
up to 0.05 of the shorter article on the development texts, where a rewrite shares 0.25. Direct
quotations are left out, because independent articles quote the same statement. Pairs that resemble
each other so little are more than locality-sensitive hashing finds in near-linear time, so the
candidates come from a sample of the triples (those whose hash falls into one class, so that two
documents sample the same ones), sorted so that documents with a triple in common stand together.
"""

from __future__ import annotations

import re
import string
import zlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from geomap.model import Document

    Hashes = NDArray[np.uint32]
    #: Gives for each text a hash of each triple of its words, in their order.
    Shingle = Callable[[Sequence[str]], Sequence[Hashes]]
    Groups = tuple[tuple[str, ...], ...]
    Numbers = NDArray[np.int64]

# Share of the shorter document's triples that the other one must have.
LEAST_CONTAINMENT = 0.15
# The shared triples must be spread over this share of the text: a footer that all pages of one site
# carry is a block at the end, a rewrite agrees here and there throughout.
LEAST_SPREAD = 0.5

_SEGMENTS = 10
_SAMPLE_ONE_IN = 4
_SHORT = 160  # triples; shorter texts are sampled whole
_NO_HASHES = np.empty(0, dtype=np.uint32)
_HALF = np.uint64(32)
_NEIGHBORS = 4  # documents that one document is compared with for one shared triple
_QUOTATION = re.compile(r'“[^“”]{1,600}”|"[^"]{1,600}"')
_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’«»„…–—", " "))
# Odd multipliers that keep the order of the three words (from the golden ratio, as Knuth has it).
_MIX = (np.uint32(2654435769), np.uint32(40503), np.uint32(1))


def shingle(texts: Sequence[str]) -> list[Hashes]:
    """Return for each text a hash of each triple of words outside quotations, in text order."""
    hasher = _Hasher()
    return [hasher.triples(text) for text in texts]


def near_copies(documents: Iterable[Document], shingle: Shingle = shingle) -> Groups:
    """Return groups of ids of documents that copy one another, sorted; time near linear in text.

    A group has a leader, its first document, and every other member copies the leader: no chain
    leads from one text to another that has nothing of it. ``shingle`` may be one that remembers
    what :func:`shingle` gave.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    triples = shingle([document.text for document in ordered])
    samples = _Samples.of(triples)
    earlier: dict[int, dict[int, bool]] = defaultdict(dict)
    for one, other, may_copy in _candidates(samples):
        earlier[other][one] = may_copy
    leaders = list(range(len(ordered)))
    for number in sorted(earlier):
        possible = dict.fromkeys(leaders[one] for one in earlier[number])
        found = (
            one
            for one in possible
            if earlier[number].get(one, True) and _copies(triples[one], triples[number])
        )
        leaders[number] = next(found, number)
    groups: dict[int, list[str]] = defaultdict(list)
    for number, leader in enumerate(leaders):
        groups[leader].append(ordered[number].id)
    return tuple(tuple(members) for members in groups.values() if len(members) > 1)


class Copies:
    """Finds near-copies as :func:`near_copies` does, and remembers those of the last documents.

    The search hangs on texts alone: it may be made while it is waited for what these tell.
    """

    def __init__(self, shingle: Shingle = shingle) -> None:
        self._shingle = shingle
        self._asked: list[tuple[str, str]] | None = None
        self._found: Groups = ()

    def of(self, documents: Sequence[Document]) -> Groups:
        """Return the groups of ids of documents that copy one another."""
        asked = [(document.id, document.text) for document in documents]
        if asked != self._asked:
            self._found, self._asked = near_copies(documents, self._shingle), asked
        return self._found


class _Hasher:
    """Hashes of word triples; remembers the hash of each word."""

    def __init__(self) -> None:
        self._known = _WordHashes()

    def triples(self, text: str) -> Hashes:
        """Return a hash for each triple of words outside quotations, in text order."""
        words = _QUOTATION.sub(" ", text).lower().translate(_PUNCTUATION).split()
        hashes = np.fromiter(map(self._known.__getitem__, words), np.uint32, count=len(words))
        first, second, third = hashes[:-2], hashes[1:-1], hashes[2:]
        mixed = first * _MIX[0] + second * _MIX[1] + third * _MIX[2]
        return np.asarray(mixed ^ (mixed >> np.uint32(15)), dtype=np.uint32)


class _WordHashes(dict[str, int]):
    def __missing__(self, word: str) -> int:
        value = self[word] = zlib.crc32(word.encode("utf-8", "replace"))
        return value


@noun
class _Samples:
    """Sampled triples of documents, each document's once, in order of hash and then of document.

    ``holders`` are numbers of documents. ``sizes`` says how many each has sampled, and ``lengths``
    how many triples it has in all.
    """

    hashes: Hashes
    holders: Numbers
    sizes: Numbers
    lengths: Numbers

    @classmethod
    def of(cls, triples: Sequence[Hashes]) -> _Samples:
        lengths = np.array([len(hashes) for hashes in triples], dtype=np.int64)
        hashes = np.concatenate([*triples, _NO_HASHES])
        sampled = np.repeat(lengths <= _SHORT, lengths) | (hashes % _SAMPLE_ONE_IN == 0)
        # In place where it can be: memory that is touched for the first time costs more than work.
        keys = hashes[sampled].astype(np.uint64)
        keys <<= _HALF
        keys |= np.repeat(np.arange(len(triples), dtype=np.uint32), lengths)[sampled]
        # Sorted and then thinned: NumPy's own way to distinct values takes fifty times as long.
        keys.sort()
        keys = keys[_differ_from_former(keys)]
        held = keys.astype(np.uint32).astype(np.int64)  # the lower half
        return cls(
            hashes=(keys >> _HALF).astype(np.uint32),
            holders=held,
            sizes=np.bincount(held, minlength=len(triples)),
            lengths=lengths,
        )

    def may_copy(self, one: Numbers, other: Numbers, shared: Numbers) -> NDArray[np.bool_]:
        """Return which of each two may hold enough of the other, by how many hashes they share.

        Of two documents that are sampled whole, the shorter can have no more triples of the other
        than it shares hashes and repeats some.
        """
        here, there = self.lengths[one], self.lengths[other]
        shorter = np.where(here <= there, one, other)
        most = shared + self.lengths[shorter] - self.sizes[shorter]
        enough = most >= self.lengths[shorter] * LEAST_CONTAINMENT
        sure: NDArray[np.bool_] = enough | (np.maximum(here, there) > _SHORT)
        return sure


def _candidates(samples: _Samples) -> Iterator[tuple[int, int, bool]]:
    """Yield pairs of documents that share enough sampled triples to be worth comparing.

    With whether one may copy the other; those that share most come first. Of the many documents
    with one triple each is paired with a few neighbors and the first, so that a thousand copies of
    one text cost thousands of comparisons and not a million.
    """
    if not len(samples.hashes):
        return
    n_documents, sizes = len(samples.sizes), samples.sizes
    low, high = _beside(samples.hashes, samples.holders)
    codes, shared = np.unique(low * n_documents + high, return_counts=True)
    one, other = np.divmod(codes, n_documents)
    enough = shared >= np.maximum(2, _expected(sizes[one], sizes[other]) / 2)
    ranked = np.flatnonzero(enough)[np.lexsort((codes[enough], -shared[enough]))]
    one, other = one[ranked], other[ranked]
    may_copy = samples.may_copy(one, other, shared[ranked])
    yield from zip(one.tolist(), other.tolist(), may_copy.tolist(), strict=True)


def _beside(hashes: Hashes, holders: Numbers) -> tuple[Numbers, Numbers]:
    """Return pairs of holders of one hash: each with the first, and with the next few."""
    begins = _differ_from_former(hashes)
    starts, others = np.flatnonzero(begins), np.flatnonzero(~begins)
    first = holders[starts[np.searchsorted(starts, others) - 1]]
    low, high = [first], [holders[others]]
    for step in range(1, _NEIGHBORS + 1):
        same = hashes[step:] == hashes[:-step]
        low.append(holders[:-step][same])
        high.append(holders[step:][same])
    return np.concatenate(low), np.concatenate(high)


def _differ_from_former(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which values differ from the one before them; the first one does."""
    differ = np.ones(len(values), dtype=np.bool_)
    differ[1:] = values[1:] != values[:-1]
    return differ


def _expected(one: Numbers, other: Numbers) -> NDArray[np.float64]:
    """Return how many sampled triples two documents share that just pass as copies.

    Where one is sampled whole and the other is not, they share only what falls into the sample.
    """
    whole = _SHORT // _SAMPLE_ONE_IN
    mixed = (np.minimum(one, other) <= whole) != (np.maximum(one, other) <= whole)
    return LEAST_CONTAINMENT * np.minimum(one, other) / np.where(mixed, _SAMPLE_ONE_IN, 1)


def _copies(one: Hashes, other: Hashes) -> bool:
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if not len(shorter):
        return False
    known = np.sort(longer)
    places = np.minimum(np.searchsorted(known, shorter), len(known) - 1)
    hits = np.flatnonzero(known[places] == shorter)
    if len(hits) < len(shorter) * LEAST_CONTAINMENT:
        return False
    segments = np.count_nonzero(np.bincount(hits * _SEGMENTS // len(shorter)))
    return bool(segments >= min(_SEGMENTS, len(shorter)) * LEAST_SPREAD)
