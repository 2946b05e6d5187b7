"""GeoJSON after RFC 7946: no ``crs``, counter-clockwise outer rings, ``id``, ``bbox``, 7 decimals.

An event without a place has ``"geometry": null``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import shapely

from geomap.export.atomic import utf8, write_bytes
from geomap.export.shapes import each_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers
    from geomap.export.rows import Row
    from geomap.export.shapes import Geometries

_HALVES = msgspec.msgpack.Decoder(list[bytes])
_DIGITS = 7  # 1 cm; RFC 7946, section 11.2, advises against more


def write(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_bytes(path, _parts(layers.events))


def _parts(events: Layer) -> Iterator[bytes]:
    geometries = each_once(events.geometries, _rounded)
    bounds = _bbox([geometry for geometry in geometries if geometry is not None])
    yield b'{\n"type": "FeatureCollection",\n'
    if bounds:
        yield f'"bbox": {json.dumps(bounds)},\n'.encode()
    yield b'"features": ['
    halves = (half for piece in events.made("geojson", _halves) for half in _HALVES.decode(piece))
    drawn = each_once(geometries, _drawn)
    comma = b"\n"
    for head, (bbox, geometry) in zip(halves, drawn, strict=True):
        yield b"".join((comma, head, bbox, next(halves), geometry))
        comma = b",\n"
    yield b"\n]\n}\n"


def _halves(rows: Sequence[Row]) -> bytes:
    """Return the two halves of each feature, between which its box stands and then its geometry."""
    halves: list[bytes] = []
    for row in rows:
        halves += (
            b'{"type":"Feature","id":' + _json(row["id"]),
            b',"properties":' + _json(row) + b',"geometry":',
        )
    return msgspec.msgpack.encode(halves)


def _json(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # half of a character, which only a slower encoder passes on
        return utf8(json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def _rounded(geometries: Geometries) -> list[BaseGeometry | None]:
    """Return geometries rounded, outer rings counter-clockwise."""
    rounded = shapely.transform(geometries, lambda lonlat: np.round(lonlat, _DIGITS))
    oriented: list[BaseGeometry | None] = shapely.orient_polygons(rounded).tolist()
    return oriented


def _drawn(geometries: Geometries) -> list[tuple[bytes, bytes]]:
    """Return the box of each geometry that is no point, as a member, and the geometry itself."""
    return [
        (_boxed(geometry), b"null}" if text is None else text.encode() + b"}")
        for geometry, text in zip(geometries, shapely.to_geojson(geometries).tolist(), strict=True)
    ]


def _boxed(geometry: BaseGeometry | None) -> bytes:
    if geometry is None or geometry.geom_type == "Point":
        return b""
    return b',"bbox":' + msgspec.json.encode(_bbox([geometry]))


def _bbox(geometries: Sequence[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north."""
    if not geometries:
        return None
    return [float(edge) for edge in shapely.total_bounds(geometries)]
