"""A user's own places of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geomap.errors import InputError
from geomap.features.pois import read_pois
from geomap.model import Point

if TYPE_CHECKING:
    from pathlib import Path

FEATURE = '{"properties": {"name": "Depot"}, "geometry": {"coordinates": [24.5, 49.5]}}'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("p.csv", "\ufeffname,lat,lon,note\nDepot,49.5,24.5,x\n", id="csv"),
        pytest.param("p.geojson", f'{{"features": [{FEATURE}]}}', id="geojson"),
    ],
)
def test_places_are_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    (poi,) = read_pois(tmp_path / name)
    assert (poi.name, poi.point) == ("Depot", Point(lon=24.5, lat=49.5))


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("p.csv", "name,lat\nDepot,1\n", "no column lon", id="no column"),
        pytest.param("p.csv", "name,lat,lon\nDepot,x,1\n", "line 2: lat 'x'", id="no number"),
        pytest.param("p.csv", "name,lat,lon\n,1,1\n", "line 2: has no name", id="no name"),
        pytest.param("p.csv", "name,lat,lon\nD,151.2,-33.9\n", "swapped", id="swapped"),
        pytest.param("p.csv", "name,lat,lon\nD,nan,1\n", "out of range", id="not a number"),
        pytest.param("p.csv", "name,lat,lon\n", "no places", id="empty"),
        pytest.param("p.geojson", "[]", "not a GeoJSON", id="no collection"),
        pytest.param("p.geojson", '{"features": [{}]}', "feature 1", id="no point"),
        pytest.param("q.csv", "", "cannot be read", id="no file"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(
    name: str, text: str, words: str, tmp_path: Path
) -> None:
    (tmp_path / "p.csv").write_text("")
    if name.startswith("p"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_pois(tmp_path / name)
