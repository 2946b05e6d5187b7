"""A build of the hostile files, made once for the tests that look at its outputs.

A test module asks for it by ``pytest_plugins = ("hostile_build",)``.
"""

from __future__ import annotations

import pytest
from bad_files import write
from hostile_files import hostile_texts

from geomap.cli import main

FORMATS = "geojson,gpkg,parquet,csv,claims,mentions,fgb,kml,xlsx,hxl"


@pytest.fixture(scope="session")
def hostile_output(tmp_path_factory):
    """Return the folder of outputs of a build of everything that is hostile by what it says."""
    folder = tmp_path_factory.mktemp("hostile")
    reports, output = write(folder / "in", hostile_texts()), folder / "out"
    arguments = ["build", str(reports), "-o", str(output), "--format", FORMATS]
    assert main([*arguments, "--quiet", "--no-cache", "--workers", "1"]) == 0
    return output
