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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers

_DIGITS = 7  # 1 cm; RFC 7946, section 11.2, advises against more


def write(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_text(path, _parts(layers.events))


def _parts(events: Layer) -> Iterator[str]:
    geometries = _rounded(events.geometries)
    bounds = _bbox([geometry for geometry in geometries if geometry is not None])
    yield '{\n"type": "FeatureCollection",\n'
    if bounds:
        yield f'"bbox": {json.dumps(bounds)},\n'
    yield '"features": ['
    comma = ""
    drawn = shapely.to_geojson(geometries)
    for row, geometry, text in zip(events.rows, geometries, drawn, strict=True):
        yield f"{comma}\n{_feature(row, geometry, text)}"
        comma = ","
    yield "\n]\n}\n"


def _feature(row: dict[str, Any], geometry: BaseGeometry | None, text: str | None) -> str:
    """Return a feature as JSON; ``text`` is that of its geometry."""
    feature: dict[str, Any] = {"type": "Feature", "id": row["id"]}
    if geometry is not None and geometry.geom_type != "Point":
        feature["bbox"] = _bbox([geometry])
    feature["properties"] = row
    feature["geometry"] = None if text is None else msgspec.Raw(text.encode())
    try:
        return msgspec.json.encode(feature).decode()
    except UnicodeEncodeError:  # half of a character, which only a slower encoder passes on
        feature["geometry"] = text and json.loads(text)
        return json.dumps(feature, ensure_ascii=False, allow_nan=False)


def _rounded(geometries: Sequence[BaseGeometry | None]) -> NDArray[np.object_]:
    """Return all geometries rounded, outer rings counter-clockwise."""
    every = np.array(geometries, dtype=object)
    rounded = shapely.transform(every, lambda lonlat: np.round(lonlat, _DIGITS))
    return np.asarray(shapely.orient_polygons(rounded))


def _bbox(geometries: Sequence[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north."""
    if not geometries:
        return None
    return [float(edge) for edge in shapely.total_bounds(geometries)]
