"""The form of gold that tells where one event happened."""

from __future__ import annotations

import json

import pytest

from geomap.errors import InputError
from geomap.evaluate.event_places import event_score, is_event_gold, read_event_gold
from geomap.model import Annotation, Token

TEXT = "Shots fell in Harda."


def words(text):
    """Split at blanks, as far as this test needs it."""
    start = 0
    for word in text.split(" "):
        yield Token(
            start=start,
            end=start + len(word),
            text=word,
            lemma=word,
            pos="",
            tag="",
            dep="",
            head=0,
        )
        start += len(word) + 1


def annotate(documents):
    for document in documents:
        tokens = tuple(words(document.text))
        yield Annotation(document=document, sentences=(), tokens=tokens, mentions=())


def write(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_tokens_of_the_place_are_counted(tmp_path):
    row = {"text": TEXT, "verb": [[6, 10]], "locations": [[14, 20]]}
    path = write(tmp_path, row, row)
    assert is_event_gold(path)
    answers = iter([[(14, 20)], [(0, 5)]])
    found = event_score(read_event_gold(path), annotate, lambda *_: next(answers))
    assert (found.true_positives, found.false_positives, found.false_negatives) == (1, 1, 1)


def test_gold_toponyms_are_of_another_form(tmp_path):
    assert not is_event_gold(write(tmp_path, {"text": TEXT, "toponyms": []}))


def test_a_wrong_line_is_named(tmp_path):
    path = write(tmp_path, {"text": TEXT, "verb": [[1]], "locations": []})
    with pytest.raises(InputError, match="line 1"):
        read_event_gold(path)
