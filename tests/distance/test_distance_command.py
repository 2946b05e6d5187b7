"""``geomap distance``, on the real gazetteer."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
import shapely

from geomap.cli import main
from geomap.distance import borders

if TYPE_CHECKING:
    from pathlib import Path


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert main(["distance", *args]) == 0
    return capsys.readouterr().out


def test_lviv_to_the_polish_border(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "Lviv", "--to-border", "Poland")
    pattern = r"(\d+\.\d) km north-west to 50\.\d{3} N, 23\.\d{3} E   \(geodesic; Natural Earth 10m"
    found = re.match(pattern, out)
    assert found
    assert float(found[1]) == pytest.approx(57, abs=1.5)


def test_from_the_reference_point_to_the_meter_the_data_allow(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = json.loads(told(capsys, "49.8397,24.0297", "--to-border", "UA-PL", "--json"))
    assert row["distance_km"] == pytest.approx(57.09, abs=0.05)
    assert row["tolerance_km"] == 3
    assert row["viewpoint"] == "internationally recognized"


def test_openstreetmap_is_finer_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("49.8397,24.0297", "--to-border", "PL", "--borders", "osm")
    row = json.loads(told(capsys, *asked, "--json"))
    assert row["distance_km"] == pytest.approx(57.28, abs=0.05)
    assert row["tolerance_km"] < 1
    assert "ODbL" in row["dataset"]
    assert row["viewpoint"] == "as OpenStreetMap draws it"
    assert "OpenStreetMap (ODbL) borders, good to 0.1 km" in told(capsys, *asked)


def test_openstreetmap_has_the_border_of_a_pair_and_says_where_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = json.loads(told(capsys, "Lviv", "--to-border", "UA-HU", "--borders", "osm", "--json"))
    assert row["distance_km"] == pytest.approx(190, abs=25)
    assert main(["distance", "Lviv", "--to-border", "JP", "--borders", "osm"]) == 1
    assert "JP has none in OpenStreetMap" in capsys.readouterr().err


def test_without_the_package_it_is_told_where_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(borders, "_FILE_NAME", "missing.zip")
    assert main(["distance", "Lviv", "--to-border", "PL", "--borders", "osm"]) == 1
    assert "pip install ./borders-osm" in capsys.readouterr().err


SWAPPED = {
    "a position told as lon,lat": ("24.0297,49.8397", "Poland", True),
    "one that is as far either way": ("49.8397,24.0297", "Poland", False),
}


@pytest.mark.parametrize(("position", "country", "asked"), SWAPPED.values(), ids=SWAPPED)
def test_lat_and_lon_that_look_swapped_are_asked_about(
    position: str, country: str, asked: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["distance", position, "--to-border", country]) == 0
    assert ("are lat and lon swapped?" in capsys.readouterr().err) == asked


@pytest.mark.parametrize(
    ("origin", "target", "km"),
    [
        ("Lviv", "Kyiv", 469.5),
        ("Warsaw", "Kyiv", 691),
        ("Odesa", "Kyiv", 441),
        ("Paris, Texas", "Paris, France", 7802),
    ],
)
def test_names_that_everybody_knows_just_work(
    origin: str, target: str, km: float, capsys: pytest.CaptureFixture[str]
) -> None:
    row = json.loads(told(capsys, origin, target, "--json"))
    assert row["distance_km"] == pytest.approx(km, abs=2)
    assert row["viewpoint"] is None


def test_southern_and_western_coordinates_are_no_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = json.loads(told(capsys, "-33.45,-70.66", "-34.6,-58.4", "--json"))
    assert row["distance_km"] == pytest.approx(1140, abs=5)


def test_a_place_to_itself_has_no_direction(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "Lviv", "Lviv").startswith("0.0 km to ")


def test_the_line_as_geojson_is_cut_at_the_antimeridian(capsys: pytest.CaptureFixture[str]) -> None:
    feature = json.loads(told(capsys, "Tokyo", "Seattle", "--geojson"))
    line = shapely.geometry.shape(feature["geometry"])
    assert line.geom_type == "MultiLineString"
    assert abs(shapely.get_coordinates(line)[:, 0]).max() == 180
    jumps = [abs(a[0] - b[0]) for part in line.geoms for a, b in zip(part.coords, part.coords[1:])]  # noqa: B905 - neighbors
    assert max(jumps) < 10


def test_of_an_area_it_is_told_where_it_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "Poland", "Kyiv"]) == 0
    assert "Poland is an area: measured at its representative point" in capsys.readouterr().err


def test_a_matrix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "places.txt").write_text("Lviv\n\n50.4547,30.5238\n")
    rows = told(capsys, "--matrix", str(tmp_path / "places.txt")).splitlines()
    assert rows[0] == 'km,Lviv,"50.4547,30.5238"'
    assert rows[1].startswith("Lviv,0.0,469")


def test_what_lies_within(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "Lviv", "--within", "30", "--min-population", "10000", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    distances = [row["distance_km"] for row in rows]
    assert distances == sorted(distances)
    assert (rows[0]["name"], rows[0]["direction"]) == ("Lviv", None)
    assert any(row["direction"] == "north" and row["name"] == "Zhovkva" for row in rows)
    assert max(distances) <= 30
    assert min(row["population"] for row in rows) >= 10_000


@pytest.mark.parametrize(
    ("args", "words"),
    [
        pytest.param(["Springfield", "Kyiv"], "Missouri", id="ambiguous"),
        pytest.param(["Xyzzyville", "Kyiv"], "no place named", id="unknown"),
        pytest.param(["24.03,149.84", "149.84,24.03"], "latitude 149.84", id="swapped"),
        pytest.param(["Reykjavik", "--to-border", "Iceland"], "no land border", id="an island"),
        pytest.param(["Lviv", "--to-border", "UA-FR"], "share none", id="no common border"),
        pytest.param(["Lviv", "--to-border", "Xyzzy"], "no country", id="no country"),
        pytest.param(["--matrix", "nowhere.txt"], "cannot be read", id="no file"),
    ],
)
def test_what_goes_wrong_is_told_in_exit_code_1(
    args: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["distance", *args]) == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "args",
    [
        [],
        ["Lviv"],
        ["Lviv", "Kyiv", "--to-border", "PL"],
        ["Lviv", "--to-border", "PL", "--within", "5"],
        ["Lviv", "--matrix", "x"],
    ],
)
def test_wrong_usage_is_exit_code_2(args: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["distance", *args])
    assert caught.value.code == 2


def test_a_matrix_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "places.txt").write_text("Lviv\nKyiv\n")
    rows = [
        json.loads(line)
        for line in told(capsys, "--matrix", str(tmp_path / "places.txt"), "--json").splitlines()
    ]
    assert [row["from"] for row in rows] == ["Lviv", "Kyiv"]
    assert rows[0]["km"]["Kyiv"] == rows[1]["km"]["Lviv"] == pytest.approx(469, abs=2)


def test_what_is_no_place_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, words in (
        ("Lviv\n\nXyzzyville\n", "line 3: the gazetteer has no place"),
        (" \n", "holds no"),
    ):
        (tmp_path / "places.txt").write_text(text)
        assert main(["distance", "--matrix", str(tmp_path / "places.txt")]) == 1
        assert words in capsys.readouterr().err
    assert main(["distance", "x" * 500, "Kyiv"]) == 1
    assert len(capsys.readouterr().err) < 200


def test_what_lies_within_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, "Lviv", "--within", "1").splitlines()
    assert lines[0].split()[:3] == ["0.0", "km", "Lviv"]


def test_osm_borders_have_one_viewpoint() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["distance", "Lviv", "Kyiv", "--borders", "osm"])
