"""The component as a user of spaCy meets it, with the whole gazetteer."""

from __future__ import annotations

from datetime import date

import pytest
import spacy

import geomap.component  # noqa: F401 - what the entry point does


@pytest.mark.slow
def test_add_pipe_locates_toponyms() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap")
    (resolution,) = nlp("A bridge fell in Nairobi.")._.toponyms
    assert resolution.mention.text == "Nairobi"
    assert resolution.place is not None
    assert resolution.place.country == "KE"


@pytest.mark.slow
def test_add_pipe_finds_events_with_the_words_of_every_field() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap")
    doc = nlp.make_doc("A bus overturned near Nakuru on Monday, killing nine people.")
    doc._.published = date(2024, 6, 12)
    (event,) = nlp(doc)._.events
    assert (event.type, str(event.when.first)) == ("road_accident", "2024-06-10")
    assert [place.mention.text for place in event.where] == ["Nakuru"]
    assert event.casualties.killed.low == 9
    for evidence in event.evidence:
        words = evidence.provenance
        assert doc.text[words.start : words.end] == words.quote


@pytest.mark.slow
def test_events_can_be_left_out() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("geomap", config={"events": False})
    doc = nlp("A bus overturned near Nakuru on Monday.")
    assert doc._.toponyms
    assert doc._.events == ()
