"""Land borders, disputed ones, and to whom areas belong in the view of a country."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.gazetteer.build.countries import natural_earth_rows
from geomap.gazetteer.build.curated import Line, read_table
from geomap.gazetteer.codec import decode, encode
from geomap.gazetteer.schema import SCALE
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from geomap.gazetteer.build.world import World

_VIEW = "ADM0_A3_"
_NO_COUNTRY = {"UN", "WB", "DE"}  # not countries; the file itself is drawn for DE
_RENAMED = {"KO": "KR"}  # Natural Earth's column for Korea


def land_borders(shapes: Mapping[str, Any]) -> Iterator[tuple[str, str, bytes]]:
    """Yield (country, country, line) for each pair whose polygons share edges.

    Natural Earth draws neighbors with the same vertices, so that equal segments are the border.
    """
    codes = sorted(shapes)
    segments = [_segments(shapes[code]) for code in codes]
    owners = np.repeat(np.arange(len(codes)), [len(part) for part in segments])
    table = np.vstack(segments)
    order = np.lexsort((owners, *table.T))
    table, owners = table[order], owners[order]
    twice = (table[1:] == table[:-1]).all(axis=1) & (owners[1:] != owners[:-1])
    pairs = np.column_stack([owners[:-1][twice], owners[1:][twice]])
    shared = table[1:][twice]
    for a, b in np.unique(pairs, axis=0):
        lines = shared[(pairs == (a, b)).all(axis=1)]
        yield codes[a], codes[b], _line(lines)


def disputed_lines(world: World, path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield (area, neighbor, line) of each disputed boundary; the neighbor may be any (``""``)."""
    for line in read_table(path, ("area", "neighbor", "reason")):
        area = _shaped(world, line, line["area"])
        if line["neighbor"]:
            others = [_shaped(world, line, line["neighbor"])]
        else:
            others = [shape for shape in _area_shapes(world) if shape != area]
        around = np.unique(np.vstack([_segments(decode(shape)) for shape in others]), axis=0)
        both = np.vstack([np.unique(_segments(decode(area)), axis=0), around])
        found, count = np.unique(both, axis=0, return_counts=True)
        if not (count > 1).any():
            raise line.error("the two areas have no edge in common")
        yield line["area"], line["neighbor"], _line(found[count > 1])


def viewpoints(world: World, path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (viewpoint, area, country): whose an area is in the eyes of another country."""
    for line in read_table(path, ("viewpoint", "area", "country", "reason")):
        if world.find(line["area"]) is None:
            raise line.error(f"no such area: {line['area']}")
        yield line["viewpoint"], line["area"], line["country"]
    yield from _natural_earth_views()


def _natural_earth_views() -> Iterator[tuple[str, str, str]]:
    """Yield the countries that Natural Earth's ``ADM0_A3_xx`` columns give to another one."""
    rows = natural_earth_rows()
    codes = {row["ADM0_A3"]: row["ISO_A2_EH"] for row in rows if row["ISO_A2_EH"] != "-99"}
    views = [column for column in rows[0] if column.startswith(_VIEW)]
    for row in rows:
        own = codes.get(row["ADM0_A3"])
        for column in views:
            view, owner = column.removeprefix(_VIEW), codes.get(row[column])
            if own and owner and owner != own and view not in _NO_COUNTRY:
                yield _RENAMED.get(view, view), f"country:{own}", owner


def _shaped(world: World, line: Line, reference: str) -> bytes:
    entry = world.find(reference)
    if entry is None or entry.shape is None:
        raise line.error(f"no polygon of {reference}")
    return entry.shape


def _area_shapes(world: World) -> list[bytes]:
    return [
        entry.shape
        for entry in world.entries.values()
        if entry.kind is PlaceKind.ADMIN1 and entry.shape
    ]


def _segments(shape: Any) -> NDArray[np.int64]:
    """Return the edges of all rings: x, y, x, y in 1e-5 degrees, the smaller end first."""
    rows = []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = np.round(shapely.get_coordinates(ring) * SCALE).astype(np.int64)
            rows.append(np.hstack([points[:-1], points[1:]]))
    table = np.vstack(rows)
    turned = (table[:, 0] > table[:, 2]) | (
        (table[:, 0] == table[:, 2]) & (table[:, 1] > table[:, 3])
    )
    table[turned] = table[turned][:, [2, 3, 0, 1]]
    edges: NDArray[np.int64] = table[(table[:, :2] != table[:, 2:]).any(axis=1)]
    return edges


def _line(segments: NDArray[np.int64]) -> bytes:
    """Return segments joined to lines, in bytes."""
    lines = shapely.linestrings(segments.reshape(-1, 2, 2) / SCALE)
    return encode(shapely.line_merge(shapely.MultiLineString(list(lines))))
