from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.recognize.chunks import MAX_PIECE_CHARS, MAX_WORD_CHARS, pieces


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in pieces(text)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("", [], "nothing"),
        (" \n\t\n ", [], "white space only"),
        ("One.\n\nTwo.", ["One.", "Two."], "a blank line divides"),
        ("Heading\n\nText.", ["Heading", "Text."], "a heading has no full stop"),
        ("One.\nTwo.", ["One.", "Two."], "a line that ends a sentence divides"),
        ("wrapped\nline", ["wrapped\nline"], "an editor's line break does not divide"),
        ("with U.S.\nhelp", ["with U.S.\nhelp"], "small letters go on after a full stop"),
        ("Kill four\n  and go", ["Kill four\n  and go"], "an indented line"),
        ("One\n \nTwo", ["One", "Two"], "a line of white space is blank"),
        ("One\rtwo\r\rThree", ["One\rtwo", "Three"], "old line ends"),
        ("One.\r\n\r\nTwo", ["One.", "Two"], "Windows line ends"),
        ("Jul 11, 2020\nTwo die", ["Jul 11, 2020", "Two die"], "a stamp"),
        ("By A. Name\nTwo die", ["By A. Name", "Two die"], "who wrote it"),
        ("Published 14th Nov 2023, 09:41\nTwo", ["Published 14th Nov 2023, 09:41", "Two"], "label"),
        (
            "The town was hit late on January 2, 2024 by rockets from\nRussia",
            ["The town was hit late on January 2, 2024 by rockets from\nRussia"],
            "a date in prose",
        ),
        (
            "Two die in Kano blast\nBy Ada Obi\nKANO",
            ["Two die in Kano blast", "By Ada Obi", "KANO"],
            "a byline",
        ),
        (
            "Posted 3 May, 09:41\nMan, 22, dies in crash on road to Jos\nA man died.",
            ["Posted 3 May, 09:41", "Man, 22, dies in crash on road to Jos", "A man died."],
            "a line with room for the next word was not wrapped",
        ),
        (
            "At least four people died when a bus with men and women from\nJos left",
            ["At least four people died when a bus with men and women from\nJos left"],
            "a column is filled",
        ),
        ("He said “so.”\nTwo", ["He said “so.”", "Two"], "the quotation mark follows the stop"),
    ],
)
def test_paragraphs(text: str, expected: list[str], reason: str) -> None:
    assert cut(text) == expected, reason


@given(st.text(alphabet="ab .\n\r\t!A”", max_size=400))
def test_every_visible_character_is_in_exactly_one_piece(text: str) -> None:
    covered = [i for start, end in pieces(text) for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(covered)


@pytest.mark.parametrize("word", ["x", "Kyiv ", "Kyiv. ", "x\n"])
def test_pieces_are_bounded_whatever_the_text(word: str) -> None:
    found = cut(word * 50_000)
    assert max(map(len, found)) <= MAX_PIECE_CHARS


@given(st.integers(0, 3 * MAX_WORD_CHARS), st.integers(0, 3 * MAX_WORD_CHARS))
def test_no_word_is_longer_than_a_tokenizer_can_stand(first: int, second: int) -> None:
    text = "a " + "(" * first + " b " + "x" * second + "\nc"
    found = cut(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(word) <= MAX_WORD_CHARS for piece in found for word in piece.split())
