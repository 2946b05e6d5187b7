from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.quantities import find_lengths, find_numbers

NUMBERS = [
    ("22 people", (22, 22), "digits"),
    ("at least 22 people", (22, None), "a lower bound"),
    ("a minimum of 10", (10, None), "another lower bound"),
    ("up to 30", (None, 30), "an upper bound"),
    ("nearly 110 others", (110, 110), "approximate"),
    ("more than a hundred", (100, None), "a number with an article"),
    ("more than\n40", (40, None), "a qualifier before a line break"),
    ("twenty-two dead", (22, 22), "a hyphen inside a number word"),
    ("two thousand three hundred and five", (2305, 2305), "a long number in words"),
    ("1,200 homes", (1200, 1200), "commas"),
    ("10 000 homes", (10_000, 10_000), "spaces"),
    ("10.000 homes", (10_000, 10_000), "dots"),
    ("1.5 million people", (1_500_000, 1_500_000), "a scale"),
    ("between 3 and 5", (3, 5), "a range in words"),
    ("3-5 people", (3, 5), "a range with a hyphen"),
    ("three or four", (3, 4), "a range with or"),
    ("two or three dozen", (24, 36), "a range that shares its scale"),
    ("dozens more", (12, None), "ACLED's rule for dozens"),
    ("hundreds of thousands", (100_000, None), "a plural of plurals"),
    ("half a dozen", (6, 6), "a half"),
    ("20+", (20, None), "a plus sign"),
    ("1 000 000 000 000", (10**12, 10**12), "a huge number"),
]


@pytest.mark.parametrize(("text", "bounds", "why"), NUMBERS)
def test_numbers_are_read(text: str, bounds: tuple[int | None, int | None], why: str) -> None:
    (number,) = find_numbers(text)
    assert (number.low, number.high) == bounds, why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("$40bn in aid", "money"),
        ("5% and 5 percent", "a share"),
        ("F-16 and Shahed-136", "parts of names"),
        ("a 15-year-old boy", "a compound"),
        ("12:30 on 3/4/2024", "a time and a date"),
        ("no one", "a pronoun"),
        ("70 kilometers", "a length"),
        ("9" * 400, "more digits than any count has"),
        ("2024-01-02", "an ISO date"),
        ("the 2nd", "an ordinal"),
        ("twenty thirteen", "words that make no number"),
        ("two three or four five", "a range of such"),
    ],
)
def test_what_counts_nothing_is_no_number(text: str, why: str) -> None:
    assert find_numbers(text) == [], why


def test_open_and_approximate_are_told_apart() -> None:
    least, about = find_numbers("at least 9 and about 8")
    assert (least.open_ended, least.approximate) == (True, False)
    assert (about.open_ended, about.approximate) == (False, True)


@pytest.mark.parametrize(
    ("text", "low_km", "high_km"),
    [
        ("about 70 kilometers from", 70, 70),
        ("a 300-km range", 300, 300),
        ("more than 300 kilometres", 300, None),
        ("30-40 miles", 48.28032, 64.37376),
        ("12 nautical miles", 22.224, 22.224),
        ("1,500 metres", 1.5, 1.5),
        ("57.123 km", 57.123, 57.123),
        ("within 5km of", 5, 5),
    ],
)
def test_lengths_are_in_kilometers(text: str, low_km: float, high_km: float | None) -> None:
    (length,) = find_lengths(text)
    assert length.low_km == pytest.approx(low_km)
    assert length.high_km == (None if high_km is None else pytest.approx(high_km))


@pytest.mark.parametrize("text", ["two square km", "100 km/h", "80 miles per hour", "3 m²"])
def test_areas_and_speeds_are_no_lengths(text: str) -> None:
    assert find_lengths(text) == []


PIECES = st.lists(
    st.sampled_from(
        ["at least ", "two", " ", "-", "1", "000", ",", ".", " dozen", "hundreds of ", "km"]
    )
    | st.text(max_size=3),
    max_size=30,
).map("".join)


@given(PIECES)
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert end <= number.start < number.end <= len(text)
        assert (number.low or 0) <= (number.high if number.high is not None else 10**30)
        end = number.end
    for length in find_lengths(text):
        assert 0 <= length.start < length.end <= len(text)
