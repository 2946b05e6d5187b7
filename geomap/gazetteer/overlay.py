"""A user's own places: a CSV or GeoJSON file whose rows rank before the gazetteer's.

Columns of the CSV, and properties of the GeoJSON features: ``name`` (needed), ``lat``, ``lon``
(the geometry in GeoJSON), ``kind``, ``country``, ``admin1``, ``population``, ``radius_km``,
``aliases`` (separated by ``|``), ``id``, ``same_as`` (the id of a place that the names mean) and
``suppress`` (the id of a place that is never to be chosen). Every wrong row is told at once.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

import shapely

from geomap.errors import OverlayError
from geomap.given import parse_json, read_text
from geomap.model import Candidate, GeoPrecision, MatchHow, Place, PlaceKind, Point
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

COLUMNS = (
    "id", "name", "lat", "lon", "kind", "country", "admin1", "population", "radius_km", "aliases",
    "same_as", "suppress",
)  # fmt: skip
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
_HIGHEST_LAT, _HIGHEST_LON = 90, 180
_ALPHA_2 = 2


@dataclass(slots=True)
class Overlay:
    """The user's places with their names and shapes, and the ids they never want to see."""

    places: dict[str, Place] = field(default_factory=dict)
    names: dict[str, list[Candidate]] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)
    shapes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: dict[str, str]
    shape: Any = None
    problem: str | None = None


def read_overlays(
    paths: Sequence[Path],
    known: Callable[[str], Place | None],
    shape_of: Callable[[str], Any | None],
) -> Overlay:
    """Read the files; ``known`` returns the gazetteer's place of an id, ``shape_of`` its polygon.

    Raises :class:`~geomap.errors.OverlayError`, which tells every wrong row by its number.
    """
    overlay = Overlay()
    problems: list[str] = []
    country_of = lru_cache(maxsize=None)(lambda code: shape_of(f"country:{code}"))
    for path in paths:
        for row in _rows(path):
            try:
                if place := _add(overlay, row, known):
                    _check_country(place, country_of)
            except ValueError as error:
                problems.append(f"{path.name}, row {row.number}: {error}")
    if problems:
        raise OverlayError(*problems)
    return overlay


def _rows(path: Path) -> Iterator[_Row]:
    text = read_text(path, OverlayError)
    yield from _json_rows(path, text) if text.lstrip().startswith("{") else _csv_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[_Row]:
    """Yield the rows of a table, numbered as a spreadsheet does: the header is row 1."""
    try:
        yield from _table_rows(path, csv.DictReader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise OverlayError(f"{path}: is not a CSV table ({error})") from error


def _table_rows(path: Path, reader: csv.DictReader[str]) -> Iterator[_Row]:
    header = [column.strip() for column in reader.fieldnames or ()]
    if "name" not in header and "suppress" not in header:
        raise OverlayError(f"{path} has no column `name`; columns are {', '.join(COLUMNS)}")
    if unknown := sorted(set(header) - set(COLUMNS)):
        raise OverlayError(f"{path} has unknown columns {unknown}; known are {', '.join(COLUMNS)}")
    reader.fieldnames = header
    for cells in reader:
        texts = {key: (value or "").strip() for key, value in cells.items() if key}
        yield _Row(reader.line_num, texts)


def _json_rows(path: Path, text: str) -> Iterator[_Row]:
    from shapely.errors import ShapelyError
    from shapely.geometry import shape

    collection = parse_json(text, str(path), OverlayError)
    _check_crs(path, collection)
    features = collection.get("features")
    if not isinstance(features, list):
        raise OverlayError(f"{path}: is no GeoJSON feature collection")
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        cells = {
            key: "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()
            for key, value in (properties or {}).items()
            if key in COLUMNS and value is not None
        }
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        try:
            yield _Row(number, cells, shape(geometry) if geometry else None)
        except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
            yield _Row(number, cells, problem=f"geometry cannot be read ({error})")


def _check_crs(path: Path, collection: dict[str, Any]) -> None:
    crs = collection.get("crs")
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else ""
    if crs is not None and not name.endswith(_WGS84):
        raise OverlayError(f"{path} is in {name or crs!r}; save it in WGS 84 (RFC 7946)")


def _add(overlay: Overlay, row: _Row, known: Callable[[str], Place | None]) -> Place | None:
    """Add a row and return its own place; a ``ValueError`` tells what is wrong with it."""
    if row.problem:
        raise ValueError(row.problem)
    if suppressed := row.cells.get("suppress"):
        overlay.suppressed.add(_existing("suppress", suppressed, known).id)
        if not row.cells.get("name"):
            return None
    if not fold(row.cells.get("name", "")):
        raise ValueError("no name")
    if same_as := row.cells.get("same_as"):
        _name(overlay, row, _existing("same_as", same_as, known))
        return None
    place = _place(row)
    if place.id in overlay.places:
        raise ValueError(f"the id {place.id!r} is taken by another row")
    overlay.places[place.id] = place
    if place.has_geometry:
        overlay.shapes[place.id] = row.shape
    _name(overlay, row, place)
    return place


def _check_country(place: Place, country_of: Callable[[str], Any | None]) -> None:
    """Raise a ``ValueError`` if a place is in its country only with lat and lon swapped."""
    polygon = country_of(place.country) if place.country else None
    point = place.point
    if polygon is None or point is None or shapely.intersects_xy(polygon, point.lon, point.lat):
        return
    if shapely.intersects_xy(polygon, point.lat, point.lon):
        where = f"lat {point.lat:g}, lon {point.lon:g} is not in {place.country}"
        raise ValueError(f"{where}, but the other way round it is; are they swapped?")


def _existing(column: str, place_id: str, known: Callable[[str], Place | None]) -> Place:
    place = known(place_id)
    if place is None:
        raise ValueError(f"{column} names no place: {place_id!r}")
    return place


def _name(overlay: Overlay, row: _Row, place: Place) -> None:
    """Let the names of a row mean a place."""
    for name in (row.cells["name"], *row.cells.get("aliases", "").split("|")):
        if key := fold(name):
            how = MatchHow.EXACT if name == place.name else MatchHow.ALIAS
            candidate = Candidate(place=place, matched_name=name, how=how)
            overlay.names.setdefault(key, []).append(candidate)


def _place(row: _Row) -> Place:
    cells = row.cells
    kind = cells.get("kind") or PlaceKind.OTHER
    if kind not in set(PlaceKind):
        raise ValueError(f"kind is {kind!r}, expected one of {', '.join(PlaceKind)}")
    country = cells.get("country") or None
    if country and not (len(country) == _ALPHA_2 and country.isalpha() and country.isupper()):
        raise ValueError(f"country is {country!r}, expected an ISO 3166-1 alpha-2 code")
    population, radius_km = _size(cells, "population"), _size(cells, "radius_km")
    shaped = row.shape is not None and row.shape.geom_type.endswith(("Polygon", "LineString"))
    key = cells.get("id") or fold(cells["name"]).replace(" ", "-")
    return Place(
        id=f"overlay:{key}",
        name=cells["name"],
        kind=PlaceKind(kind),
        point=_point(row),
        country=country,
        admin1=cells.get("admin1") or None,
        parents=(f"country:{country}",) if country else (),
        population=None if population is None else int(population),
        precision=GeoPrecision.AREA if shaped else GeoPrecision.EXACT,
        radius_km=radius_km,
        source="overlay",
        has_geometry=shaped,
    )


def _point(row: _Row) -> Point:
    if row.shape is not None and not row.shape.is_empty:
        middle = row.shape.representative_point()
        return _checked(middle.y, middle.x)
    lat, lon = _number(row.cells, "lat"), _number(row.cells, "lon")
    if lat is None or lon is None:
        raise ValueError("no position: give lat and lon, a geometry, or same_as")
    return _checked(lat, lon)


def _checked(lat: float, lon: float) -> Point:
    if abs(lat) <= _HIGHEST_LAT and abs(lon) <= _HIGHEST_LON:
        return Point(lon=lon, lat=lat)
    swapped = abs(lon) <= _HIGHEST_LAT and abs(lat) <= _HIGHEST_LON
    hint = "; are they swapped?" if swapped else ""
    raise ValueError(f"lat {lat:g}, lon {lon:g} is out of range{hint}")


def _number(cells: dict[str, str], column: str) -> float | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise ValueError(f"{column} is {text!r}, expected a number") from None
    if not isfinite(number):
        raise ValueError(f"{column} is {text!r}, expected a finite number")
    return number


def _size(cells: dict[str, str], column: str) -> float | None:
    number = _number(cells, column)
    if number is not None and number < 0:
        raise ValueError(f"{column} is {number:g}, expected 0 or more")
    return number
