"""GeoParquet 1.1: lists stay lists, and a covering ``bbox`` column lets readers skip row groups.

The metadata follow the GeoParquet specification 1.1.0; no ``crs`` means OGC:CRS84, lon and lat.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geomap.export.arrow import GEOMETRY, without_geometry
from geomap.export.atomic import replacing
from geomap.export.shapes import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers

_MOST_SHAPES_BYTES = 1 << 30
_EDGES = ("xmin", "ymin", "xmax", "ymax")
_WEAPONS = pa.list_(
    pa.struct(
        [("system", pa.string())]
        + [
            (f"{what}_{end}", pa.int64())
            for what in ("launched", "destroyed")
            for end in ("min", "max")
        ]
    )
)
_CONFLICTS = pa.list_(
    pa.struct(
        [
            ("field", pa.string()),
            (
                "values",
                pa.list_(
                    pa.struct([("value", pa.string()), ("document_ids", pa.list_(pa.string()))])
                ),
            ),
        ]
    )
)
_CLAIMS = pa.list_(
    pa.struct(
        [(name, pa.string()) for name in ("document_id", "publisher", "speaker", "status", "quote")]
        + [("start", pa.int64()), ("end", pa.int64())]
    )
)
_PLACES = pa.list_(
    pa.struct(
        [(name, pa.string()) for name in ("place", "place_kind", "admin1", "country")]
        + [("lat", pa.float64()), ("lon", pa.float64())]
    )
)
_LISTS = {
    "weapons": _WEAPONS,
    "conflicts": _CONFLICTS,
    "claims": _CLAIMS,
    "other_places": _PLACES,
    "possible_duplicates": pa.list_(pa.string()),
    "notes": pa.list_(pa.string()),
}


def write(layers: Layers, path: Path) -> None:
    """Write the events."""
    with replacing(path) as temporary:
        write_table(layers.events, temporary)


def write_table(events: Layer, path: Path, leave_out: Sequence[str] = ()) -> None:
    """Write events to a file of its own, without the columns named in ``leave_out``."""
    table = without_geometry(events, lists=_LISTS)
    table = table.append_column(GEOMETRY, encoded(events.geometries))
    table = table.append_column("bbox", _boxes(events.geometries))
    table = table.drop_columns(list(leave_out))
    metadata = {"geo": json.dumps(_metadata(events.geometries), sort_keys=True)}
    options = {
        "compression": "zstd",
        "store_schema": False,  # or readers of Arrow would take the geometry for a category
        "dictionary_pagesize_limit": _MOST_SHAPES_BYTES,
    }
    with pq.ParquetWriter(path, table.schema, **options) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata(metadata)


def encoded(geometries: Sequence[BaseGeometry | None]) -> pa.DictionaryArray:
    """Return geometries as WKB, each once, with the number that each row has of them.

    The file has them so too: the outline of a country would be there for each of its events. Places
    that are drawn alike have one entry: Arrow would write out a dictionary with the same value
    twice for every row, and behind it memory that nobody has set.
    """
    shapes, numbers = distinct(geometries)
    encoded = pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary()).dictionary_encode()
    return encoded.take(pa.array(numbers, pa.int64()))


def _boxes(geometries: Sequence[BaseGeometry | None]) -> pa.Array:
    edges = shapely.bounds(np.array(geometries, dtype=object)).reshape(-1, 4)
    unknown = pa.array(np.isnan(edges).any(axis=1))
    arrays = [pa.array(column) for column in edges.T]
    return pa.StructArray.from_arrays(arrays, list(_EDGES), mask=unknown)


def _metadata(geometries: Sequence[BaseGeometry | None]) -> dict[str, Any]:
    drawn = [geometry for geometry in distinct(geometries)[0] if geometry is not None]
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({geometry.geom_type for geometry in drawn}),
        "covering": {"bbox": {edge: ["bbox", edge] for edge in _EDGES}},
    }
    if drawn:
        column["bbox"] = [float(edge) for edge in shapely.total_bounds(drawn)]
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
