"""What was written is read back equal, by geomap and by others' readers."""

from __future__ import annotations

import csv
import json
import sqlite3
import warnings
from contextlib import closing
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import made_result as made
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from geomap.errors import InputError
from geomap.export import FORMATS, layers
from geomap.export.reading import read

if TYPE_CHECKING:
    from pathlib import Path

LAYERS = layers.of_result(made.result(), made.context())
ROWS = tuple(LAYERS.events.rows)


def write(name: str, folder: Path) -> Path:
    path = folder / FORMATS[name].file_name
    FORMATS[name].write_layers(LAYERS, path)
    return path


def same(a: shapely.Geometry | None, b: shapely.Geometry | None) -> bool:
    return (a is None) == (b is None) and (
        a is None or shapely.equals_exact(a, b, 1e-6) or a.equals(b)
    )


@pytest.mark.parametrize("name", ["gpkg", "geojson"])
def test_geomap_reads_its_events_back(name: str, tmp_path: Path) -> None:
    again = read(write(name, tmp_path), made.ONTOLOGY)
    assert tuple(again.events.rows) == ROWS
    for mine, theirs in zip(LAYERS.events.geometries, again.events.geometries, strict=True):
        assert same(mine, theirs)
    assert again.looks == LAYERS.looks


def test_a_geopackage_has_every_layer(tmp_path: Path) -> None:
    again = read(write("gpkg", tmp_path).parent, made.ONTOLOGY)
    for mine, theirs in zip(LAYERS, again, strict=True):
        assert tuple(mine.rows) == tuple(theirs.rows)
    names = [name for name, _ in pyogrio.list_layers(tmp_path / "events.gpkg")]
    # Readers that are not told which one they want take the first.
    assert names == ["events", "areas", "lines", "claims", "mentions", "places", "layer_styles"]


def test_no_province_is_a_point_in_the_geopackage(tmp_path: Path) -> None:
    frame = pyogrio.read_dataframe(write("gpkg", tmp_path), layer="events")
    assert frame.geometry.isna().tolist() == [False, True, True, True]
    assert frame["lat"].isna().tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("events.geojson", "{", "is not JSON", id="no JSON"),
        pytest.param("events.geojson", '{"features": [{}]}', "not a file of events", id="foreign"),
        pytest.param("events.gpkg", "no database", "not a file of events", id="no GeoPackage"),
        pytest.param("other.txt", "", "no events found", id="a folder without a build"),
    ],
)
def test_what_is_no_build_is_told(name: str, content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=words):
        read(tmp_path, made.ONTOLOGY)


def test_csv_reads_back_and_runs_no_formula(tmp_path: Path) -> None:
    with write("csv", tmp_path).open(encoding="utf-8", newline="") as file:
        read_back = list(csv.DictReader(file))
    assert [row["id"] for row in read_back] == [row["id"] for row in ROWS]
    assert read_back[0]["title"] == "'" + ROWS[0]["title"]
    assert read_back[0]["killed_max"] == ""
    assert json.loads(read_back[0]["weapons"]) == ROWS[0]["weapons"]
    assert same(shapely.from_wkt(read_back[1]["geometry"]), LAYERS.events.geometries[1])
    assert read_back[3]["geometry"] == ""


def test_the_second_row_of_hxl_are_hashtags(tmp_path: Path) -> None:
    lines = list(csv.reader(write("hxl", tmp_path).read_text("utf-8").splitlines()))
    assert all(tag.startswith("#") for tag in lines[1])
    assert lines[0][-1] == "geometry"


def test_claims_hold_tellings_and_stated_distances(tmp_path: Path) -> None:
    with write("claims", tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["kind"] for row in rows} == {"event", "distance"}
    told = next(row for row in rows if row["kind"] == "distance")
    assert (told["origin"], told["target"], told["verdict"]) == ("Ostrov", "Borovia", "agrees")
    assert told["publisher"] == "'=Gazette"
    assert told["geometry"].startswith("LINESTRING")
    assert all(made.TEXT[int(row["start"]) : int(row["end"])] == row["quote"] for row in rows)


def test_parquet_keeps_lists_and_says_where_it_is(tmp_path: Path) -> None:
    table = pq.read_table(write("parquet", tmp_path))
    assert table["weapons"].to_pylist() == [row["weapons"] for row in ROWS]
    assert table["other_places"].to_pylist() == [row["other_places"] for row in ROWS]
    assert table["claims"].to_pylist() == [row["claims"] for row in ROWS]
    assert table["conflicts"].to_pylist() == [row["conflicts"] for row in ROWS]
    geo = json.loads(table.schema.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert table["bbox"].to_pylist()[1] == {"xmin": 23.5, "ymin": 49.5, "xmax": 25.5, "ymax": 51.5}


def test_geopandas_reads_the_parquet_file_with_its_crs(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_parquet(write("parquet", tmp_path))
    assert frame.crs.to_authority() == ("OGC", "CRS84")
    assert frame.geometry.isna().tolist() == [False, False, False, True]
    near = geopandas.read_parquet(tmp_path / "events.parquet", bbox=(23.9, 49.9, 24.1, 50.1))
    assert "e1" in set(near["id"])
    assert "e4" not in set(near["id"])


def test_flatgeobuf_loses_no_event(tmp_path: Path) -> None:
    frame = pyogrio.read_dataframe(write("fgb", tmp_path))
    assert frame["id"].tolist() == [row["id"] for row in ROWS]
    for mine, theirs in zip(LAYERS.events.geometries, frame.geometry, strict=True):
        assert same(mine, theirs)
    assert str(frame["date_start"].dtype).startswith("datetime64")


def test_kml_has_time_spans_and_no_markup_of_reports(tmp_path: Path) -> None:
    root = ET.parse(write("kml", tmp_path)).getroot()
    kml = "{http://www.opengis.net/kml/2.2}"
    placemarks = root.findall(f".//{kml}Placemark")
    assert len(placemarks) == len(ROWS)
    assert [mark.findtext(f"{kml}TimeSpan/{kml}begin") for mark in placemarks].count(
        "2024-01-02"
    ) == 3
    assert (tmp_path / "events.kml").read_text("utf-8").count("http") == 1  # the namespace
    assert "<b>" not in "".join(mark.findtext(f"{kml}description") or "" for mark in placemarks)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # GDAL notes that LIBKML names its layers by folder
        assert sum(
            len(pyogrio.read_dataframe(tmp_path / "events.kml", layer=name))
            for name, _ in pyogrio.list_layers(tmp_path / "events.kml")
        ) == len(ROWS)


def test_a_workbook_holds_dates_and_text_but_no_formulas(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(write("xlsx", tmp_path))
    assert book.sheetnames == ["events", "claims", "mentions", "places", "columns"]
    head, first, *_ = book["events"].iter_rows()
    cells = dict(zip((cell.value for cell in head), first, strict=True))
    assert cells["title"].value == ROWS[0]["title"]
    assert cells["title"].data_type == "s"
    assert cells["date_start"].value.date().isoformat() == "2024-01-02"
    assert cells["killed_max"].value is None
    assert cells["killed_min"].value == 3


def test_styles_for_qgis_are_by_type(tmp_path: Path) -> None:
    with closing(sqlite3.connect(write("gpkg", tmp_path))) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles"))
        registered = database.execute(
            "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
        ).fetchone()
    assert set(styles) == {"events", "areas", "lines"}
    assert registered == ("attributes",)
    qml = styles["events"].split("\n", 1)[1]
    values = [category.get("value") for category in ET.fromstring(qml).iter("category")]
    assert values == ["drone_strike", "unheard_of"]
    assert ET.fromstring(qml).find("temporal").get("startField") == "date_start"


def test_geojson_keeps_to_rfc_7946(tmp_path: Path) -> None:
    collection = json.loads(write("geojson", tmp_path).read_text("utf-8"))
    assert "crs" not in collection
    assert collection["bbox"] == [23.0, 49.0, 25.5, 52.0]
    for feature in collection["features"]:
        assert feature["id"] == feature["properties"]["id"]
    area, unlocated = collection["features"][1], collection["features"][3]
    assert shapely.geometry.shape(area["geometry"]).exterior.is_ccw
    assert unlocated["geometry"] is None
    assert "bbox" not in unlocated
