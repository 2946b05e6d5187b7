"""Runs: everything once and in order, and what is new changes the run that it falls into only."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st
from made_pieces import Kept

from geomap.features.runs import Run, Runs
from geomap.runs import cut

IDS = [f"e{number}" for number in range(500)]
DIGESTS = [hashlib.sha256(key.encode()).digest() for key in IDS]


@given(st.lists(st.text(max_size=3), unique=True))
def test_runs_are_everything_once_in_order(ids):
    runs = list(cut(ids, [b"d"] * len(ids)))
    assert [number for run in runs for number in range(run.first, run.end)] == list(range(len(ids)))
    assert all(run.end > run.first and run.digest for run in runs)


def test_runs_end_alike_whether_their_content_is_known_or_not():
    known, unknown = list(cut(IDS, DIGESTS)), list(cut(IDS, [b""] * len(IDS)))
    assert [(run.first, run.end) for run in known] == [(run.first, run.end) for run in unknown]
    assert not any(run.digest for run in unknown)
    assert len(known) > 5


@given(st.integers(0, 499), st.text("abc", min_size=1, max_size=3))
def test_what_is_new_changes_the_run_that_it_falls_into(place, key):
    before = {run.digest for run in cut(IDS, DIGESTS)}
    ids = [*IDS[:place], key, *IDS[place:]]
    after = {run.digest for run in cut(ids, [*DIGESTS[:place], b"new", *DIGESTS[place:]])}
    assert len(after - before) <= 2
    assert len(before - after) == 1


def test_only_what_is_not_known_is_made():
    made_of: list[Run] = []

    def make(run: Run) -> bytes:
        made_of.append(run)
        return f"{run.first}-{run.end}".encode()

    kept = Kept()
    runs = Runs(tuple(cut(IDS, DIGESTS)), kept)
    first = runs.made("kind", make)
    assert len(made_of) == len(runs.runs)
    assert runs.made("kind", make) == first
    assert len(made_of) == len(runs.runs)
    runs.made("kind", make, [b"salt"] * len(runs.runs))
    runs.made("other", make)
    assert len(made_of) == 3 * len(runs.runs)


def test_what_stands_for_nothing_is_not_kept():
    kept = Kept()
    Runs((Run(first=0, end=1, digest=b""),), kept).made("kind", lambda _: b"piece")
    assert not kept.content
