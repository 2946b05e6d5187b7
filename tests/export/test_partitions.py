"""Partitioned GeoParquet, as those who read it expect it."""

from __future__ import annotations

import json

import geopandas
import made_result as made
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from geomap.cli import main
from geomap.errors import OutputError
from geomap.export import FORMATS
from geomap.export.layers import of_result
from geomap.export.partitions import write

UNKNOWN = "unknown"


@pytest.fixture(name="layers")
def layers_():
    return of_result(made.result(), made.context())


def content(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_event_is_in_the_folder_of_its_country(tmp_path, layers):
    write(layers, tmp_path / "events")
    found = {
        (row["id"], path.split("/")[0].removeprefix("country="))
        for path in content(tmp_path / "events")
        for row in pq.ParquetFile(tmp_path / "events" / path).read().to_pylist()
    }
    assert found == {(row["id"], row["country"] or UNKNOWN) for row in layers.events.rows}


@pytest.mark.parametrize("keys", [("country",), ("year",), ("country", "month"), ("type",)])
def test_geopandas_reads_back_the_events(tmp_path, layers, keys):
    write(layers, tmp_path / "events", keys)
    whole = tmp_path / "events.parquet"
    FORMATS["parquet"].write_layers(layers, whole)
    expected = geopandas.read_parquet(whole).set_index("id").sort_index()
    found = geopandas.read_parquet(tmp_path / "events").set_index("id").sort_index()
    assert set(expected.columns) | set(keys) == set(found.columns)
    assert found.crs == expected.crs
    assert found.geometry.to_wkt().tolist() == expected.geometry.to_wkt().tolist()
    for name in ("title", "n_reports", "killed_min"):
        assert [str(value) for value in found[name]] == [str(value) for value in expected[name]]
    for name in set(keys) & set(expected):
        assert found[name].tolist() == expected[name].fillna(UNKNOWN).tolist()


def test_arrow_reads_only_the_partition_that_is_asked_for(tmp_path, layers):
    write(layers, tmp_path / "events")
    country = next(row["country"] for row in layers.events.rows if row["country"])
    events = ds.dataset(tmp_path / "events", partitioning="hive")
    wanted = ds.field("country") == country
    assert [file.path.split("/")[-2] for file in events.get_fragments(filter=wanted)] == [
        f"country={country}"
    ]
    assert events.to_table(filter=wanted).num_rows == sum(
        row["country"] == country for row in layers.events.rows
    )


def test_each_file_tells_where_it_is(tmp_path, layers):
    write(layers, tmp_path / "events")
    for path in (tmp_path / "events").rglob("*.parquet"):
        geo = json.loads(pq.read_schema(path).metadata[b"geo"])
        drawn = pq.ParquetFile(path).read(["bbox"]).column("bbox").drop_null()
        assert ("bbox" in geo["columns"]["geometry"]) == bool(len(drawn))


def test_names_of_folders_hold_any_text(tmp_path, layers):
    rows = tuple(row | {"country": "../=é /"} for row in layers.events.rows)
    strange = type(layers.events)("events", rows, layers.events.geometries)
    write(type(layers)(strange, layers.claims, layers.mentions, layers.places), tmp_path / "e")
    assert [path.name for path in (tmp_path / "e").iterdir()] == ["country=..%2F%3D%C3%A9%20%2F"]
    assert set(geopandas.read_parquet(tmp_path / "e")["country"]) == {"../=é /"}


def test_a_former_export_is_replaced_as_a_whole_by_the_same_bytes(tmp_path, layers):
    folder = tmp_path / "events"
    write(layers, folder, ("year",))
    write(layers, folder)
    first = content(folder)
    write(layers, folder)
    assert content(folder) == first
    assert all(name.startswith("country=") for name in first)
    assert [path.name for path in tmp_path.iterdir()] == ["events"]


def test_another_folder_is_left_alone(tmp_path, layers):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="left alone"):
        write(layers, tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_unknown_keys_are_told(tmp_path, layers):
    with pytest.raises(OutputError, match="not by colour"):
        write(layers, tmp_path / "events", ("colour",))


def test_the_command_takes_a_folder(tmp_path, layers, capsys):
    FORMATS["gpkg"].write_layers(layers, tmp_path / "events.gpkg")
    target = f"{tmp_path / 'parts'}/"
    assert main(["export", str(tmp_path), "--to", target, "--by", "country, year"]) == 0
    assert f"Wrote {target}" in capsys.readouterr().err
    write(layers, tmp_path / "expected", ("country", "year"))
    assert content(tmp_path / "parts").keys() == content(tmp_path / "expected").keys()
