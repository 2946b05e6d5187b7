"""The default pipeline made quicker says what it says as it is."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.model import Document
from geomap.recognize import stock
from geomap.recognize.parse import parse
from geomap.recognize.swift import LEMMATIZER, RULES, WordRules, multiply_with_numpy

# Words to which spaCy's rules for single words, for two words, and for none apply.
WORDS = "That it is not gonna gotta let's you all do did ain't nothin' there are the best men hit"

TEXTS = [
    "The shells hit the mill. Its owners didn't see them, and they weren't hurt.",
    "There were three fires; there is one. Let's go, y'all gonna be late. C'mon in!",
    "The shells hit the mill. The mill had been hit before, as the miller said.",
    "",
    "\n \n",
]


@pytest.fixture(scope="module")
def plain():
    return stock.load(stock.DEFAULT_PIPELINE, entities=False)


@pytest.fixture(scope="module")
def swift():
    language = stock.load(stock.DEFAULT_PIPELINE, entities=False)
    multiply_with_numpy(language)
    rules = WordRules(language)
    with language.select_pipes(disable=[RULES, LEMMATIZER]):
        yield language, rules


def check(text, plain, swift):
    document = Document(id="1", text=text)
    (expected,) = parse(plain, [document])
    for _ in range(2):  # asked first, and from memory
        (found,) = parse(swift[0], [document], swift[1])
        assert found.tokens == expected.tokens
        assert found.sentences == expected.sentences


@pytest.mark.parametrize("text", TEXTS)
def test_words_and_sentences_are_the_same(text, plain, swift):
    check(text, plain, swift)


@settings(max_examples=25)
@given(words=st.lists(st.sampled_from(WORDS.split()), max_size=12))
def test_any_order_of_words_is_read_the_same(words, plain, swift):
    check(" ".join(words), plain, swift)


def test_the_memory_is_bounded(plain, swift, monkeypatch):
    monkeypatch.setattr("geomap.recognize.swift._MOST_KEPT", 4)
    for text in TEXTS:
        check(text, plain, swift)
    assert len(swift[1]._kept) < 60


def test_spacy_is_whole_for_those_who_want_its_command_line():
    code = (
        "from geomap.recognize.swift import import_spacy; import_spacy(); import sys; "
        "assert 'spacy.cli' not in sys.modules; import spacy.cli; assert spacy.cli.download; "
        "assert spacy.blank('en')('A mill')[1].text == 'mill'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
