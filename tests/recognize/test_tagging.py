from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognize.tagging import (
    TAGS,
    TaggedSpan,
    decode,
    likely_spans,
    probable_spans,
    spans_of,
)


def scores_for(*tags: str) -> np.ndarray:
    return np.array([[0.0 if tag == wanted else -5.0 for tag in TAGS] for wanted in tags], "f")


@pytest.mark.parametrize(
    ("wanted", "expected", "reason"),
    [
        (("O", "U-T"), ["O", "U-T"], "a name of one word"),
        (("B-T", "I-T", "L-T"), ["B-T", "I-T", "L-T"], "a name of three words"),
        (("U-D", "U-T"), ["U-D", "U-T"], "neighbors of different type stay apart"),
    ],
)
def test_legal_tags_are_kept(wanted: tuple[str, ...], expected: list[str], reason: str) -> None:
    assert decode(scores_for(*wanted), [len(wanted)], TAGS) == [expected], reason


def test_a_name_that_never_ends_is_mended() -> None:
    [tags] = decode(scores_for("B-T", "B-T"), [2], TAGS)
    assert tags in (["B-T", "L-T"], ["U-T", "B-T"], ["O", "B-T"]) or tags[-1][0] in "OLU"
    assert tags[-1][0] in "OLU"


def legal(tags: list[str]) -> bool:
    pairs = zip(["O", *tags], [*tags, "O"], strict=True)
    return all(
        (a[1:] == b[1:] and b[0] in "IL") if a[0] in "BI" else b[0] in "OBU" for a, b in pairs
    )


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_whatever_the_scores_the_tags_are_legal(lengths: list[int], seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(sum(lengths), len(TAGS))).astype("f")
    decoded = decode(scores, lengths, TAGS)
    assert [len(tags) for tags in decoded] == lengths
    assert all(legal(tags) for tags in decoded)


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_decoding_finds_the_best_legal_sequence(length: int, seed: int) -> None:
    tags = TAGS[:5]
    scores = np.random.default_rng(seed).normal(size=(length, len(tags))).astype("f")
    sequences = [
        [tags[digit] for digit in np.unravel_index(number, (len(tags),) * length)]
        for number in range(len(tags) ** length)
    ]
    best = max(
        (sequence for sequence in sequences if legal(sequence)),
        key=lambda s: sum(scores[i, tags.index(tag)] for i, tag in enumerate(s)),
    )
    assert decode(scores, [length], tags) == [best]


def test_spans_are_numbered_from_the_offset() -> None:
    assert list(spans_of(["B-T", "L-T", "O", "U-D"], 10)) == [
        TaggedSpan(first=10, last=12, kind="T"),
        TaggedSpan(first=13, last=14, kind="D"),
    ]


def soft(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)


@given(st.lists(st.integers(0, 6), max_size=8), st.integers(0, 2**32 - 1))
def test_runs_give_the_spans_of_whole_sequences(lengths: list[int], seed: int) -> None:
    numbers = np.random.default_rng(seed)
    scores = numbers.normal(size=(sum(lengths), len(TAGS))).astype("f") * 3
    scores[numbers.random(len(scores)) < 0.4, 0] += 40  # surely nothing
    probabilities = soft(scores)
    paths = decode(np.log(probabilities + np.float32(1e-9)), lengths, TAGS)
    whole = list(spans_of([tag for path in paths for tag in path]))
    assert list(probable_spans(probabilities, lengths, TAGS)) == whole


@pytest.mark.parametrize(
    ("tags", "lengths", "expected", "reason"),
    [
        ("O U-T O", [3], [(1, 2)], "one word"),
        ("B-T L-T U-T", [3], [(0, 2), (2, 3)], "a new span begins"),
        ("I-T I-T O", [3], [(0, 2)], "illegal, but clear"),
        ("B-T L-T", [1, 1], [(0, 1), (1, 2)], "no span crosses the end of a sequence"),
        ("B-T L-D", [2], [(0, 1), (1, 2)], "another type is another span"),
    ],
)
def test_likely_spans(
    tags: str, lengths: list[int], expected: list[tuple[int, int]], reason: str
) -> None:
    found = likely_spans(scores_for(*tags.split()), lengths, TAGS)
    assert [(span.first, span.last) for span in found] == expected, reason
