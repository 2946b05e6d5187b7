"""Layers as Arrow tables: every column typed, also where nothing is known."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geomap.export.cells import plain
from geomap.export.shapes import each_once
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer
    from geomap.features.fields import Field

_TYPES = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.REAL: pa.float64(),
    FieldType.DATE: pa.date32(),
    FieldType.LIST: pa.string(),
}
GEOMETRY = "geometry"


def to_table(layer: Layer, *, lists: dict[str, pa.DataType] | None = None) -> pa.Table:
    """Return a layer as a table with the geometry as WKB in the last column.

    Lists are JSON text, but for the columns in ``lists``, which have the type given there.
    """
    lists = lists or {}
    arrays = [_column(layer, field, lists.get(field.name)) for field in layer.fields]
    names = [field.name for field in layer.fields]
    return pa.table([*arrays, wkb(layer.geometries)], names=[*names, GEOMETRY])


def wkb(geometries: Sequence[BaseGeometry | None]) -> pa.Array:
    """Return geometries as little-endian WKB."""
    encoded = each_once(geometries, partial(shapely.to_wkb, byte_order=1))
    return pa.array(encoded, pa.binary())


def _column(layer: Layer, field: Field, nested: pa.DataType | None) -> pa.Array:
    values = [row[field.name] for row in layer.rows]
    if nested is not None:
        return pa.array(values, nested)
    return pa.array([_value(field, value) for value in values], _TYPES[field.type])


def _value(field: Field, value: Any) -> Any:
    if value is None:
        return None
    if field.type is FieldType.DATE:
        return date.fromisoformat(value)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return plain(value)
