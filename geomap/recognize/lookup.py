"""What the gazetteer knows of the words of a text, as features of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geomap.recognize.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geomap.recognize.evidence import NameIndex

# One feature for each place in a known name (begin, inside, last, unit), and one that there is a
# gazetteer at all.
FEATURES = 5

_BEGIN, _INSIDE, _LAST, _UNIT, _ASKED = range(FEATURES)

# No place name in running text has more words, hyphens counted, than this.
_LONGEST_NAME = 6

# The cache of answers starts anew at this size: memory stays bounded, whatever the texts.
_MOST_CACHED = 200_000


class Lookup:
    """A gazetteer's knowledge of names, asked once for each name."""

    def __init__(self, index: NameIndex | None) -> None:
        """Without an index, nothing is known, and the features say that nothing was asked."""
        self._index = index
        self._cache: dict[str, bool] = {}

    def features(
        self, text: str, spans: Sequence[tuple[int, int]], lengths: Sequence[int]
    ) -> NDArray[np.float32]:
        """Return features (words, 5) of the words at ``spans`` of ``text``.

        Known names are taken from left to right, the longest first; none crosses the end of a
        sequence of ``lengths``.
        """
        features = np.zeros((len(spans), FEATURES), np.float32)
        if self._index is None:
            return features
        features[:, _ASKED] = 1
        first = 0
        for length in lengths:
            self._mark(features, text, spans, (first, first + length))
            first += length
        return features

    def _mark(
        self,
        features: NDArray[np.float32],
        text: str,
        spans: Sequence[tuple[int, int]],
        sequence: tuple[int, int],
    ) -> None:
        """Set the features of one sequence of words."""
        first, end = sequence
        while first < end:
            last = self._known_name(text, spans, first, end)
            if last - first == 1:
                features[first, _UNIT] = 1
            elif last > first:
                features[first, _BEGIN] = 1
                features[first + 1 : last - 1, _INSIDE] = 1
                features[last - 1, _LAST] = 1
            first = max(last, first + 1)

    def _known_name(self, text: str, spans: Sequence[tuple[int, int]], first: int, end: int) -> int:
        """Return where the longest known name from ``first`` ends; ``first`` if there is none."""
        start, stop = spans[first]
        if not text[start].isupper() or stop - start < 2:  # noqa: PLR2004 - a letter is no name
            return first
        for last in reversed(self._ends(text, spans, first, end)):
            if self.knows(text[start : spans[last - 1][1]]):
                return last
        return first

    def _ends(self, text: str, spans: Sequence[tuple[int, int]], first: int, end: int) -> list[int]:
        """Return where a name from ``first`` may end: after words written large."""
        ends = []
        for last in range(first, min(end, first + _LONGEST_NAME)):
            start, stop = spans[last]
            if text[start].isupper():
                ends.append(last + 1)
            elif text[start:stop] not in words().name_particles:
                break
        return ends

    def knows(self, name: str) -> bool:
        """Tell whether there is a place of that name."""
        answer = self._cache.get(name)
        if answer is None:
            if len(self._cache) >= _MOST_CACHED:
                self._cache.clear()
            answer = self._index is not None and self._index.knows(name)
            self._cache[name] = answer
        return answer
