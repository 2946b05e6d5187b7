"""Layers as GeoDataFrames, typed for analysis: real dates, nullable integers, a CRS."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geomap.errors import InputError
from geomap.export.layers import of_result
from geomap.features.fields import FieldType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geopandas import GeoDataFrame

    from geomap.export.layers import Layer
    from geomap.features import Context
    from geomap.features.fields import Field
    from geomap.model import Result


def events_frame(result: Result, context: Context) -> GeoDataFrame:
    """Return the events with the geometry that they are drawn with, indexed by id."""
    return to_frame(of_result(result, context).events).set_index("id")


def read_frame(source: str | Path, layer: str = "events") -> GeoDataFrame:
    """Return a layer of a finished build: events, claims, mentions or places.

    ``source`` is the folder of the build, or its GeoPackage or GeoJSON file. Raises
    :class:`~geomap.errors.InputError` where there is no build, or no such layer.
    """
    from geomap.export.reading import read
    from geomap.ontology import Ontology

    by_name = {each.name: each for each in read(Path(source), Ontology.load())}
    if layer not in by_name:
        raise InputError(f'no layer is named "{layer}"; there are {", ".join(by_name)}')
    return to_frame(by_name[layer])


def to_frame(layer: Layer) -> GeoDataFrame:
    """Return a layer in EPSG:4326.

    Text is ``string``, whole numbers ``Int64``, other numbers ``float64``, days
    ``datetime64[s]``; what is not known is ``NA``, ``NaN`` or ``NaT``. Lists stay Python lists.
    """
    from geopandas import GeoDataFrame, GeoSeries

    columns = {
        field.name: _series(field, [row[field.name] for row in layer.rows])
        for field in layer.fields
    }
    geometry = GeoSeries(list(layer.geometries), crs="EPSG:4326")
    return GeoDataFrame(columns, geometry=geometry, crs="EPSG:4326")


def _series(field: Field, values: Sequence[Any]) -> Any:
    import pandas as pd

    if field.type is FieldType.DATE:
        return pd.Series(np.array(values, dtype="datetime64[s]"))
    if field.type is FieldType.REAL:
        return pd.Series(values, dtype="float64")
    if field.type is FieldType.INTEGER:
        return pd.Series(values, dtype="Int64")
    return pd.Series(values, dtype="object" if field.type is FieldType.LIST else "string")
