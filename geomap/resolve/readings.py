"""What a name may mean: its readings, which lie in which, and which of them others rule out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import Candidate, MatchHow, Place, PlaceKind, noun

if TYPE_CHECKING:
    from collections.abc import Sequence

_CONTAINERS = {PlaceKind.ADMIN1, PlaceKind.COUNTRY}

# A city of as many people gives its country no name that is its own, and one of as many is known
# by its name in all countries.
_CAPITAL = 100_000
_KNOWN_WORLDWIDE = 300_000


@noun
class Reading:
    """A candidate of a name; ``partial`` tells that only a part of the name was looked up."""

    candidate: Candidate
    partial: bool = False

    @property
    def place(self) -> Place:
        """The place that the name is read as."""
        return self.candidate.place


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether one place lies in another, by the gazetteer's parents."""
    if outer.id == inner.id:
        return False
    if outer.id in inner.parents:
        return True
    if outer.country is None or outer.country != inner.country:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return True
    return outer.kind is PlaceKind.ADMIN1 and outer.name == inner.admin1


def fitting(
    text: str, readings: tuple[Reading, ...], container: Sequence[Place], *, bare: bool
) -> tuple[Reading, ...]:
    """Return the bloc alone where a bare name is that of one: EU and West are no towns.

    What only another language calls so gives way to a large city.
    """
    blocs = tuple(one for one in readings if one.place.kind is PlaceKind.BLOC)
    if blocs and bare and not container:
        return blocs
    kept = tuple(one for one in readings if not _is_called_by_city(one, readings))
    cities = [one for one in kept if _is_large_city(one) and _is_spelt(one, text)]
    return tuple(one for one in kept if not _gives_way(one, text, cities)) if cities else kept


def _is_called_by_city(one: Reading, readings: Sequence[Reading]) -> bool:
    """Tell whether a country goes by the first name of a city in it: Tunis is the city."""
    if one.place.kind is not PlaceKind.COUNTRY or one.candidate.how is MatchHow.EXACT:
        return False
    return any(
        other.candidate.how is MatchHow.EXACT
        and other.place.kind is PlaceKind.CITY
        and (other.place.population or 0) >= _CAPITAL
        and contains(one.place, other.place)
        for other in readings
    )


def _is_large_city(one: Reading) -> bool:
    """Tell whether a reading is a city that is known by this name all over the world."""
    first_name = one.candidate.how is MatchHow.EXACT and not one.partial
    known = (one.place.population or 0) >= _KNOWN_WORLDWIDE
    return first_name and known and one.place.kind is PlaceKind.CITY


def _is_spelt(one: Reading, text: str) -> bool:
    """Tell whether a name is written with the accents of the text."""
    return one.candidate.matched_name.casefold() == text.casefold()


def _gives_way(one: Reading, text: str, cities: Sequence[Reading]) -> bool:
    """Tell whether a reading gives way to those large cities: Cali is not California.

    An area does where the name is but its alias, and the city lies elsewhere. Where the text writes
    accents, all else does that is not written with them: Münster is not Munster.
    """
    is_alias = one.candidate.how is not MatchHow.EXACT
    is_area = one.place.kind in _CONTAINERS
    is_other = not text.isascii() and (is_alias or not _is_spelt(one, text))
    if not (is_other or (is_alias and is_area)):
        return False
    return not any(contains(one.place, city.place) for city in cities)


def ruled_out_by(readings: Sequence[Reading], container: Sequence[Place]) -> frozenset[int]:
    """Return the readings that syntax rules out: a town lies in the state after its comma.

    In a list of countries or states the comma says nothing.
    """
    areas = [place for place in container if place.kind in _CONTAINERS]
    if not areas or not readings or readings[0].place.kind in _CONTAINERS:
        return frozenset()
    inside = {
        n for n, one in enumerate(readings) if any(contains(area, one.place) for area in areas)
    }
    return frozenset(range(len(readings))) - inside if inside else frozenset()
