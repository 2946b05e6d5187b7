"""Land borders: the lines that two neighboring countries share, vertex by vertex."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import shapely

from geomap.gazetteer.codec import encode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Segment = tuple[tuple[float, float], tuple[float, float]]


def land_borders(shapes: Mapping[str, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Yield (country, country, line) for each pair whose polygons share edges.

    Natural Earth draws neighbors with the same vertices, so that equal segments are the border.
    """
    owners: dict[Segment, list[str]] = {}
    for code, shape in sorted(shapes.items()):
        for segment in _segments(shape):
            owners.setdefault(segment, []).append(code)
    shared: dict[tuple[str, str], list[Segment]] = {}
    for segment, codes in owners.items():
        if len(codes) == 2 and codes[0] != codes[1]:
            shared.setdefault((codes[0], codes[1]), []).append(segment)
    for (first, second), segments in sorted(shared.items()):
        yield first, second, encode(shapely.line_merge(shapely.MultiLineString(sorted(segments))))


def _segments(shape: Any) -> Iterator[Segment]:
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            for a, b in pairwise(ring.coords):
                yield (a, b) if a < b else (b, a)
