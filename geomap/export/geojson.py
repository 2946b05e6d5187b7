"""GeoJSON after RFC 7946: no ``crs``, counter-clockwise outer rings, ``id``, ``bbox``, 7 decimals.

An event without a place has ``"geometry": null``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely

from geomap.export.atomic import write_text
from geomap.export.shapes import each_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers
    from geomap.export.shapes import Geometries

_DIGITS = 7  # 1 cm; RFC 7946, section 11.2, advises against more


def write(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_text(path, _parts(layers.events))


def _parts(events: Layer) -> Iterator[str]:
    geometries = each_once(events.geometries, _rounded)
    bounds = _bbox([geometry for geometry in geometries if geometry is not None])
    yield '{\n"type": "FeatureCollection",\n'
    if bounds:
        yield f'"bbox": {json.dumps(bounds)},\n'
    yield '"features": ['
    comma = ""
    drawn = each_once(geometries, _encoded)
    for row, geometry, text in zip(events.rows, geometries, drawn, strict=True):
        yield f"{comma}\n{_feature(row, geometry, text)}"
        comma = ","
    yield "\n]\n}\n"


def _feature(row: dict[str, Any], geometry: BaseGeometry | None, drawn: msgspec.Raw | None) -> str:
    """Return a feature as JSON; ``drawn`` is the JSON of its geometry."""
    feature: dict[str, Any] = {"type": "Feature", "id": row["id"]}
    if geometry is not None and geometry.geom_type != "Point":
        feature["bbox"] = _bbox([geometry])
    feature["properties"] = row
    feature["geometry"] = drawn
    try:
        return msgspec.json.encode(feature).decode()
    except UnicodeEncodeError:  # half of a character, which only a slower encoder passes on
        feature["geometry"] = drawn and json.loads(bytes(drawn))
        return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _rounded(geometries: Geometries) -> list[BaseGeometry | None]:
    """Return geometries rounded, outer rings counter-clockwise."""
    rounded = shapely.transform(geometries, lambda lonlat: np.round(lonlat, _DIGITS))
    oriented: list[BaseGeometry | None] = shapely.orient_polygons(rounded).tolist()
    return oriented


def _encoded(geometries: Geometries) -> list[msgspec.Raw | None]:
    texts = shapely.to_geojson(geometries).tolist()
    return [None if text is None else msgspec.Raw(text.encode()) for text in texts]


def _bbox(geometries: Sequence[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north."""
    if not geometries:
        return None
    return [float(edge) for edge in shapely.total_bounds(geometries)]
