"""The component as a user of spaCy meets it, with the whole gazetteer."""

from __future__ import annotations

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
