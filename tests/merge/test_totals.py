"""Sums of figures over events: people of a part are counted with the whole, and once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_nouns import count

from geomap.merge.totals import Tolled, add, net_figures
from geomap.model import Range


def tolled(event_id, figure, parent_id=None, *, counted=True):
    return Tolled(id=event_id, parent_id=parent_id, figure=figure, counted=counted)


def closed(low, high=None, *, is_open=False):
    return Range(low=low, high=low if high is None else high, open_ended=is_open)


@pytest.mark.parametrize(
    ("events", "expected", "reason"),
    [
        ([], {}, "nothing"),
        ([tolled("a", None)], {}, "no figure adds nothing"),
        ([tolled("a", count(3))], {"a": closed(3)}, "its own figure"),
        ([tolled("a", count(3, at_least=True))], {"a": closed(3, is_open=True)}, "at least stays"),
        ([tolled("a", Range(low=None, high=9))], {"a": closed(0, 9)}, "up to begins at none"),
        ([tolled("a", count(3), counted=False)], {}, "denied"),
        (
            [tolled("a", count(10)), tolled("b", count(4), "a")],
            {"a": closed(6), "b": closed(4)},
            "the whole has what its part has not",
        ),
        (
            [tolled("a", count(10)), tolled("b", count(4), "a"), tolled("c", count(1), "a")],
            {"a": closed(5), "b": closed(4), "c": closed(1)},
            "two parts",
        ),
        (
            [tolled("a", count(10)), tolled("b", None, "a"), tolled("c", count(4), "b")],
            {"a": closed(6), "c": closed(4)},
            "a part of a part without a figure",
        ),
        (
            [tolled("c", count(4), "b"), tolled("b", count(6), "a"), tolled("a", count(10))],
            {"a": closed(4), "b": closed(2), "c": closed(4)},
            "three levels, told from the innermost",
        ),
        (
            [tolled("a", count(3)), tolled("b", count(4), "a")],
            {"a": closed(0), "b": closed(4)},
            "a part may tell more than the whole",
        ),
        (
            [tolled("a", Range(low=2, high=9)), tolled("b", Range(low=1, high=3), "a")],
            {"a": closed(1, 6), "b": closed(1, 3)},
            "both ends",
        ),
        (
            [tolled("a", Range(low=5, high=6)), tolled("b", Range(low=1, high=4), "a")],
            {"a": closed(4, 4), "b": closed(1, 4)},
            "the high end is never below the low one",
        ),
        (
            [tolled("a", count(10)), tolled("b", count(4), "a", counted=False)],
            {"a": closed(10)},
            "a denied part takes nothing off",
        ),
        ([tolled("b", count(4), "elsewhere")], {"b": closed(4)}, "the parent is not among them"),
    ],
)
def test_what_each_event_adds(events, expected, reason):
    assert net_figures(events) == expected, reason


def test_circles_end():
    events = [tolled("a", count(3), "b"), tolled("b", count(4), "a"), tolled("c", count(1), "a")]
    assert set(net_figures(events)) == {"a", "b", "c"}


def test_a_sum_of_none_is_unknown_and_of_some_is_open_if_one_is():
    assert add([]) is None
    assert add([closed(2, 3), closed(4, 6, is_open=True)]) == closed(6, 9, is_open=True)


@st.composite
def trees(draw):
    """Draw events each of which may be part of one before it."""
    figures = draw(st.lists(st.none() | st.integers(0, 20), max_size=8))
    events = []
    for number, figure in enumerate(figures):
        parent = draw(st.none() | st.integers(0, number - 1)) if number else None
        parent_id = None if parent is None else str(parent)
        events.append(tolled(str(number), None if figure is None else count(figure), parent_id))
    return events


@given(trees(), st.randoms(use_true_random=False))
def test_the_sum_is_that_of_whole_and_parts_whatever_the_order(events, dice):
    shuffled = list(events)
    dice.shuffle(shuffled)
    net = net_figures(events)
    assert net == net_figures(shuffled)

    def whole(event):
        """Return a figure of its own, or what its parts tell if that is more."""
        below = sum(whole(part) for part in events if part.parent_id == event.id)
        return max(event.figure.low if event.figure else 0, below)

    total = add(net.values())
    roots = [event for event in events if event.parent_id is None]
    assert (total.low if total else 0) == sum(map(whole, roots))
