"""What every format must do; a new row of FORMATS is tested without a change here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import made_result as made
import pytest

from geomap.errors import OutputError
from geomap.export import FORMATS, Format
from geomap.model import Result

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = Result(documents=(), resolutions=(), reports=(), events=())


@pytest.fixture(name="form", params=list(FORMATS.values()), ids=lambda form: form.name)
def _form(request: pytest.FixtureRequest) -> Format:
    return request.param


def written(form: Format, folder: Path, result: Result | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / form.file_name
    form.write(made.result() if result is None else result, path, made.context())
    return path


def test_the_same_input_gives_the_same_bytes(form: Format, tmp_path: Path) -> None:
    first = written(form, tmp_path / "a").read_bytes()
    assert first == written(form, tmp_path / "b").read_bytes()
    assert len(first) > 0


def test_nothing_is_left_beside_the_file(form: Format, tmp_path: Path) -> None:
    path = written(form, tmp_path / "a")
    assert [entry.name for entry in path.parent.iterdir()] == [form.file_name]


def test_a_former_file_is_replaced(form: Format, tmp_path: Path) -> None:
    fresh = written(form, tmp_path / "a").read_bytes()
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / form.file_name).write_text("old")
    assert written(form, tmp_path / "b").read_bytes() == fresh


def test_no_events_at_all_is_a_file_too(form: Format, tmp_path: Path) -> None:
    assert written(form, tmp_path / "a", EMPTY).stat().st_size > 0


def test_a_folder_that_is_not_there_is_told_in_a_line(form: Format, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written") as caught:
        form.write(made.result(), tmp_path / "none" / form.file_name, made.context())
    assert "\n" not in str(caught.value)


def test_when_writing_fails_the_former_file_is_whole(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(form, tmp_path / "a")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OutputError, match="No space left"):
        written(form, tmp_path / "a", EMPTY)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [form.file_name]


def test_a_read_only_file_is_told(
    form: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(form, tmp_path / "a")
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write to what is read-only
    with pytest.raises(OutputError, match="read-only"):
        written(form, tmp_path / "a")


def test_file_names_differ() -> None:
    assert len({form.file_name for form in FORMATS.values()}) == len(FORMATS)


def test_the_default_set_of_a_build_is_there() -> None:
    assert {"geojson", "gpkg", "parquet", "csv", "claims", "mentions"} <= set(FORMATS)


def test_geojson_reads_back_equal(tmp_path: Path) -> None:
    from geomap.features import event_features

    collection = json.loads(written(FORMATS["geojson"], tmp_path / "a").read_text("utf-8"))
    features = event_features(made.result(), made.context())
    assert [feature["properties"] for feature in collection["features"]] == [
        feature.properties for feature in features
    ]
