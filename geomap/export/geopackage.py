"""GeoPackage: six layers that open styled in QGIS.

``events`` has every event, as a point where it is known to a place; ``areas`` and ``lines`` have
those that are drawn as such, so that no province looks like a spot. ``claims``, ``mentions`` and
``places`` follow. ``date_start`` and ``date_end`` are of type DATE, which QGIS's temporal
controller takes. Styles are in ``layer_styles``, the table that QGIS reads them from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

from geomap.export import qgis
from geomap.export.arrow import to_table
from geomap.export.atomic import replacing
from geomap.export.gdal import settings, write_layer
from geomap.export.layers import Layer
from geomap.export.shapes import each_once

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layers


def write(layers: Layers, path: Path) -> None:
    """Write all layers and their styles."""
    moment = f"{layers.latest_day}T00:00:00.000Z"
    with replacing(path) as temporary:
        with settings(moment):
            for name, (layer, geometry_type) in _parts(layers).items():
                _write_layer(temporary, name, layer, geometry_type)
        qgis.write_styles(temporary, layers.looks, moment)


def _parts(layers: Layers) -> dict[str, tuple[Layer, str]]:
    """Return what goes into the file, by layer name, with the type of its geometries."""
    return {
        "events": (_points(layers.events), "Point"),
        "areas": (_only(layers.events, "Polygon"), "MultiPolygon"),
        "lines": (_only(layers.events, "LineString"), "MultiLineString"),
        "claims": (layers.claims, "LineString"),
        "mentions": (layers.mentions, "Point"),
        "places": (layers.places, "Point"),
    }


def _write_layer(path: Path, name: str, layer: Layer, geometry_type: str) -> None:
    write_layer(
        to_table(layer),
        path,
        layer=name,
        driver="GPKG",
        geometry_type=geometry_type,
        append=path.exists(),
        dataset_options={"VERSION": "1.3"},  # GDAL 3.6 and QGIS 3.22 warn of 1.4
        layer_options={"GEOMETRY_NAME": "geom", "DESCRIPTION": f"geomap: {name}"},
    )


def _points(events: Layer) -> Layer:
    """Return all events, those that are drawn as an area or a line without a geometry."""
    points = [
        geometry if geometry is not None and geometry.geom_type == "Point" else None
        for geometry in events.geometries
    ]
    return Layer(events.name, events.rows, tuple(points))


def _only(events: Layer, geometry_type: str) -> Layer:
    """Return the events whose geometry is of one type, each as its multi-part counterpart."""
    pairs = [
        (row, geometry)
        for row, geometry in zip(events.rows, events.geometries, strict=True)
        if geometry is not None and geometry.geom_type in {geometry_type, f"Multi{geometry_type}"}
    ]
    shapes = each_once([shape for _, shape in pairs], lambda every: list(map(_multi, every)))
    return Layer(events.name, tuple(row for row, _ in pairs), tuple(shapes))


def _multi(geometry: BaseGeometry) -> Any:
    make = shapely.multipolygons if geometry.area else shapely.multilinestrings
    return make(shapely.get_parts(geometry))
