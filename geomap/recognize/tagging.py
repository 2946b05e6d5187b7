"""From tag probabilities of words to spans.

Tags are BILOU (Ratinov and Roth 2009): a span begins with B and ends with L, or is U alone.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# T: a toponym; D: one in the form of a demonym; X: a name of a spot that gazetteers do not hold,
# such as a street, which is kept apart so that it is not taken for a town.
SPAN_TYPES = ("T", "D", "X")

# A word that is this surely in no span is not decoded, which spares most of the work.
_SURELY_NOTHING = 0.998

_FORBIDDEN = np.float32(-1e9)
_SEQUENCES_AT_ONCE = 256


def tags_of(types: Sequence[str]) -> tuple[str, ...]:
    """Return the tags for span types, "O" first."""
    return ("O", *(f"{place}-{kind}" for kind in types for place in "BILU"))


TAGS = tags_of(SPAN_TYPES)


@noun
class TaggedSpan:
    """Words ``first`` to ``last`` (exclusive) of a sequence of words, with the type of the span."""

    first: int
    last: int
    kind: str


def spans_of(tags: Sequence[str], offset: int = 0) -> Iterator[TaggedSpan]:
    """Yield the spans that a legal sequence of tags says, numbered from ``offset``."""
    first = offset
    for number, tag in enumerate(tags, offset):
        if tag[0] in "BU":
            first = number
        if tag[0] in "LU":
            yield TaggedSpan(first=first, last=number + 1, kind=tag[2:])


def probable_spans(
    probabilities: NDArray[np.float32], lengths: Sequence[int], tags: tuple[str, ...]
) -> Iterator[TaggedSpan]:
    """Yield the spans of the most probable legal tags of words (words, tags), in order.

    ``lengths`` are those of the sequences the words stand in. Words that are surely in no span part
    the sequences into short runs, and only these are decoded.
    """
    numbers = np.flatnonzero(probabilities[:, 0] < _SURELY_NOTHING)
    scores = np.log(probabilities[numbers] + np.float32(1e-9))
    runs = _runs(numbers, lengths)
    firsts = np.concatenate([[0], np.cumsum(runs)])[:-1]
    for first, path in zip(firsts, decode(scores, runs, tags), strict=True):
        yield from spans_of(path, int(numbers[first]))


def _runs(numbers: NDArray[np.intp], lengths: Sequence[int]) -> list[int]:
    """Return the lengths of the runs of consecutive numbers, parted where a sequence ends too."""
    if not len(numbers):
        return []
    sequence = np.repeat(np.arange(len(lengths)), lengths)[numbers]
    breaks = np.flatnonzero((np.diff(numbers) > 1) | (np.diff(sequence) > 0)) + 1
    edges = np.concatenate([[0], breaks, [len(numbers)]])
    return [int(length) for length in np.diff(edges)]


def likely_spans(
    probabilities: NDArray[np.float32], lengths: Sequence[int], tags: tuple[str, ...]
) -> Iterator[TaggedSpan]:
    """Yield spans from the likeliest tag of each word, legal or not; quicker, a little worse.

    Neighbors of one type make a span, unless the second begins one.
    """
    best = probabilities.argmax(axis=1)
    ends = set(np.cumsum(lengths).tolist())
    open_span: TaggedSpan | None = None
    for number in np.flatnonzero(best).tolist():
        tag = tags[best[number]]
        kind, begins = tag[2:], tag[0] in "BU" or number in ends
        if open_span and open_span.last == number and open_span.kind == kind and not begins:
            open_span = TaggedSpan(first=open_span.first, last=number + 1, kind=kind)
            continue
        if open_span:
            yield open_span
        open_span = TaggedSpan(first=number, last=number + 1, kind=kind)
    if open_span:
        yield open_span


@cache
def _rules(tags: tuple[str, ...]) -> tuple[NDArray[np.float32], ...]:
    """Return what may begin a sequence, follow what, and end one: 0 where legal."""
    start = np.array([tag[0] in "OBU" for tag in tags])
    end = np.array([tag[0] in "OLU" for tag in tags])
    inside = np.array(
        [[a[0] in "BI" and b[0] in "IL" and a[1:] == b[1:] for b in tags] for a in tags]
    )
    follow = (end[:, None] & start[None, :]) | inside
    return tuple(np.where(legal, np.float32(0), _FORBIDDEN) for legal in (start, follow, end))


def decode(
    scores: NDArray[np.float32], lengths: Sequence[int], tags: tuple[str, ...]
) -> list[list[str]]:
    """Return the best legal tags of each sequence (Viterbi 1967).

    ``scores`` (all words, tags) are log-probabilities; ``lengths`` the words of each sequence.
    """
    ends = np.cumsum(lengths)
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    decoded: list[list[str]] = [[] for _ in lengths]
    for group in range(0, len(order), _SEQUENCES_AT_ONCE):
        numbers = [n for n in order[group : group + _SEQUENCES_AT_ONCE] if lengths[n]]
        sequences = [scores[ends[n] - lengths[n] : ends[n]] for n in numbers]
        for number, path in zip(numbers, _best_paths(sequences, tags), strict=True):
            decoded[number] = [tags[tag] for tag in path]
    return decoded


def _best_paths(
    sequences: Sequence[NDArray[np.float32]], tags: tuple[str, ...]
) -> Iterator[list[int]]:
    """Yield the best path of each sequence; the longest sequence must come first."""
    if not sequences:
        return
    start, follow, end = _rules(tags)
    lengths = np.array([len(sequence) for sequence in sequences])
    came_from = np.zeros((len(sequences), lengths[0], len(tags)), np.int8)
    best = np.stack([sequence[0] for sequence in sequences]) + start
    for step in range(1, lengths[0]):
        going = int((lengths > step).sum())
        reach = best[:going, :, None] + follow
        came_from[:going, step] = reach.argmax(axis=1)
        here = np.stack([sequence[step] for sequence in sequences[:going]])
        best[:going] = reach.max(axis=1) + here
    for row, last in enumerate((best + end).argmax(axis=1)):
        yield _trace(came_from[row, : lengths[row]], int(last))


def _trace(came_from: NDArray[np.int8], last: int) -> list[int]:
    """Follow the best path back from its end."""
    path = [last]
    for step in came_from[:0:-1]:
        path.append(int(step[path[-1]]))
    return path[::-1]
