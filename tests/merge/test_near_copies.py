"""Near-copies: copies and rewrites are found, independent articles on one subject are not."""

from __future__ import annotations

import random

import pytest
from merge_fakes import document

from geomap.merge import Copies, near_copies, shingle

WORDS = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in "lmnrst"]


def article(seed, words=200):
    dice = random.Random(seed)
    return " ".join(dice.choices(WORDS, k=words))


def rewritten(text, seed, keep):
    """Keep runs of words and replace the others, all over the text."""
    dice = random.Random(seed)
    words = text.split()
    runs = [words[at : at + 6] for at in range(0, len(words), 6)]
    return " ".join(
        " ".join(run if dice.random() < keep else dice.choices(WORDS, k=6)) for run in runs
    )


ORIGINAL = article(1)
STATEMENT = f"“{article(9, 80)}”"

COPIES = {
    "the same text": ORIGINAL,
    "other case and punctuation": ORIGINAL.upper().replace(" ", ", "),
    "a paragraph more": f"{ORIGINAL} {article(2, 60)}",
    "half of it": " ".join(ORIGINAL.split()[:100]),
    "a rewrite that keeps two fifths": rewritten(ORIGINAL, 3, 0.4),
}
INDEPENDENT = {
    "another article": article(4),
    "the same footer": f"{article(5)} {' '.join(ORIGINAL.split()[-40:])}",
    "the same words in another order": " ".join(sorted(ORIGINAL.split())),
    "nothing": "",
    "two words": "hello world",
}


@pytest.mark.parametrize("text", COPIES.values(), ids=COPIES)
def test_a_copy_is_found(text):
    assert near_copies([document(1, ORIGINAL), document(2, text)]) == (("d1", "d2"),)


@pytest.mark.parametrize("text", INDEPENDENT.values(), ids=INDEPENDENT)
def test_an_independent_text_is_not_taken_for_a_copy(text):
    assert near_copies([document(1, ORIGINAL), document(2, text or " ")]) == ()


def test_a_statement_that_both_quote_makes_no_copy():
    one, other = (f"{article(seed, 120)} {STATEMENT}" for seed in (6, 7))
    assert near_copies([document(1, one), document(2, other)]) == ()


def test_no_chain_leads_from_one_text_to_another_that_has_nothing_of_it():
    first, last = article(10), article(11)
    bridge = f"{' '.join(first.split()[:100])} {' '.join(last.split()[:100])}"
    found = near_copies([document(1, first), document(2, bridge), document(3, last)])
    assert found == (("d1", "d2"),)


def test_a_thousand_copies_are_one_group():
    documents = [document(number, ORIGINAL) for number in range(1000)]
    (group,) = near_copies(documents)
    assert len(group) == 1000


def test_a_copy_of_a_few_words_is_found():
    brief = article(12, 12)
    assert near_copies([document(1, brief), document(2, f"{brief} {article(13, 4)}")]) == (
        ("d1", "d2"),
    )


def test_copies_far_apart_in_a_row_of_texts_are_found():
    long = article(14, 3000)
    between = [document(number, article(number)) for number in range(20, 60)]
    found = near_copies([document(1, long), *between, document(99, f"{long} {article(15, 90)}")])
    assert found == (("d1", "d99"),)


def test_no_documents_and_lone_surrogates_are_no_trouble():
    assert near_copies([]) == ()
    odd = f"\ud800 {ORIGINAL}"
    assert near_copies([document(1, odd), document(2, odd)]) == (("d1", "d2"),)


def test_the_same_documents_are_searched_once_and_others_anew():
    asked = []

    def counted(texts):
        asked.append(len(texts))
        return shingle(texts)

    copies = Copies(counted)
    documents = [document("a", ORIGINAL), document("b", ORIGINAL), document("c", article(7))]
    for some in (documents, list(documents), documents[1:], documents):
        assert copies.of(some) == near_copies(some)
    assert asked == [3, 2, 3]
