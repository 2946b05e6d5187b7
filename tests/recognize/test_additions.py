"""What the gazetteer adds to what the networks found."""

from __future__ import annotations

import re

import numpy as np
import pytest

from geomap.model import Candidate, Document, MatchHow, Place, PlaceKind, Token
from geomap.recognize.additions import with_additions
from geomap.recognize.lookup import Lookup
from geomap.recognize.parse import Parsed

KINDS = {
    "Sierra Leone": PlaceKind.COUNTRY,
    "Guinea-Bissau": PlaceKind.COUNTRY,
    "Jordan": PlaceKind.COUNTRY,
    "Mercy Hospital": PlaceKind.FACILITY,
    "Leeds University": PlaceKind.FACILITY,
    "Grand View": PlaceKind.CITY,
    "Dire Dawa": PlaceKind.CITY,
    "Wad Madani": PlaceKind.CITY,
    "Ivano-Frankivsk": PlaceKind.CITY,
}


class Names:
    def knows(self, name: str) -> bool:
        return name in KINDS

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        people = 343_000 if name in {"Dire Dawa", "Wad Madani"} else 5_000
        place = Place(id=name, name=name, kind=KINDS[name], point=None, population=people)
        how = MatchHow.ALIAS if name == "Wad Madani" else MatchHow.EXACT
        return (Candidate(place=place, matched_name=name, how=how),)


def parsed(text):
    tokens = tuple(
        Token(start=m.start(), end=m.end(), text=m[0], lemma="", pos="", tag="", dep="", head=0)
        for m in re.finditer(r"’s|\w+|[^\w\s]", text)
    )
    features = np.zeros((len(tokens), 5), np.uint64)
    return Parsed(
        document=Document(id="d", text=text),
        tokens=tokens,
        sentences=(),
        entities=(),
        features=features,
        lengths=(len(tokens),),
    )


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Doctors left Sierra Leone.", ["Sierra Leone"], "a country of two words"),
        ("So did Guinea-Bissau.", ["Guinea-Bissau"], "and one with a hyphen, anywhere"),
        ("Michael Jordan spoke.", [], "one word may be a person"),
        ("He died at the Mercy Hospital.", ["Mercy Hospital"], "a building after a preposition"),
        ("Mercy Hospital gave no figures.", [], "without it, an institution"),
        ("She studied at Leeds University.", [], "where somebody was, nothing happened"),
        ("They met near Grand View.", [], "a town of that name is not enough"),
        ("They met in Dire Dawa.", ["Dire Dawa"], "a large one is"),
        ("They met in Wad Madani.", ["Wad Madani"], "by another spelling too"),
        ("Rebels shelled Dire Dawa.", ["Dire Dawa"], "or after what armies do to towns"),
        ("Rebels mourned Dire Dawa.", [], "people are mourned too"),
        ("They met at Dire Dawa’s.", [], "unless somebody is called so"),
        ("They met in Ivano-Frankivsk.", ["Ivano-Frankivsk"], "unless tokenizers part it"),
        ("They met Ivano-Frankivsk.", [], "and a preposition precedes"),
        ("Sierra\nLeone", [], "two lines are two names"),
    ],
)
def test_names_are_added(text, expected, reason):
    one = parsed(text)
    spans = with_additions(one, [], range(len(one.tokens)), Lookup(Names()), chance=lambda *_: 0.0)
    found = [text[one.tokens[s.first].start : one.tokens[s.last - 1].end] for s in spans]
    assert found == expected, reason


def test_a_name_is_looked_for_in_its_stretch_alone():
    one = parsed("Sierra Leone " * 3)
    spans = with_additions(one, [], range(2, 4), Lookup(Names()), chance=lambda *_: 0.0)
    assert [(span.first, span.last) for span in spans] == [(2, 4)]


@pytest.mark.parametrize(
    ("text", "chance", "expected", "reason"),
    [
        ("They met near Grand View.", 0.1, ["Grand View"], "what the networks only doubt"),
        ("They met near Grand View.", 0.01, [], "and do not rule out"),
        ("They sang of Grand View.", 0.1, [], "is one where it can but be a place"),
        ("It fell near Grand View Abbey.", 0.1, [], "and the name ends there"),
        ("It fell near Grand View’s abbey.", 0.1, [], "or owns what follows"),
    ],
)
def test_doubted_names_are_added(text, chance, expected, reason):
    one = parsed(text)
    numbers = range(len(one.tokens))
    spans = with_additions(one, [], numbers, Lookup(Names()), chance=lambda *_: chance)
    found = [text[one.tokens[s.first].start : one.tokens[s.last - 1].end] for s in spans]
    assert found == expected, reason
