"""`geomap evaluate`, from what is typed to what is printed."""

from __future__ import annotations

import json

import pytest

from geomap.cli import main

pytest_plugins = ("opened_once",)

TEXT = "Trains from Kharkiv to Lviv were late, police in Lviv said."


def gold(tmp_path):
    rows = [{"start": 12, "end": 19, "lat": 49.98, "lon": 36.25, "geonameid": 706483}]
    rows += [{"start": 23, "end": 27, "lat": 49.84, "lon": 24.02, "fcode": "PPLA"}]
    rows += [{"start": 49, "end": 53, "lat": 0.5, "lon": 0.5}]  # a place that it is not
    path = tmp_path / "made.jsonl"
    path.write_text(json.dumps({"id": 1, "text": TEXT, "toponyms": rows}), encoding="utf-8")
    return str(path)


def test_figures_come_with_denominators_and_rules(tmp_path, capsys):
    assert main(["evaluate", gold(tmp_path), "--spans-only"]) == 0
    printed = capsys.readouterr().out
    assert "1 documents, 3 gold toponyms with coordinates" in printed
    assert "Acc@161 0.667" in printed
    assert "n=3" in printed
    assert "20,039 km" in printed
    assert "Baseline, most populous" in printed


def test_groups_and_json(tmp_path, capsys):
    assert main(["evaluate", gold(tmp_path), "--spans-only", "--json", "--by", "kind"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["gold_spans"]["n"] == 3
    assert data["exact_id"] == {"n": 1, "gold_spans": 1.0}
    assert data["groups"]["PPLA"]["gold_spans"]["acc161"] == 1.0
    assert set(data["baselines"]) == {"most populous", "first candidate"}


@pytest.mark.parametrize(
    ("floor", "code", "told"),
    [
        ("acc161=0.5", 0, ""),
        ("acc161=0.9", 3, "acc161 is 0.6667"),
        ("f1=0.1", 3, "f1 was not measured"),
    ],
)
def test_a_floor_decides_the_exit_code(floor, code, told, tmp_path, capsys):
    assert main(["evaluate", gold(tmp_path), "--spans-only", "--fail-under", floor]) == code
    assert told in capsys.readouterr().err


def test_a_run_is_held_against_a_former_one(tmp_path, capsys):
    kept = tmp_path / "before.jsonl"
    args = ["evaluate", gold(tmp_path), "--spans-only"]
    assert main([*args, "--save", str(kept)]) == 0
    assert main([*args, "--baseline", str(kept)]) == 0
    assert "Since the baseline: 0 gained, 0 lost" in capsys.readouterr().out


@pytest.mark.parametrize("floor", ["acc161", "speed=1", "acc161=high"])
def test_an_unknown_floor_is_wrong_usage(floor, tmp_path):
    with pytest.raises(SystemExit) as stop:
        main(["evaluate", gold(tmp_path), "--fail-under", floor])
    assert stop.value.code == 2


def test_a_missing_file_is_said_so(tmp_path, capsys):
    assert main(["evaluate", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl: cannot be read" in capsys.readouterr().err


EVENT = {"text": "Drones struck a depot near Kharkiv.", "verb": [[7, 13]], "locations": [[27, 34]]}


@pytest.mark.usefixtures("opened_once")
@pytest.mark.parametrize(("options", "words"), [([], "1 events\n"), (["--json"], '"events": 1')])
def test_where_events_happened_is_scored_on_files_of_that_form(options, words, tmp_path, capsys):
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(EVENT), encoding="utf-8")
    assert main(["evaluate", str(path), *options]) == 0
    assert words in capsys.readouterr().out
    assert main(["evaluate", str(path), "--fail-under", "f1=1.1"]) == 3


@pytest.mark.usefixtures("opened_once")
def test_end_to_end_by_corpus_against_a_former_run(tmp_path, capsys):
    kept = tmp_path / "before.jsonl"
    args = ["evaluate", gold(tmp_path), "--by", "corpus"]
    assert main([*args, "--save", str(kept)]) == 0
    printed = capsys.readouterr().out
    assert "[made]" in printed
    assert "Recognition, exact spans" in printed
    assert "End to end, all gold" in printed
    wrong = kept.read_text().replace('"right": true', '"right": false', 1)
    kept.write_text(wrong)
    assert main([*args, "--json", "--baseline", str(kept)]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [change["gained"] for change in data["changes"]] == [True]
    assert data["exact"]["true_positives"] >= 2


def test_gold_without_positions_has_no_figures(tmp_path, capsys):
    path = tmp_path / "bare.jsonl"
    path.write_text(json.dumps({"text": TEXT, "toponyms": [{"start": 12, "end": 19}]}))
    assert main(["evaluate", str(path), "--spans-only"]) == 0
    assert "n=0" in capsys.readouterr().out


@pytest.mark.parametrize(
    "span",
    [{"start": 1e999, "end": 2}, {"start": 0, "end": 4, "lat": 91, "lon": 0}, {"start": 1}, 5],
)
def test_a_toponym_that_is_none_is_told_with_its_line(span, tmp_path, capsys):
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps({"text": TEXT, "toponyms": [span]}))
    assert main(["evaluate", str(path), "--spans-only"]) == 1
    assert "wrong.jsonl, line 1: a toponym needs" in capsys.readouterr().err


def test_a_baseline_of_another_form_is_told_with_its_line(tmp_path, capsys):
    other = tmp_path / "other.jsonl"
    other.write_text('{"corpus": "made"}\n')
    arguments = ["evaluate", gold(tmp_path), "--spans-only", "--baseline", str(other)]
    assert main(arguments) == 1
    assert "other.jsonl, line 1: is no verdict" in capsys.readouterr().err
