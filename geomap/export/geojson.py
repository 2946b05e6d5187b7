"""GeoJSON after RFC 7946: no ``crs``, counter-clockwise outer rings, ``id``, ``bbox``, 7 decimals.

An event without a place has ``"geometry": null``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.export.atomic import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers

_DIGITS = 7  # 1 cm; RFC 7946, section 11.2, advises against more


def write(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_text(path, _parts(layers.events))


def _parts(events: Layer) -> Iterator[str]:
    geometries = [_rounded(geometry) for geometry in events.geometries]
    bounds = _bbox([geometry for geometry in geometries if geometry is not None])
    yield '{\n"type": "FeatureCollection",\n'
    if bounds:
        yield f'"bbox": {json.dumps(bounds)},\n'
    yield '"features": ['
    comma = ""
    for row, geometry in zip(events.rows, geometries, strict=True):
        text = json.dumps(_feature(row, geometry), ensure_ascii=False, allow_nan=False)
        yield f"{comma}\n{text}"
        comma = ","
    yield "\n]\n}\n"


def _feature(row: dict[str, Any], geometry: BaseGeometry | None) -> dict[str, Any]:
    feature: dict[str, Any] = {"type": "Feature", "id": row["id"]}
    if geometry is not None and geometry.geom_type != "Point":
        feature["bbox"] = _bbox([geometry])
    feature["properties"] = row
    feature["geometry"] = None if geometry is None else shapely.geometry.mapping(geometry)
    return feature


def _rounded(geometry: BaseGeometry | None) -> BaseGeometry | None:
    if geometry is None:
        return None
    rounded = shapely.transform(geometry, lambda lonlat: np.round(lonlat, _DIGITS))
    return shapely.orient_polygons(rounded)


def _bbox(geometries: Sequence[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north."""
    if not geometries:
        return None
    return [float(edge) for edge in shapely.total_bounds(geometries)]
