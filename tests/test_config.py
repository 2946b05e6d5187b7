"""geomap.toml: every mistake is named."""

from __future__ import annotations

import pytest

from geomap.config import Settings, find, load
from geomap.errors import ConfigError


def written(tmp_path, text):
    path = tmp_path / "geomap.toml"
    path.write_text(text)
    return path


def test_settings_come_from_the_file_and_paths_are_relative_to_it(tmp_path):
    path = written(tmp_path, 'near = "Lviv"\nformats = ["geojson"]\noverlays = ["mine.csv"]')
    settings = load(path)
    assert settings.near == "Lviv"
    assert settings.formats == ("geojson",)
    assert settings.overlays == (str(tmp_path / "mine.csv"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('naer = "Lviv"', 'did you mean "near"'),
        ("near = 3", '"near" must be a string'),
        ("formats = [1]", "a list of strings"),
        ("max_file_mb = true", "a whole number above 0"),
        ("max_file_mb = 0", "a whole number above 0"),
        ("max_file_mb = " + "9" * 4_000, "a billion at most"),
        ("cache = 1", "true or false"),
        ("min_confidence = 60", "a number from 0 to 1"),
        ("min_confidence = nan", "a number from 0 to 1"),
        ("min_confidence = true", "a number from 0 to 1"),
        ('workers = "all"', "a whole number above 0"),
        ("near = ", "not a TOML file"),
        ('poi = "a\\u0000b"', '"poi" is no path'),
        ('overlays = ["a", "\\u0000"]', '"overlays" is no path'),
    ],
)
def test_a_mistake_names_the_file_and_what_was_expected(tmp_path, text, message):
    path = written(tmp_path, text)
    with pytest.raises(ConfigError, match=r"geomap\.toml") as caught:
        load(path)
    assert message in str(caught.value)


def test_how_the_work_is_done_can_be_set(tmp_path):
    settings = load(written(tmp_path, 'cache = false\nworkers = 3\nengine = "dask"'))
    assert (settings.cache, settings.workers, settings.engine) == (False, 3, "dask")


def test_how_sure_events_must_be_can_be_set(tmp_path):
    assert load(written(tmp_path, "min_confidence = 0")).min_confidence == 0
    assert load(written(tmp_path, "min_confidence = 0.85")).min_confidence == 0.85


def test_the_file_beside_the_input_is_found(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "reports"
    folder.mkdir()
    assert find([folder]) == Settings()
    written(folder, 'near = "Lviv"')
    assert find([folder]).near == "Lviv"
    assert find([tmp_path / "a.txt"]) == Settings()


@pytest.mark.parametrize("text", ['engine = "dask://host:1"', 'spacy_pipeline = "./mine"'])
def test_what_came_with_the_documents_does_not_say_who_works_on_them(tmp_path, monkeypatch, text):
    folder = tmp_path / "reports"
    folder.mkdir()
    path = written(folder, text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="if you wrote it, say --config"):
        find([folder])
    assert find([folder], path) == load(path)
    monkeypatch.chdir(folder)
    assert find([folder]) == load(path), "the current folder is one's own"


def test_a_pattern_of_tables_is_a_mapping(tmp_path):
    settings = load(written(tmp_path, 'columns = { text = "body" }\npoi = "camps.csv"'))
    assert settings.columns == (("text", "body"),)
    assert settings.poi == str(tmp_path / "camps.csv")


def test_a_file_that_is_not_there_or_nested_without_end_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"geomap\.toml: cannot be read"):
        load(tmp_path / "geomap.toml")
    with pytest.raises(ConfigError, match=r"geomap\.toml: not a TOML file"):
        load(written(tmp_path, "x = " + "[" * 20_000))
