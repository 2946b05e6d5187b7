"""What `import geomap` offers, as a notebook uses it."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

import geomap
from geomap.locator import Locator
from geomap.model import Document
from geomap.online import Online

pytest_plugins = ("opened_once",)
pytestmark = pytest.mark.usefixtures("opened_once")

STRUCK = "Drones struck a fuel depot near Kharkiv on 2 January 2024, killing two people."
COUNCIL = "The Springfield council met."


def test_toponyms_are_located_in_the_order_of_the_texts():
    council, struck = geomap.locate([COUNCIL, Document(id="d", text=STRUCK)], near="Champaign")
    assert (council.document.id, struck.document.id) == ("0", "d")
    assert council.resolutions[0].place.admin1 == "Illinois"
    assert [one.place.name for one in struck.resolutions] == ["Kharkiv"]


def test_a_column_of_a_frame_is_located():
    frame = pd.DataFrame({"story": [STRUCK, None, COUNCIL]}, index=["a", "b", "c"])
    frame.index.name = "number"
    found = geomap.locate_frame(frame, "story")
    assert list(found.index) == ["a", "c"]
    assert found.index.name == "number"
    assert found.loc["a", "place"] == "Kharkiv"
    assert found.loc["a", "geometry"].y == pytest.approx(49.98, abs=0.01)
    assert found.crs.to_epsg() == 4326


def test_events_are_extracted_from_each_text():
    told, nothing = geomap.extract([STRUCK, "All was calm."])
    assert [report.type for report in told] == ["drone_strike"]
    assert nothing == ()


def test_a_build_gives_its_events_as_a_frame_and_its_map_inline(tmp_path):
    (tmp_path / "a.txt").write_text(STRUCK)
    settings = geomap.Settings(formats=("geojson",), workers=1, cache=False)
    built = geomap.build([tmp_path / "a.txt"], tmp_path / "out", settings=settings)
    frame = built.events_frame()
    assert len(frame) == 1
    assert frame["killed_min"].tolist() == [2]
    assert "Kharkiv" in built.explore()._repr_html_()
    with pytest.raises(AttributeError, match="nothing"):
        geomap.nothing  # noqa: B018


def test_what_stays_unresolved_may_be_asked_for(tmp_path):
    def answer(_name):
        return SimpleNamespace(address="Xyzzyhrad, Nowhere", latitude=1.0, longitude=2.0)

    with geomap.Gazetteer.open() as gazetteer:
        online = Online("fake", answer, tmp_path / "answers.json")
        locator = Locator(gazetteer=gazetteer, online=online)
        located = locator.resolve_spans(Document(id="d", text="In Xyzzyhrad."), [(3, 12)])
    assert located.resolutions[0].place.source == "fake (online)"
