"""Writing Arrow tables with GDAL, at a moment that is in the data and not on the clock."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.export.arrow import GEOMETRY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa


def write_layer(table: pa.RecordBatchReader, path: Path, **options: Any) -> None:
    """Write one layer in WGS 84; ``options`` are those of ``pyogrio.raw.write_arrow``."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError
    from pyogrio.raw import write_arrow

    try:
        write_arrow(table, path, geometry_name=GEOMETRY, crs="EPSG:4326", **options)
    except (DataLayerError, DataSourceError, FeatureError, GeometryError) as error:
        raise OutputError(f"{path.name}: cannot be written ({error})") from error


@contextmanager
def settings(moment: str) -> Iterator[None]:
    """Let GDAL write ``moment`` (RFC 3339) where it would write the time of day.

    Nor does it wait for the disk after every layer: the file is renamed when it is complete.
    """
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    chosen = {"OGR_CURRENT_DATE": moment, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    former = {name: get_gdal_config_option(name) for name in chosen}
    set_gdal_config_options(chosen)
    try:
        yield
    finally:
        set_gdal_config_options(former)
