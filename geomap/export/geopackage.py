"""GeoPackage: six layers that open styled in QGIS.

``events`` has every event, as a point where it is known to a place; ``areas`` and ``lines`` have
those that are drawn as such, so that no province looks like a spot. ``claims``, ``mentions`` and
``places`` follow. ``date_start`` and ``date_end`` are of type DATE, which QGIS's temporal
controller takes. Styles are in ``layer_styles``, the table that QGIS reads them from.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely
from shapely import GeometryType

from geomap.export import qgis
from geomap.export.arrow import drawn, to_stream, without_geometry
from geomap.export.atomic import replacing
from geomap.export.gdal import settings, write_layer
from geomap.export.shapes import each_once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layer, Layers

    Geometries = Sequence[BaseGeometry | None]


_AREAS = frozenset({GeometryType.POLYGON, GeometryType.MULTIPOLYGON})
_LINES = frozenset({GeometryType.LINESTRING, GeometryType.MULTILINESTRING})


# Stands for the time of the layer that is there first; the last day in the data is not known yet.
_UNDATED = "1970-01-01T00:00:00.000Z"
# Layers stand in the order of ``gpkg_contents``, where the first one may not be what was first.
_MOVE_BEHIND = """
UPDATE {table} SET rowid = rowid + (SELECT max(rowid) FROM {table})
WHERE table_name IN ('mentions', 'places')
"""
_DATE = "UPDATE gpkg_contents SET last_change = ?"


def begin(mentions: Layer, path: Path) -> None:
    """Write a file that has nothing but mentions: half of all rows, which hang on no event."""
    with replacing(path) as temporary, settings(_UNDATED):
        _write_layer(temporary, "mentions", to_stream(mentions), "Point")


def write(layers: Layers, path: Path, begun: Path | None = None) -> None:
    """Write all layers and their styles; ``begun`` may be what :func:`begin` wrote, and goes."""
    moment = f"{layers.latest_day}T00:00:00.000Z"
    with replacing(path) as temporary:
        if begun:
            begun.replace(temporary)
        else:
            begin(layers.mentions, temporary)
        with settings(moment):
            for name, (table, geometry_type) in _parts(layers).items():
                _write_layer(temporary, name, table, geometry_type)
        _arrange(temporary, moment)
        qgis.write_styles(temporary, layers.looks, moment)


def _arrange(path: Path, moment: str) -> None:
    """Put the layers in their order, and date them all alike."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous = OFF")
        for table in ("gpkg_contents", "gpkg_geometry_columns"):
            database.execute(_MOVE_BEHIND.format(table=table))
        database.execute(_DATE, (moment,))


def _parts(layers: Layers) -> dict[str, tuple[pa.RecordBatchReader, str]]:
    """Return what follows the mentions, by layer name, with the type of its geometries."""
    events = _Events(without_geometry(layers.events), layers.events.geometries)
    return {
        "events": (events.as_points(), "Point"),
        "areas": (events.only(_AREAS), "MultiPolygon"),
        "lines": (events.only(_LINES), "MultiLineString"),
        "claims": (to_stream(layers.claims), "LineString"),
        "places": (to_stream(layers.places), "Point"),
    }


class _Events:
    """Events with what they are drawn as, and of which kind that is."""

    def __init__(self, rows: pa.Table, geometries: Geometries) -> None:
        self._rows = rows
        self._geometries = geometries
        self._kinds = each_once(geometries, lambda every: shapely.get_type_id(every).tolist())

    def as_points(self) -> pa.RecordBatchReader:
        """Return all of them, without a geometry those that are drawn as an area or a line."""
        pairs = zip(self._geometries, self._kinds, strict=True)
        points = [drawn_as if kind == GeometryType.POINT else None for drawn_as, kind in pairs]
        return drawn(self._rows, points)

    def only(self, kinds: frozenset[GeometryType]) -> pa.RecordBatchReader:
        """Return those of some kinds, each geometry as its multi-part counterpart."""
        numbers = [number for number, kind in enumerate(self._kinds) if kind in kinds]
        shapes = [self._geometries[number] for number in numbers]
        rows = self._rows.take(pa.array(numbers, pa.int64()))
        return drawn(rows, each_once(shapes, lambda every: list(map(_multi, every))))


def _write_layer(path: Path, name: str, table: pa.RecordBatchReader, geometry_type: str) -> None:
    write_layer(
        table,
        path,
        layer=name,
        driver="GPKG",
        geometry_type=geometry_type,
        append=path.exists(),
        dataset_options={"VERSION": "1.3"},  # GDAL 3.6 and QGIS 3.22 warn of 1.4
        layer_options={"GEOMETRY_NAME": "geom", "DESCRIPTION": f"geomap: {name}"},
    )


def _multi(geometry: BaseGeometry) -> Any:
    make = shapely.multipolygons if geometry.area else shapely.multilinestrings
    return make(shapely.get_parts(geometry))
