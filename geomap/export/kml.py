"""KML 2.2 for Google Earth: a folder for each type of event, a TimeSpan and a style each.

Text is escaped and shown as text; descriptions hold no HTML of the reports.
Marks are the viewer's own, colored: the file asks nothing of the network.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any

import shapely

from geomap.export.atomic import write_text
from geomap.export.cells import clean, plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geomap.export.layers import Layers, Look

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_DIGITS = 7
_TESSELLATE = "<tessellate>1</tessellate>"
_SHOWN = ("date_text", "place", "status", "attacker", "target", "killed_min", "killed_max")


def write(layers: Layers, path: Path) -> None:
    """Write the events; one without a place is a placemark without a geometry."""
    write_text(path, (f"{line}\n" for line in _lines(layers)))


def _lines(layers: Layers) -> Iterator[str]:
    """Yield the document in pieces.

    They are put together as text: a tree of elements takes five times as long to write.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<kml xmlns="{_NAMESPACE}"><Document><name>Events</name>'
    yield from map(_style, layers.looks)
    labels = {look.type: look.label for look in layers.looks}
    pairs = sorted(
        zip(layers.events.rows, layers.events.geometries, strict=True),
        key=lambda pair: (pair[0]["type"], pair[0]["date_start"] or "", pair[0]["id"]),
    )
    for name, group in groupby(pairs, key=lambda pair: pair[0]["type"]):
        yield f"<Folder><name>{_text(labels.get(name, name))}</name>"
        yield from (_placemark(row, geometry) for row, geometry in group)
        yield "</Folder>"
    yield "</Document></kml>"


def _text(value: Any) -> str:
    """Return a value as it stands between tags or, quoted, in an attribute."""
    return escape(clean(str(value)))


def _style(look: Look) -> str:
    solid, faint = _color(look.color, "ff"), _color(look.color, "55")
    return (
        f'<Style id="type-{_text(look.type)}">'
        f"<IconStyle><color>{solid}</color></IconStyle>"
        f"<LineStyle><color>{solid}</color><width>2</width></LineStyle>"
        f"<PolyStyle><color>{faint}</color></PolyStyle></Style>"
    )


def _color(rgb: str, alpha: str) -> str:
    """Return a color in KML's order: alpha, blue, green, red."""
    return f"{alpha}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".lower()


def _placemark(row: dict[str, Any], geometry: BaseGeometry | None) -> str:
    return (
        f'<Placemark id="event-{_text(row["id"])}"><name>{_text(row["title"])}</name>'
        f"<description>{_text(_description(row))}</description>{_span(row)}"
        f"<styleUrl>#type-{_text(row['type'])}</styleUrl>"
        f"<ExtendedData>{''.join(_data(row))}</ExtendedData>"
        f"{'' if geometry is None else _geometry(geometry)}</Placemark>"
    )


def _span(row: dict[str, Any]) -> str:
    edges = (("begin", row["date_start"]), ("end", row["date_end"]))
    told = "".join(f"<{edge}>{_text(day)}</{edge}>" for edge, day in edges if day)
    return told and f"<TimeSpan>{told}</TimeSpan>"


def _description(row: dict[str, Any]) -> str:
    """Return a few lines; a viewer takes them for HTML, so markup of the reports is escaped."""
    lines = [f"{name}: {row[name]}" for name in _SHOWN if row[name] is not None]
    lines += [f"“{claim['quote']}” ({claim['document_id']})" for claim in row["claims"]]
    return "<br>\n".join(escape(line, quote=False) for line in lines)


def _data(row: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if value is not None and value != []:
            yield f'<Data name="{name}"><value>{_text(plain(value))}</value></Data>'


def _geometry(geometry: BaseGeometry) -> str:
    if hasattr(geometry, "geoms"):
        return f"<MultiGeometry>{''.join(map(_geometry, geometry.geoms))}</MultiGeometry>"
    if geometry.geom_type == "Polygon":
        return _polygon(geometry)
    tessellate = _TESSELLATE if geometry.geom_type == "LineString" else ""
    return f"<{geometry.geom_type}>{tessellate}{_coordinates(geometry)}</{geometry.geom_type}>"


def _polygon(polygon: Any) -> str:
    oriented = shapely.orient_polygons(polygon)
    holes = "".join(
        f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in oriented.interiors
    )
    outer = f"<outerBoundaryIs>{_ring(oriented.exterior)}</outerBoundaryIs>"
    return f"<Polygon>{_TESSELLATE}{outer}{holes}</Polygon>"


def _ring(ring: BaseGeometry) -> str:
    return f"<LinearRing>{_coordinates(ring)}</LinearRing>"


def _coordinates(path: BaseGeometry) -> str:
    lonlats = shapely.get_coordinates(path).round(_DIGITS).tolist()
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in lonlats)}</coordinates>"
