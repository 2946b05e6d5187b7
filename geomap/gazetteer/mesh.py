"""The edges of neighboring areas, each drawn once: what TopoJSON calls a mesh.

Neighbors share their edges vertex by vertex, so that an edge is known again by its two ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.gazetteer.codec import SCALE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geomap.gazetteer.codec import Rings

    Numbers = NDArray[np.int64]

_MORE_THAN_LATITUDES = 10**8  # positions are whole 1e-5 degrees
_JOINT = 2  # a vertex with other than two edges is where three areas meet, or a line ends


def mesh(rings: Rings) -> NDArray[np.object_]:
    """Return the edges of ``rings`` as lines from joint to joint; lon, lat."""
    vertices = _numbered(rings.points)
    ring = np.repeat(np.arange(len(rings.ring_sizes)), rings.ring_sizes)
    starts = np.flatnonzero(ring[1:] == ring[:-1])
    edges = np.sort(np.stack((vertices[starts], vertices[starts + 1])), axis=0)
    _, first = np.unique(edges[0] * (len(vertices) + 1) + edges[1], return_index=True)
    kept = np.sort(first)
    joints = np.bincount(edges[:, kept].ravel(), minlength=len(vertices)) != _JOINT
    return _lines(rings.points, starts[kept], joints[vertices])


def _numbered(points: Numbers) -> Numbers:
    """Return a number for each vertex, the same where two are at one position."""
    numbers: Numbers
    _, numbers = np.unique(points[:, 0] * _MORE_THAN_LATITUDES + points[:, 1], return_inverse=True)
    return numbers


def _lines(points: Numbers, starts: Numbers, joints: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Join the edges that begin at ``starts`` to lines, as far as they follow one another."""
    if not len(starts):
        return np.empty(0, dtype=object)
    breaks = np.append(True, (np.diff(starts) != 1) | joints[starts[1:]])
    line = np.cumsum(breaks) - 1
    # Each edge gives its first vertex; the last edge of a line gives its second one too.
    lasts = np.flatnonzero(np.append(breaks[1:], True))
    order = np.concatenate((np.arange(len(starts)), lasts + 0.5)).argsort(kind="stable")
    vertices = np.concatenate((starts, starts[lasts] + 1))[order]
    owners = np.concatenate((line, line[lasts]))[order]
    made: Any = shapely.linestrings(points[vertices] / SCALE, indices=owners)
    return np.atleast_1d(made)
