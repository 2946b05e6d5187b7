"""Files appear together or not at all, whatever happens in between."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from geomap.errors import OutputError
from geomap.staging import staged

FORMER = {"a.csv": "former a", "b.csv": "former b"}
NEW = {"a.csv": "new a", "b.csv": "new b", "c.csv": "new c"}


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "out"
    put(path, FORMER)
    return path


def put(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)


def held(folder):
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def build(folder, files=None):
    with staged(folder) as stage:
        put(stage, files or NEW)


def test_what_is_written_replaces_what_was_there_and_leaves_the_rest(folder):
    put(folder, {"mine.txt": "kept"})
    build(folder)
    assert held(folder) == NEW | {"mine.txt": "kept"}
    assert not list(folder.glob(".*"))


def test_a_folder_that_is_not_there_is_made(tmp_path):
    build(tmp_path / "a" / "b")
    assert held(tmp_path / "a" / "b") == NEW


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError(28, "No space left")])
def test_a_block_that_fails_leaves_the_former_files(folder, error):
    with pytest.raises((KeyboardInterrupt, ValueError, OutputError)):
        _fail(folder, error)
    assert held(folder) == FORMER
    assert not list(folder.glob(".*"))


def test_a_file_that_cannot_be_replaced_brings_the_others_back(folder):
    shutil.copy(folder / "b.csv", folder / "kept")
    (folder / "b.csv").unlink()
    (folder / "b.csv").mkdir()  # a folder of that name: no file can take its place
    with pytest.raises(OutputError, match="untouched"):
        build(folder)
    assert held(folder) == {"a.csv": "former a", "kept": "former b"}
    assert not list(folder.glob(".*"))


def test_files_that_were_not_there_before_go_again(folder):
    (folder / "c.csv").mkdir()
    with pytest.raises(OutputError):
        build(folder, {"0.csv": "new"} | NEW)
    assert held(folder) == FORMER


def test_a_file_system_without_second_names_keeps_copies(folder, monkeypatch):
    def refuse(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    (folder / "c.csv").mkdir()
    with pytest.raises(OutputError):
        build(folder)
    assert held(folder) == FORMER


def test_a_second_build_at_the_same_time_is_refused(folder):
    with (
        staged(folder) as stage,
        pytest.raises(OutputError, match="another build is writing"),
        staged(folder),
    ):
        pass
    assert not stage.exists()
    build(folder)
    assert held(folder) == NEW


def test_what_a_killed_build_left_is_removed_by_the_next(folder):
    code = (
        "import os, signal, sys; from pathlib import Path; from geomap.staging import staged\n"
        "with staged(Path(sys.argv[1])) as stage:\n"
        "    (stage / 'a.csv').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], check=False)
    assert done.returncode == -signal.SIGKILL
    assert held(folder) == FORMER
    assert list(folder.glob(".geomap-build-*"))
    build(folder)
    assert held(folder) == NEW
    assert not list(folder.glob(".*"))


def test_an_interrupt_between_two_renames_waits(folder, monkeypatch):
    import pathlib

    replace = pathlib.Path.replace

    def interrupted(path, target):
        os.kill(os.getpid(), signal.SIGINT)
        return replace(path, target)

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    build(folder)
    assert held(folder) == NEW


def test_without_locks_a_build_works_and_removes_nothing(folder, monkeypatch):
    (folder / ".geomap-build-of-somebody").mkdir()
    monkeypatch.setattr("geomap.staging.fcntl", None)
    build(folder)
    assert held(folder) == NEW
    assert (folder / ".geomap-build-of-somebody").exists()


def test_a_file_system_that_cannot_lock_is_written_to(folder, monkeypatch):
    def refuse(*_):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", refuse)
    build(folder)
    assert held(folder) == NEW


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_says_so(folder):
    folder.chmod(0o500)
    with pytest.raises(OutputError, match=r"out: cannot be written \(Permission denied\)"):
        build(folder)


def test_a_folder_in_the_place_of_a_file_says_so(folder):
    with pytest.raises(OutputError, match=r"a.csv: cannot be written"):
        build(folder / "a.csv")


def test_a_full_disk_is_named_where_a_library_does_not(folder, monkeypatch):
    usage = shutil.disk_usage(folder)._replace(free=0)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    hidden = folder / ".geomap-build-x" / "a.csv"
    with pytest.raises(OutputError, match=r"out.a\.csv: cannot be written; the disk is full"):
        _fail(folder, OutputError(f"{hidden}: cannot be written"))


def _fail(folder, error):
    with staged(folder) as stage:
        put(stage, NEW)
        raise error


def test_a_thread_may_build_too(folder):
    with ThreadPoolExecutor() as pool:
        pool.submit(build, folder).result()
    assert held(folder) == FORMER | NEW
