"""The cards of all facets, of which former builds may have left those of known documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from geomap.merge.cards import Card, card_of
from geomap.merge.facets import Facet, facets
from geomap.merge.weights import default_weights
from geomap.runs import Run, cut

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from geomap.merge.facets import Ontology
    from geomap.merge.memory import Pieces
    from geomap.model.later import Reports

_CARDS = msgspec.msgpack.Decoder(list[Card])


class Catalog:
    """Cards of all facets in order of key, and the facets of those that are asked for.

    ``runs`` are runs of documents, and ``run_of`` gives the number of each card's.
    """

    def __init__(
        self, told: Reports, published: Mapping[str, date], ontology: Ontology, pieces: Pieces
    ) -> None:
        self._reports = told.by_document
        self._digests = told.digests
        self._published = published
        self._ontology = ontology
        self._facets: dict[str, dict[str, Facet]] = {}
        self._ids = list(self._reports)
        digests = [self._digests.get(key, b"") for key in self._ids]
        self.runs = tuple(cut(self._ids, digests))
        found = self._all(pieces)
        order = sorted(range(len(found)), key=lambda number: found[number][0].key)
        self.cards = [found[number][0] for number in order]
        self.run_of = [found[number][1] for number in order]

    def facet(self, number: int) -> Facet:
        """Return the facet of a card."""
        card = self.cards[number]
        return self._facets_of(card.document_id)[card.key]

    def last_digest(self, run: int) -> bytes:
        """Return what stands for what the last document of a run tells, empty if not known."""
        return self._digests.get(self._ids[self.runs[run].end - 1], b"")

    def _all(self, pieces: Pieces) -> list[tuple[Card, int]]:
        """Return all cards, each with the number of its run."""
        known = pieces.recall("cards", [run.digest for run in self.runs if run.digest])
        found: list[tuple[Card, int]] = []
        for number, run in enumerate(self.runs):
            if run.digest in known:
                cards = _CARDS.decode(known[run.digest])
            else:
                cards = self._new(run, pieces)
            found += [(card, number) for card in cards]
        return found

    def _new(self, run: Run, pieces: Pieces) -> list[Card]:
        weights = default_weights()
        cards = [
            card_of(facet, self._digests.get(key, b""), weights)
            for key in self._ids[run.first : run.end]
            for facet in self._facets_of(key).values()
        ]
        if run.digest:
            pieces.keep("cards", run.digest, msgspec.msgpack.encode(cards))
        return cards

    def _facets_of(self, document_id: str) -> dict[str, Facet]:
        if document_id not in self._facets:
            made = facets(self._reports[document_id], self._published, self._ontology)
            self._facets[document_id] = {facet.key: facet for facet in made}
        return self._facets[document_id]
