"""PostGIS: four tables in a schema ``geomap``, written in one transaction.

Events and places are inserted or, where the id is there already, replaced. The claims and mentions
of a document take the place of those that it had. When the connection breaks midway, the database
stays as it was. Needs the extra ``geomap[postgis]`` (psycopg 3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, LiteralString

import shapely

from geomap.errors import OutputError
from geomap.export.cells import clean, plain
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from psycopg import Cursor
    from psycopg.sql import Composed

    from geomap.export.layers import Layer, Layers

SCHEMA = "geomap"
_TYPES: dict[FieldType, LiteralString] = {
    FieldType.TEXT: "text",
    FieldType.INTEGER: "bigint",
    FieldType.REAL: "double precision",
    FieldType.DATE: "date",
    FieldType.LIST: "jsonb",
}
#: The column by which a row is found again; other tables are keyed by document.
_KEYS = {"events": "id", "places": "place_id"}
_PASSWORD = re.compile(r"(://[^:/@]*):[^/]*@")


def write(layers: Layers, url: str) -> None:
    """Create or update the tables in the database at ``postgresql://…``."""
    try:
        import psycopg
    except ImportError as error:
        raise OutputError(
            "PostGIS needs psycopg; install it with: pip install 'geomap[postgis]'"
        ) from error
    try:
        with psycopg.connect(url, connect_timeout=10) as connection, connection.cursor() as cursor:
            _prepare(cursor)
            for layer in layers:
                _create(cursor, layer)
                _fill(cursor, layer)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        raise OutputError(f"{without_password(url)}: nothing was written ({reason})") from error


def without_password(url: str) -> str:
    """Return the address of a database as it may be shown."""
    return _PASSWORD.sub(r"\1:…@", url)


def _prepare(cursor: Cursor[Any]) -> None:
    cursor.execute("SET LOCAL client_min_messages = warning")
    cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")


def _create(cursor: Cursor[Any], layer: Layer) -> None:
    """Create the table with its index and comments where it is not there."""
    from psycopg import sql

    table = sql.Identifier(SCHEMA, layer.name)
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(field.name), sql.SQL(_TYPES[field.type]))
        for field in layer.fields
    ]
    columns += [sql.SQL("{} geometry(Geometry, 4326)").format(sql.Identifier("geom"))]
    if layer.name == "events":
        columns += [sql.SQL("{} geometry(Point, 4326)").format(sql.Identifier("mark"))]
    if layer.name in _KEYS:
        key = sql.Identifier(_KEYS[layer.name])
        columns += [sql.SQL("PRIMARY KEY ({})").format(key)]
    cursor.execute(
        sql.SQL("CREATE TABLE IF NOT EXISTS {} ({})").format(table, sql.SQL(", ").join(columns))
    )
    for field in layer.fields:  # a table that an earlier version made may lack some
        cursor.execute(
            sql.SQL("ALTER TABLE {} ADD COLUMN IF NOT EXISTS {} {}").format(
                table, sql.Identifier(field.name), sql.SQL(_TYPES[field.type])
            )
        )
    cursor.execute(
        sql.SQL("CREATE INDEX IF NOT EXISTS {} ON {} USING gist (geom)").format(
            sql.Identifier(f"{layer.name}_geom_idx"), table
        )
    )
    for field in layer.fields:
        column = sql.Identifier(SCHEMA, layer.name, field.name)
        comment = sql.Literal(field.description)
        cursor.execute(sql.SQL("COMMENT ON COLUMN {} IS {}").format(column, comment))


def _fill(cursor: Cursor[Any], layer: Layer) -> None:
    """Copy the rows into a temporary table and take them over from there."""
    from psycopg import sql

    table, fresh = sql.Identifier(SCHEMA, layer.name), sql.Identifier(f"fresh_{layer.name}")
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {}) ON COMMIT DROP").format(fresh, table)
    )
    names = [field.name for field in layer.fields] + ["geom"]
    names += ["mark"] if layer.name == "events" else []
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    copying = sql.SQL("COPY {} ({}) FROM STDIN").format(fresh, columns)
    with cursor.copy(copying) as copy:
        for row in _rows(layer):
            copy.write_row(row)
    if layer.name not in _KEYS:
        cursor.execute(
            sql.SQL("DELETE FROM {} WHERE document_id IN (SELECT document_id FROM {})").format(
                table, fresh
            )
        )
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} {}").format(
            table, columns, columns, fresh, _on_conflict(layer, names)
        )
    )


def _on_conflict(layer: Layer, names: list[str]) -> Composed:
    from psycopg import sql

    if layer.name not in _KEYS:
        return sql.Composed([])
    key = _KEYS[layer.name]
    changes = [
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in names if name != key
    ]
    return sql.SQL("ON CONFLICT ({}) DO UPDATE SET {}").format(
        sql.Identifier(key), sql.SQL(", ").join(changes)
    )


def _rows(layer: Layer) -> Iterator[list[Any]]:
    """Yield the values of each row, geometries as hexadecimal EWKB."""
    shapes = [layer.geometries]
    if layer.name == "events":
        shapes.append(tuple(map(_mark, layer.rows)))
    for row, *geometries in zip(layer.rows, *shapes, strict=True):
        values = [clean(plain(value)) for value in row.values()]
        yield values + [
            None
            if geometry is None
            else shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True)
            for geometry in geometries
        ]


def _mark(row: dict[str, Any]) -> Any:
    return None if row["lon"] is None else shapely.Point(row["lon"], row["lat"])
