"""Reports of many documents as events: near-copies, blocking, comparing, clustering, combining.

Pure: no clock, no randomness, and no order of input changes the result.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geomap import collector
from geomap.merge.catalog import Catalog
from geomap.merge.cluster import Clusters, cluster
from geomap.merge.comparing import Comparing
from geomap.merge.hierarchy import parents
from geomap.merge.identity import event_ids
from geomap.merge.making import Making
from geomap.merge.memory import Memory, Pieces
from geomap.merge.near_copies import Copies, near_copies, shingle
from geomap.merge.outlines import Outlines
from geomap.merge.recombine import facets_of, recombine
from geomap.merge.sources import Sources
from geomap.merge.weights import default_weights
from geomap.merge.world import World
from geomap.model import Event, Report, noun
from geomap.model.later import Events, Reports, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.facets import Ontology
    from geomap.merge.world import Places
    from geomap.model import Document

__all__ = [
    "Copies",
    "Memory",
    "Merged",
    "Sources",
    "World",
    "facets_of",
    "merge",
    "near_copies",
    "recombine",
    "shingle",
]

# Possible duplicates named at one event, the likeliest first; more would help nobody.
_MOST_DUPLICATES = 5


@noun
class Merged:
    """Events in order of date and id, and groups of documents that copy one another."""

    events: tuple[Event, ...]
    near_copies: tuple[tuple[str, ...], ...]


def merge(
    reports: Sequence[Report],
    documents: Iterable[Document],
    ontology: Ontology,
    gazetteer: Places | None = None,
    *,
    memory: Memory | None = None,
) -> Merged:
    """Merge reports into events, which are made when somebody looks at them.

    Every report is in at least one event. Merging the reports of the events again gives the same
    events. ``memory`` makes no difference to the result.
    """
    memory = memory or Memory()
    with collector.paused():
        read = tuple(documents)
        copies = memory.copies.of(read)
        world = World(ontology=ontology, sources=Sources.of(copies), gazetteer=gazetteer)
        published = {document.id: document.published for document in read if document.published}
        catalog = Catalog(_by_document(reports), published, ontology, memory.pieces)
        events = _events(catalog, world, memory.pieces)
    return Merged(events=stand_in(events), near_copies=copies)


def _by_document(reports: Sequence[Report]) -> Reports:
    if isinstance(reports, Reports):
        return reports
    told: dict[str, list[Report]] = defaultdict(list)
    for report in {report.id: report for report in reports}.values():
        told[report.document_id].append(report)
    return Reports(told, {})


def _events(catalog: Catalog, world: World, pieces: Pieces) -> Events:
    groups = [world.sources.group_of(card.document_id) for card in catalog.cards]
    compared = Comparing(catalog, groups, pieces).probabilities
    clusters = cluster(catalog.cards, groups, compared, default_weights())
    members = clusters.members
    above = parents([[catalog.cards[number] for number in numbers] for numbers in members])
    drawing = Outlines(catalog, groups, world)
    outlines = drawing.of(members, above, pieces)
    making = Making(
        catalog=catalog,
        world=world,
        members=members,
        above=above,
        duplicates=_duplicates(clusters, above),
        ids=event_ids(drawing.identities(members, outlines)),
    )
    return making.events(outlines)


def _duplicates(clusters: Clusters, above: Sequence[int | None]) -> dict[int, list[int]]:
    """Return for each cluster the likeliest doubtful ones, but not its own parent or part."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, probability in clusters.unsure:
        if above[one] != other and above[other] != one:
            found[one].append((-probability, other))
            found[other].append((-probability, one))
    return {n: [other for _, other in sorted(f)[:_MOST_DUPLICATES]] for n, f in found.items()}
