"""Events as a GeoDataFrame."""

from __future__ import annotations

import made_result as made
import pandas as pd

from geomap.export.frames import events_frame
from geomap.model import Result


def test_columns_are_typed_for_analysis() -> None:
    frame = events_frame(made.result(), made.context())
    assert frame.index.tolist() == ["e1", "e2", "e3", "e4"]
    assert frame.crs.to_epsg() == 4326
    assert str(frame["date_start"].dtype) == "datetime64[s]"
    assert frame.loc["e1", "date_start"] == pd.Timestamp("2024-01-02")
    assert pd.isna(frame.loc["e3", "date_start"])
    assert str(frame["killed_min"].dtype) == "Int64"
    assert frame["killed_max"].isna().all()
    assert frame.loc["e1", "weapons"][0]["system"] == "Shahed-136"
    assert frame.geometry.isna().tolist() == [False, False, False, True]


def test_types_do_not_depend_on_the_rows() -> None:
    nothing = Result(documents=(), resolutions=(), reports=(), events=())
    empty, full = (events_frame(each, made.context()) for each in (nothing, made.result()))
    assert empty.dtypes.astype(str).to_dict() == full.dtypes.astype(str).to_dict()
