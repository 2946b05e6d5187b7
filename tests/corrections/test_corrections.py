"""Corrections: read as people write them, applied in order, and never dropped silently."""

from __future__ import annotations

import dataclasses

import pytest
from made_nouns import count
from merge_fakes import ONTOLOGY, ORLIN, TESK, document, report, town

from geomap import corrections
from geomap.errors import CorrectionError, UnknownPlaceError
from geomap.merge import merge
from geomap.model import Candidate, Correction, MatchHow, Range, Result, Status

DOCUMENTS = tuple(document(number) for number in range(1, 6))
FAR_TESK = dataclasses.replace(town("Tesk", 60.0, 10.0), id="t:tesk-far")


class FakeGazetteer:
    """Knows two towns, one of them by a name that another town has too."""

    def place(self, place_id):
        for place in (ORLIN, TESK):
            if place.id == place_id:
                return place
        raise UnknownPlaceError(f'no place has the id "{place_id}"')

    def candidates(self, name):
        named = {"Orlin": (ORLIN,), "Tesk": (TESK, FAR_TESK)}.get(name, ())
        return tuple(Candidate(place=p, matched_name=name, how=MatchHow.EXACT) for p in named)

    def containing(self, _point):
        return ()


def result(*reports):
    merged = merge(reports, DOCUMENTS, ONTOLOGY)
    return Result(documents=DOCUMENTS, resolutions=(), reports=reports, events=merged.events)


def two_events():
    return result(report(1, killed=count(4)), report(2), report(3, TESK))


def apply(found, *lines):
    numbered = (dataclasses.replace(line, line=n) for n, line in enumerate(lines, start=2))
    return corrections.apply(found, tuple(numbered), ONTOLOGY, FakeGazetteer())


def line(action, event=None, **fields):
    return Correction(line=0, action=action, event_id=event and event.id, **fields)


def at(found, name):
    return next(event for event in found.events if event.places[0].place.name == name)


def test_a_rejected_event_is_gone_and_reported():
    found = two_events()
    after = apply(found, line("reject", at(found, "Orlin"), author="me", reason="no event"))
    assert [event.places[0].place.name for event in after.events] == ["Tesk"]
    (outcome,) = after.corrections
    assert outcome.applied
    assert "rejected: Missile strike, Orlin" in outcome.note


SETS = {
    "a position": ("place", "50.25, 30.75", lambda e: e.places[0].point.lat == 50.25),
    "a place by id": ("place", "t:tesk", lambda e: e.places[0].place == TESK),
    "a place by name": ("place", "Orlin", lambda e: e.places[0].place == ORLIN),
    "no place": ("place", "unknown", lambda e: e.places == ()),
    "a day": ("date", "2024-01-05", lambda e: e.when.first.day == 5 == e.when.last.day),
    "several days": ("date", "2024-01-05/2024-01-07", lambda e: e.when.last.day == 7),
    "a type": ("type", "fire", lambda e: e.type == "fire"),
    "a status": ("status", "denied", lambda e: e.status is Status.DENIED),
    "a count": ("killed", "22-25", lambda e: e.casualties.killed == Range(low=22, high=25)),
    "an open count": ("injured", "9+", lambda e: e.casualties.injured.open_ended),
    "no count": ("killed", "unknown", lambda e: e.casualties.killed is None),
    "a title": ("title", "Other words", lambda e: e.title == "Other words"),
}


@pytest.mark.parametrize(("field", "value", "holds"), SETS.values(), ids=SETS)
def test_a_field_is_set_and_the_event_keeps_its_id(field, value, holds):
    found = two_events()
    event = at(found, "Orlin")
    after = apply(found, line("set", event, field=field, value=value, author="Ann", reason="seen"))
    (changed,) = [e for e in after.events if e.id == event.id]
    assert after.corrections[0].applied, after.corrections[0].note
    assert holds(changed)
    assert "(Ann): seen" in changed.notes[-1]


def test_a_new_place_is_in_the_title():
    found = two_events()
    after = apply(found, line("set", at(found, "Orlin"), field="place", value="t:tesk"))
    assert {event.title for event in after.events} == {"Missile strike, Tesk, 2 January 2024"}


def test_merged_events_keep_all_reports_and_further_lines_find_the_merged_one():
    found = two_events()
    orlin, tesk = at(found, "Orlin"), at(found, "Tesk")
    after = apply(
        found, line("merge", orlin, value=tesk.id), line("annotate", tesk, value="seen twice")
    )
    (event,) = after.events
    assert event.id == orlin.id
    assert [r.document_id for r in event.reports] == ["d1", "d2", "d3"]
    assert event.notes[-1] == "seen twice"
    assert all(outcome.applied for outcome in after.corrections)


def test_a_split_report_is_an_event_of_its_own_and_takes_its_figures_along():
    found = two_events()
    orlin = at(found, "Orlin")
    after = apply(found, line("split", orlin, document_id="d1"))
    split = [e for e in after.events if e.places[0].place == ORLIN]
    assert len({event.id for event in split}) == 2
    figures = {e.reports[0].document_id: e.casualties.killed for e in split}
    assert figures == {"d1": count(4), "d2": None}
    assert orlin.id in {event.id for event in split}


def test_what_was_set_holds_after_a_merge():
    found = two_events()
    orlin, tesk = at(found, "Orlin"), at(found, "Tesk")
    after = apply(
        found,
        line("set", orlin, field="killed", value="9"),
        line("set", tesk, field="killed", value="7"),
        line("set", tesk, field="injured", value="30"),
        line("merge", orlin, value=tesk.id),
    )
    (event,) = after.events
    assert (event.casualties.killed, event.casualties.injured) == (count(9), count(30))
    assert [outcome.applied for outcome in after.corrections] == [True, False, True, True]
    assert "line 2 sets the killed" in after.corrections[1].note


def test_what_was_set_holds_after_a_split_and_for_the_event_that_stays():
    found = two_events()
    orlin = at(found, "Orlin")
    after = apply(
        found,
        line("set", orlin, field="place", value="50.25, 30.75"),
        line("split", orlin, document_id="d1"),
    )
    places = {
        e.id == orlin.id: e.places[0].point.lat
        for e in after.events
        if len(e.reports) == 1 and e.reports[0].document_id in {"d1", "d2"}
    }
    assert places == {True: 50.25, False: ORLIN.point.lat}


def test_lines_that_clash_are_told_without_the_events():
    lines = [
        Correction(line=2, action="set", event_id="x", field="killed", value="1"),
        Correction(line=3, action="set", event_id="y", field="killed", value="1"),
        Correction(line=4, action="set", event_id="x", field="injured", value="1"),
        Correction(line=5, action="set", event_id="x", field="killed", value="2"),
    ]
    assert corrections.clashes(lines) == {2: "line 5 sets the killed of the same event again"}


def test_words_find_the_event_when_its_id_has_changed():
    found = two_events()
    stale = Correction(
        line=0, action="annotate", event_id="gone", document_id="d3", start=0, end=3, value="here"
    )
    after = apply(found, stale)
    assert at(after, "Tesk").notes == ("here",)


IDLE = {
    "an unknown id": ({"action": "reject", "event_id": "nowhere"}, "no event has the id"),
    "words that tell of nothing": (
        {"action": "reject", "document_id": "d9", "start": 0, "end": 5},
        "no event is told by these words",
    ),
    "no event at all": ({"action": "reject"}, "names no event"),
    "an unknown action": ({"action": "=cmd()", "event_id": "x"}, "unknown action"),
    "an unknown field": (
        {"action": "set", "event_id": "x", "field": "x", "value": "y"},
        "unknown field",
    ),
    "no value": ({"action": "annotate", "event_id": "x"}, "needs a value"),
    "half a span": ({"action": "reject", "document_id": "d1", "start": 3}, "start and end"),
    "a span backwards": (
        {"action": "reject", "document_id": "d1", "start": 3, "end": 1},
        "at most end",
    ),
    "a merge with nothing": (
        {"action": "merge", "document_id": "d1", "value": "nothing"},
        'no event has the id "nothing" to merge with',
    ),
    "a split of no document": ({"action": "split", "event_id": "x"}, "needs the document_id"),
    "a split of the only report": ({"action": "split", "document_id": "d3"}, "no other report"),
    "days backwards": (
        {"action": "set", "event_id": "x", "field": "date", "value": "2024-02-03/2024-02-01"},
        "is no date",
    ),
    "a day that is none": (
        {"action": "set", "event_id": "x", "field": "date", "value": "2024-02-30"},
        "is no date",
    ),
    "a count that is none": (
        {"action": "set", "event_id": "x", "field": "killed", "value": "=1+1"},
        "is no count",
    ),
    "confirmed, which no text can": (
        {"action": "set", "event_id": "x", "field": "status", "value": "confirmed"},
        "unknown status",
    ),
}


@pytest.mark.parametrize(("fields", "words"), IDLE.values(), ids=IDLE)
def test_a_line_without_effect_says_why(fields, words):
    after = apply(two_events(), Correction(line=2, **fields))
    (outcome,) = after.corrections
    assert not outcome.applied
    assert words in outcome.note
    assert after.events == two_events().events


UNFIT = {
    "an ambiguous name": ("place", "Tesk", "may mean several places"),
    "a name nobody knows": ("place", "Nowhere", "has no place"),
    "an id nobody knows": ("place", "t:none", "no place has the id"),
    "a type nobody knows": ("type", "parade", "unknown type"),
}


@pytest.mark.parametrize(("field", "value", "words"), UNFIT.values(), ids=UNFIT)
def test_a_value_that_does_not_fit_is_reported(field, value, words):
    found = two_events()
    after = apply(found, line("set", at(found, "Orlin"), field=field, value=value))
    assert words in after.corrections[0].note
    assert after.events == found.events


def test_of_clashing_lines_the_later_holds_and_the_earlier_is_reported():
    found = two_events()
    orlin = at(found, "Orlin")
    first = line("set", orlin, field="type", value="fire")
    after = apply(found, first, line("set", orlin, field="type", value="drone_strike"))
    assert at(after, "Orlin").type == "drone_strike"
    assert [outcome.applied for outcome in after.corrections] == [False, True]
    assert "line 3" in after.corrections[0].note


def test_a_line_on_a_rejected_event_names_the_line_that_rejected_it():
    found = two_events()
    orlin = at(found, "Orlin")
    after = apply(found, line("reject", orlin), line("annotate", orlin, value="x"))
    assert "rejected in line 2" in after.corrections[1].note


def test_parts_of_a_rejected_event_stay_without_a_parent():
    found = result(report(1, (ORLIN, TESK)))
    parent = next(event for event in found.events if len(event.places) == 2)
    after = apply(found, line("reject", parent))
    assert [event.parent_id for event in after.events] == [None, None]


def test_merging_a_part_with_what_it_is_part_of_makes_no_circle():
    found = result(report(1, (ORLIN, TESK)))
    parent = next(event for event in found.events if len(event.places) == 2)
    part = next(event for event in found.events if event.parent_id)
    after = apply(found, line("merge", part, value=parent.id))
    assert {event.id for event in after.events} >= {part.id}
    assert next(e for e in after.events if e.id == part.id).parent_id is None


def write(tmp_path, text):
    path = tmp_path / "corrections.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_is_read_as_spreadsheets_write_it(tmp_path):
    text = "\ufeffAction,event_id,value,start,end,document_id\r\nannotate,ab12,'=1+1,3,9,d1\r\n"
    (read,) = corrections.read(write(tmp_path, text))
    assert read == Correction(
        line=2, action="annotate", event_id="ab12", document_id="d1", start=3, end=9, value="=1+1"
    )


BAD_FILES = {
    "an unknown column": ("action,evnt\n", 'unknown column "evnt"'),
    "no action": ("event_id\n", 'no column "action"'),
    "nothing": ("", 'no column "action"'),
    "no text": (b"\xff\xfe\x00", "is not UTF-8"),
}


@pytest.mark.parametrize(("text", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_is_no_corrections_file_is_refused(tmp_path, text, words):
    with pytest.raises(CorrectionError, match=words):
        corrections.read(write(tmp_path, text))


def test_a_line_with_too_many_cells_or_a_wrong_span_is_reported(tmp_path):
    text = "action,document_id,start,end\nreject,d1,1,2,3,4\nreject,d1,one,2\nreject,d1,٣,4\n"
    found = corrections.read(write(tmp_path, text))
    problems = [corrections.problem(correction) for correction in found]
    assert "more cells than columns" in (problems[0] or "")
    assert all("start" in (problem or "") for problem in problems[1:])


def test_the_file_is_found_in_the_input_folder_or_beside_the_input_file(tmp_path):
    path = write(tmp_path, "action\n")
    article = tmp_path / "a.txt"
    article.write_text("x")
    assert corrections.beside([tmp_path]) == path
    assert corrections.beside([article]) == path
    assert corrections.beside([tmp_path / "none" / "b.txt"]) is None


def test_an_event_is_not_merged_with_itself():
    found = two_events()
    orlin = at(found, "Orlin")
    after = apply(found, line("merge", orlin, value=orlin.id))
    assert after.corrections[0].note == "the two events are one already"
    assert after.events == found.events
