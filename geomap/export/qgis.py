"""Styles for QGIS, in the table ``layer_styles`` of a GeoPackage.

The table is the one that QGIS itself makes when a style is saved to the database. A style is a QML
document; QGIS fills in what is left out.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geomap.export.layers import Look

_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME
)
"""
_CONTENTS = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS styles', ?)
"""
_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
    styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, 'geomap', '', NULL, ?)
"""
_KINDS = {"events": "marker", "areas": "fill", "lines": "line"}
_SYMBOL_CLASS = {"marker": "SimpleMarker", "fill": "SimpleFill", "line": "SimpleLine"}
_ALPHA = {"marker": 230, "fill": 90, "line": 255}


def write_styles(path: Path, looks: Sequence[Look], moment: str) -> None:
    """Add the styles to a GeoPackage; ``moment`` is the time to write (RFC 3339)."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_TABLE)
        database.execute(_CONTENTS, (moment,))
        for layer, kind in _KINDS.items():
            qml = by_type(looks, kind)
            database.execute(_STYLE, (layer, f"{layer} by type", qml, moment))


def by_type(looks: Sequence[Look], kind: str) -> str:
    """Return a QML document that colors by event type; ``kind`` is marker, fill or line."""
    root = Element("qgis", version="3.22", styleCategories="Symbology|Temporal")
    renderer = SubElement(root, "renderer-v2", type="categorizedSymbol", attr="type")
    categories = SubElement(renderer, "categories")
    symbols = SubElement(renderer, "symbols")
    for number, look in enumerate(looks):
        name = str(number)
        SubElement(
            categories, "category", value=look.type, label=look.label, symbol=name, render="true"
        )
        _symbol(symbols, name, kind, look.color)
    _temporal(root)
    text = tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}"


def _symbol(symbols: Element, name: str, kind: str, color: str) -> None:
    symbol = SubElement(symbols, "symbol", name=name, type=kind, alpha="1")
    layer = SubElement(symbol, "layer", {"class": _SYMBOL_CLASS[kind], "enabled": "1"})
    options = SubElement(layer, "Option", type="Map")
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    inner = f"{red},{green},{blue},{_ALPHA[kind]}"
    outer = f"{red // 2},{green // 2},{blue // 2},255"
    values = {
        "marker": {"color": inner, "outline_color": outer, "name": "circle", "size": "3"},
        "fill": {"color": inner, "outline_color": outer, "style": "solid"},
        "line": {"line_color": inner, "line_width": "0.8", "line_style": "dash"},
    }[kind]
    for key, value in values.items():
        SubElement(options, "Option", type="QString", name=key, value=value)


def _temporal(root: Element) -> None:
    """Let the temporal controller show an event from its first to its last day."""
    temporal = SubElement(
        root,
        "temporal",
        enabled="1",
        mode="2",  # Qgis::VectorTemporalMode::FeatureDateTimeStartAndEndFromFields
        startField="date_start",
        endField="date_end",
        limitMode="1",  # the last day is part of the range
    )
    fixed = SubElement(temporal, "fixedRange")
    SubElement(fixed, "start")
    SubElement(fixed, "end")
