"""A user's own places of interest: every event tells the nearest one.

A CSV file has a header with ``name``, ``lat`` and ``lon``; a GeoJSON file points with a property
``name``. Other columns and properties are left alone.
"""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.given import parse_json, read_text
from geomap.model import Place, PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAX_LAT, _MAX_LON = 90, 180


def read_pois(path: Path) -> tuple[Place, ...]:
    """Read places of interest; raise :class:`InputError` that names the file and the row."""
    text = read_text(path, InputError)
    rows = _geojson(path, text) if path.suffix in {".geojson", ".json"} else _csv(path, text)
    pois = tuple(
        Place(id=f"poi:{number}", name=name, kind=PlaceKind.OTHER, point=point, source="poi")
        for number, (name, point) in enumerate(rows, start=1)
    )
    if not pois:
        raise InputError(f"{path}: holds no places; expected name, lat and lon in each row")
    return pois


def _csv(path: Path, text: str) -> Iterator[tuple[str, Point]]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        missing = {"name", "lat", "lon"} - set(rows.fieldnames or ())
        if missing:
            raise InputError(f"{path}: has no column {', '.join(sorted(missing))}")
        for row in rows:
            where = f"{path}, line {rows.line_num}"
            yield _name(where, row["name"]), _point(where, row["lat"], row["lon"])
    except csv.Error as error:
        raise InputError(f"{path}, line {rows.line_num}: not a table ({error})") from error


def _geojson(path: Path, text: str) -> Iterator[tuple[str, Point]]:
    collection = parse_json(text, str(path), InputError)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{path}: is not a GeoJSON collection of features")
    for number, feature in enumerate(features, start=1):
        where = f"{path}, feature {number}"
        try:
            name, geometry = feature["properties"]["name"], feature["geometry"]
            lon, lat = geometry["coordinates"][:2]
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(f"{where}: is not a point with a property name") from error
        yield _name(where, name), _point(where, lat, lon)


def _name(where: str, name: Any) -> str:
    if not isinstance(name, str) or not name.strip():
        raise InputError(f"{where}: has no name")
    return name.strip()


def _point(where: str, lat: Any, lon: Any) -> Point:
    try:
        point = Point(lon=float(lon), lat=float(lat))
    except (TypeError, ValueError) as error:
        raise InputError(f"{where}: lat {lat!r}, lon {lon!r} are no numbers") from error
    if not (math.isfinite(point.lat) and abs(point.lat) <= _MAX_LAT and abs(point.lon) <= _MAX_LON):
        swapped = "; are they swapped?" if abs(point.lon) <= _MAX_LAT else ""
        raise InputError(f"{where}: lat {lat}, lon {lon} are out of range{swapped}")
    return point
