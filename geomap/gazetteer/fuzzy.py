"""Names one letter away from a name, found by what both are with one letter left out.

The index holds a 64-bit hash of every name and of every name without one of its letters (the
symmetric delete method of Wolf Garbe's SymSpell). A hash is a polynomial in an odd base modulo
2^64, so that numpy makes all of them at once from sums of prefixes and suffixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST = 5
"""Letters of the shortest name that is searched with a slip in it."""

LONGEST = 40
_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_OWNER = np.uint64((1 << 20) - 1)  # low bits of a mark: which key it is of
_HASH = ~_OWNER
_NEWLINE = 10
_INVERSE = pow(_BASE, -1, 1 << 64)
_POWERS = [pow(_BASE, i, 1 << 64) for i in range(LONGEST + 1)]


class FuzzyIndex:
    """Keys (:func:`geomap.names.fold`) that can be found with one edit in them."""

    def __init__(self, lines: bytes) -> None:
        """Index ASCII keys that stand one a line, each once."""
        self._letters = np.frombuffer(lines + b"\n", np.uint8)
        ends = np.flatnonzero(self._letters == _NEWLINE)
        starts = np.concatenate([[0], ends[:-1] + 1])
        lengths = ends - starts
        fitting = (lengths >= SHORTEST) & (lengths <= LONGEST)
        self._starts, self._ends = starts[fitting], ends[fitting]
        self._marks = self._all_marks(lengths[fitting])
        self._marks.sort()

    def _all_marks(self, lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
        """Return the marks of all keys, made for one length after another in one array."""
        marks = np.empty(int(lengths.sum()) + len(lengths), np.uint64)
        filled = 0
        for length in range(SHORTEST, LONGEST + 1):
            part = self._marks_of(np.flatnonzero(lengths == length), length)
            marks[filled : filled + len(part)] = part
            filled += len(part)
        return marks

    def _marks_of(self, members: NDArray[np.int64], length: int) -> NDArray[np.uint64]:
        """Return the marks of keys of one length."""
        letters = self._letters[self._starts[members, np.newaxis] + np.arange(length)]
        marks = (_hash_table(letters) & _HASH) | members.astype(np.uint64)[:, np.newaxis]
        return marks.ravel()

    def _key(self, number: int) -> str:
        return self._letters[self._starts[number] : self._ends[number]].tobytes().decode()

    def near(self, key: str) -> list[str]:
        """Return the keys at Damerau-Levenshtein distance 1 from ``key``, in order."""
        if not (SHORTEST <= len(key) < LONGEST and key.isascii()):
            return []
        wanted = np.array(_hashes(key), np.uint64)
        first = np.searchsorted(self._marks, wanted & _HASH, "left")
        last = np.searchsorted(self._marks, wanted | _OWNER, "right")
        owners = {
            int(mark & _OWNER)
            for low, high in zip(first.tolist(), last.tolist(), strict=True)
            for mark in self._marks[low:high]
        }
        return sorted(found for found in map(self._key, owners) if is_near(key, found))


def is_near(a: str, b: str) -> bool:
    """Tell whether one insertion, deletion, substitution or swap of neighbors makes b of a."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest_a, rest_b = a[start:], b[start:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def _hash_table(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return, for keys of one length as rows: their hash, and those with one letter left out."""
    terms = letters.astype(np.uint64) * np.array(_POWERS[: letters.shape[1]], np.uint64)
    before = np.cumsum(terms, axis=1, dtype=np.uint64)
    whole = before[:, -1:]
    without = (before - terms) + (whole - before) * np.uint64(_INVERSE)
    return np.hstack([whole, without])


def _hashes(key: str) -> list[int]:
    """Return what ``_hash_table`` does for one key, quicker."""
    terms = [code * power & _MASK for code, power in zip(key.encode(), _POWERS, strict=False)]
    whole = sum(terms) & _MASK
    found, before = [whole], 0
    for term in terms:
        after = (whole - before - term) & _MASK
        found.append((before + after * _INVERSE) & _MASK)
        before += term
    return found
