"""From a name, as a text writes it, to the places that it may mean."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from geomap.gazetteer.fuzzy import FuzzyIndex
from geomap.gazetteer.schema import ABBREVIATION, EXACT, SHORTEST_SKELETON
from geomap.model import Candidate, MatchHow, PlaceKind
from geomap.names import (
    fold,
    is_acronym,
    is_part,
    is_venue,
    respellings,
    skeleton,
    split_affix,
    split_part,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from geomap.model import Place

Row = tuple[int, int]
"""The number of a place, and how the name belongs to it."""

FEWEST_FOR_PART = 15_000
"""Inhabitants of the smallest town that a longer name is looked up by."""

LONGEST_PARTS = 8
"""Words of a long name that are looked up in parts."""

MOST_LOOSE = 40
"""Candidates of a skeleton or fuzzy match at most."""

AREA_DISCOUNT = 4
"""An area ranks as a town with so many times fewer people does."""

_LONGEST_UNKNOWN_ACRONYM = 3
_PAIR = 2  # letters: postal codes of states, which no dateline means as a town
_SIZABLE = 50_000  # people; a town that opens a dateline, which a hamlet called Cia does not
_AREAS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.REGION}

# Which kinds a word for a kind of area can mean, other than the kind itself.
_COMPATIBLE = {
    PlaceKind.ADMIN1: _AREAS | {PlaceKind.COUNTRY, PlaceKind.PENINSULA},
    PlaceKind.ADMIN2: _AREAS,
    PlaceKind.DISTRICT: {PlaceKind.DISTRICT, PlaceKind.ADMIN2, PlaceKind.ADMIN1},
    PlaceKind.MOUNTAIN: {PlaceKind.MOUNTAIN, PlaceKind.REGION},
}


class Search:
    """Lookups by name in an open gazetteer."""

    def __init__(self, database: sqlite3.Connection, place: Callable[[int], Place]) -> None:
        self._execute = database.execute
        self._look_up = database.cursor().execute  # one cursor: a new one costs a tenth
        self._place = place
        self._fuzzy: FuzzyIndex | None = None
        self._everyday: dict[str, float] = dict(self._execute("SELECT key, prior FROM everyday"))

    def knows(self, name: str) -> bool:
        """Tell whether some place has this name, whatever its case and accents."""
        query = "SELECT 1 FROM name WHERE key = ?"
        return self._look_up(query, (fold(name),)).fetchone() is not None

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that a name may mean, best kind of match first, then by population.

        Forms of the name are tried from strict to loose; the first that answers gives them all.
        """
        for form in _forms(name):
            found = self._exact(form) or self._respelled(form) or self._by_skeleton(form)
            if found:
                return found
        return ()

    def loose(self, name: str) -> tuple[Candidate, ...]:
        """Return places whose name is one letter away, or else those that a part of it names.

        ``Candidate.distance`` is the number of letters that differ or that are left over.
        """
        key = next(fold(form) for form in reversed(list(_forms(name))))
        for near in self._index().near(key):
            if found := self._exact(near):
                return tuple(_at_distance(found, 1))
        found_by_part = [
            list(_at_distance(found, len(key) - len(fold(part))))
            for part, found in self._by_parts(name)
        ]
        turns = zip_longest(*found_by_part)  # the best of each part before the second of any
        return tuple(one for turn in turns for one in turn if one is not None)[:MOST_LOOSE]

    def _by_parts(self, name: str) -> Iterator[tuple[str, list[Candidate]]]:
        """Yield the parts of a name that name prominent places, the longest first, none in another.

        "Bank of Japan" is in Japan; "British Embassy Tokyo" tells of two places.
        """
        taken: set[int] = set()
        for first, last, part in _parts(name):
            if taken.intersection(range(first, last)):
                continue
            found = self._exact(part) or self._without_affix(part)
            if known := [candidate for candidate in found if _is_prominent(candidate.place)]:
                taken.update(range(first, last))
                yield part, known

    def _index(self) -> FuzzyIndex:
        """Return the index of the names of towns and areas that are written about, made once."""
        if self._fuzzy is None:
            row = self._execute("SELECT data FROM layer WHERE name = 'fuzzy'").fetchone()
            self._fuzzy = FuzzyIndex(row[0])
        return self._fuzzy

    def _respelled(self, name: str) -> tuple[Candidate, ...]:
        """Return the candidates of a name without what news adds to it."""
        if found := self._without_affix(name):
            return found
        for spelling in respellings(name):
            if found := self._exact(spelling) or self._without_affix(spelling):
                return tuple(_as_normalized(found))
        whole = split_part(name)
        if whole is None:
            return ()
        return tuple(_as_normalized(self._exact(whole) or self._without_affix(whole)))

    def _exact(self, name: str) -> tuple[Candidate, ...]:
        key = fold(name)
        rows = self._look_up("SELECT place, how FROM name WHERE key = ?", (key,)).fetchall()
        if not rows:
            return ()
        if is_acronym(name):
            rows = self._of_acronym(name, rows)
        everyday = self._everyday.get(key, 0.0)
        candidates = [self._candidate(key, row, everyday) for row in rows]
        return tuple(sorted(candidates, key=_rank))

    def _candidate(self, key: str, row: Row, everyday: float) -> Candidate:
        number, how = row
        place = self._place(number)
        return Candidate(
            place=place,
            matched_name=place.name if how == EXACT else _written(key, how),
            how=MatchHow.EXACT if how == EXACT else MatchHow.ALIAS,
            everyday=everyday,
        )

    def _of_acronym(self, name: str, rows: list[Row]) -> list[Row]:
        """Return what capitals may mean: US, EU and UN are no towns, though towns are called so.

        Unless a table knows them as an acronym, four letters and more are a name in capitals (a
        dateline: "ROME"), and so are three that a city of some size is called by ("JOS", "UFA").
        """
        marked = any(how == ABBREVIATION for _, how in rows)
        if not marked and len(fold(name)) > _LONGEST_UNKNOWN_ACRONYM:
            return rows
        return [
            (number, how)
            for number, how in rows
            if how == ABBREVIATION
            or self._place(number).kind is not PlaceKind.CITY
            or (not marked and how == EXACT and self._is_sizable(number) and len(name) > _PAIR)
        ]

    def _is_sizable(self, number: int) -> bool:
        return (self._place(number).population or 0) >= _SIZABLE

    def _without_affix(self, name: str) -> tuple[Candidate, ...]:
        core, kind = split_affix(name)
        if kind is None:
            return ()
        found = self._exact(core) or self._by_skeleton(core)
        kinds = _COMPATIBLE.get(kind, {kind})
        fitting = [candidate for candidate in found if candidate.place.kind in kinds]
        return tuple(_as_normalized(fitting or found))

    def _by_skeleton(self, name: str) -> tuple[Candidate, ...]:
        key = skeleton(name)
        if len(key) < SHORTEST_SKELETON:
            return ()
        rows = self._execute("SELECT place FROM skeleton WHERE key = ?", (key,)).fetchall()
        places = sorted((self._place(number) for (number,) in rows), key=_prominence)
        return tuple(
            Candidate(place=place, matched_name=place.name, how=MatchHow.SKELETON)
            for place in places[:MOST_LOOSE]
        )


def _written(key: str, how: int) -> str:
    """Return a name as it may have been written: the store keeps its key alone."""
    return key.upper() if how == ABBREVIATION else key.title()


def _forms(name: str) -> Iterator[str]:
    """Yield a name as it stands, then without possessive and article."""
    yield name
    plain = name.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    if plain[:4].lower() == "the ":
        plain = plain[4:]
    if plain != name:
        yield plain


def _parts(name: str) -> Iterator[tuple[int, int, str]]:
    """Yield runs of words of a name that begin with a capital, the longest first, with their span.

    Words that only tell a kind of venue ("University", "Bank") are no run.
    """
    words = name.split()[:LONGEST_PARTS]
    for size in range(len(words) - 1, 0, -1):
        for first in range(len(words) - size + 1):
            part = " ".join(words[first : first + size])
            if part[:1].isupper() and _is_telling(part):
                yield first, first + size, part


def _is_telling(part: str) -> bool:
    """Tell whether a part of a name may name a place: long enough or an acronym, and no "South"."""
    long_enough = len(part) >= SHORTEST_SKELETON or is_acronym(part)
    return long_enough and not is_part(part) and not is_venue(part)


def _is_prominent(place: Place) -> bool:
    """Tell whether a place is one that a longer name ("Manila Cathedral") is called after."""
    return place.kind is not PlaceKind.CITY or (place.population or 0) >= FEWEST_FOR_PART


def _at_distance(candidates: Iterable[Candidate], distance: int) -> Iterator[Candidate]:
    for candidate in candidates:
        yield replace(candidate, how=MatchHow.FUZZY, distance=distance, everyday=0.0)


def _as_normalized(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    for candidate in candidates:
        how = candidate.how if candidate.how is MatchHow.SKELETON else MatchHow.NORMALIZED
        yield replace(candidate, how=how)


def _rank(candidate: Candidate) -> tuple[bool, bool, bool, int, str]:
    """Return the sort key of exact candidates: what is known as no point, then the first names."""
    is_bloc = candidate.place.kind is PlaceKind.BLOC
    return (not is_bloc, candidate.how is not MatchHow.EXACT, *_prominence(candidate.place))


def _prominence(place: Place) -> tuple[bool, int, str]:
    """Return the sort key of places with one name: countries, then by population.

    A bare name that a town shares with the area around it ("Kharkiv") is mostly the town.
    """
    people = (place.population or 0) // (AREA_DISCOUNT if place.kind in _AREAS else 1)
    return place.kind is not PlaceKind.COUNTRY, -people, place.id
