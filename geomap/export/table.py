"""Comma-separated values: UTF-8, one header line, geometry as WKT, formulas defused.

Unknown is an empty cell. Lists are JSON. ``hxl`` adds the row of hashtags of the Humanitarian
Exchange Language (HXL Standard 1.1) below the header.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import msgspec
import shapely

from geomap.export.atomic import utf8, write_bytes
from geomap.export.cells import defused, plain
from geomap.export.shapes import each_once
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geomap.export.layers import Layer, Layers
    from geomap.export.rows import Row
    from geomap.export.shapes import Geometries

_LINES = msgspec.msgpack.Decoder(list[bytes])
_DIGITS = 7
_GEOMETRY = "geometry"
_GEOMETRY_TAG = "#geo+wkt"


def write_events(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_bytes(path, _lines(layers.events))


def write_claims(layers: Layers, path: Path) -> None:
    """Write the claims."""
    write_bytes(path, _lines(layers.claims))


def begin_mentions(mentions: Layer, path: Path) -> None:
    """Write the mentions, which is all there is."""
    write_bytes(path, _lines(mentions))


def write_mentions(layers: Layers, path: Path, begun: Path | None = None) -> None:
    """Write the mentions, unless they were."""
    if begun:
        begun.replace(path)
    else:
        begin_mentions(layers.mentions, path)


def write_hxl(layers: Layers, path: Path) -> None:
    """Write the events with hashtags."""
    write_bytes(path, _lines(layers.events, hxl=True))


def _lines(layer: Layer, *, hxl: bool = False) -> Iterator[bytes]:
    """Yield the lines of a layer."""
    yield from _written([[*(field.name for field in layer.fields), _GEOMETRY]])
    if hxl:
        yield from _written([[*(field.hxl for field in layer.fields), _GEOMETRY_TAG]])
    pieces = layer.made("csv", lambda rows: msgspec.msgpack.encode(list(_begun(layer, rows))))
    begun = (line for piece in pieces for line in _LINES.decode(piece))
    for line, end in zip(begun, each_once(layer.geometries, _ends), strict=True):
        yield line + end


def _begun(layer: Layer, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield lines up to the last cell, which holds the geometry."""
    columns = [(field.name, _CONVERTED.get(field.type)) for field in layer.fields]
    cells = (
        [convert(row[name]) if convert else row[name] for name, convert in columns] for row in rows
    )
    return (line.removesuffix(b"\n") + b"," for line in _written(cells))


def _written(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield rows as lines."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
        yield utf8(line.getvalue())
        line.seek(0)
        line.truncate()


def _ends(geometries: Geometries) -> list[bytes]:
    """Return the last cell of lines; of what is written of geometries only commas want quotes."""
    texts = shapely.to_wkt(geometries, rounding_precision=_DIGITS).tolist()
    return [
        f'"{text}"\n'.encode() if "," in (text or "") else f"{text or ''}\n".encode()
        for text in texts
    ]


def _list(value: Any) -> Any:
    return defused(plain(value))


_CONVERTED: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.TEXT: defused,
    FieldType.DATE: defused,
    FieldType.LIST: _list,
}
