"""KML 2.2 for Google Earth: a folder for each type of event, a TimeSpan and a style each.

Text is escaped by the XML library and shown as text; descriptions hold no HTML of the reports.
Marks are the viewer's own, colored: the file asks nothing of the network.
"""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

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
_SHOWN = ("date_text", "place", "status", "attacker", "target", "killed_min", "killed_max")


def write(layers: Layers, path: Path) -> None:
    """Write the events; one without a place is a placemark without a geometry."""
    write_text(path, (f"{line}\n" for line in _lines(layers)))


def _lines(layers: Layers) -> Iterator[str]:
    """Yield the document in pieces: a tree of all events would take ten times their memory."""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<kml xmlns="{_NAMESPACE}"><Document><name>Events</name>'
    yield from (_text(_style(look)) for look in layers.looks)
    labels = {look.type: look.label for look in layers.looks}
    pairs = sorted(
        zip(layers.events.rows, layers.events.geometries, strict=True),
        key=lambda pair: (pair[0]["type"], pair[0]["date_start"] or "", pair[0]["id"]),
    )
    for name, group in groupby(pairs, key=lambda pair: pair[0]["type"]):
        yield f"<Folder><name>{escape(clean(labels.get(name, name)), quote=False)}</name>"
        yield from (_text(_placemark(row, geometry)) for row, geometry in group)
        yield "</Folder>"
    yield "</Document></kml>"


def _text(element: Element) -> str:
    return tostring(element, encoding="unicode")


def _style(look: Look) -> Element:
    style = Element("Style", id=f"type-{look.type}")
    SubElement(SubElement(style, "IconStyle"), "color").text = _color(look.color, "ff")
    line = SubElement(style, "LineStyle")
    SubElement(line, "color").text = _color(look.color, "ff")
    SubElement(line, "width").text = "2"
    SubElement(SubElement(style, "PolyStyle"), "color").text = _color(look.color, "55")
    return style


def _color(rgb: str, alpha: str) -> str:
    """Return a color in KML's order: alpha, blue, green, red."""
    return f"{alpha}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".lower()


def _placemark(row: dict[str, Any], geometry: BaseGeometry | None) -> Element:
    placemark = Element("Placemark", id=f"event-{row['id']}")
    SubElement(placemark, "name").text = clean(row["title"])
    SubElement(placemark, "description").text = clean(_description(row))
    if row["date_start"] or row["date_end"]:
        span = SubElement(placemark, "TimeSpan")
        for edge, day in (("begin", row["date_start"]), ("end", row["date_end"])):
            if day:
                SubElement(span, edge).text = day
    SubElement(placemark, "styleUrl").text = f"#type-{row['type']}"
    _data(placemark, row)
    if geometry is not None:
        _geometry(placemark, geometry)
    return placemark


def _description(row: dict[str, Any]) -> str:
    """Return a few lines; a viewer takes them for HTML, so markup of the reports is escaped."""
    lines = [f"{name}: {row[name]}" for name in _SHOWN if row[name] is not None]
    lines += [f"“{claim['quote']}” ({claim['document_id']})" for claim in row["claims"]]
    return "<br>\n".join(escape(line, quote=False) for line in lines)


def _data(placemark: Element, row: dict[str, Any]) -> None:
    extended = SubElement(placemark, "ExtendedData")
    for name, value in row.items():
        if value is not None and value != []:
            data = SubElement(extended, "Data", name=name)
            SubElement(data, "value").text = clean(str(plain(value)))


def _geometry(parent: Element, geometry: BaseGeometry) -> None:
    if hasattr(geometry, "geoms"):
        multi = SubElement(parent, "MultiGeometry")
        for part in geometry.geoms:
            _geometry(multi, part)
    elif geometry.geom_type == "Polygon":
        _polygon(SubElement(parent, "Polygon"), geometry)
    else:
        element = SubElement(parent, geometry.geom_type)
        if geometry.geom_type == "LineString":
            SubElement(element, "tessellate").text = "1"
        _coordinates(element, geometry)


def _polygon(element: Element, polygon: Any) -> None:
    oriented = shapely.orient_polygons(polygon)
    SubElement(element, "tessellate").text = "1"
    outer = SubElement(SubElement(element, "outerBoundaryIs"), "LinearRing")
    _coordinates(outer, oriented.exterior)
    for ring in oriented.interiors:
        inner = SubElement(SubElement(element, "innerBoundaryIs"), "LinearRing")
        _coordinates(inner, ring)


def _coordinates(element: Element, path: BaseGeometry) -> None:
    lonlats = shapely.get_coordinates(path).round(_DIGITS).tolist()
    SubElement(element, "coordinates").text = " ".join(f"{lon},{lat}" for lon, lat in lonlats)
