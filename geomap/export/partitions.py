"""Partitioned GeoParquet: a folder a country, year or month, for Dask, DuckDB, Spark and Arrow.

``events/country=UA/year=2024/part-0.parquet``: Hive's layout, in which the names of folders are the
values of columns. A column of that name is not in the files, where readers would find it twice.
What is not known is ``unknown``: Hive's own word for it makes a null, on which Arrow, and so
geopandas, stops ("cannot yet unify dictionaries with nulls").
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from geomap.errors import OutputError
from geomap.export.layers import Layer
from geomap.export.parquet import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geomap.export.layers import Layers

_UNKNOWN = "unknown"
_PART = "part-0.parquet"

#: What events can be divided by, and how a row tells it.
KEYS: Mapping[str, Callable[[dict[str, Any]], str | None]] = {
    "country": lambda row: row["country"],
    "type": lambda row: row["type"],
    "year": lambda row: row["date_start"] and row["date_start"][:4],
    "month": lambda row: row["date_start"] and row["date_start"][:7],
}


def write(layers: Layers, folder: Path, keys: Sequence[str] = ("country",)) -> None:
    """Write the events below ``folder``, divided by ``keys`` in their order.

    The folder is replaced as a whole where it is one that was written so before. Raises
    :class:`OutputError` where it is another, where it cannot be written, and for unknown keys.
    """
    unknown = [key for key in keys if key not in KEYS]
    if unknown or not keys:
        known = ", ".join(KEYS)
        raise OutputError(f"events are divided by {known}, and not by {', '.join(unknown) or '?'}")
    if folder.exists() and not _is_ours(folder):
        raise OutputError(
            f"{folder}: is no folder of partitions, and is left alone; choose a new one"
        )
    try:
        _replace(layers, folder, keys)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror or error})") from error


def _replace(layers: Layers, folder: Path, keys: Sequence[str]) -> None:
    """Write beside ``folder``, and change places."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".geomap-", dir=folder.parent) as name:
        new = Path(name) / "new"
        new.mkdir()
        for place, events in sorted(_divided(layers.events, keys).items()):
            path = new / place / _PART
            path.parent.mkdir(parents=True)
            write_table(events, path, [field.name for field in events.fields if field.name in keys])
        if folder.exists():
            folder.rename(Path(name) / "former")
        new.rename(folder)


def _divided(events: Layer, keys: Sequence[str]) -> dict[str, Layer]:
    """Return the events by the folder that they belong in."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(events.rows):
        numbers["/".join(f"{key}={_name(KEYS[key](row))}" for key in keys)].append(number)
    return {
        place: Layer(
            events.name,
            tuple(events.rows[number] for number in chosen),
            tuple(events.geometries[number] for number in chosen),
        )
        for place, chosen in numbers.items()
    }


def _name(value: str | None) -> str:
    """Return a value as it stands in the name of a folder, which readers decode as a URI."""
    return quote(value, safe="", errors="replace") if value else _UNKNOWN


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder has nothing but partitions in it."""
    keys = tuple(f"{key}=" for key in KEYS)
    return folder.is_dir() and all(
        path.is_dir() and path.name.startswith(keys) for path in folder.iterdir()
    )
