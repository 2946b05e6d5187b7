"""Pairs of facets compared, of which former builds may have compared most."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from geomap.merge.compare import compare
from geomap.merge.weights import default_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.catalog import Catalog
    from geomap.merge.memory import Pieces

    _Known = dict[bytes, float]

_KNOWN = msgspec.msgpack.Decoder(dict[bytes, float])
_WHOLE_KEY = 33  # two digests and a flag


class Comparing:
    """Compares facets of a catalog; ``groups`` are the near-copy groups of their documents.

    What was found is kept by run of documents, that of a pair by the run of its first facet, and
    the run by its last document, which it has also when others come and go. A piece has the pairs
    that the last build asked for, each under the checksums of its two facets: what is found for a
    pair hangs on these alone.
    """

    def __init__(self, catalog: Catalog, groups: Sequence[str], pieces: Pieces) -> None:
        self._catalog = catalog
        self._groups = groups
        self._pieces = pieces

    def probabilities(self, pairs: Iterable[Sequence[int]]) -> list[float]:
        """Return for each pair of cards the probability that they tell one event."""
        asked = [(one, other) for one, other in pairs]
        known = self._recall({self._catalog.run_of[one] for one, _ in asked})
        used: dict[int, _Known] = defaultdict(dict)
        grown: set[int] = set()
        found: list[float] = []
        for one, other in asked:
            key, run = self._key(one, other), self._catalog.run_of[one]
            probability = known.get(run, {}).get(key)
            if probability is None:
                probability = self._compare(one, other)
                grown.add(run)
            used[run][key] = probability
            found.append(probability)
        self._keep({run: used[run] for run in grown})
        return found

    def _compare(self, one: int, other: int) -> float:
        catalog, near = self._catalog, self._is_copy(one, other)
        here, there = catalog.facet(one), catalog.facet(other)
        return compare(here, there, default_weights(), lambda *_: near).probability

    def _is_copy(self, one: int, other: int) -> bool:
        return self._groups[one] == self._groups[other]

    def _key(self, one: int, other: int) -> bytes:
        """Return what a comparison hangs on; nothing is known of facets without digests."""
        cards = self._catalog.cards
        return b"%b%b%d" % (cards[one].digest, cards[other].digest, self._is_copy(one, other))

    def _recall(self, runs: Iterable[int]) -> dict[int, _Known]:
        digests = {self._catalog.last_digest(run): run for run in runs}
        found = self._pieces.recall("compared", [digest for digest in digests if digest])
        return {digests[digest]: _KNOWN.decode(piece) for digest, piece in found.items()}

    def _keep(self, found: dict[int, _Known]) -> None:
        for run, known in found.items():
            sure = {key: value for key, value in known.items() if len(key) == _WHOLE_KEY}
            if digest := self._catalog.last_digest(run):
                self._pieces.keep("compared", digest, msgspec.msgpack.encode(sure))
