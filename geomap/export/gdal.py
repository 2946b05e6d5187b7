"""Writing Arrow tables with GDAL, at a moment that is in the data and not on the clock."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.export.arrow import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

_OURS = "pyogrio"
_LOOKED_FOR = frozenset({"geopandas", "pandas", "pyproj"})


def write_layer(table: pa.RecordBatchReader, path: Path, **options: Any) -> None:
    """Write one layer in WGS 84; ``options`` are those of ``pyogrio.raw.write_arrow``."""
    pyogrio = import_pyogrio()
    errors = pyogrio.errors
    try:
        pyogrio.write_arrow(table, path, geometry_name=GEOMETRY, crs="EPSG:4326", **options)
    except (
        errors.DataLayerError,
        errors.DataSourceError,
        errors.FeatureError,
        errors.GeometryError,
    ) as error:
        raise OutputError(f"{path.name}: cannot be written ({error})") from error


@contextmanager
def settings(moment: str) -> Iterator[None]:
    """Let GDAL write ``moment`` (RFC 3339) where it would write the time of day.

    Nor does it wait for the disk after every layer: the file is renamed when it is complete.
    """
    pyogrio = import_pyogrio()
    chosen = {"OGR_CURRENT_DATE": moment, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    former = {name: pyogrio.get_gdal_config_option(name) for name in chosen}
    pyogrio.set_gdal_config_options(chosen)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(former)


@cache
def import_pyogrio() -> Any:
    """Import pyogrio without pandas, geopandas and pyproj, which layers are written without.

    It looks whether they are there and so imports them, which takes three times as long as all the
    rest of it. Whoever imports pyogrio afterwards has one that knows them.
    """
    hidden = _LOOKED_FOR.difference(sys.modules) if _OURS not in sys.modules else ()
    unknown: dict[str, Any] = dict.fromkeys(hidden)  # None stands for what cannot be imported
    sys.modules.update(unknown)
    try:
        return importlib.import_module(_OURS)
    finally:
        for name in hidden and list(sys.modules):
            if name in hidden or name.partition(".")[0] == _OURS:
                del sys.modules[name]
