"""Resolution by the words around a name and by the other names of a document."""

from __future__ import annotations

from annotating import annotate
from hypothesis import given
from hypothesis import strategies as st
from tiny_gazetteer import TinyGazetteer

from geomap.model import Annotation, Document, Mention, PlaceKind
from geomap.resolve import resolve


def places(text, *names):
    return [one.place and one.place.id for one in resolve(annotate(text, *names), TinyGazetteer())]


def test_a_container_after_the_comma_decides():
    found = places("A fire broke out in Paris, Texas.", "Paris", "Texas")
    assert found == ["test:paris-tx", "test:texas"]


def test_without_context_the_prior_decides():
    assert places("A fire broke out in Paris.", "Paris") == ["test:paris-fr"]


def test_a_word_for_an_area_decides():
    assert places("Shells fell on Odesa region.", "Odesa region") == ["test:odesa-oblast"]


def test_a_bloc_is_known_and_has_no_point():
    (found,) = resolve(annotate("NATO met.", "NATO"), TinyGazetteer())
    assert found.place.kind is PlaceKind.BLOC
    assert found.location.point is None


def test_an_unknown_name_alone_stays_unresolved():
    (found,) = resolve(annotate("He left Zzyzzx.", "Zzyzzx"), TinyGazetteer())
    assert found.location is None
    assert found.confidence == 0
    assert found.note


def test_no_mentions_no_resolutions():
    assert resolve(annotate(""), TinyGazetteer()) == ()


TEXT = "Dallas and Paris, Texas lie apart. Lviv, Kyiv and Odesa. Paris is in France. NATO. Nowhere."
NAMES = ("Dallas", "Paris", "Texas", "Lviv", "Kyiv", "Odesa", "France", "NATO", "Nowhere")


@given(st.permutations(range(10)))
def test_the_order_of_mentions_does_not_matter(order):
    annotation = annotate(TEXT, *NAMES)
    shuffled = Annotation(
        document=annotation.document,
        sentences=(),
        tokens=(),
        mentions=tuple(annotation.mentions[n] for n in order),
    )
    expected = resolve(annotation, TinyGazetteer())
    assert resolve(shuffled, TinyGazetteer()) == tuple(expected[n] for n in order)


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 199), st.integers(1, 30))))
def test_any_text_and_any_spans_get_an_answer(text, spans):
    inside = [(s, min(s + n, len(text))) for s, n in spans if s < len(text)]
    mentions = tuple(
        Mention(document_id="d", start=s, end=e, text=text[s:e], label="GIVEN") for s, e in inside
    )
    document = Document(id="d", text=text)
    annotation = Annotation(document=document, sentences=(), tokens=(), mentions=mentions)
    found = resolve(annotation, TinyGazetteer())
    assert [one.mention for one in found] == list(mentions)


def test_one_name_many_times_is_looked_up_once():
    gazetteer = TinyGazetteer()
    text = "Lviv " * 20_000
    found = resolve(annotate(text, "Lviv"), gazetteer)
    assert len(found) == 20_000
    assert gazetteer.lookups < 10
