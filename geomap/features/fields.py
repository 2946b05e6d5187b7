"""The columns of every layer, in order: one table for the map and every export format.

The table itself is ``fields.csv`` beside this module. ``hxl`` is the column's tag in the
Humanitarian Exchange Language (HXL Standard 1.1).
"""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from pathlib import Path

from geomap.model import noun


class FieldType(StrEnum):
    """What a column holds. A list is one of plain JSON values; formats without lists write JSON."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    DATE = "date"  # ISO 8601 text in properties: "2024-01-02"
    LIST = "list"


@noun
class Field:
    """One column."""

    name: str
    type: FieldType
    hxl: str
    description: str


@cache
def fields_of(layer: str) -> tuple[Field, ...]:
    """Return the columns of a layer in order: events, claims, mentions or places."""
    with (Path(__file__).parent / "fields.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Field(
                name=row["name"],
                type=FieldType(row["type"]),
                hxl=row["hxl"],
                description=row["description"],
            )
            for row in csv.DictReader(rows)
            if row["layer"] == layer
        )


def event_fields() -> tuple[Field, ...]:
    """Return the columns of an event in order."""
    return fields_of("events")
