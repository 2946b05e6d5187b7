"""Headers, encodings and titles of plain text and Markdown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import InputError
from geomap.read.encoding import decode
from geomap.read.item import Item
from geomap.read.text import leading_title, parse_date, read_text, split_header


def item(data):
    return Item(id="a.txt", name="a.txt", source="a.txt", data=data)


def read(text: str):
    (document,) = read_text(item(text.encode()))
    return document


@pytest.mark.parametrize(
    "header",
    [
        "Title: A fire\nDate: 2024-01-02\nPublisher: The Post\n\n",
        "---\ntitle: A fire\ndate: 2024-01-02\npublisher: The Post\n---\n\n",
        '---\ntitle: "A fire"\npublished: 2024-01-02T08:30:00Z\nsource: The Post\n---\n',
        "Headline: A fire\nDate: January 2, 2024\nOutlet: The Post\nAuthor: nobody\n\n",
    ],
)
def test_both_forms_of_header_are_read(header):
    document = read(header + "It burned.\n")
    assert document.title == "A fire"
    assert document.published == date(2024, 1, 2)
    assert document.publisher == "The Post"
    assert document.text == "It burned.\n"


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv, Ukraine: It burned.\n\nMore.",  # a dateline has a colon and is no header
        "Breaking: it burned.\n\nMore.",  # one unknown key makes no header
        "It burned.\nDate: unknown\n\nMore.",  # a header stands at the top or nowhere
    ],
)
def test_text_without_a_header_is_kept_whole(text):
    assert split_header(text) == ({}, text)


@given(st.text(alphabet=st.characters(exclude_characters="\0\r", exclude_categories=["Cs"])))
def test_a_text_that_was_read_is_the_end_of_the_file(text):
    _, body = split_header(text)
    assert text.endswith(body)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Київ".encode("utf-8-sig"), "Київ"),
        ("Київ горить, рятувальники працюють на місці пожежі".encode("utf-16"), "Київ горить"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("Besançon était calme, la préfecture était fermée".encode("cp1252"), "Besançon était"),
    ],
)
def test_encodings_are_found(data, text):
    assert decode(data)[0].startswith(text)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"Title: nothing below\n\n", "empty"),
        (b"\x00\x01\x02\x03" * 50, "no text"),
        (bytes(range(256)) * 4, "no text"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, message):
    with pytest.raises(InputError, match=message):
        list(read_text(item(data)))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-01-02", date(2024, 1, 2)),
        ("2 January 2024", date(2024, 1, 2)),
        ("Jan 2, 2024", date(2024, 1, 2)),
        ("2024-01-02T08:00:00+02:00", date(2024, 1, 2)),
        ("2009-03-20 12:24:52.002364-05", date(2009, 3, 20)),
        ("9:27 AM ET, Mon January 5, 2015", date(2015, 1, 5)),  # as outlets print it
        ("Wed Nov 23, 2016 | 3:01pm EST", date(2016, 11, 23)),
        ("December 9th 2016", date(2016, 12, 9)),
        ("2016 Oct 10", date(2016, 10, 10)),
        ("4 Sept 2019 GMT", date(2019, 9, 4)),
        ("11/28/2016", date(2016, 11, 28)),  # there is no 28th month
        ("3 May 2020, updated 5 May 2020", None),  # two days
        ("2024-02-30", None),  # no such day
        ("01/02/2024", None),  # January or February, nobody can tell
        ("yesterday", None),
    ],
)
def test_a_date_is_read_when_it_has_one_meaning(written, day):
    assert parse_date(written) == day


def test_a_date_that_cannot_be_read_is_noted_and_loses_nothing():
    document = read("Date: 31/31/2024\n\nIt burned.")
    assert document.published is None
    assert "31/31/2024" in document.notes[0]
    assert document.text == "It burned."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Fire In The Port\n\nIt burned.", "Fire In The Port"),
        ("# Fire in the port\nIt burned.", "Fire in the port"),
        ("It burned for hours.\n\nMore.", None),  # a sentence is a paragraph
        ("It burned\nfor hours\n", None),  # a line of a paragraph
        ("word " * 100 + "\n\nMore.", None),  # too long for a title
    ],
)
def test_a_first_line_that_stands_alone_is_the_title(text, title):
    assert leading_title(text) == title
