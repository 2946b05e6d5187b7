"""Guesses that are good enough for an answer, and not for a mark on the map."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from geomap.extraction.doubtful import without_doubtful
from geomap.model import (
    Annotation,
    Candidate,
    Document,
    GeoPrecision,
    Location,
    MatchHow,
    Mention,
    Place,
    PlaceKind,
    Point,
    Resolution,
    Rival,
    Sentence,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "Ora, Pell, Quim. Rast, Sorn, Tarn River."
SENTENCES = (
    Sentence(start=0, end=16, first=0, last=0),
    Sentence(start=17, end=40, first=0, last=0),
)


def known(
    name: str,
    country: str,
    admin1: str,
    how: MatchHow = MatchHow.EXACT,
    population: int = 200_000,
) -> Resolution:
    point = Point(lon=10.0, lat=10.0)
    place = Place(
        id=f"t:{name}",
        name=name,
        kind=PlaceKind.CITY,
        point=point,
        country=country,
        admin1=admin1,
        population=population,
    )
    start = TEXT.index(name)
    return Resolution(
        mention=Mention(
            document_id="d",
            start=start,
            end=start + len(name),
            text=name,
            label="GPE",
            use=Use.PLACE,
        ),
        location=Location(place=place, point=point, precision=GeoPrecision.EXACT),
        confidence=0.95,
        rivals=(Rival(candidate=Candidate(place=place, matched_name=name, how=how), score=1.0),),
    )


def heir(name: str, donor: Resolution, confidence: float) -> Resolution:
    assert donor.location is not None
    location = dataclasses.replace(donor.location, relation="in or near", name=name)
    own = known(name, "XX", "Elsewhere")
    return dataclasses.replace(own, location=location, confidence=confidence, rivals=())


ORA = known("Ora", "AA", "North")
PELL = known("Pell", "AA", "South")
ABROAD = known("Rast", "BB", "East")

CASES = {
    "what is known by its name stays": ([ORA, PELL], {"Ora", "Pell"}),
    "an heir that is likely right stays": ([ORA, heir("Quim", ORA, 0.8)], {"Ora", "Quim"}),
    "a poor guess does not": ([ORA, heir("Quim", ORA, 0.4)], {"Ora"}),
    "nor one told in the sentence of another country": (
        [ORA, PELL, ABROAD, heir("Sorn", ORA, 0.8)],
        {"Ora", "Pell", "Rast"},
    ),
    "alone in its sentence, the country that is named most decides": (
        [ORA, PELL, heir("Sorn", ORA, 0.8)],
        {"Ora", "Pell", "Sorn"},
    ),
    "spelt alike, in an area that the text names": (
        [ORA, known("Quim", "AA", "North", MatchHow.FUZZY)],
        {"Ora", "Quim"},
    ),
    "spelt alike, in an area that nothing else is in": (
        [ORA, known("Quim", "AA", "West", MatchHow.SKELETON)],
        {"Ora"},
    ),
    "spelt alike, in a country that nothing else is in": (
        [ORA, known("Quim", "CC", "West", MatchHow.FUZZY)],
        {"Ora"},
    ),
    "a town abroad for a river": (
        [ORA, known("Tarn River", "CC", "West", MatchHow.NORMALIZED)],
        {"Ora"},
    ),
    "a small town of a country that nothing else is in": (
        [ORA, PELL, known("Quim", "CC", "West", population=9_000)],
        {"Ora", "Pell"},
    ),
    "a city is named abroad without its country": (
        [ORA, PELL, known("Quim", "CC", "West")],
        {"Ora", "Pell", "Quim"},
    ),
    "a small town beside a place of its country": (
        [ORA, PELL, ABROAD, known("Sorn", "BB", "West", population=9_000)],
        {"Ora", "Pell", "Rast", "Sorn"},
    ),
    "spelt alike, and nothing to hold it against": (
        [known("Quim", "AA", "West", MatchHow.FUZZY)],
        {"Quim"},
    ),
}


@pytest.mark.parametrize(("resolutions", "kept"), CASES.values(), ids=CASES)
def test_a_mark_needs_more_than_a_guess(resolutions: Sequence[Resolution], kept: set[str]) -> None:
    annotation = Annotation(
        document=Document(id="d", text=TEXT), sentences=SENTENCES, tokens=(), mentions=()
    )
    judged = without_doubtful(annotation, tuple(resolutions))
    assert [one.mention for one in judged] == [one.mention for one in resolutions]
    assert {one.mention.text for one in judged if one.location} == kept
    assert all(one.note for one in judged if one.location is None)
