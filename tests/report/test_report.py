"""``report.md``: the right words and numbers, and nothing that a text can break out of."""

from __future__ import annotations

import dataclasses
from datetime import date

import made_result
import pytest

from geomap.model import (
    Correction,
    CorrectionOutcome,
    DateRange,
    Document,
    Failure,
    Result,
)
from geomap.report import render
from geomap.report.markdown import MOST_ROWS, escape, listed, quotation, table

ESCAPES = {
    "HTML": ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
    "an image with a script": ("![x](javascript:1)", r"!\[x\](javascript:1)"),
    "emphasis and code": ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
    "a table cell": ("a | b", r"a \| b"),
    "an entity": ("&lt;", r"\&lt;"),
    "a heading": ("# a", r"\# a"),
    "a list item": ("- a", r"\- a"),
    "a numbered item": ("2. a", r"2\. a"),
    "no numbered item": ("71.6 km", "71.6 km"),
    "a link by itself": ("https://x.test www.x.test", r"https:/\/x.test www\.x.test"),
    "mathematics and mentions": ("$40bn @you", r"\$40bn \@you"),
    "a line break": ("a\n\nb", "a b"),
    "a character that turns the writing": ("a\u202eb", "a b"),
    "a backslash before a bar": ("\\|", r"\\\|"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_markup_in_text_is_escaped(text, expected):
    assert escape(text) == expected


def test_a_long_quotation_is_cut_between_words():
    assert quotation("word " * 100).endswith("word …”")


def test_a_long_table_is_cut_and_says_so():
    lines = table(("A",), "x" * (MOST_ROWS + 3), lambda letter: (letter,))
    assert len(lines) == MOST_ROWS + 5
    assert "3 more" in "\n".join(lines)


def test_enumerations():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "a",
        "a and b",
        "a, b and c",
    ]


def test_the_report_names_what_was_found():
    text = render(made_result.result(), made_result.context())
    for expected in (
        "1 document from 1 independent source",
        "4 events in 1 report",
        "| Drone attack | Ostrov (Zalesye, UA) | at least 3 |",
        "## Where reports disagree",
        "| agrees: within the tolerance |",
        "two Ostrovs",
        "## Events without a place",
        "## Events without a date",
    ):
        assert expected in text
    assert "<i>" not in text


def test_the_words_of_a_date_that_could_not_be_read_are_given_with_the_reason():
    when = DateRange(
        first=None, last=None, precision=None, rule="weekday; no day to count from", text="Friday"
    )
    undated = (made_result.event("e1", when=when), made_result.event("e2", parent_id="e1"))
    result = dataclasses.replace(made_result.result(), events=undated)
    text = render(result, _context())
    assert "It says “Friday”: weekday; no day to count from." in text


def test_events_of_one_day_stand_together_and_undated_ones_last():
    def on(first, last):
        return DateRange(
            first=date(2024, 1, first), last=date(2024, 1, last), precision=None, rule=""
        )

    whens = (None, on(2, 2), on(1, 2), on(1, 1), on(1, 2))
    events = tuple(made_result.event(f"e{n}", when=when) for n, when in enumerate(whens))
    text = render(dataclasses.replace(made_result.result(), events=events), _context())
    assert [line for line in text.splitlines() if line.startswith("### ")] == [
        "### 1 January 2024",
        "### Between 1 and 2 January 2024",
        "### 2 January 2024",
        "### Date not known",
    ]


def test_values_that_differ_stand_in_one_row_with_who_says_them():
    text = render(made_result.result(), made_result.context())
    assert "| killed | at least 3 (document 1); 5 (document d2) |" in text


def test_sums_say_that_doubtful_pairs_are_counted_as_two():
    events = (made_result.event("e1", possible_duplicates=("e2",)), made_result.event("e2"))
    text = render(dataclasses.replace(made_result.result(), events=events), _context())
    assert "the sums may be too high" in text


def test_what_people_had_a_say_on_is_marked():
    events = (made_result.event("e1", notes=("Corrected: moved",)), made_result.event("e2"))
    text = render(dataclasses.replace(made_result.result(), events=events), _context())
    assert text.count("| Drone attack ✎ |") == 1
    assert text.count("| Drone attack |") == 1


def test_corrections_are_listed_with_those_without_effect():
    done = Correction(line=2, action="reject", author="Ann|B", reason="a duplicate")
    idle = Correction(line=3, action="reject", event_id="gone")
    outcomes = (
        CorrectionOutcome(correction=done, applied=True, note="rejected: x", event_id="e9"),
        CorrectionOutcome(correction=idle, applied=False, note="no event has the id"),
    )
    result = dataclasses.replace(made_result.result(), corrections=outcomes)
    text = render(result, _context())
    assert r"| 2 | rejected: x | `e9` | Ann\|B | a duplicate |" in text
    assert "Without effect this time" in text
    assert "| 3 | no event has the id |" in text


def test_an_empty_result_is_said_in_words():
    text = render(Result(documents=(), resolutions=(), reports=(), events=()), _context())
    assert "No event was found" in text
    assert "0 documents" in text


def test_copies_and_failures_are_named():
    copy = Document(id="d2", text="x", title="A copy", publisher="Daily | Copy")
    result = dataclasses.replace(
        made_result.result(),
        documents=(made_result.DOCUMENT, copy),
        near_copies=(("d1", "d2"),),
        failures=(Failure(source="bad.txt", stage="read", message="no text"),),
    )
    text = render(result, _context())
    assert "2 documents count as 1 independent source" in text
    assert r"Daily \| Copy" in text
    assert "| bad.txt | read | no text |" in text


def test_a_thousand_copies_take_a_few_lines_and_the_last_remark_is_told():
    copies = tuple(Document(id=f"c{n:04}", text="x", title="A copy") for n in range(1000))
    late = Document(id="z", text="x", title="Late", notes=("dated in the future",))
    event = made_result.event(
        "e1",
        reports=tuple(
            dataclasses.replace(made_result.REPORT, id=copy.id, document_id=copy.id)
            for copy in copies
        ),
    )
    result = Result(
        documents=(*copies, late),
        resolutions=(),
        reports=event.reports,
        events=(event,),
        near_copies=(tuple(copy.id for copy in copies),),
    )
    text = render(result, _context())
    assert "1 source, documents 1 to 1000" in text
    assert "12 (A copy) and 988 more (documents 13 to 1000)" in text
    assert "| 1001 | Late | – | – | 0 | dated in the future |" in text
    assert len(text) < 60_000


def _context():
    return made_result.context()


@pytest.mark.parametrize(
    ("applied", "absent"), [(True, "Without effect"), (False, "Made by people")]
)
def test_of_corrections_only_what_there_is_gets_a_table(applied, absent):
    outcome = CorrectionOutcome(
        correction=Correction(line=2, action="reject"), applied=applied, note="n", event_id="e"
    )
    result = dataclasses.replace(made_result.result(), corrections=(outcome,))
    text = render(result, _context())
    assert "## Corrections" in text
    assert absent not in text


def test_a_distance_between_points_needs_no_data():
    check = made_result.check()
    measured = dataclasses.replace(check.measured, tolerance_km=0.0)
    result = made_result.result()
    checks = (dataclasses.replace(check, measured=measured),)
    text = render(dataclasses.replace(result, distances=checks), _context())
    assert "a straight line on the globe" in text
