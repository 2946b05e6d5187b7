"""Which files are read, in which order, under which names."""

from __future__ import annotations

import os

import pytest

from geomap.config import Settings
from geomap.errors import InputError
from geomap.model import Document, Failure
from geomap.read import read_documents
from geomap.read.discover import discover, unique


def put(folder, **files):
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_a_folder_is_read_in_order_of_path_and_without_what_is_no_report(tmp_path):
    put(
        tmp_path,
        b_txt="b",
        a_md="a",
        sub__c_txt="c",
        README_md="no",
        geomap_toml="",
        _hidden_txt="",
    )
    put(tmp_path, corrections_csv="no", _hidden_txt="no")
    assert [source.id for source in discover([tmp_path])] == ["a.md", "b.txt", "sub/c.txt"]


def test_a_file_given_twice_is_read_once_and_names_stay_unique(tmp_path):
    one, two = put(tmp_path / "one", a_txt="1"), put(tmp_path / "two", a_txt="2")
    sources = discover([one / "a.txt", one, two])
    assert [source.id for source in sources] == ["a.txt", "a.txt#2"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    inside = put(tmp_path / "in", a_txt="a")
    secret = put(tmp_path / "out", secret_txt="s")
    (inside / "link.txt").symlink_to(secret / "secret.txt")
    assert [source.id for source in discover([inside])] == ["a.txt"]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_no_input_is_an_error_that_names_it(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=name):
        discover([tmp_path / name])


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    put(tmp_path, a_txt="Fire in the port.", b_txt="", d_exe="MZ", e_txt="Flood in the town.")
    (tmp_path / "c.txt").write_bytes(b"\0\1\2" * 40)
    items = list(read_documents([tmp_path], Settings()))
    assert [item.id for item in items if isinstance(item, Document)] == ["a.txt", "e.txt"]
    failures = {item.source: item.message for item in items if isinstance(item, Failure)}
    assert len(failures) == 3
    assert "a program" in failures[str(tmp_path / "d.exe")]


def test_limits_are_kept_and_named(tmp_path):
    put(tmp_path, a_txt="word " * 100)
    (item,) = read_documents([tmp_path], Settings(max_text_chars=100))
    assert isinstance(item, Failure)
    assert "max_text_chars" in item.message


def test_the_outputs_of_a_build_are_not_its_input(tmp_path):
    put(tmp_path, a_txt="a", out__map_html="m", out__run_json="{}", out__events_csv="e")
    assert [source.id for source in discover([tmp_path])] == ["a.txt"]


def test_a_folder_that_may_not_be_opened_is_named(tmp_path, monkeypatch):
    put(tmp_path, a_txt="a")

    plain = os.scandir

    def closed(folder):
        if folder == str(tmp_path / "closed"):
            raise PermissionError(13, "Permission denied", folder)
        return plain(folder)

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr("os.scandir", closed)
    document, failure = read_documents([tmp_path], Settings())
    assert document.id == "a.txt"
    assert failure.source == str(tmp_path / "closed")
    assert "cannot be read" in failure.message


def test_a_name_too_long_for_a_file_is_an_error_that_says_so():
    with pytest.raises(InputError, match="too long"):
        discover(["a" * 5_000])


def test_a_name_is_never_given_twice():
    taken = {}
    assert [unique(name, taken) for name in ("a", "a#2", "a", "a")] == ["a", "a#2", "a#3", "a#4"]
