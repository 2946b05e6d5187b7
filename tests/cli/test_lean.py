"""A build in a process of its own does without pandas; whoever calls us keeps theirs."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from geomap.cli import main
from geomap.cli.lean import leave_out
from geomap.config import Settings
from geomap.export import FORMATS


def is_found(name, monkeypatch):
    monkeypatch.delitem(sys.modules, name, raising=False)
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (Settings(), False),
        (Settings(engine="local"), False),
        (Settings(engine="dask"), True),
        (Settings(spacy_pipeline="en_core_web_sm"), True),
    ],
)
def test_nothing_is_left_out_where_code_of_others_runs(settings, found, monkeypatch):
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    leave_out(settings)
    assert [is_found(name, monkeypatch) for name in ("pandas", "geopandas")] == [found, found]
    assert is_found("json.tool", monkeypatch)


def test_every_format_is_written_without_them_and_a_caller_keeps_them(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("A drone hit a mill in Poltava on 3 May 2024, killing 2.")
    folders = tmp_path / "alone", tmp_path / "called"
    options = ["--format", ",".join(FORMATS), "--quiet", "--no-cache", "-o"]
    command = ["build", str(tmp_path / "a.txt"), *options]
    subprocess.run([sys.executable, "-m", "geomap", *command, folders[0]], check=True)
    assert main([*command, str(folders[1])]) == 0
    written = [{path.name: path.read_bytes() for path in each.iterdir()} for each in folders]
    assert written[0] == written[1]
    assert len(written[0]) >= len(FORMATS)
    assert is_found("pandas", monkeypatch)
