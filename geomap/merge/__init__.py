"""Reports of many documents as events: near-copies, blocking, comparing, clustering, combining.

Pure: no clock, no randomness, and no order of input changes the result.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from geomap import collector
from geomap.merge.cluster import Clusters, cluster
from geomap.merge.combine import combine, identity, is_joint
from geomap.merge.effects import complete
from geomap.merge.facets import facets
from geomap.merge.hierarchy import parents
from geomap.merge.identity import event_ids
from geomap.merge.near_copies import near_copies, shingle
from geomap.merge.recombine import facets_of, recombine
from geomap.merge.sources import Sources
from geomap.merge.weights import default_weights
from geomap.merge.world import World
from geomap.model import Event, Report, noun

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geomap.merge.facets import Ontology
    from geomap.merge.near_copies import Shingle
    from geomap.merge.world import Places
    from geomap.model import Document

__all__ = [
    "Merged",
    "Sources",
    "World",
    "facets_of",
    "merge",
    "near_copies",
    "recombine",
    "shingle",
]

# Ids are known once all events are made, which nobody else has yet: they are completed where they
# are, as tens of thousands of copies would take longer than anything else here.
_set = object.__setattr__

# Possible duplicates named at one event, the likeliest first; more would help nobody.
_MOST_DUPLICATES = 5


@noun
class Merged:
    """Events in order of date and id, and groups of documents that copy one another."""

    events: tuple[Event, ...]
    near_copies: tuple[tuple[str, ...], ...]


def merge(
    reports: Iterable[Report],
    documents: Iterable[Document],
    ontology: Ontology,
    gazetteer: Places | None = None,
    *,
    shingle: Shingle = shingle,
) -> Merged:
    """Merge reports into events; ``shingle`` hashes the words of texts, for near-copies.

    Every report is in at least one event. Merging the reports of the events again gives the same
    events.
    """
    with collector.paused():
        read = tuple(documents)
        copies = near_copies(read, shingle)
        world = World(ontology=ontology, sources=Sources.of(copies), gazetteer=gazetteer)
        events = _events(tuple(reports), read, world)
    return Merged(events=tuple(sorted(events, key=_order)), near_copies=copies)


def _events(reports: Sequence[Report], read: Sequence[Document], world: World) -> list[Event]:
    published = {document.id: document.published for document in read if document.published}
    told = facets(reports, published, world.ontology)
    clusters = cluster(told, default_weights(), world.sources.group_of)
    above = parents(clusters.members)
    combined = [combine(group, world) for group in clusters.members]
    return _with_ids(complete(combined, clusters.members, above, world), clusters, above)


def _with_ids(
    events: Sequence[Event], clusters: Clusters, above: Sequence[int | None]
) -> list[Event]:
    ids = event_ids(
        [
            identity(event, group[0].family, joint=is_joint(group))
            for event, group in zip(events, clusters.members, strict=True)
        ]
    )
    duplicates = _duplicates(clusters, above)
    for number, event in enumerate(events):
        _set(event, "id", ids[number])
        parent = above[number]
        if parent is not None:
            _set(event, "parent_id", ids[parent])
        if number in duplicates:
            others = tuple(ids[other] for other in duplicates[number])
            _set(event, "possible_duplicates", others)
    return list(events)


def _duplicates(clusters: Clusters, above: Sequence[int | None]) -> dict[int, list[int]]:
    """Return for each cluster the likeliest doubtful ones, but not its own parent or part."""
    found: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, probability in clusters.unsure:
        if above[one] != other and above[other] != one:
            found[one].append((-probability, other))
            found[other].append((-probability, one))
    return {n: [other for _, other in sorted(f)[:_MOST_DUPLICATES]] for n, f in found.items()}


def _order(event: Event) -> tuple[str, str]:
    first = event.when.first if event.when else None
    return (first.isoformat() if first else "9999", event.id)
