"""Comma-separated values: UTF-8, one header line, geometry as WKT, formulas defused.

Unknown is an empty cell. Lists are JSON. ``hxl`` adds the row of hashtags of the Humanitarian
Exchange Language (HXL Standard 1.1) below the header.
"""

from __future__ import annotations

import csv
import io
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import shapely

from geomap.export.atomic import write_text
from geomap.export.cells import defused, plain
from geomap.export.shapes import each_once
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from geomap.export.layers import Layer, Layers

_DIGITS = 7
_GEOMETRY = "geometry"
_GEOMETRY_TAG = "#geo+wkt"


def write_events(layers: Layers, path: Path) -> None:
    """Write the events."""
    write_text(path, _lines(layers.events))


def write_claims(layers: Layers, path: Path) -> None:
    """Write the claims."""
    write_text(path, _lines(layers.claims))


def write_mentions(layers: Layers, path: Path) -> None:
    """Write the mentions."""
    write_text(path, _lines(layers.mentions))


def write_hxl(layers: Layers, path: Path) -> None:
    """Write the events with hashtags."""
    write_text(path, _lines(layers.events, hxl=True))


def _lines(layer: Layer, *, hxl: bool = False) -> Iterator[str]:
    """Yield the lines of a layer."""
    heads: list[list[object]] = [[*(field.name for field in layer.fields), _GEOMETRY]]
    if hxl:
        heads.append([*(field.hxl for field in layer.fields), _GEOMETRY_TAG])
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    for row in chain(heads, _rows(layer)):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _rows(layer: Layer) -> Iterator[list[object]]:
    """Yield cells; numbers are as they are, and what a column needs is asked once for all rows."""
    shapes = each_once(layer.geometries, partial(shapely.to_wkt, rounding_precision=_DIGITS))
    columns = [(field.name, _CONVERTED.get(field.type)) for field in layer.fields]
    for row, shape in zip(layer.rows, shapes, strict=True):
        cells = [convert(row[name]) if convert else row[name] for name, convert in columns]
        yield [*cells, shape]


def _list(value: Any) -> Any:
    return defused(plain(value))


_CONVERTED: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.TEXT: defused,
    FieldType.DATE: defused,
    FieldType.LIST: _list,
}
