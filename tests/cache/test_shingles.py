"""The words of texts are hashed once, and known ones give the same groups of copies."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest

from geomap import codec
from geomap.cache import Shingles, open_shelf
from geomap.merge import near_copies, shingle
from geomap.model import Document

MARK = b"m" * 32
TEXT = " ".join(f"word{number}" for number in range(60))
TEXTS = ["", "One two.", TEXT, TEXT, f"{TEXT} and more of it", "Ein Brand in der Mühle " * 9]


def hashed(folder, texts, mark=MARK):
    """Return the hashes, the texts that were hashed anew, and the notes."""
    anew = []

    def noting(some):
        anew.extend(some)
        return shingle(some)

    with open_shelf(folder / Shingles.FILE_NAME, 10) as shelf:
        return Shingles(shelf, mark).before(noting)(texts), anew, shelf.notes


def test_only_new_texts_are_hashed_each_once_and_all_as_without_a_cache(tmp_path):
    first, anew, _ = hashed(tmp_path, TEXTS[:4])
    assert anew == ["", "One two.", TEXT]
    again, anew, _ = hashed(tmp_path, TEXTS)
    assert anew == TEXTS[4:]
    for found in (first, again):
        for one, other in zip(found, shingle(TEXTS), strict=False):
            assert one.dtype == other.dtype
            assert np.array_equal(one, other)


def test_known_texts_give_the_same_copies(tmp_path):
    documents = [Document(id=str(number), text=text) for number, text in enumerate(TEXTS)]
    hashed(tmp_path, TEXTS[2:])
    with open_shelf(tmp_path / Shingles.FILE_NAME, 10) as shelf:
        found = near_copies(documents, Shingles(shelf, MARK).before(shingle))
    assert found == near_copies(documents) == (("2", "3", "4"),)


def test_with_another_mark_nothing_is_known(tmp_path):
    hashed(tmp_path, TEXTS)
    assert hashed(tmp_path, TEXTS[:2], mark=b"n" * 32)[1] == TEXTS[:2]


def test_a_damaged_entry_is_made_anew_and_noted(tmp_path):
    hashed(tmp_path, TEXTS)
    with closing(sqlite3.connect(tmp_path / Shingles.FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = substr(content, 1, 12) WHERE rowid = 3")
    found, anew, notes = hashed(tmp_path, TEXTS)
    assert anew == [TEXT]
    assert np.array_equal(found[2], shingle([TEXT])[0])
    assert "damaged" in notes[0]


@pytest.mark.parametrize("content", [b"", b"junk", codec.encode_columns({"a": 1})])
def test_bytes_that_are_no_hashes_are_refused(content):
    with pytest.raises(codec.CodecError):
        codec.decode_hashes(content)


def test_runs_of_texts_give_the_same_hashes(tmp_path):
    many = [f"{TEXT} number {number}" for number in range(150)]
    hashed(tmp_path, many)
    changed = [*many[:70], "Something new.", *many[72:]]
    found, anew, notes = hashed(tmp_path, changed)
    assert (anew, notes) == (["Something new."], [])
    for one, other in zip(found, shingle(changed), strict=True):
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)
