"""`geomap locate`, from what is typed to what is printed."""

from __future__ import annotations

import io
import json

import pytest

from geomap.cli import main

pytest_plugins = ("opened_once",)

TEXT = "Drones were heard over Dallas, Texas, and near Kharkiv."


def spans(text, *names):
    return [{"start": text.index(name), "end": text.index(name) + len(name)} for name in names]


def jsonl(tmp_path, *rows):
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def run(capsys, *args):
    """Return the exit code, the rows on standard output, and standard error."""
    code = main(["locate", *args])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_given_spans_are_resolved_in_their_order(tmp_path, capsys):
    rows = [
        {"id": 7, "text": TEXT, "toponyms": spans(TEXT, "Kharkiv", "Dallas")},
        {"id": "b", "text": "", "toponyms": []},
    ]
    code, found, _ = run(capsys, jsonl(tmp_path, *rows), "--json", "--given-spans")
    assert code == 0
    assert [row["id"] for row in found] == [7, "b"]
    assert [one["text"] for one in found[0]["mentions"]] == ["Kharkiv", "Dallas"]
    kharkiv, dallas = (one["place"] for one in found[0]["mentions"])
    assert (kharkiv["name"], kharkiv["kind"], kharkiv["country"]) == ("Kharkiv", "city", "UA")
    assert (dallas["admin1"], dallas["country"], dallas["geonameid"]) == ("Texas", "US", 4684888)
    assert found[1]["mentions"] == []


@pytest.mark.parametrize(
    ("toponyms", "reason"),
    [
        ([{"start": 50, "end": 900}], "the end is outside"),
        ([{"start": -9, "end": -2}], "counted from the end"),
        ([{"start": 5, "end": 5}], "empty"),
        ([{"start": 9, "end": 3}], "backwards"),
    ],
)
def test_a_span_outside_the_text_is_answered_by_itself(toponyms, reason, tmp_path, capsys):
    row = {"id": "a", "text": TEXT, "toponyms": [*toponyms, *spans(TEXT, "Kharkiv")]}
    code, ((found),), told = run(capsys, jsonl(tmp_path, row), "--json", "--given-spans")
    wrong, right = found["mentions"]
    assert wrong["place"] is None, reason
    assert "not inside the text" in wrong["error"]
    assert "not inside the text" in told
    assert right["place"]["name"] == "Kharkiv", "the others are resolved all the same"
    assert code == 0


def test_overlapping_spans_are_resolved_each(tmp_path, capsys):
    text = "It is in New York City."
    row = {"id": "a", "text": text, "toponyms": spans(text, "New York City", "New York")}
    _, ((found),), _ = run(capsys, jsonl(tmp_path, row), "--json", "--given-spans")
    assert [one["place"]["country"] for one in found["mentions"]] == ["US", "US"]


def test_the_profile_is_set_in_the_file_and_by_the_option_before_it(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = "Crews from Dallas, Houston, San Antonio, Lubbock and Amarillo met."
    texan = spans(text, "Dallas", "Houston", "San Antonio", "Lubbock", "Amarillo")
    alone = "The council of Bedford met."
    rows = [
        {"id": "a", "text": text, "domain": "paper.example", "toponyms": texan},
        {"id": "b", "text": alone, "domain": "paper.example", "toponyms": spans(alone, "Bedford")},
    ]
    asked = [jsonl(tmp_path, *rows), "--json", "--given-spans"]

    def state(*options):
        return run(capsys, *asked, *options)[1][1]["mentions"][0]["place"]["admin1"]

    assert (state(), state("--profile")) == ("England", "Texas")
    (tmp_path / "geomap.toml").write_text("profile = true\n")
    assert (state(), state("--no-profile")) == ("Texas", "England")


@pytest.mark.parametrize("toponyms", [None, "all", [{"start": "x", "end": 3}], [{"end": 3}]])
def test_toponyms_of_another_form_are_refused_and_the_rest_goes_on(toponyms, tmp_path, capsys):
    rows = [
        {"id": "a", "text": TEXT, "toponyms": toponyms},
        {"id": "b", "text": TEXT, "toponyms": spans(TEXT, "Dallas")},
    ]
    code, found, told = run(capsys, jsonl(tmp_path, *rows), "--json", "--given-spans")
    assert code == 1
    assert "'a'" in told
    assert found[0]["mentions"] == []
    assert found[1]["mentions"][0]["place"]["name"] == "Dallas"


@pytest.mark.parametrize(
    ("content", "told"),
    [("{not json}\n", "line 1: is not JSON"), ('{"id": 1}\n', "line 1"), ("[1]\n", "line 1")],
)
def test_a_wrong_line_is_named(content, told, tmp_path, capsys):
    path = tmp_path / "reports.jsonl"
    path.write_text(content, encoding="utf-8")
    assert main(["locate", str(path), "--json", "--given-spans"]) == 1
    assert told in capsys.readouterr().err


def test_given_spans_need_a_file_that_gives_them(capsys):
    assert main(["locate", "Kyiv was calm.", "--given-spans"]) == 1
    assert "JSON Lines" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_no_text(capsys):
    assert main(["locate", "missing.jsonl"]) == 1
    assert "missing.jsonl" in capsys.readouterr().err


def test_an_explanation_lists_rivals_with_what_their_features_add(tmp_path, capsys):
    text = "A fire broke out in Paris, Texas."
    row = {"id": "a", "text": text, "toponyms": spans(text, "Paris", "Texas")}
    args = (jsonl(tmp_path, row), "--json", "--given-spans", "--explain")
    _, ((found),), _ = run(capsys, *args)
    paris = found["mentions"][0]
    assert paris["place"]["admin1"] == "Texas"
    assert len(paris["rivals"]) > 1
    added = {feature["name"]: feature["adds"] for feature in paris["rivals"][0]["features"]}
    assert added["in_container"] > 0, "because Texas follows the comma"


def test_near_leans_to_a_place(tmp_path, capsys):
    text = "The Springfield council met."
    path = jsonl(tmp_path, {"id": "a", "text": text, "toponyms": spans(text, "Springfield")})
    for near, admin1 in (("Boston", "Massachusetts"), ("Champaign", "Illinois")):
        _, ((found),), _ = run(capsys, path, "--json", "--given-spans", "--near", near)
        assert found["mentions"][0]["place"]["admin1"] == admin1


@pytest.mark.slow
def test_a_text_is_recognized_and_resolved(capsys):
    code, ((found),), _ = run(capsys, TEXT, "--json")
    assert code == 0
    names = {one["text"]: one for one in found["mentions"]}
    assert names["Kharkiv"]["place"]["country"] == "UA"
    assert names["Kharkiv"]["location"]["relation"] == "near"


@pytest.mark.usefixtures("opened_once")
class TestTexts:
    """Texts as people give them: typed, in a file, on standard input."""

    def test_a_typed_text_is_told_in_lines(self, capsys):
        assert main(["locate", "--explain", "Drones flew over Kharkiv and over Xyzzyhrad."]) == 0
        out = capsys.readouterr().out
        assert "Kharkiv, Kharkiv Oblast, UA [city]" in out

    def test_standard_input_is_a_text_or_json_lines(self, capsys, monkeypatch):
        for given, key in ((TEXT, "standard input"), (json.dumps({"id": 5, "text": TEXT}), 5)):
            monkeypatch.setattr("sys.stdin", io.StringIO(given))
            code, ((found),), _ = run(capsys, "-", "--json")
            assert (code, found["id"]) == (0, key)
            assert "Kharkiv" in {one["text"] for one in found["mentions"]}

    def test_a_profile_of_each_publisher_is_leant_to(self, tmp_path, capsys):
        rows = [
            {"id": n, "domain": "x.example", "text": "The Springfield council met in Boston."}
            for n in range(3)
        ]
        code, found, _ = run(capsys, jsonl(tmp_path, *rows), "--json", "--profile")
        assert code == 0
        assert [row["id"] for row in found] == [0, 1, 2]
        assert found[0]["mentions"][0]["place"]["admin1"] == "Massachusetts"

    def test_a_text_that_is_too_long_is_refused(self, tmp_path, capsys):
        path = jsonl(tmp_path, {"text": "x" * 2_000_001})
        assert main(["locate", path]) == 1
        assert "line 1: a text of 2,000,001 characters" in capsys.readouterr().err

    def test_an_event_is_told_in_a_line_with_its_day(self, capsys):
        struck = "On 2 January 2024 drones struck a depot in Kharkiv, killing two people."
        assert main(["extract", struck]) == 0
        assert "2024-01-02  killed 2" in capsys.readouterr().out


def test_a_service_that_geopy_does_not_know_is_named(capsys):
    assert main(["locate", "Kyiv", "--online", "nowhere"]) == 1
    assert "no geocoder 'nowhere'" in capsys.readouterr().err
