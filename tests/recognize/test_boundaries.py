from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognize.boundaries import tidy


def tidied(text: str, name: str, label: str = "GPE") -> tuple[str, str] | None:
    start = text.index(name)
    span = tidy(text, start, start + len(name), label)
    return (text[span.start : span.end], span.label) if span else None


@pytest.mark.parametrize(
    ("text", "name", "expected", "reason"),
    [
        ("in the Netherlands", "the Netherlands", "Netherlands", "no article"),
        ("in The Hague", "The Hague", "The Hague", "an article that is part of the name"),
        ("Oslo's mayor", "Oslo's", "Oslo", "no possessive"),
        ("Oslo’s mayor", "Oslo’s", "Oslo", "no typographic possessive"),
        ("the Philippines' coast", "the Philippines'", "Philippines", "possessive of a plural"),
        ("in eastern Chad,", "eastern Chad,", "Chad", "a direction written small, a comma"),
        ("in East Timor", "East Timor", "East Timor", "a direction that is part of the name"),
        ("near Laurel County", "Laurel County", "Laurel County", "an area word written large"),
        ("the Darnytsky district", "Darnytsky", "Darnytsky district", "an adjective alone"),
        ("the U.S. said", "the U.S.", "U.S.", "the stop of an abbreviation stays"),
        ("from Ivano-Frankivsk", "Ivano-Frankivsk", "Ivano-Frankivsk", "a hyphen inside"),
        ("“Oslo”", "“Oslo”", "Oslo", "no quotation marks"),
        ("in Odesa region", "Odesa region", "Odesa region", "an area word inside the span"),
        ("Oslo regions", "Oslo regions", "Oslo", "one of several areas is no name"),
    ],
)
def test_span_follows_the_conventions(text: str, name: str, expected: str, reason: str) -> None:
    found = tidied(text, name)
    assert found is not None, reason
    assert found[0] == expected, reason


@pytest.mark.parametrize(
    ("text", "name", "label", "reason"),
    [
        ("Idlib province", "Idlib", "ADMIN", "the area word stands outside"),
        ("Sumy, Poltava and Chernihiv regions", "Sumy", "ADMIN", "the first of a list"),
        ("Sumy, Poltava and Chernihiv regions", "Poltava", "ADMIN", "inside a list"),
        ("Sumy, Poltava and Chernihiv regions", "Chernihiv", "ADMIN", "the last of a list"),
        ("Sumy/Poltava oblasts", "Sumy", "ADMIN", "a list with a stroke"),
        ("Sumy, Poltava and Chernihiv", "Sumy", "GPE", "a list of towns"),
        ("Sumy and the regions", "Sumy", "GPE", "no name before the area word"),
        ("Sumy. Poltava regions", "Sumy", "GPE", "another sentence"),
    ],
)
def test_label_tells_of_an_area_word_outside(text: str, name: str, label: str, reason: str) -> None:
    assert tidied(text, name) == (name, label), reason


def test_nothing_but_punctuation_is_no_name() -> None:
    assert tidy("--- 12", 0, 6, "GPE") is None


@given(st.text(alphabet="ABab .,'’-()", min_size=1, max_size=30), st.data())
def test_a_span_never_grows_to_the_left_nor_out_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = tidy(text, start, end, "GPE")
    if span:
        assert start <= span.start < span.end <= len(text)


def test_a_list_without_end_is_followed_for_a_bounded_way() -> None:
    text = "Sumy, " * 100_000
    assert tidied(text, "Sumy") == ("Sumy", "GPE")
