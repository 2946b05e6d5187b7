"""What the gazetteer holds is counted once; what is damaged, or of another file, is not trusted."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from geomap.gazetteer import Gazetteer, info, resources

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.gazetteer import GazetteerInfo


@pytest.fixture
def unpacked(tmp_path, monkeypatch):
    """Return the unpacked gazetteer of a cache of its own."""
    path = resources.unpacked_file()
    folder = tmp_path / "cache"
    folder.mkdir()
    shutil.copy2(path, folder)
    monkeypatch.setenv("GEOMAP_CACHE", str(folder))
    return folder / path.name


def _told(path: Path | None = None) -> GazetteerInfo:
    with Gazetteer.open(path) as gazetteer:
        return gazetteer.info()


@pytest.fixture
def counted(monkeypatch):
    """Return the paths of gazetteers that were counted, which here is done for names alone."""
    paths, count = [], info._count
    for name in ("places", "borders"):
        monkeypatch.setitem(info._COUNTS, name, "SELECT 1")
    for name in ("_KINDS", "_SHAPES"):
        monkeypatch.setattr(info, name, "SELECT 1, 5")
    monkeypatch.setattr(info, "_COUNTRIES", "SELECT 'UA', 5")

    def spy(database, path):
        paths.append(path)
        return count(database, path)

    monkeypatch.setattr(info, "_count", spy)
    return paths


def test_is_counted_once(unpacked, counted):
    first = _told()
    assert _told() == first
    assert counted == [unpacked]
    assert first.checksum == resources.checksum(unpacked)


def test_what_is_damaged_is_counted_anew(unpacked, counted):
    first = _told()
    beside = unpacked.with_suffix(".info")
    whole = beside.read_bytes()
    other_figure = whole.replace(b'"places": ', b'"places": 9')
    damaged = (other_figure, whole[:-20], b"", whole[info._DIGEST_BYTES :])
    for content in damaged:
        beside.write_bytes(content)
        assert _told() == first
        assert beside.read_bytes() == whole
    assert counted == [unpacked] * (1 + len(damaged))


def test_what_another_version_counted_is_not_trusted(unpacked, counted, monkeypatch):
    _told()
    monkeypatch.setitem(info._COUNTS, "names", "SELECT 7")
    assert _told().names == 7
    assert counted == [unpacked] * 2


def test_a_gazetteer_at_another_place_is_counted_each_time(unpacked, counted, tmp_path):
    own = tmp_path / "own.sqlite"
    shutil.copy2(unpacked, own)
    assert _told(own) == _told(own)
    assert counted == [own, own]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [own.name]


def test_a_gazetteer_that_was_changed_while_open_tells_its_own_checksum(unpacked, counted):
    _told()
    with Gazetteer.open() as gazetteer:
        os.truncate(unpacked, unpacked.stat().st_size + 4096)
        told = gazetteer.info()
    assert told.checksum == resources.checksum(unpacked)
    assert counted == [unpacked] * 2


def test_a_cache_that_cannot_be_written_costs_only_time(unpacked, counted, monkeypatch):
    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(info, "whole_or_not", full)
    assert _told() == _told()
    assert counted == [unpacked] * 2
