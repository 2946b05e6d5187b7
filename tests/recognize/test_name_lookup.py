from __future__ import annotations

import re

import numpy as np
import pytest

from geomap.model import Candidate, MatchHow, Place, PlaceKind, Point
from geomap.recognize.lookup import FEATURES, Lookup, standing_of


class Names:
    def __init__(self, *names: str) -> None:
        self.names = set(names)
        self.asked: list[str] = []

    def knows(self, name: str) -> bool:
        self.asked.append(name)
        return name in self.names

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        return (candidate(name),) if name in self.names else ()


def candidate(
    name: str, kind: PlaceKind = PlaceKind.CITY, how: MatchHow = MatchHow.EXACT, people: int = 0
) -> Candidate:
    place = Place(id=name, name=name, kind=kind, point=Point(lon=0, lat=0), population=people)
    return Candidate(place=place, matched_name=name, how=how)


def marks(text: str, *names: str) -> str:
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    features = Lookup(Names(*names)).features(text, spans, [len(spans)])
    return "".join("BILU-"[row[:4].argmax() if row[:4].any() else 4] for row in features)


@pytest.mark.parametrize(
    ("text", "names", "expected", "reason"),
    [
        ("in Oslo today", ["Oslo"], "-U-", "one word"),
        ("New York City Hall", ["New York", "New York City"], "BIL-", "the longest name"),
        ("York New York", ["York", "New York"], "UBL", "from left to right"),
        ("reading in Reading", ["reading", "Reading"], "--U", "small letters are not looked up"),
        ("Rio de Janeiro", ["Rio de Janeiro"], "BIL", "a particle"),
        ("Oslo and Lund", ["Oslo", "Lund"], "U-U", "two names"),
        ("Oslo of", ["Oslo of"], "--", "no name ends with a particle"),
        ("A town", ["A"], "--", "a letter is no name"),
    ],
)
def test_known_names_are_marked(text: str, names: list[str], expected: str, reason: str) -> None:
    assert marks(text, *names) == expected, reason


def test_without_gazetteer_the_features_say_so() -> None:
    assert not Lookup(None).features("Oslo", [(0, 4)], [1]).any()
    assert Lookup(Names()).features("Oslo", [(0, 4)], [1])[0, FEATURES - 1] == 1


def test_no_name_crosses_the_end_of_a_sequence() -> None:
    features = Lookup(Names("New York")).features("New York", [(0, 3), (4, 8)], [1, 1])
    assert not features[:, :4].any()


def test_a_name_is_asked_for_once() -> None:
    names = Names("Oslo")
    lookup = Lookup(names)
    for _ in range(3):
        assert lookup.knows("Oslo")
    assert names.asked == ["Oslo"]


def test_features_are_linear_in_a_run_of_names() -> None:
    count = 50_000
    spans = [(5 * number, 5 * number + 4) for number in range(count)]
    features = Lookup(Names("Oslo")).features("Oslo " * count, spans, [count])
    assert np.all(features[:, 3] == 1)


@pytest.mark.parametrize(
    ("name", "candidates", "is_town", "reason"),
    [
        ("Popayan", [candidate("Popayan")], True, "a town with the ending of a demonym"),
        ("Kigali", [candidate("Kigali"), candidate("City of Kigali", PlaceKind.ADMIN1)], True, ""),
        (
            "Spanish",
            [candidate("Spanish"), candidate("Spain", PlaceKind.COUNTRY, MatchHow.ALIAS)],
            False,
            "of a country, whatever town is called so",
        ),
        ("Londoner", [candidate("London", how=MatchHow.ALIAS)], False, "no town's first name"),
    ],
)
def test_a_towns_name_is_no_demonym(
    name: str, candidates: list[Candidate], is_town: bool, reason: str
) -> None:
    assert standing_of(candidates).is_town(name) is is_town, reason


def test_the_standing_of_a_name_is_that_of_its_best_bearer() -> None:
    found = standing_of([candidate("Paris", people=2_000_000), candidate("Paris", people=20_000)])
    assert (found.large, found.wide, found.first_name, found.firm) == (True, False, True, True)
    assert not standing_of([candidate("Paris College", PlaceKind.FACILITY)]).firm
    assert standing_of([candidate("Europe", PlaceKind.BLOC)]).bloc


def test_the_memory_of_names_is_bounded_and_forgets_nothing_that_matters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("geomap.recognize.lookup._MOST_CACHED", 2)
    names = Names("Oslo", "Bergen")
    lookup = Lookup(names)
    asked = ["Oslo", "Bergen", "Lund", "Oslo", "Oslo", "Bergen"]
    assert [lookup.knows(name) for name in asked] == [True, True, False, True, True, True]
    assert len(names.asked) <= len(asked)
    assert len(lookup._cache) <= 2
