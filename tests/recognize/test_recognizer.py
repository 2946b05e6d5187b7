"""What the recognizer finds in sentences written for this purpose.

The gazetteer is a small fake: these tests are about the words around a name.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.model import Annotation, Candidate, Document, MatchHow, Place, PlaceKind, Use
from geomap.recognize import Recognizer

NAMES = """Aleppo|Ankara|Baltic Sea|Boston|Brazil|Chad|Chile|Denmark|Dnipro|France|Geneva|Germany|
Ghana|Idlib|India|Ivano-Frankivsk|Izmir|Japan|Kenya|Khartoum|Kiev|Kyiv|Lagos|Laurel County|Leeds|
Lviv|Mombasa|Moscow|Nairobi|New Delhi|Odesa|Oslo|Paris|Poltava|Reading|Rostov|Seoul|Spain|
St. Louis|Sudan|Sumy|Sweden|Texas|Tokyo|Toronto|U.S.|US|Ukraine|Warsaw|Washington|Zhytomyr|
Norwegian|Turkish|Brazilian|Jordan|Sierra Leone|Guinea-Bissau""".replace("\n", "").split("|")


WORDS = [
    "Oslo", "Kyiv", "Ukraine’s", "region", "the", "(Reuters)", "said,", "U.S.", "—", "and", "\n\n",
    "\t", "🙂", "Київ", " ", "",
]  # fmt: skip


COUNTRIES = {
    *("Brazil", "Chad", "Chile", "Denmark", "France", "Germany", "Ghana", "India", "Japan"),
    *("Sierra Leone", "Guinea-Bissau"),
}


class Names:
    def knows(self, name: str) -> bool:
        return name in NAMES

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        if not self.knows(name):
            return ()
        demonym = name.endswith(("ish", "an"))
        kind = PlaceKind.COUNTRY if demonym or name in COUNTRIES else PlaceKind.CITY
        place = Place(id=name, name=name, kind=kind, point=None, population=200_000)
        how = MatchHow.ALIAS if demonym else MatchHow.EXACT
        return (Candidate(place=place, matched_name=name, how=how),)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer.load(gazetteer=Names())


def annotate(recognizer: Recognizer, text: str, *, syntax: bool = False) -> Annotation:
    [annotation] = recognizer.annotate([Document(id="d", text=text)], syntax=syntax)
    return annotation


def found(recognizer: Recognizer, text: str) -> list[str]:
    return [mention.text for mention in annotate(recognizer, text).mentions]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("A bridge fell in Geneva on Monday.", ["Geneva"], "a city"),
        ("Floods hit Mombasa, Kenya, overnight.", ["Mombasa", "Kenya"], "city and country"),
        ("He flew from St. Louis to New Delhi.", ["St. Louis", "New Delhi"], "stop and space"),
        ("Trains to Ivano-Frankivsk were late.", ["Ivano-Frankivsk"], "a hyphen"),
        ("NAIROBI, Kenya (AP) — Rain fell.", ["NAIROBI", "Kenya"], "a dateline"),
        ("The ship sank in the Baltic Sea.", ["Baltic Sea"], "a sea, without its article"),
        ("Shells fell near Sumy and Poltava.", ["Sumy", "Poltava"], "two towns"),
        ("Deputies in Laurel County found it.", ["Laurel County"], "a county with its word"),
        ("Turkish soldiers left Izmir.", ["Turkish", "Izmir"], "an adjective"),
        ("Nothing of note happened on Tuesday.", [], "no place"),
        ("Angela Merkel met Lionel Messi.", [], "persons"),
        ("Nurses left Sierra Leone and Guinea-Bissau.", ["Sierra Leone", "Guinea-Bissau"], "plain"),
    ],
)
def test_places_are_found(
    recognizer: Recognizer, text: str, expected: list[str], reason: str
) -> None:
    assert found(recognizer, text) == expected, reason


@pytest.mark.parametrize(
    ("text", "absent", "reason"),
    [
        ("Ten Kinzhal and Iskander missiles were fired at Dnipro.", "Kinzhal", "a missile"),
        ("Two Shahed drones hit a depot in Odesa.", "Shahed", "a drone"),
        ("She was reading a nice book in Oslo.", "reading", "a common word"),
        ("Michael Jordan visited Seoul.", "Jordan", "a person called like a country"),
        ("Crimean-Congo haemorrhagic fever was found in Chad.", "Congo", "a disease"),
        ("Japanese encephalitis has reached Denmark.", "Japanese", "and one with a demonym"),
        ("Jewish and Muslim families fled Aleppo.", "Jewish", "a faith has no ground"),
        ("Ten Republicans and a Democrat voted.", "Democrat", "nor has a party"),
    ],
)
def test_what_is_no_place_is_not_found(
    recognizer: Recognizer, text: str, absent: str, reason: str
) -> None:
    assert absent not in found(recognizer, text), reason


@pytest.mark.parametrize(
    ("text", "name", "use", "reason"),
    [
        ("A fire broke out in Warsaw.", "Warsaw", Use.PLACE, "the ground"),
        ("Norwegian officials agreed.", "Norwegian", Use.DEMONYM, "an adjective"),
        ("Moscow warned of a strong answer.", "Moscow", Use.METONYM, "a government"),
        ("Kyiv Mayor Vitali Klitschko spoke.", "Kyiv", Use.EMBEDDED, "a title"),
        ("He studied at the University of Leeds.", "Leeds", Use.EMBEDDED, "a name in a name"),
        ("The Toronto Police Service made arrests.", "Toronto", Use.EMBEDDED, "an authority"),
        ("Protests continued in France.", "France", Use.PLACE, "a preposition of place"),
    ],
)
def test_use(recognizer: Recognizer, text: str, name: str, use: Use, reason: str) -> None:
    mentions = {m.text: m.use for m in annotate(recognizer, text, syntax=True).mentions}
    assert mentions.get(name) is use, reason


def test_a_list_shares_its_area_word(recognizer: Recognizer) -> None:
    text = "Drones were seen over the Sumy, Poltava, and Zhytomyr regions of Ukraine."
    labels = [(m.text, m.label) for m in annotate(recognizer, text).mentions]
    assert labels[:3] == [("Sumy", "ADMIN"), ("Poltava", "ADMIN"), ("Zhytomyr", "ADMIN")]


def test_an_area_word_that_the_name_needs_is_part_of_it(recognizer: Recognizer) -> None:
    assert "Odesa region" in found(recognizer, "Power failed in the Odesa region on Friday.")


def test_small_and_capital_letters(recognizer: Recognizer) -> None:
    assert "kyiv" in found(recognizer, "Sirens sounded in kyiv and in Lviv before dawn.")
    assert "KHARTOUM" in found(recognizer, "FIGHTING SPREADS IN KHARTOUM AS TALKS FAIL")


def test_cyrillic_names_inside_english_text(recognizer: Recognizer) -> None:
    annotation = annotate(recognizer, "Residents of Київ heard blasts, as did those of Lviv.")
    assert "Lviv" in [mention.text for mention in annotation.mentions]


def test_syntax_changes_neither_mentions_nor_words(recognizer: Recognizer) -> None:
    text = "Rebels left Aleppo.\n\nAnkara said so in the U.S.-led talks in Geneva."
    with_syntax, without = (annotate(recognizer, text, syntax=s) for s in (True, False))
    spans = [[(m.start, m.end) for m in a.mentions] for a in (with_syntax, without)]
    assert spans[0] == spans[1]
    assert [t.text for t in with_syntax.tokens] == [t.text for t in without.tokens]
    assert all(token.dep for token in with_syntax.tokens)
    assert not any(token.dep for token in without.tokens)


def test_sentences_and_heads_refer_to_the_tokens(recognizer: Recognizer) -> None:
    text = "First  one.\n\nSecond one here. Third\none."
    annotation = annotate(recognizer, text, syntax=True)
    assert [text[s.start : s.end] for s in annotation.sentences] == [
        "First  one.",
        "Second one here.",
        "Third\none.",
    ]
    for sentence in annotation.sentences:
        words = range(sentence.first, sentence.last)
        assert all(annotation.tokens[number].head in words for number in words)


def test_other_entities_are_handed_on(recognizer: Recognizer) -> None:
    annotation = annotate(recognizer, "On Monday Angela Merkel flew to Tokyo.", syntax=True)
    labels = {entity.label: entity.text for entity in annotation.entities}
    assert labels["PERSON"] == "Angela Merkel"
    assert labels["DATE"] == "Monday"
    assert "Tokyo" not in labels.values()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "x",
        ".",
        "\x00\x01",
        "🙂🙂",
        "مرحبا بالعالم",
        "\u202eKyiv",
        "Kyiv" * 5_000,
        "a" * 20_000,
    ],
)
def test_odd_texts_are_annotated(recognizer: Recognizer, text: str) -> None:
    annotation = annotate(recognizer, text)
    assert all(text[m.start : m.end] == m.text for m in annotation.mentions)


def test_documents_come_back_in_order_whatever_their_size(recognizer: Recognizer) -> None:
    texts = ["", "Oslo.", "Rain fell in Tokyo. " * 400, "", "Seoul."]
    documents = [Document(id=str(n), text=text) for n, text in enumerate(texts)]
    assert [a.document for a in recognizer.annotate(documents, syntax=False)] == documents


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=40,
    )
)
def test_offsets_hold(recognizer: Recognizer, words: list[str]) -> None:
    text = " ".join(words)
    annotation = annotate(recognizer, text)
    for span in (*annotation.mentions, *annotation.entities, *annotation.tokens):
        assert text[span.start : span.end].split() == span.text.split()
    ends = [0, *(mention.end for mention in annotation.mentions)]
    assert all(e <= m.start for e, m in zip(ends, annotation.mentions, strict=False))


@pytest.mark.slow
def test_one_name_a_hundred_thousand_times(recognizer: Recognizer) -> None:
    annotation = annotate(recognizer, "Kyiv " * 100_000)
    assert len(annotation.tokens) == 100_000
