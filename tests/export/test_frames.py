"""Events as a GeoDataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import made_result as made
import pandas as pd
import pytest

from geomap.errors import InputError
from geomap.export import FORMATS
from geomap.export.frames import events_frame, read_frame
from geomap.model import Result

if TYPE_CHECKING:
    from pathlib import Path


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


def test_a_finished_build_is_read_from_its_folder(tmp_path: Path) -> None:
    FORMATS["gpkg"].write(made.result(), tmp_path / "events.gpkg", made.context())
    events = read_frame(tmp_path).set_index("id")
    assert events.dtypes.equals(events_frame(made.result(), made.context()).dtypes)
    mentions = read_frame(tmp_path, "mentions")
    assert mentions["text"].tolist() == ["Ostrov", "Ostrov"]
    assert mentions.geometry.isna().tolist() == [False, True]
    with pytest.raises(InputError, match="events, claims, mentions, places"):
        read_frame(tmp_path, "towns")
