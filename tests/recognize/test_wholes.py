from __future__ import annotations

import re

import pytest

from geomap.model import Candidate, MatchHow, Place, PlaceKind, Token
from geomap.recognize.lookup import Lookup
from geomap.recognize.tagging import TaggedSpan
from geomap.recognize.wholes import end_of, whole_names

KINDS = {
    "Oslo": PlaceKind.CITY,
    "Kafr el-Oslo": PlaceKind.CITY,
    "Oslo-e Bergen": PlaceKind.CITY,
    "Oslo Ste. Marie": PlaceKind.CITY,
    "OSLO CITY": PlaceKind.CITY,
    "Oslo and Bergen": PlaceKind.REGION,
    "Republic of Oslo": PlaceKind.COUNTRY,
    "The Oslo": PlaceKind.COUNTRY,
    "North Oslo": PlaceKind.CITY,
    "NORTH OSLO": PlaceKind.CITY,
    "Oslo College": PlaceKind.FACILITY,
}


class Names:
    def knows(self, name: str) -> bool:
        return name in KINDS

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        if name not in KINDS:
            return ()
        place = Place(id=name, name=name, kind=KINDS[name], point=None)
        return (Candidate(place=place, matched_name=name, how=MatchHow.EXACT),)


def words(text: str) -> list[Token]:
    return [
        Token(start=m.start(), end=m.end(), text=m[0], lemma="", pos="", tag="", dep="", head=0)
        for m in re.finditer(r"[\w.]+|[^\w\s]", text)
    ]


def grown(text: str, *found: str) -> list[str]:
    tokens = words(text)
    spans = [
        TaggedSpan(first=number, last=number + 1, kind="T")
        for number, token in enumerate(tokens)
        if token.text in found
    ]
    wholes = whole_names(text, tokens, spans, Lookup(Names()))
    return [text[tokens[w.span.first].start : tokens[w.span.last - 1].end] for w in wholes]


@pytest.mark.parametrize(
    ("text", "found", "expected", "reason"),
    [
        ("in Kafr el-Oslo on Monday", ["Kafr"], ["Kafr el-Oslo"], "a part that is no place"),
        ("in Oslo-e Bergen on Monday", ["Oslo"], ["Oslo-e Bergen"], "joined by a small word"),
        ("in Oslo Ste. Marie, Ont.", ["Oslo"], ["Oslo Ste. Marie"], "with a stop inside"),
        ("OSLO CITY - Rain", ["OSLO"], ["OSLO CITY"], "a dateline"),
        ("in Oslo and Bergen", ["Oslo", "Bergen"], ["Oslo and Bergen"], "two that are one"),
        ("the Republic of Oslo said", ["Oslo"], ["Republic of Oslo"], "words before"),
        ("The Oslo said", ["Oslo"], ["Oslo"], "an article is no part"),
        ("in North Oslo", ["Oslo"], ["Oslo"], "nor is a direction"),
        ("IN NORTH OSLO", ["OSLO"], ["NORTH OSLO"], "but in capitals it is"),
        ("at Oslo College", ["Oslo"], ["Oslo"], "a building is another thing"),
        ("in Oslo city", ["Oslo"], ["Oslo"], "not written large"),
        ("Oslo\nand Bergen", ["Oslo"], ["Oslo"], "not across lines"),
    ],
)
def test_a_part_grows_to_the_whole_name(text, found, expected, reason):
    assert grown(text, *found) == expected, reason


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("of Bethel, Vt., said", "Vt", "Vt."),
        ("the Tewks Twp. board", "Tewks Twp", "Tewks Twp."),
        ("He left Oslo. She", "Oslo", "Oslo"),
        ("He left Trondheim. then", "Trondheim", "Trondheim"),
    ],
)
def test_an_abbreviation_keeps_its_stop(text, name, expected):
    start = text.index(name)
    assert text[start : end_of(text, start, start + len(name))] == expected


def test_growing_is_linear_in_the_number_of_names():
    assert len(grown("Oslo " * 5_000, "Oslo")) == 5_000
