"""A user's own spaCy pipeline, whose names are weighed against the gazetteer and the words around.

The pipeline is a real one, of rules and no model: it names what stands in its patterns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from geomap.errors import ModelError
from geomap.model import Document, Use
from geomap.recognize import Recognizer

if TYPE_CHECKING:
    from geomap.model import Annotation

ENTITIES = {
    "GPE": ["Geneva", "Kenya", "the Odesa region", "--"],
    "LOC": ["the Baltic Sea"],
    "FAC": ["Shahed"],
    "NORP": ["Norwegian", "Christian"],
    "PERSON": ["Mombasa", "Podilskyi", "Ann", "Ann Lee", "Lagos"],
    "ORG": [
        "University of New Delhi",
        "Leeds United of Leeds",
        "Ghana",
        "the Poltava Mills",
        "Acme",
    ],
    "DATE": ["Monday"],
}
KNOWN = {
    *("Geneva", "Kenya", "Mombasa", "Podilskyi", "Lagos", "New Delhi", "Leeds", "Ghana", "Poltava"),
    *("Norwegian", "Izmir", "Sumy", "Reading", "Jordan", "Odesa", "Chad"),
}


class Names:
    def knows(self, name: str) -> bool:
        return name in KNOWN

    def candidates(self, _name: str) -> tuple[()]:
        return ()


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> str:
    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": name} for label, names in ENTITIES.items() for name in names]
    )
    path = tmp_path_factory.mktemp("pipeline") / "rules"
    language.to_disk(path)
    return str(path)


@pytest.fixture(scope="module")
def recognizer(pipeline: str) -> Recognizer:
    return Recognizer.load(pipeline=pipeline, gazetteer=Names())


def annotated(recognizer: Recognizer, text: str, *, syntax: bool = True) -> Annotation:
    [annotation] = recognizer.annotate([Document(id="d", text=text)], syntax=syntax)
    return annotation


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("A bridge fell in Geneva, Kenya.", ["Geneva", "Kenya"], "what it calls places is one"),
        ("It sank in the Baltic Sea.", ["Baltic Sea"], "a sea, without its article"),
        ("Power failed in the Odesa region.", ["Odesa region"], "the area word is part of it"),
        ("The -- was empty.", [], "nothing is left of it"),
        ("Norwegian officials agreed.", ["Norwegian"], "an adjective that the gazetteer knows"),
        ("Christian officials agreed.", [], "one that it does not know"),
        ("They marched in Mombasa.", ["Mombasa"], "taken for a person, and behind 'in'"),
        ("They marched in the Mombasa heat.", ["Mombasa"], "with an article between"),
        ("Mombasa was flooded.", ["Mombasa"], "known, and first in the text"),
        ("Nobody saw Mombasa.", [], "known, and no word of place before it"),
        ("They left Geneva and Mombasa.", ["Geneva", "Mombasa"], "listed beside a place"),
        ("They thanked everyone and Lagos.", [], "listed beside no place"),
        ("A fire in Podilskyi district.", ["Podilskyi district"], "an area word behind it"),
        ("Nobody saw Podilskyi district.", ["Podilskyi district"], "which is enough by itself"),
        ("They met in Ann.", [], "a person that no gazetteer knows"),
        ("They met in Ann Lee.", [], "a person of two words is left to be one"),
        ("A rally in Ghana.", ["Ghana"], "one word taken for an organization"),
        ("A rally of Acme.", [], "an organization without a place in its name"),
        ("At the University of New Delhi it rained.", ["New Delhi"], "a place in a name"),
        ("Leeds United of Leeds won.", ["Leeds", "Leeds"], "two in one name"),
        ("It was ground by the Poltava Mills.", ["Poltava"], "behind the article"),
        ("Nothing happened on Monday.", [], "a label that is no place"),
        ("Two Shahed drones came down.", [], "a weapon, whatever it is labeled"),
        ("Shells fell near Sumy.", ["Sumy"], "no entity, known, behind 'near'"),
        ("Shells fell near Qwrtville.", [], "no entity and not known"),
        ("Sumy is calm.", ["Sumy"], "no entity, known, first in the text"),
        ("She was in reading and in Izmir.", ["Izmir"], "a common word is no name"),
        ("GENEVA — all is calm in geneva.", [], "the pattern writes it otherwise"),
        ("Geneva is calm. He likes geneva.", ["Geneva"], "a small letter is no name"),
        ("Geneva is calm. He likes GENEVA.", ["Geneva", "GENEVA"], "the same name once more"),
        ("Norwegian it is. He likes NORWEGIAN.", ["Norwegian"], "an adjective names no place"),
        ("Two Sumy missiles came down near Sumy.", ["Sumy"], "a word behind it that needs a maker"),
        ("", [], "nothing"),
    ],
)
def test_places_among_what_the_pipeline_names(
    recognizer: Recognizer, text: str, expected: list[str], reason: str
) -> None:
    mentions = annotated(recognizer, text).mentions
    assert [mention.text for mention in mentions] == expected, reason
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize(
    ("text", "use", "reason"),
    [
        ("A fire in Geneva.", Use.PLACE, "the ground"),
        ("Norwegian officials agreed.", Use.DEMONYM, "an adjective"),
        ("At the University of New Delhi it rained.", Use.EMBEDDED, "a name in a name"),
        ("Geneva denied it.", Use.METONYM, "what speaks"),
        ("Geneva Mayor Ann Lee came.", Use.EMBEDDED, "a title"),
        ("They saw Geneva.", Use.PLACE, "nothing else is told"),
    ],
)
def test_what_the_names_are_used_for(
    recognizer: Recognizer, text: str, use: Use, reason: str
) -> None:
    assert annotated(recognizer, text).mentions[0].use is use, reason


def test_other_names_of_the_pipeline_are_handed_on(recognizer: Recognizer) -> None:
    found = annotated(recognizer, "Ann Lee left Kenya on Monday.").entities
    assert {(one.label, one.text) for one in found} == {
        ("PERSON", "Ann Lee"),
        ("DATE", "Monday"),
    }


def test_without_a_parser_a_full_stop_before_a_capital_ends_a_sentence(
    recognizer: Recognizer,
) -> None:
    text = "All is calm in Kenya. It rained. then it stopped! Geneva slept."
    assert [text[one.start : one.end] for one in annotated(recognizer, text).sentences] == [
        "All is calm in Kenya.",
        "It rained. then it stopped!",
        "Geneva slept.",
    ]


def test_an_abbreviation_is_divided_from_what_it_leads(recognizer: Recognizer) -> None:
    tokens = [token.text for token in annotated(recognizer, "The U.S.-led talks").tokens]
    assert tokens == ["The", "U.S.", "-", "led", "talks"]


def test_without_a_gazetteer_the_labels_alone_decide(pipeline: str) -> None:
    recognizer = Recognizer.load(pipeline=pipeline)
    mentions = annotated(recognizer, "Geneva and Mombasa. Norwegian ships near Sumy.").mentions
    assert [mention.text for mention in mentions] == ["Geneva"]


def test_long_texts_are_read_in_batches(recognizer: Recognizer) -> None:
    documents = [Document(id=str(n), text="They left Kenya. " * 900) for n in range(3)]
    counts = [len(one.mentions) for one in recognizer.annotate(documents, syntax=False)]
    assert counts == [900, 900, 900]


def test_a_pipeline_that_is_not_installed_is_told() -> None:
    with pytest.raises(ModelError, match="'no_such_pipeline' cannot be loaded"):
        Recognizer.load(pipeline="no_such_pipeline")
