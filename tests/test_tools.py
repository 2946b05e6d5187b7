"""What a build opens, and what stays of it afterwards."""

from __future__ import annotations

import pytest

from geomap.config import Settings
from geomap.errors import UnknownPlaceError
from geomap.tools import open_tools

KYIV = "geonames:703448"


def test_places_are_named_after_the_gazetteer_was_closed():
    with open_tools(Settings()) as tools:
        before = tools.places.place(KYIV)
    assert tools.places.place(KYIV) == before
    assert tools.places.place(KYIV).name == "Kyiv"
    with pytest.raises(UnknownPlaceError):
        tools.places.place("geonames:0")
