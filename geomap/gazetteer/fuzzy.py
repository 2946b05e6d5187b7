"""Names one letter away from a name, found by what both are with one letter left out.

The index holds a 64-bit hash of every name and of every name without one of its letters (the
symmetric delete method of Wolf Garbe's SymSpell). A hash is a polynomial in an odd base modulo
2^64, so that numpy makes all of them at once from sums of prefixes and suffixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

SHORTEST = 5
"""Letters of the shortest name that is searched with a slip in it."""

LONGEST = 40
_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_OWNER = np.uint64((1 << 20) - 1)  # low bits of a mark: which key it is of
_HASH = ~_OWNER
_INVERSE = pow(_BASE, -1, 1 << 64)
_POWERS = [pow(_BASE, i, 1 << 64) for i in range(LONGEST + 1)]


class FuzzyIndex:
    """Keys (:func:`geomap.names.fold`) that can be found with one edit in them."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._keys = sorted(
            key for key in set(keys) if SHORTEST <= len(key) <= LONGEST and key.isascii()
        )
        parts = [
            (_hash_table([self._keys[i] for i in members], length) & _HASH)
            | np.array(members, np.uint64)[:, np.newaxis]
            for length, members in _by_length(self._keys)
        ]
        self._marks = np.concatenate([part.ravel() for part in parts] or [np.empty(0, np.uint64)])
        self._marks.sort()

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
        return sorted(found for found in map(self._keys.__getitem__, owners) if is_near(key, found))


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


def _by_length(keys: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    lengths: dict[int, list[int]] = {}
    for position, key in enumerate(keys):
        lengths.setdefault(len(key), []).append(position)
    yield from sorted(lengths.items())


def _hash_table(keys: list[str], length: int) -> NDArray[np.uint64]:
    """Return a row for each key of one length: its hash, and those with one letter left out."""
    letters = np.frombuffer("".join(keys).encode(), np.uint8).reshape(len(keys), length)
    terms = letters.astype(np.uint64) * np.array(_POWERS[:length], np.uint64)
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
