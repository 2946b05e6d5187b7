"""Reading a build back, to write it in another format.

A GeoPackage holds every layer. A GeoJSON file holds the events with their claims, and no mentions
or places.
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError

from geomap.errors import InputError
from geomap.export.layers import Layer, Layers, looks_of
from geomap.features.fields import FieldType, fields_of
from geomap.given import parse_json, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.ontology import Ontology

_FILES = ("events.gpkg", "events.geojson")


def read(source: Path, ontology: Ontology) -> Layers:
    """Read the layers of a build from its folder, its GeoPackage or its GeoJSON file.

    Raises :class:`InputError` where there is none, or where a file is not one that geomap wrote.
    """
    path = _file(source)
    try:
        layers = _geopackage(path) if path.suffix == ".gpkg" else _geojson(path)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ShapelyError) as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise InputError(
            f"{path}: is not a file of events that geomap wrote ({reason}); build it again"
        ) from error
    types = {row["type"] for row in layers["events"].rows}
    return Layers(**layers, looks=looks_of(types, ontology))


def _file(source: Path) -> Path:
    if source.is_file():
        return source
    for name in _FILES:
        if (source / name).is_file():
            return source / name
    raise InputError(
        f"{source}: no events found; expected {' or '.join(_FILES)}, or a folder with one of them"
    )


def _geojson(path: Path) -> dict[str, Layer]:
    features = parse_json(read_text(path, InputError), str(path), InputError)["features"]
    geometries = [
        shapely.geometry.shape(feature["geometry"]) if feature["geometry"] else None
        for feature in features
    ]
    events = _layer("events", [feature["properties"] for feature in features], geometries)
    claims = [
        {"kind": "event", "event_id": row["id"], **claim}
        for row in events.rows
        for claim in row["claims"]
    ]
    return {
        "events": events,
        "claims": _layer("claims", claims, [None] * len(claims)),
        "mentions": _layer("mentions", [], []),
        "places": _layer("places", [], []),
    }


def _layer(name: str, rows: list[dict[str, Any]], geometries: list[BaseGeometry | None]) -> Layer:
    """Return a layer with the columns in order; one that is missing raises ``KeyError``."""
    names = [field.name for field in fields_of(name)]
    if name == "events":
        ordered = [{key: row[key] for key in names} for row in rows]
    else:
        ordered = [{key: row.get(key) for key in names} for row in rows]
    return Layer(name, tuple(ordered), tuple(geometries))


def _geopackage(path: Path) -> dict[str, Layer]:
    layers = {
        name: _layer(name, *_table(path, name))
        for name in ("events", "claims", "mentions", "places")
    }
    outlines = dict(_outlines(path))
    events = layers["events"]
    drawn = tuple(
        outlines.get(row["id"], mark)
        for row, mark in zip(events.rows, events.geometries, strict=True)
    )
    return layers | {"events": Layer("events", events.rows, drawn)}


def _outlines(path: Path) -> Iterator[tuple[str, BaseGeometry]]:
    """Yield id and geometry of the events that are drawn as an area or a line."""
    for name in ("areas", "lines"):
        rows, geometries = _table(path, name)
        for row, geometry in zip(rows, geometries, strict=True):
            if geometry is not None:
                parts = shapely.get_parts(geometry)
                yield row["id"], parts[0] if len(parts) == 1 else geometry


def _table(path: Path, layer: str) -> tuple[list[dict[str, Any]], list[BaseGeometry | None]]:
    """Return the rows of a layer as plain JSON values, and its geometries."""
    from pyogrio.raw import read_arrow

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # what GDAL finds odd and can read
        metadata, table = read_arrow(path, layer=layer)
    geometry_column = metadata["geometry_name"] or "wkb_geometry"
    geometries = shapely.from_wkb(table[geometry_column].to_numpy())
    fields = fields_of("events" if layer in {"areas", "lines"} else layer)
    columns = {
        field.name: [_plain(field.type, value) for value in table[field.name].to_pylist()]
        for field in fields
    }
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    return rows, list(geometries)


def _plain(field_type: FieldType, value: Any) -> Any:
    if value is None:
        return None
    if field_type is FieldType.DATE:
        return value.isoformat()
    return json.loads(value) if field_type is FieldType.LIST else value
