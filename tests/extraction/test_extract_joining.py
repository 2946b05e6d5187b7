"""Joining tellings to happenings: the work stays linear, and what is kept together is true."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geomap.extraction
from geomap.extraction.agreement import Agreement
from geomap.extraction.claims import Claim
from geomap.extraction.cues import Cue
from geomap.extraction.happening import Happening
from geomap.extraction.happenings import Joiner, Shelf
from geomap.extraction.modality import Modality
from geomap.extraction.tallies import differ
from geomap.extraction.tellings import Telling
from geomap.extraction.whereabouts import Whereabouts
from geomap.model import (
    GeoPrecision,
    Location,
    Mention,
    Place,
    PlaceKind,
    Point,
    Range,
    Resolution,
    Status,
    Use,
)
from geomap.ontology import Ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ONTOLOGY = Ontology.load()
PARENTS: dict[str, tuple[str, ...]] = {"A1": ("A",), "A2": ("A",), "B1": ("B",)}
NAMES = ("A", "A1", "A2", "B", "B1", "C")


def resolution(name: str, *, known: bool = True) -> Resolution:
    mention = Mention(
        document_id="d", start=0, end=len(name), text=name, label="GPE", use=Use.PLACE
    )
    point = Point(lon=0.0, lat=0.0)
    place = Place(
        id=name, name=name, kind=PlaceKind.CITY, point=point, parents=PARENTS.get(name, ())
    )
    location = Location(place=place, point=point, precision=GeoPrecision.EXACT) if known else None
    return Resolution(mention=mention, location=location, confidence=1.0)


def telling(
    index: int, sentence: int, places: Sequence[int] = (), kind: str = "flood", **more: Any
) -> Telling:
    return Telling(
        cue=Cue(index=index, first=index, last=index + 1, type=kind, verbal=False),
        sentence=sentence,
        modality=Modality.ASSERTED,
        claim=Claim(status=Status.REPORTED),
        places=list(places),
        **more,
    )


def joined(tellings: Sequence[Telling]) -> list[Happening]:
    """Join tellings; every mention is a city of its own."""
    count = 1 + max((m for t in tellings for m in t.places), default=0)
    cities = tuple(resolution(f"city {number}") for number in range(count))
    return Joiner(cities, ONTOLOGY, None).join(tellings)


# --- the work ------------------------------------------------------------------------------------


def floods_in_sentences(count: int) -> list[Telling]:
    return [telling(10 * number, number, [number]) for number in range(count)]


def floods_in_one_sentence(count: int) -> list[Telling]:
    return [telling(10 * number, 0, [number]) for number in range(count)]


def one_flood_told_again(count: int) -> list[Telling]:
    return [telling(10 * number, number, [0], definite=True) for number in range(count)]


def fires_of_one_flood(count: int) -> list[Telling]:
    floods = one_flood_told_again(count)
    return floods + [telling(t.cue.index + 5, t.sentence, (), "fire") for t in floods]


@pytest.mark.parametrize("made", [floods_in_sentences, floods_in_one_sentence])
def test_a_telling_is_compared_with_so_many_happenings_at_most(
    made: Callable[[int], list[Telling]], monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = 0
    score = Agreement.score

    def counted(*given: Any) -> float:
        nonlocal pairs
        pairs += 1
        return score(*given)

    monkeypatch.setattr(Agreement, "score", counted)
    assert len(joined(made(300))) == 300
    assert pairs <= 300 * 200


@pytest.mark.parametrize("made", [one_flood_told_again, fires_of_one_flood])
def test_twice_the_tellings_of_one_happening_take_twice_the_steps(
    made: Callable[[int], list[Telling]],
) -> None:
    # More sentences than the joiner looks back on: below that the work grows with its view.
    once, twice = (lines_run(lambda count=count: joined(made(count))) for count in (200, 400))
    assert twice < 2.2 * once


def lines_run(work: Callable[[], object]) -> int:
    """Count the lines of extraction that a piece of work runs, loops and all."""
    folder = str(Path(geomap.extraction.__file__).parent)
    count = 0

    def trace(frame: Any, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename.startswith(folder) else None

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


# --- what is kept together -----------------------------------------------------------------------


def test_one_happening_is_told_in_many_sentences() -> None:
    (happening,) = joined(one_flood_told_again(100))
    assert len(happening.tellings) == 100
    assert happening.mentions == [0]


def test_what_is_told_far_away_is_not_looked_at() -> None:
    shelf, happening = Shelf(), Happening(())
    shelf.put(happening, 0)
    assert list(shelf.within(80, 80)) == [happening]
    assert list(shelf.within(81, 80)) == []


@given(st.lists(st.integers(0, 60), min_size=1), st.integers(-5, 65))
def test_a_happening_is_as_far_as_its_nearest_telling(sentences: list[int], other: int) -> None:
    happening = Happening(())
    for number, sentence in enumerate(sentences):
        happening.add(telling(number, sentence))
    assert happening.distance(other) == min(abs(sentence - other) for sentence in sentences)


tellings_of_all_sorts = st.builds(
    lambda index, kind, article: telling(index, 0, kind=kind, **article),
    st.integers(0, 20),
    st.sampled_from(["flood", "attack", "shooting"]),
    st.fixed_dictionaries({name: st.booleans() for name in ("definite", "plural", "bare")}),
)


@given(
    st.lists(tellings_of_all_sorts, min_size=1),
    st.integers(0, 20),
    st.booleans(),
    st.booleans(),
)
def test_nouns_that_take_up_are_found_as_one_by_one(
    tellings: list[Telling], index: int, plural: bool, bare: bool
) -> None:
    happening = Happening(())
    for one in tellings:
        happening.add(one)
    assert happening.said.types_before(index) == {
        one.cue.type for one in tellings if one.cue.index < index
    }
    assert happening.said.types_taken_up(index, plural=plural, bare=bare) == {
        one.cue.type
        for one in tellings
        if one.cue.index >= index
        and one.definite
        and (plural or not one.plural)
        and (one.bare or not bare)
    }


@given(st.lists(st.sampled_from(NAMES)), st.lists(st.sampled_from(NAMES)))
def test_places_overlap_where_most_of_the_shorter_list_are_in_the_longer(
    mine: list[str], theirs: list[str]
) -> None:
    resolutions = [resolution(name) for name in mine + theirs]
    one = Whereabouts(resolutions, range(len(mine)))
    other = Whereabouts(resolutions, range(len(mine), len(resolutions)))
    shorter, longer = sorted((set(mine), set(theirs)), key=len)  # named twice is one place
    shared = [a for a in shorter if any(is_one_in_other(a, b) for b in longer)]
    assert one.overlaps(other) == (len(shared) * 3 >= len(shorter) * 2)
    assert one.shares(other) == bool(set(mine) & set(theirs))
    assert one.is_part_of(other) == (set(mine) < set(theirs))


def is_one_in_other(a: str, b: str) -> bool:
    return a == b or a in PARENTS.get(b, ()) or b in PARENTS.get(a, ())


def test_names_that_no_place_is_known_for_are_kept_apart() -> None:
    ground = Whereabouts([resolution("Titao", known=False), resolution("C")], [0, 1, 2])
    assert ground.unknown == {"titao"}
    assert ground.size == 1


# --- what is told anew ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mine", "theirs", "other"),
    [
        (Range(low=6, high=6), Range(low=9, high=9), True),
        (Range(low=6, high=None), Range(low=9, high=9), False),  # "at least six", then nine
        (Range(low=6, high=6), Range(low=1, high=1), False),  # one of them told apart
        (Range(low=1, high=1), Range(low=6, high=None), False),
    ],
)
def test_one_person_told_apart_is_no_other_toll(mine: Range, theirs: Range, other: bool) -> None:
    assert differ({"killed": {mine}}, {"killed": {theirs}}) is other


def test_a_headline_tells_what_the_body_tells_first() -> None:
    headline = telling(0, 0, kind="territory_capture", headline=True)
    lead = telling(10, 2, [1], kind="attack")
    other = telling(40, 8, [2], kind="attack", fresh=True)
    first, second = joined([headline, lead, other])
    assert first.tellings == [headline, lead]
    assert second.tellings == [other]


def test_a_headline_of_an_arrest_tells_no_attack() -> None:
    headline = telling(0, 0, [2], kind="detention", headline=True)
    assert len(joined([headline, telling(10, 2, [1], kind="attack")])) == 2


@pytest.mark.parametrize(("kind", "holds"), [(PlaceKind.ISLAND, True), (PlaceKind.CITY, False)])
def test_a_village_that_nobody_lists_may_lie_in_an_area(kind: PlaceKind, holds: bool) -> None:
    known, unlisted = resolution("A"), resolution("hamlet", known=False)
    assert known.location is not None
    place = dataclasses.replace(known.location.place, kind=kind)
    area = dataclasses.replace(known, location=dataclasses.replace(known.location, place=place))
    wide, village = Whereabouts((area, unlisted), [0]), Whereabouts((area, unlisted), [1])
    assert village.is_unlisted
    assert wide.may_hold(village) is holds
    assert not village.may_hold(wide)
