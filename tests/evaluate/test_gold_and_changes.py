"""Reading gold, and telling what a change gained and lost."""

from __future__ import annotations

import dataclasses
import json

import pytest

from geomap.errors import InputError
from geomap.evaluate import read_gold
from geomap.evaluate.compare import changes, read_verdicts, verdicts, write_verdicts
from geomap.evaluate.learn import isotonic, thinned
from geomap.evaluate.render import change_lines
from geomap.evaluate.run import Outcome

ROW = {
    "id": 1,
    "text": "Kyiv and Lviv",
    "toponyms": [
        {"start": 0, "end": 4, "lat": 50.45, "lon": 30.52, "geonameid": "703448"},
        {"start": 9, "end": 13, "lat": 0, "lon": 0},
        {"start": -8, "end": -2, "phrase": "beyond", "lat": 1.0, "lon": 1.0},
    ],
}


def write(tmp_path, text):
    path = tmp_path / "mini.dev.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_gold_is_read_with_its_quirks(tmp_path):
    (document,) = read_gold(write(tmp_path, json.dumps(ROW) + "\n\n"))
    kyiv, lviv, beyond = document.toponyms
    assert (document.corpus, document.id, kyiv.geonameid) == ("mini", "1", 703448)
    assert lviv.point is None, "(0, 0) is how the corpora write that they know no point"
    assert beyond.text == "beyond", "a span outside of the text stays, by its phrase"


@pytest.mark.parametrize("text", ["", "{]\n", "[]\n", '{"id": 1, "text": 3, "toponyms": []}\n'])
def test_gold_of_another_form_is_refused(text, tmp_path):
    with pytest.raises(InputError, match="mini"):
        read_gold(write(tmp_path, text))


def test_gained_and_lost_are_listed(tmp_path):
    (document,) = read_gold(write(tmp_path, json.dumps(ROW)))
    nothing = [dataclasses.replace(one, point=None, name=None) for one in document.toponyms]
    good = Outcome(gold=document, on_spans=document.toponyms, found=None)
    bad = Outcome(gold=document, on_spans=tuple(nothing), found=None)
    path = tmp_path / "before.jsonl"
    write_verdicts(list(verdicts([bad])), path)
    gained = changes(read_verdicts(path), list(verdicts([good])))
    assert [change.gained for change in gained] == [True, True]
    lines = list(change_lines(gained))
    assert lines[0] == "Since the baseline: 2 gained, 0 lost"
    assert lines[1].startswith("+ mini/1:0-4")
    assert changes(list(verdicts([good])), list(verdicts([good]))) == []


def test_isotonic_pools_what_falls():
    blocks = isotonic([(0.1, 0.0), (0.2, 1.0), (0.3, 0.0), (0.9, 1.0)])
    assert [round(height, 2) for _, height, _ in blocks] == [0.0, 0.5, 1.0]
    heights = [height for _, height in thinned(blocks)]
    assert heights == sorted(heights)
