"""Texts that nobody wrote for us: a clear answer, offsets that hold, time linear in length."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap import api
from geomap.config import Settings
from geomap.locator import Locator, open_locator
from geomap.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECES = [
    "Kyiv", "Lviv,", "in", "Paris,", "Texas", "50 km east of", "the", "Odesa region", "and", "U.S.",
    "\n\n", "\t", "\x00", "\x1b[31m", "\u202e", "\u2067", "\u200b", "\ufeff", "\ud83d", "🇺🇦",
    "e\u0301" * 40, "(((", "“", "—", "-", "Київ", "Харкова", "القاهرة", "חיפה", "\U000fffff",
    "'" * 60, "…", "👩‍👧",
]  # fmt: skip
ANY_CHARACTER = st.characters(exclude_categories=())


@pytest.fixture(scope="module")
def locator() -> Iterator[Locator]:
    with open_locator(Settings()) as opened:
        yield opened


def check(locator: Locator, text: str) -> None:
    """Locate a text; hold what must be so whatever it is."""
    (document,) = api.documents_of([text])
    (located,) = locator.locate([document])
    assert len(document.text) == len(text)
    end = 0
    for resolution in located.resolutions:
        mention = resolution.mention
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == document.text[mention.start : mention.end]
        assert (resolution.location is None) <= bool(resolution.note)
        end = mention.end


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("", [], "nothing"),
        (" \n\t\u2028", [], "white space"),
        ("Kyiv", ["Kyiv"], "one word"),
        ("🔥🔥🔥", [], "emoji"),
        ("\x00Rain fell in Kyiv\x00.", ["Kyiv"], "control characters at its ends"),
        ("\u202eRain fell in Kyiv\u202c", ["Kyiv"], "marks of direction"),
        ("\ufeffRain fell in Kyiv.", ["Kyiv"], "a mark of byte order"),
        ("Rain fell \ud83d in Kyiv \udc00.", ["Kyiv"], "halves of a character"),
        ("قال مسؤول إن المطر هطل في Kyiv أمس.", ["Kyiv"], "a text from right to left"),
        ("." * 3_000, [], "nothing but dots"),
    ],
)
def test_an_odd_text_gets_a_plain_answer(
    locator: Locator, text: str, expected: list[str], reason: str
) -> None:
    (located,) = locator.locate(api.documents_of([text]))
    assert [one.mention.text for one in located.resolutions] == expected, reason


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(ANY_CHARACTER, max_size=60))
def test_any_characters_are_located(locator: Locator, text: str) -> None:
    check(locator, text)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", " ", ", "]))
def test_any_mixture_is_located(locator: Locator, pieces: list[str], between: str) -> None:
    check(locator, between.join(pieces))


@pytest.mark.slow
@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES) | st.text(ANY_CHARACTER, max_size=9), max_size=60))
def test_any_mixture_is_located_many_times(locator: Locator, pieces: list[str]) -> None:
    for between in ("", " "):
        check(locator, between.join(pieces))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(-9, 60), st.integers(-9, 60)), max_size=12))
def test_any_spans_are_answered_in_their_order(
    locator: Locator, spans: list[tuple[int, int]]
) -> None:
    text = "Rain fell in Kyiv, Lviv and Paris, Texas, \ufffd 🇺🇦."
    found = locator.resolve_spans(Document(id="d", text=text), spans).resolutions
    assert [(one.mention.start, one.mention.end) for one in found] == spans
    for (start, end), one in zip(spans, found, strict=True):
        outside = not 0 <= start < end <= len(text)
        assert not outside or "not inside the text" in (one.note or "")


SHAPES = {
    "one name": "Kyiv ",
    "with commas": "Kyiv, ",
    "without a space": "Kyiv,",
    "a line each": "Kyiv\n",
    "a paragraph each": "Kyiv.\n\n",
    "containers": "Paris, Texas. ",
    "a list without end": "Sumy, Poltava and ",
    "a name without end": "New of York of ",
    "distances": "50 km east of Lviv ",
    "between": "between Lviv and Kyiv and ",
    "in quotation marks": "“Kyiv” ",
    "hyphens": "Kyiv-",
    "abbreviations": "U.S. ",
    "brackets": "(",
    "flags": "🇺🇦 ",
    "accents": "e\u0301\u0302\u0303",
    "escapes": "\x1b[31mKyiv",
    "prose": "Rain fell in Kyiv on Monday and men of Lviv, Ukraine, left for Paris, Texas. ",
}


def seconds(locator: Locator, text: str) -> float:
    """Return the processor time of locating a text."""
    start = time.process_time()
    list(locator.locate([Document(id="d", text=text)]))
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_time_grows_with_the_length(locator: Locator, shape: str) -> None:
    short = SHAPES[shape] * (20_000 // len(SHAPES[shape]))
    once, five_times = seconds(locator, short), seconds(locator, short * 5)
    assert five_times < 12 * max(once, 0.05), "five times as long; quadratic would be 25 times"


@pytest.mark.slow
def test_one_name_a_hundred_thousand_times_is_one_place(locator: Locator) -> None:
    (located,) = locator.locate([Document(id="d", text="Rain fell in Kyiv. " * 100_000)])
    places = {one.place.id for one in located.resolutions if one.place}
    assert len(located.resolutions) == 100_000
    assert places == {"geonames:703448"}


@pytest.mark.slow
def test_a_million_words_are_read(locator: Locator) -> None:
    sentence = "On Monday heavy rain fell in the old port of Odesa and trains to Lviv were late. "
    text = sentence * (1_000_000 // len(sentence.split()))
    (located,) = locator.locate([Document(id="d", text=text)])
    assert {one.place.name for one in located.resolutions if one.place} == {"Odesa", "Lviv"}


@pytest.mark.slow
def test_ten_thousand_overlapping_spans_are_each_answered(locator: Locator) -> None:
    text = "Rain fell in Kyiv and Lviv. " * 400
    spans = [(start, start + size) for start in range(5_000) for size in (4, 12)]
    found = locator.resolve_spans(Document(id="d", text=text), spans).resolutions
    assert len(found) == len(spans)
