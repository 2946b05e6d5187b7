"""Totals over time and place: every person once, whatever the grouping."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.cli import main
from geomap.errors import ConfigError, InputError
from geomap.summarize import read_events, row, summarize


def event(event_id, killed=None, *, low=None, **fields):
    return {
        "id": event_id,
        "date_start": "2024-01-02",
        "date_end": "2024-01-02",
        "admin1": "North",
        "status": "reported",
        "parent_id": None,
        "killed_min": killed if low is None else low,
        "killed_max": killed,
        **fields,
    }


def rows(events, *by):
    return [row(total, by) for total in summarize(events, by)]


def total(*events):
    (found,) = rows(events)
    return found


def test_a_part_is_counted_with_its_parent():
    found = total(event("a", 40), event("b", 5, parent_id="a"), event("c", 3, parent_id="b"))
    assert (found["events"], found["parts"], found["killed_min"]) == (1, 2, 40)


def test_parts_that_tell_more_than_their_parent_are_added_up():
    found = total(event("a", 4), event("b", 5, parent_id="a"), event("c", 3, parent_id="a"))
    assert (found["killed_min"], found["killed_max"]) == (8, 8)


def test_what_was_denied_or_withdrawn_is_counted_apart():
    found = total(event("a", 4, status="retracted"), event("b", 1), event("c", 9, status="denied"))
    assert (found["events"], found["not_counted"], found["killed_max"]) == (1, 2, 1)


def test_unknown_is_not_zero():
    assert total(event("a"))["killed_min"] is None


def test_at_least_stays_open():
    found = total(event("a", None, low=4), event("b", 6, low=5))
    assert (found["killed_min"], found["killed_max"], found["killed_open"]) == (9, 10, True)


def test_an_event_of_several_days_is_in_a_period_of_its_own():
    events = [event("a"), event("b", date_start="2024-01-30", date_end="2024-02-02")]
    assert [r["month"] for r in rows(events, "month")] == ["2024-01", "2024-01/2024-02"]


def test_an_attack_on_several_areas_is_in_a_group_of_its_own_whichever_it_names_first():
    events = [
        event("a", 3, other_places=[{"admin1": "South"}, {"admin1": None}]),
        event("b", 2, admin1="South", other_places=[{"admin1": "North"}]),
        event("c", 1, parent_id="a"),
    ]
    found = {
        r["admin1"]: (r["events"], r["parts"], r["killed_max"]) for r in rows(events, "admin1")
    }
    assert found == {"North": (0, 1, 1), "North/South": (2, 0, 4)}


PERIODS = {"day": "2024-12-30", "week": "2025-W01", "month": "2024-12", "year": "2024"}


@pytest.mark.parametrize(("by", "expected"), PERIODS.items())
def test_periods(by, expected):
    one = event("a", date_start="2024-12-30", date_end="2024-12-30")
    assert rows([one], by)[0][by] == expected


def test_unknown_keys_come_last():
    found = rows([event("a", date_start=None), event("b")], "day", "admin1")
    assert [r["day"] for r in found] == ["2024-01-02", None]


def test_a_parent_that_is_missing_or_a_circle_loses_nothing():
    found = total(event("a", 1, parent_id="x"), event("b", 2, parent_id="c"), event("c", 3))
    assert found["killed_min"] == 4
    circle = total(event("b", 2, parent_id="c"), event("c", 3, parent_id="b"))
    assert circle["killed_min"] == 3


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(-1, 9), st.sampled_from("NSW")), max_size=10)
)
def test_groups_add_up_to_the_whole_and_never_fall_below_a_parent(tree):
    events = [
        event(str(n), killed, admin1=area, parent_id=str(parent) if 0 <= parent < n else None)
        for n, (killed, parent, area) in enumerate(tree)
    ]
    whole = sum(r["killed_min"] or 0 for r in rows(events))
    assert whole == sum(r["killed_min"] or 0 for r in rows(events, "admin1"))
    assert whole >= max((e["killed_min"] for e in events), default=0)
    assert whole <= sum(e["killed_min"] for e in events)


def test_a_key_nobody_knows_is_named():
    with pytest.raises(ConfigError, match='cannot summarize by "moon"'):
        summarize([], ["moon"])


def write(tmp_path, data):
    path = tmp_path / "events.geojson"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def collection(*events):
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": e, "geometry": None} for e in events],
    }


BAD = {
    "no JSON": ("{", "is not JSON"),
    "no collection": ("[]", "FeatureCollection"),
    "no id": ('{"features": [{"properties": {}}]}', "feature 1 has no properties"),
    "a word for a count": (
        '{"features": [{"properties": {"id": "a", "killed_min": "4"}}]}',
        "killed_min is no whole number",
    ),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_a_file_that_is_no_events_file_is_refused(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read_events(write(tmp_path, text))


def test_the_folder_of_a_build_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="output folder"):
        read_events(tmp_path)


def test_the_command_prints_json_csv_and_a_table(tmp_path, capsys):
    write(tmp_path, collection(event("a", 3, admin1='=HYPERLINK("x")'), event("b", None, low=2)))
    assert main(["summarize", str(tmp_path), "--by", "admin1", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["killed_min"] for line in lines] == [3, 2]
    assert main(["summarize", str(tmp_path), "--csv"]) == 0
    assert '"\'=HYPERLINK(""x"")"' in capsys.readouterr().out
    assert main(["summarize", str(tmp_path)]) == 0
    assert "2+" in capsys.readouterr().out


def test_the_check_of_corrections_names_lines_and_unknown_ids(tmp_path, capsys):
    path = tmp_path / "corrections.csv"
    path.write_text("action,event_id,value\nreject,a,\nfly,a,\nreject,zz,\nmerge,a,yy\n")
    assert main(["corrections", "check", str(path)]) == 1
    assert "line 3: unknown action" in capsys.readouterr().out
    write(tmp_path, collection(event("a")))
    assert main(["corrections", "check", str(path), "--events", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert 'line 4: no event has the id "zz"' in out
    assert 'line 5: no event has the id "yy"' in out
    assert "line 2" not in out


def test_the_check_of_a_right_file_says_so(tmp_path, capsys):
    path = tmp_path / "corrections.csv"
    path.write_text("action,event_id\nreject,a\n")
    assert main(["corrections", "check", str(path)]) == 0
    assert "no problem" in capsys.readouterr().err


def test_without_events_there_is_no_table_to_open(tmp_path, capsys):
    write(tmp_path, collection())
    assert main(["summarize", str(tmp_path), "--csv"]) == 0
    assert capsys.readouterr().out == ""


def test_by_a_field_of_the_event(tmp_path, capsys):
    write(tmp_path, collection(event("a", 3, attacker="x"), event("b", 1, attacker=None)))
    assert main(["summarize", str(tmp_path), "--by", "attacker", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["attacker"] for row in rows] == ["x", None]
