"""Importing pyogrio without what it looks for, in a process of its own each."""

import subprocess
import sys

import pytest

BEGIN = "import sys; from geomap.export.gdal import import_pyogrio; "
OURS = BEGIN + "ours = import_pyogrio(); "


@pytest.mark.parametrize(
    "code",
    [
        OURS + "assert not {'pandas', 'geopandas', 'pyproj', 'pyogrio'} & set(sys.modules)",
        OURS + "import pyogrio, geopandas; assert pyogrio._compat.HAS_GEOPANDAS",
        OURS + "import pyogrio; assert import_pyogrio() is ours; assert ours.write_arrow",
        "import pyogrio; " + BEGIN + "assert import_pyogrio() is pyogrio; import pandas",
        "import pyproj; " + OURS + "assert sys.modules['pyproj'] is pyproj",
    ],
    ids=["nothing is left", "others get all of it", "ours stays", "there before", "some before"],
)
def test_pyogrio_without_pandas(code):
    subprocess.run([sys.executable, "-c", code], check=True)
