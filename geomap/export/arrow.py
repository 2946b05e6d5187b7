"""Layers as Arrow tables: every column typed, also where nothing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from geomap.export.cells import plain
from geomap.export.shapes import distinct
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer
    from geomap.export.rows import Row
    from geomap.features.fields import Field

_TYPES = {
    FieldType.TEXT: pa.string(),
    FieldType.INTEGER: pa.int64(),
    FieldType.REAL: pa.float64(),
    FieldType.DATE: pa.date32(),
    FieldType.LIST: pa.string(),
}
GEOMETRY = "geometry"
_AT_ONCE = 2000  # rows: of these a batch has tens of megabytes where they are drawn as countries


def to_stream(layer: Layer) -> pa.RecordBatchReader:
    """Return a layer with the geometry as WKB in the last column, lists as JSON text."""
    return drawn(without_geometry(layer), layer.geometries)


def drawn(table: pa.Table, geometries: Sequence[BaseGeometry | None]) -> pa.RecordBatchReader:
    """Return a table in one chunk with geometries in a last column, as little-endian WKB.

    Thousands of rows may be drawn as one outline, which is copied for a batch of them at a time.
    """
    shapes, numbers = distinct(geometries)
    encoded = pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary())
    rows = pa.array(numbers, pa.int64())
    schema = table.schema.append(pa.field(GEOMETRY, pa.binary()))

    def batches() -> Iterator[pa.RecordBatch]:
        first = 0
        for batch in table.to_batches(_AT_ONCE):
            column = encoded.take(rows.slice(first, len(batch)))
            first += len(batch)
            yield pa.record_batch([*batch.columns, column], schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def without_geometry(layer: Layer, *, lists: Mapping[str, pa.DataType] | None = None) -> pa.Table:
    """Return the rows of a layer as a table in one chunk.

    Lists are JSON text, but for the columns in ``lists``, which have the type given there.
    """
    columns = {field: (lists or {}).get(field.name) for field in layer.fields}
    schema = pa.schema(
        [(field.name, kind or _TYPES[field.type]) for field, kind in columns.items()]
    )

    def write(rows: Sequence[Row]) -> bytes:
        arrays = [_column(rows, field, nested) for field, nested in columns.items()]
        return bytes(pa.record_batch(arrays, schema=schema).serialize())

    pieces = layer.made("nested" if lists else "flat", write)
    batches = [pa.ipc.read_record_batch(pa.py_buffer(piece), schema) for piece in pieces]
    return pa.Table.from_batches(batches, schema).combine_chunks()


def _column(rows: Sequence[Row], field: Field, nested: pa.DataType | None) -> pa.Array:
    values = [row[field.name] for row in rows]
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
