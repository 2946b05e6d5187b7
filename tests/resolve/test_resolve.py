"""Resolution by the words around a name and by the other names of a document."""

from __future__ import annotations

import dataclasses

import pytest
from annotating import annotate
from hypothesis import given
from hypothesis import strategies as st
from tiny_gazetteer import PLACES, TinyGazetteer, place

from geomap.model import Annotation, Document, MatchHow, Mention, PlaceKind, Point
from geomap.resolve import resolve
from geomap.resolve.names import contains
from geomap.resolve.options import Options


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


def test_a_bloc_is_as_sure_as_its_name_and_a_town_as_it_was_measured():
    bloc, town = resolve(annotate("NATO met in Lviv.", "NATO", "Lviv"), TinyGazetteer())
    assert bloc.confidence == 0.9
    assert 0.9 < town.confidence < 1


def test_reasons_are_told_where_they_are_asked_for():
    annotation = annotate("A fire in Lviv.", "Lviv")
    (plain,) = resolve(annotation, TinyGazetteer())
    (told,) = resolve(annotation, TinyGazetteer(), options=Options(explain=True))
    assert plain.features == ()
    assert told.features
    assert told.location == plain.location


def test_of_an_unknown_name_the_longest_known_part_is_asked():
    (found,) = resolve(annotate("It fell on Old Black Sea Port.", "Old Black Sea Port"), Parts())
    assert [one.candidate.place.id for one in found.rivals] == ["test:black-sea"]


class Parts(TinyGazetteer):
    """Also knows a town called like one word of a longer name."""

    def __init__(self):
        super().__init__((*PLACES, place("sea", PlaceKind.CITY, 1.0, 1.0, "FR", population=9_000)))


def test_towns_told_in_a_row_are_all_in_the_area_at_its_end():
    found = places("Fires in Dallas, Paris, Texas.", "Dallas", "Paris", "Texas")
    assert found == ["test:dallas", "test:paris-tx", "test:texas"]


def test_an_unknown_name_alone_stays_unresolved():
    (found,) = resolve(annotate("He left Zzyzzx.", "Zzyzzx"), TinyGazetteer())
    assert found.location is None
    assert found.confidence == 0
    assert found.note


def test_no_mentions_no_resolutions():
    assert resolve(annotate(""), TinyGazetteer()) == ()


def test_what_a_publisher_writes_of_speaks_against_places_elsewhere():
    options = Options(profile={"test:texas": 0.9}, explain=True)
    (found,) = resolve(annotate("A fire in Paris.", "Paris"), TinyGazetteer(), options=options)
    told = {
        one.candidate.place.id: {feature.name: feature.value for feature in one.features}["profile"]
        for one in found.rivals
    }
    assert told["test:paris-fr"] < told["test:paris-tx"] < 0


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("Dallas", "test:paris-tx"),
        (Point(lon=-96.0, lat=33.0), "test:paris-tx"),
        ("France", "test:paris-fr"),
        ("Qwrtville", "test:paris-fr"),
    ],
)
def test_a_place_to_lean_to_decides(near, expected):
    (found,) = resolve(annotate("A fire in Paris.", "Paris"), TinyGazetteer(), near=near)
    assert found.place.id == expected


def test_what_a_container_rules_out_says_so():
    annotation = annotate("A fire broke out in Paris, Texas.", "Paris", "Texas")
    paris = resolve(annotation, TinyGazetteer(), options=Options(explain=True))[0]
    by_place = {
        one.candidate.place.id: {feature.name for feature in one.features} for one in paris.rivals
    }
    assert "outside_container" in by_place["test:paris-fr"]
    assert "outside_container" not in by_place["test:paris-tx"]


def test_the_home_of_the_outlet_speaks_for_what_is_near_it():
    annotation = annotate("A fire in Paris.", "Paris", publisher="dallasnews.com")
    (found,) = resolve(annotation, TinyGazetteer(), options=Options(explain=True))
    by_place = {one.candidate.place.id: one for one in found.rivals}
    homes = {
        key: {feature.name: feature.value for feature in one.features}
        for key, one in by_place.items()
    }
    assert homes["test:paris-tx"] != homes["test:paris-fr"]


def test_a_wide_margin_leaves_a_close_call_open():
    options = Options(margin=1.0)
    (found,) = resolve(annotate("A fire in Paris.", "Paris"), TinyGazetteer(), options=options)
    assert found.location is None
    assert "about equally likely" in found.note
    assert {one.candidate.place.id for one in found.rivals} == {"test:paris-fr", "test:paris-tx"}


def test_two_of_one_name_at_one_spot_are_no_close_call():
    twins = [place(key, PlaceKind.CITY, 48.8, 2.3, "FR", name="Twin") for key in ("one", "two")]
    (found,) = resolve(
        annotate("A fire in Twin.", "Twin"),
        TinyGazetteer(twins),
        options=Options(margin=1.0, least_chance=0.0),
    )
    assert found.location is not None


class SpeltAlike(TinyGazetteer):
    """Takes Odessa for Odesa, which is how it is spelt elsewhere."""

    def candidates(self, name, *, fuzzy=False):
        found = super().candidates("Odesa" if name == "Odessa" else name, fuzzy=fuzzy)
        if name != "Odessa":
            return found
        return tuple(dataclasses.replace(one, how=MatchHow.SKELETON) for one in found)


@pytest.mark.parametrize(
    ("text", "is_found", "reason"),
    [
        ("Kyiv and Odessa were hit.", True, "the text is about its country"),
        ("Dallas, Texas and Odessa were hit.", False, "nothing else is in that country"),
        ("Odessa was hit.", True, "nothing else is told"),
    ],
)
def test_what_is_but_spelt_alike_must_be_where_the_text_is(text, is_found, reason):
    annotation = annotate(text, "Kyiv", "Dallas", "Texas", "Odessa")
    found = resolve(annotation, SpeltAlike())[-1]
    own = found.location is not None and found.location.relation is None
    assert own is is_found, (reason, found.note)


@pytest.mark.parametrize(
    ("outer", "inner", "expected", "reason"),
    [
        ("test:france", "test:paris-fr", True, "a country holds what has its code"),
        ("test:texas", "test:paris-tx", True, "the gazetteer says so"),
        ("test:odesa-oblast", "test:odesa", True, "a first-level area by its name"),
        ("test:odesa-oblast", "test:kyiv", False, "another area of the country"),
        ("test:odesa", "test:odesa-oblast", False, "a town holds no area"),
        ("test:france", "test:paris-tx", False, "another country"),
        ("test:nato", "test:kyiv", False, "an alliance has no code"),
        ("test:kyiv", "test:kyiv", False, "nothing holds itself"),
    ],
)
def test_one_place_holds_another(outer, inner, expected, reason):
    by_id = {one.id: one for one in PLACES}
    assert contains(by_id[outer], by_id[inner]) is expected, reason


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
