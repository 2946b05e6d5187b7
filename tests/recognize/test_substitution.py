"""Names are put in the place of others, the same for every occurrence, and nothing else changes."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from spacy.vocab import Vocab

from geomap.model import Place, PlaceKind
from geomap.recognize.lookup import FEATURES
from geomap.recognize.substitution import (
    Substitution,
    Town,
    in_case_of,
    lexeme_features,
    persons_of,
    towns_of,
)
from geomap.recognize.tagging import TAGS

WORDS = ["Oslo", "is", "big", ",", "OSLO", "said", "Ann"]


def example():
    tags = ["U-T", "O", "O", "O", "U-T", "O", "O"]
    tokens, start = [], 0
    for word in WORDS:
        tokens.append(SimpleNamespace(text=word, start=start, end=start + len(word)))
        start += len(word) + 1
    person = SimpleNamespace(label="PERSON", text="Ann", start=tokens[-1].start, end=tokens[-1].end)
    return SimpleNamespace(
        tags=np.array([TAGS.index(tag) for tag in tags]),
        parsed=SimpleNamespace(tokens=tokens, entities=[person]),
    )


def changed(seed):
    vocab = Vocab()
    features = np.array([lexeme_features(vocab, word) for word in WORDS], np.uint64)
    known = np.zeros((len(WORDS), FEATURES), np.float32)
    known[:, -1] = 1
    towns = {1: [Town(words=("Derna",), large=True)]}
    people = {1: [Town(words=("Kim",), large=False)]}
    numbers = np.random.default_rng(seed)
    Substitution(towns, people, vocab, numbers).change(example(), features, known)
    return [vocab.strings[int(row[0])] for row in features], known


def test_every_occurrence_changes_alike_and_in_its_case():
    drawn = {tuple(changed(seed)[0]) for seed in range(60)}
    towns = {(words[0], words[4]) for words in drawn}
    assert towns == {("Oslo", "OSLO"), ("Derna", "DERNA")}
    assert {words[6] for words in drawn} == {"Ann", "Kim", "Derna"}
    assert {words[1:4] for words in drawn} == {("is", "big", ",")}


def test_some_names_stay_unknown_to_the_gazetteer():
    put_in = [known[0, :-1].any() for seed in range(60) for words, known in [changed(seed)]
              if words[0] == "Derna"]  # fmt: skip
    assert {bool(one) for one in put_in} == {True, False}


@pytest.mark.parametrize(
    ("like", "expected"), [("OSLO", "DERNA"), ("oslo", "derna"), ("Oslo", "Derna"), ("US", "Derna")]
)
def test_names_take_the_case_of_what_they_replace(like, expected):
    assert in_case_of("Derna", like) == expected


def test_towns_are_those_whose_names_are_plain_words():
    names = {"Oslo": 700_000, "New Delhi": 250_000, "Ash Shihr": 60_000, "Bo": 9_000}
    odd = ["Saint-Denis", "al Hasa", "Villa de San Juan Bautista", "District 9", "La"]
    places = [place(name, people) for name, people in (names | dict.fromkeys(odd, 5_000)).items()]

    class World:
        def within(self, point, radius_km, *, min_population):
            assert (point.lat, radius_km) == (0.0, 20_100.0)
            assert min_population == 2_000
            return [(one, 0.0) for one in places]

    assert towns_of(World()) == {
        1: [Town(words=("Oslo",), large=True)],
        2: [
            Town(words=("New", "Delhi"), large=True),
            Town(words=("Ash", "Shihr"), large=True),
        ],
    }


def place(name, people):
    return Place(id=name, name=name, kind=PlaceKind.CITY, point=None, population=people)


def test_persons_are_taken_out_of_texts():
    assert persons_of([example(), example()]) == {1: [Town(words=("Ann",), large=False)] * 2}


def test_what_is_no_person_or_lies_across_words_is_left():
    one = example()
    ann = one.parsed.entities[0]
    town = SimpleNamespace(label="PERSON", text="Oslo", start=0, end=4)
    across = SimpleNamespace(label="PERSON", text="nn", start=ann.start + 1, end=ann.end)
    firm = SimpleNamespace(label="ORG", text="Ann", start=ann.start, end=ann.end)
    one.parsed.entities[:] = [town, across, firm]
    assert persons_of([one]) == {}
