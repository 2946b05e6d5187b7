"""Reading what is broken: nothing is thrown, nothing hangs, and each failure names its file."""

from __future__ import annotations

import time

import pytest
from bad_files import bad_files, good_files, write
from hostile_files import hostile_files

from geomap.config import Settings
from geomap.model import Document, Failure
from geomap.read import read_documents
from geomap.visible import one_line

SETTINGS = Settings(max_file_mb=2)

# A page takes hundredths of a second; the limit on time is two minutes.
MANY_SECONDS = 20


def found_in(path):
    started = time.process_time()
    found = list(read_documents([path], SETTINGS))
    assert time.process_time() - started < MANY_SECONDS, path.name
    return found


def check(path, found):
    """Hold what is promised of every file, good or bad."""
    assert found, path.name
    for one in found:
        if isinstance(one, Failure):
            assert one.source.startswith(one_line(str(path)))
            assert one.stage == "read"
            assert one.message
            shown = (one.source, one.message)
        else:
            assert one.source.startswith(one_line(str(path)))
            assert one.text.strip()
            assert (one.url or "http").startswith("http")
            shown = (one.id, one.title or "", one.publisher or "")
            one.text.encode()
        assert all(one_line(value) == value for value in shown), shown
    ids = [one.id for one in found if isinstance(one, Document)]
    assert len(set(ids)) == len(ids)


def test_the_corpus_is_large_and_always_the_same():
    files = bad_files()
    assert len(files) + len(hostile_files()) >= 400
    assert files == bad_files()


@pytest.mark.parametrize("name", sorted(good_files()))
def test_the_good_files_are_read(tmp_path, name):
    path = write(tmp_path, {name: good_files()[name]}) / name
    found = found_in(path)
    assert all(isinstance(one, Document) for one in found)
    assert any("fuel depot" in one.text for one in found)


def test_broken_files_are_survived(tmp_path):
    for path in sorted(write(tmp_path, bad_files(rounds=1)).iterdir()):
        check(path, found_in(path))


def test_hostile_files_are_survived(tmp_path):
    for path in sorted(write(tmp_path, hostile_files()).iterdir()):
        check(path, found_in(path))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_more_broken_files_are_survived(tmp_path, seed):
    files = {f"{seed}-{name}": data for name, data in bad_files(rounds=3 * seed + 3).items()}
    for path in sorted(write(tmp_path, files).iterdir()):
        check(path, found_in(path))
