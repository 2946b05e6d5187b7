"""The default pipeline, loaded in parts, is the one that spaCy loads."""

from __future__ import annotations

import warnings

import pytest

from geomap.model import Document
from geomap.recognize import Recognizer, stock

TEXTS = [
    "U.S.-led forces weren't in Kyiv-Pechersk at 5p.m.; see https://news.example/a?b=1 :-) etc.",
    "Mr. O'Neil's 3km-long convoy (from St. Ives) didn't stop... y'all can't say 'cause",
    'He said: "Lviv,Odesa/Kherson"—and left…\n\n10,000 men; 1-2 tanks, e.g. T-72s.',
]


def as_spacy_loads_it():
    stock.import_spacy()
    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of another version, for which stock has the reason
        language = spacy.load(stock.DEFAULT_PIPELINE, exclude=["ner", "senter"])
    stock._split_after_abbreviations(language)
    return language


@pytest.mark.slow
def test_words_tags_and_trees_are_the_same() -> None:
    plain, loaded = as_spacy_loads_it(), stock.load(stock.DEFAULT_PIPELINE, entities=False)
    words = stock.load(stock.DEFAULT_PIPELINE, entities=False, syntax=False)
    assert not words.pipe_names
    for text in TEXTS:
        expected, found = plain(text), loaded(text)
        told = [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i) for t in found]
        assert told == [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i) for t in expected]
        assert [t.text for t in words(text)] == [t.text for t in expected]
        assert all((a.vector == b.vector).all() for a, b in zip(words(text), expected, strict=True))


def test_without_syntax_the_same_places_are_found_and_no_syntax_is_promised() -> None:
    document = Document(id="1", text="U.S.-led forces left Kherson for Lviv, east of Przemysl.")
    light = Recognizer.load(syntax=False)
    (found,) = light.annotate([document], syntax=False)
    (expected,) = Recognizer.load().annotate([document], syntax=False)
    assert found == expected
    assert found.mentions
    with pytest.raises(ValueError, match="without syntax"):
        next(light.annotate([document]))
