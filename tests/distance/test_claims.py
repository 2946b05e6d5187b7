"""Stated distances: what is one and between what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geomap.distance import find_claims
from geomap.model import (
    Annotation,
    Document,
    GeoPrecision,
    Location,
    Mention,
    Place,
    PlaceKind,
    Point,
    Resolution,
    Sentence,
    Use,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTRIES = {"Poland": "PL", "Polish": "PL", "Russia": "RU", "Russian": "RU", "Ukraine": "UA"}
TOWNS = ("capital", "Lviv", "Sumy", "Kharkiv", "Kyiv", "Rivne", "Riga")


def place(name: str) -> Place:
    code = COUNTRIES.get(name)
    return Place(
        id=f"{'country' if code else 'town'}:{code or name}",
        name=name,
        kind=PlaceKind.COUNTRY if code else PlaceKind.CITY,
        point=Point(lon=24.0, lat=50.0),
        country=code or "UA",
    )


def resolved(text: str, relations: Mapping[str, str] | None = None) -> tuple[Resolution, ...]:
    """Resolve the names above wherever they stand, some of them relative to their place."""
    found = []
    for match in re.finditer(r"\b(?:" + "|".join([*COUNTRIES, *TOWNS]) + r")\b", text):
        use = Use.DEMONYM if match[0] in {"Polish", "Russian"} else Use.PLACE
        mention = Mention(
            document_id="d",
            start=match.start(),
            end=match.end(),
            text=match[0],
            label="GPE",
            use=use,
        )
        where = place(match[0])
        location = Location(
            place=where,
            point=where.point,
            precision=GeoPrecision.EXACT,
            relation=(relations or {}).get(match[0]),
        )
        found.append(Resolution(mention=mention, location=location, confidence=0.9))
    return tuple(found)


def claims(
    text: str, relations: Mapping[str, str] | None = None
) -> list[tuple[str, str, bool, int, int, bool]]:
    annotation = Annotation(
        document=Document(id="d", text=text),
        sentences=tuple(
            Sentence(start=m.start(), end=m.end(), first=0, last=0)
            for m in re.finditer(r"[^.]+(?:\.(?=\d)[^.]+)*\.?", text)
        ),
        tokens=(),
        mentions=(),
    )
    found = find_claims(annotation, resolved(text, relations))
    for claim in found:
        assert text[claim.provenance.start : claim.provenance.end] == claim.provenance.quote
    return [
        (
            claim.origin.name,
            claim.target.country or "" if claim.to_border else claim.target.name,
            claim.to_border,
            round(claim.stated_low_km),
            round(claim.stated_high_km),
            claim.approximate,
        )
        for claim in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Lviv, which lies about 65 kilometers from the Polish border, was hit.",
            ("Lviv", "PL", True, 65, 65, True),
            id="relative clause",
        ),
        pytest.param(
            "Sumy is 30 km from the border with Russia.",
            ("Sumy", "RU", True, 30, 30, False),
            id="border with",
        ),
        pytest.param(
            "Kharkiv, Ukraine's second-largest city, sits some 19 miles (30 km) from Russia.",
            ("Kharkiv", "RU", True, 31, 31, True),
            id="another name between, a conversion, a country means its border",
        ),
        pytest.param(
            "A depot burned in Rivne, 30 miles north of Kyiv.",
            ("Rivne", "Kyiv", False, 48, 48, False),
            id="direction",
        ),
        pytest.param(
            "About 20 km from the Russian border, the city of Sumy lost power.",
            ("Sumy", "RU", True, 20, 20, True),
            id="the distance comes first",
        ),
        pytest.param(
            "The town of Rivne is located within 10 km of the center of Kyiv.",
            ("Rivne", "Kyiv", False, 0, 10, False),
            id="within",
        ),
        pytest.param(
            "Sumy lies 30-40 km away from Russia's border.",
            ("Sumy", "RU", True, 30, 40, False),
            id="a range",
        ),
        pytest.param(
            "Rivne lies 12 km to the south-west of Kyiv.",
            ("Rivne", "Kyiv", False, 12, 12, False),
            id="to the south-west of",
        ),
    ],
)
def test_a_stated_distance_is_found(text: str, expected: tuple[object, ...]) -> None:
    assert claims(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Ukraine asked for missiles with a range of 300 km.", id="a range has no far end"
        ),
        pytest.param(
            "Kyiv wants missiles that can hit targets 300 km from the Russian border.",
            id="reach of a weapon",
        ),
        pytest.param("Lviv is a two-hour drive from the Polish border.", id="travel time"),
        pytest.param("Drones flew from Kyiv 300 km to the north.", id="a way flown"),
        pytest.param("Troops fled Sumy and marched 30 km from Kyiv.", id="a verb of motion"),
        pytest.param("A crater lay 40 km from Kyiv.", id="no place that it is told of"),
        pytest.param("Sumy is 30 km from the border.", id="whose border"),
        pytest.param("Sumy lies 30 km from Russian positions.", id="positions are elsewhere"),
        pytest.param("Kyiv is 0 km from Kyiv.", id="the same place"),
        pytest.param("Sumy has grown. It lies 30 km away.", id="no far end"),
        pytest.param("In Sumy, 30 of 40 km of road were closed.", id="of without a place"),
    ],
)
def test_no_stated_distance(text: str) -> None:
    assert claims(text) == []


def test_two_in_one_sentence() -> None:
    text = "Sumy is 30 km from Russia and Rivne is 150 km from the Polish border."
    assert [claim[:2] for claim in claims(text)] == [("Sumy", "RU"), ("Rivne", "PL")]


def test_both_may_be_told_of_the_same_place() -> None:
    text = "A fire broke out in Rivne, 12 km south of Lviv and about 80 km north of Kyiv."
    assert [claim[:2] for claim in claims(text)] == [("Rivne", "Lviv"), ("Rivne", "Kyiv")]


def test_a_common_word_taken_for_a_name_is_passed_over() -> None:
    assert claims("Rivne is 300 km from the capital, Kyiv.")[0][:2] == ("Rivne", "Kyiv")


def test_hostile_text_takes_linear_time() -> None:
    text = "Lviv, 70 km from " * 3000 + "Kyiv " * 3000
    assert isinstance(claims(text), list)


RELATIVE = {
    "from a village that took over another place": ({"Sumy": "in or near"}, 0),
    "to one": ({"Kyiv": "in or near"}, 0),
    "from what only lies near a place": ({"Sumy": "east of"}, 0),
    "the words of the distance itself": ({"Kyiv": "30 miles north of"}, 1),
}


@pytest.mark.parametrize(("relations", "count"), RELATIVE.values(), ids=RELATIVE)
def test_a_name_that_only_borrows_a_place_is_no_end_of_a_distance(
    relations: dict[str, str], count: int
) -> None:
    assert len(claims("The town of Sumy, 30 miles north of Kyiv, was hit.", relations)) == count
