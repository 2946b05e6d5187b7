"""The file of the cache: bounded, shared, ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from geomap.cache.store import Store
from geomap.errors import CacheError

KEYS = [bytes([number]) * 32 for number in range(10)]


@pytest.fixture(name="path")
def path_(tmp_path):
    return tmp_path / "told.sqlite"


def filled(path, size=10):
    with closing(Store(path)) as store:
        store.put((key, key[:1] * size) for key in KEYS)


def kept(path):
    with closing(Store(path)) as store:
        return [key for key, _ in store.get(KEYS)]


def test_what_was_put_is_there_in_the_next_build(path):
    filled(path)
    with closing(Store(path)) as store:
        assert dict(store.get([KEYS[3], b"unknown"])) == {KEYS[3]: KEYS[3][:1] * 10}


def test_the_longest_unused_go_first(path):
    filled(path, size=1_000_000)
    with closing(Store(path)) as store:
        store.prune(most_mb=4, used=KEYS[:3])
    assert sorted(kept(path)) == [*KEYS[:3], KEYS[9]]
    assert path.stat().st_size < 5_000_000


def test_what_was_used_is_marked_before_the_file_is_full(path):
    filled(path, size=1_000_000)
    with closing(Store(path)) as store:
        store.prune(most_mb=15, used=KEYS[:3])
        assert len(list(store.get(KEYS))) == 10
    with closing(Store(path)) as store:
        store.prune(most_mb=4)
    assert sorted(kept(path)) == [*KEYS[:3], KEYS[9]]


def test_a_small_file_is_not_pruned(path):
    filled(path)
    with closing(Store(path)) as store:
        store.prune(most_mb=1)
    assert len(kept(path)) == 10


def test_two_builds_use_one_file(path):
    with closing(Store(path)) as one, closing(Store(path)) as other:
        one.put([(KEYS[0], b"a")])
        other.put([(KEYS[1], b"b")])
        other.put([(KEYS[0], b"a")])
        assert {key for key, _ in one.get(KEYS)} == {KEYS[0], KEYS[1]}


def test_a_foreign_file_is_left_alone(path):
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE diary (day TEXT)")
    before = path.read_bytes()
    with pytest.raises(CacheError, match="is no cache of geomap"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_of_something_else_is_left_alone(path):
    path.write_text("Dear diary, " * 100)
    with pytest.raises(CacheError, match="is left alone"):
        Store(path)
    assert path.read_text().startswith("Dear")


def test_a_cache_of_another_version_is_left_alone(path):
    filled(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(CacheError, match="another version"):
        Store(path)


def test_a_damaged_file_of_ours_is_made_anew(path):
    filled(path, size=5_000)
    content = bytearray(path.read_bytes())
    content[100:9000] = b"\xff" * 8900
    path.write_bytes(content)
    assert kept(path) == []
    filled(path)
    assert len(kept(path)) == 10
