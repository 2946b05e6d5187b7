from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import spacy

from geomap.recognize.component import Component, register

if TYPE_CHECKING:
    from geomap.model import Document


def shouted(document: Document) -> dict[str, list[str]]:
    loud = [word for word in document.text.split() if word.isupper()]
    return {"toponyms": loud, "events": [f"{word} on {document.published}" for word in loud]}


def make(nlp: spacy.language.Language, name: str, shout: bool) -> Component:  # noqa: ARG001 - spaCy's signature
    return Component(shouted if shout else lambda _: {})


def test_a_registered_component_sets_the_toponyms_of_a_doc() -> None:
    register("geomap_test", make, {"shout": True})
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap_test")
    assert nlp("from OSLO to BERN")._.toponyms == ("OSLO", "BERN")
    assert nlp("")._.toponyms == ()


def test_the_day_of_publication_is_said_on_the_doc() -> None:
    register("geomap_test_day", make, {"shout": True})
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap_test_day")
    doc = nlp.make_doc("from OSLO")
    doc._.published = date(2024, 1, 2)
    assert nlp(doc)._.events == ("OSLO on 2024-01-02",)
    assert nlp("from OSLO")._.events == ("OSLO on None",)


def test_settings_reach_the_factory() -> None:
    register("geomap_test_quiet", make, {"shout": True})
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap_test_quiet", config={"shout": False})
    assert nlp("from OSLO to BERN")._.toponyms == ()
