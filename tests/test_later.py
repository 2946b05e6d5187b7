"""What is made later equals the tuple that it stands for, and is made once at most."""

from __future__ import annotations

import pickle

import pytest
from made_result import result

from geomap.model.later import Later, Resolutions, Told, by_document, unresolved


@pytest.fixture(name="made")
def made_():
    """How often something was made."""
    return []


@pytest.fixture(name="later")
def later_(made):
    def make():
        made.append(1)
        return ("a", "b", "c")

    return Later(3, make)


def test_its_length_is_known_before_it_is_made(later, made):
    assert len(later) == 3
    assert bool(later)
    assert made == []


def test_it_equals_its_tuple_and_is_made_once(later, made):
    assert later == ("a", "b", "c")
    assert later != ("a", "b", "d")
    assert later != ("a", "b")
    assert later != ["a", "b", "c"]
    assert hash(later) == hash(("a", "b", "c"))
    assert (later[1], later[-1], later[:2]) == ("b", "c", ("a", "b"))
    assert repr(later) == "('a', 'b', 'c')"
    assert pickle.loads(pickle.dumps(later)) == ("a", "b", "c")
    assert made == [1]


def test_those_without_a_place_and_those_of_a_document_need_no_others():
    told = result().resolutions
    lost = tuple(each for each in told if each.location is None)

    def never():
        raise AssertionError

    parts = {"x": Told(len(told), never, lost), "y": told}
    whole = Resolutions(parts)
    assert len(whole) == 2 * len(told)
    assert tuple(unresolved(whole)) == lost * 2
    assert by_document(whole) is parts
    assert [each for part in by_document(told).values() for each in part] == list(told)


def test_the_resolutions_of_documents_follow_one_another():
    told = result().resolutions
    whole = Resolutions({"x": told[:1], "y": (), "z": told[1:]})
    assert whole == told
    assert list(whole) == list(told)
