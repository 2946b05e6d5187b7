"""Pieces of outputs are kept under what they were made from, and known to forked processes too."""

from __future__ import annotations

import multiprocessing
import sqlite3
import sys
from contextlib import closing

import pytest

from geomap import codec
from geomap.cache import Pieces, Shelf, open_shelf

MARK = b"m" * 32
DIGESTS = [bytes([number]) * 32 for number in range(3)]


def kept(folder, entries, mark=MARK):
    with open_shelf(folder / Pieces.FILE_NAME, 10) as shelf:
        pieces = Pieces(shelf, mark)
        for kind, digest, content in entries:
            pieces.keep(kind, digest, content)


def recalled(folder, kind, mark=MARK):
    """Return what is known of a kind, and the notes."""
    with open_shelf(folder / Pieces.FILE_NAME, 10) as shelf:
        return Pieces(shelf, mark).recall(kind, DIGESTS), shelf.notes


def test_pieces_are_known_by_kind_digest_and_mark(tmp_path):
    kept(
        tmp_path,
        [("rows", DIGESTS[0], b"one"), ("rows", DIGESTS[1], b""), ("page", DIGESTS[2], b"x")],
    )
    assert recalled(tmp_path, "rows")[0] == {DIGESTS[0]: b"one", DIGESTS[1]: b""}
    assert recalled(tmp_path, "page")[0] == {DIGESTS[2]: b"x"}
    assert recalled(tmp_path, "rows", mark=b"n" * 32)[0] == {}


def test_a_damaged_piece_is_not_known_and_noted(tmp_path):
    kept(tmp_path, [("rows", digest, b"some bytes of an output") for digest in DIGESTS])
    with closing(sqlite3.connect(tmp_path / Pieces.FILE_NAME)) as database, database:
        database.execute("UPDATE told SET content = substr(content, 1, 12) WHERE rowid = 2")
    known, notes = recalled(tmp_path, "rows")
    assert set(known) == {DIGESTS[0], DIGESTS[2]}
    assert "damaged" in notes[0]


def test_without_a_file_nothing_is_known_or_kept():
    pieces = Pieces(Shelf(), MARK)
    pieces.keep("rows", DIGESTS[0], b"one")
    pieces.write()
    assert pieces.recall("rows", DIGESTS) == {}


def _in_child(pieces, number):
    assert pieces.recall("rows", DIGESTS)[DIGESTS[0]] == b"of the parent"
    pieces.keep("rows", DIGESTS[number], b"of the child")
    pieces.write()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_forked_process_has_a_connection_of_its_own(tmp_path):
    with open_shelf(tmp_path / Pieces.FILE_NAME, 10) as shelf:
        pieces = Pieces(shelf, MARK)
        pieces.keep("rows", DIGESTS[0], b"of the parent")
        pieces.write()
        child = multiprocessing.get_context("fork").Process(target=_in_child, args=(pieces, 1))
        child.start()
        child.join()
        pieces.keep("rows", DIGESTS[2], b"of the parent too")
        pieces.write()
        assert child.exitcode == 0
        assert set(pieces.recall("rows", DIGESTS)) == set(DIGESTS)


@pytest.mark.parametrize("content", [b"", b"junk", codec.encode_piece(b"some bytes")[:-2]])
def test_bytes_that_are_no_piece_are_refused(content):
    with pytest.raises(codec.CodecError):
        codec.decode_piece(content)
