"""Every file opens in the tools that people use; each test is skipped where the tool is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import made_result as made
import pytest

from geomap.export import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(name="ogrinfo")
def _ogrinfo() -> str:
    found = shutil.which("ogrinfo")
    if found is None:
        pytest.skip("no ogrinfo (Debian: gdal-bin)")
    return found


def summary(ogrinfo: str, path: Path) -> str:
    done = subprocess.run(
        [ogrinfo, "-al", "-so", path], capture_output=True, text=True, check=True, timeout=60
    )
    assert "ERROR" not in done.stderr
    return done.stdout


def write(name: str, folder: Path) -> Path:
    path = folder / FORMATS[name].file_name
    FORMATS[name].write(made.result(), path, made.context())
    return path


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("gpkg", ["Layer name: events", "Geometry: Point", "Feature Count: 4"]),
        ("gpkg", ["Layer name: areas", "Geometry: Multi Polygon", "Feature Count: 1"]),
        ("gpkg", ["Layer name: lines", "Geometry: Multi Line String", "Feature Count: 1"]),
        ("gpkg", ["date_start: Date (0.0)", "killed_min: Integer64 (0.0)", "lat: Real (0.0)"]),
        ("gpkg", ["Extent: (24.000000, 50.000000) - (24.000000, 50.000000)"]),
        (
            "geojson",
            ["Feature Count: 4", "Extent: (23.000000, 49.000000) - (25.500000, 52.000000)"],
        ),
        ("fgb", ["Layer name: events", "Feature Count: 4", "date_start: Date"]),
        ("kml", ["Layer name: Drone attack", "Feature Count: 3"]),
        ("csv", ["Feature Count: 4"]),
    ],
)
def test_ogrinfo_reads_it(name: str, lines: list[str], ogrinfo: str, tmp_path: Path) -> None:
    said = summary(ogrinfo, write(name, tmp_path))
    assert [line for line in lines if line not in said] == []


def test_a_geojson_validator_has_nothing_to_say(tmp_path: Path) -> None:
    validator = pytest.importorskip("geojson_validator")
    collection = json.loads(write("geojson", tmp_path).read_text("utf-8"))
    collection["features"] = [f for f in collection["features"] if f["geometry"]]
    assert not validator.validate_structure(collection)
    assert not validator.validate_geometries(collection)["invalid"]
