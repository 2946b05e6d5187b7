"""From what a person types to a place: a name, "lat,lon", or an id of the gazetteer.

A name that means several places is settled only where one is far more likely: a country before
what borrows its name, a city five times as large as its namesakes. Otherwise the person is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geomap import geo
from geomap.errors import AmbiguousPlaceError, UnknownPlaceError
from geomap.geo.notation import decimal_degrees
from geomap.model import MatchHow, Place, PlaceKind, Point
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.gazetteer import Gazetteer
    from geomap.model import Candidate

_NUMBER = r"[-+]?\d{1,3}(?:\.\d+)?"
_COORDINATES = re.compile(rf"\s*({_NUMBER})°?\s*[,;\s]\s*({_NUMBER})°?\s*")
_DOMINANCE = 5
_SAME_SPOT_KM = 50  # a region named after its city is no rival of it
_SHOWN = 8
_LONGEST, _SHOWN_CHARS = 300, 40  # the longest name of the gazetteer has 128 characters
_NAMED_AS_SUCH = frozenset({MatchHow.EXACT, MatchHow.ALIAS, MatchHow.NORMALIZED})
#: Countries and the like are not measured by their inhabitants.
_PLAIN = frozenset({PlaceKind.COUNTRY, PlaceKind.CONTINENT})
_MAX_LAT, _MAX_LON = 90, 180
_TYPED = "point:"  # begins the id of a position that was typed


def find_place(text: str, gazetteer: Gazetteer) -> Place:
    """Return the place that ``text`` means; a position becomes a place without a country.

    Raises :class:`UnknownPlaceError` or :class:`AmbiguousPlaceError`, which carries the candidates.
    """
    if len(text) > _LONGEST:
        raise UnknownPlaceError(f'"{text[:_SHOWN_CHARS]}…" is longer than any name of a place')
    lat_lon = _COORDINATES.fullmatch(text)
    if lat_lon:
        return _position(text, float(lat_lon[1]), float(lat_lon[2]))
    if text.isdecimal():
        return gazetteer.place(f"geonames:{text}")
    if re.fullmatch(r"[a-z_]+:\S+", text):
        return gazetteer.place(text)
    return _named(text, gazetteer)


def find_point(text: str, gazetteer: Gazetteer) -> tuple[Place, Point]:
    """Return the place that ``text`` means with its position, or raise ``UnknownPlaceError``."""
    place = find_place(text, gazetteer)
    if place.point is None:
        raise UnknownPlaceError(f'"{text}" ({place.kind}) has no position to measure from')
    return place, place.point


def find_country(text: str, gazetteer: Gazetteer) -> str:
    """Return the ISO alpha-2 code of a country, or of a pair such as ``UA-PL``.

    Raises :class:`UnknownPlaceError`.
    """
    codes = text.upper().split("-")
    if all(re.fullmatch(r"[A-Z]{2}", code) for code in codes) and len(codes) <= 2:  # noqa: PLR2004 - a border has two sides
        return "-".join(codes)
    for candidate in gazetteer.candidates(text):
        if candidate.place.kind is PlaceKind.COUNTRY and candidate.place.country:
            return candidate.place.country
    raise UnknownPlaceError(
        f'no country is named "{text[:_LONGEST]}"; give a name, a code such as PL, or a pair such '
        "as UA-PL"
    )


def describe(place: Place) -> str:
    """Return a place in a few words: "Springfield (city, Illinois, US, 39.80 N, 89.64 W)"."""
    parts = [place.kind.value, place.admin1, place.country]
    if place.point:
        parts.append(decimal_degrees(place.point, digits=2))
    return f"{place.name} ({', '.join(part for part in parts if part and part != place.name)})"


def swapped(place: Place) -> Point | None:
    """Return a typed position with lat and lon the other way round, if that is a position."""
    point = place.point
    if point is None or not place.id.startswith(_TYPED) or abs(point.lon) > _MAX_LAT:
        return None
    return Point(lon=point.lat, lat=point.lon)


def _position(text: str, lat: float, lon: float) -> Place:
    if abs(lat) <= _MAX_LAT and abs(lon) <= _MAX_LON:
        point = Point(lon=lon, lat=lat)
        return Place(
            id=f"{_TYPED}{lat},{lon}", name=text.strip(), kind=PlaceKind.OTHER, point=point
        )
    if abs(lon) <= _MAX_LAT and abs(lat) <= _MAX_LON:
        raise UnknownPlaceError(
            f'"{text}": latitude {lat:g} is beyond 90; is it lon,lat? Write {lon:g},{lat:g}'
        )
    raise UnknownPlaceError(
        f'"{text}" is out of range: expected lat,lon with lat from -90 to 90 and lon from -180 to '
        "180"
    )


def _named(text: str, gazetteer: Gazetteer) -> Place:
    candidates = list(gazetteer.candidates(text))
    if not candidates and "," in text:
        name, _, qualifier = text.rpartition(",")
        candidates = _qualified(gazetteer.candidates(name.strip()), qualifier.strip(), gazetteer)
    if not candidates:
        raise _unknown(text, gazetteer)
    choice = _dominant(candidates)
    if choice is None:
        raise _ambiguous(text, candidates)
    return choice


def _qualified(
    candidates: Sequence[Candidate], qualifier: str, gazetteer: Gazetteer
) -> list[Candidate]:
    """Keep the candidates inside of what follows the comma: "Paris, Texas"."""
    areas = [candidate.place for candidate in gazetteer.candidates(qualifier)]
    countries = {area.country for area in areas if area.kind is PlaceKind.COUNTRY}
    countries.add(qualifier.upper())
    regions = {fold(area.name) for area in areas if area.kind is PlaceKind.ADMIN1}
    regions.add(fold(qualifier))
    return [
        candidate
        for candidate in candidates
        if candidate.place.country in countries or fold(candidate.place.admin1 or "") in regions
    ]


def _dominant(candidates: Sequence[Candidate]) -> Place | None:
    """Return the place that everybody would mean, if there is one."""
    named = [item.place for item in candidates if item.how in _NAMED_AS_SUCH]
    places = named or [item.place for item in candidates]
    if places[0].kind in _PLAIN or places[0].source in {"curated", "overlay"}:
        return places[0]
    cities = [place for place in places if place.kind is PlaceKind.CITY]
    best, *others = sorted(cities or places, key=_size, reverse=True)
    rivals = [other for other in others if not _same_spot(best, other)]
    if all(_size(best) >= _DOMINANCE * max(1, _size(rival)) for rival in rivals):
        return best
    return None


def _size(place: Place) -> int:
    return place.population or 0


def _same_spot(a: Place, b: Place) -> bool:
    if a.point is None or b.point is None:
        return False
    return geo.great_circle_km(a.point, b.point) < _SAME_SPOT_KM


def _unknown(text: str, gazetteer: Gazetteer) -> UnknownPlaceError:
    similar = [candidate.place.name for candidate in gazetteer.candidates(text, fuzzy=True)]
    names = ", ".join(dict.fromkeys(similar[:3]))
    hint = f"; did you mean {names}?" if names else "; give another spelling, or lat,lon"
    return UnknownPlaceError(f'the gazetteer has no place named "{text}"{hint}')


def _ambiguous(text: str, candidates: Sequence[Candidate]) -> AmbiguousPlaceError:
    shown = [f"  {item.place.id}  {describe(item.place)}" for item in candidates[:_SHOWN]]
    more = len(candidates) - len(shown)
    if more > 0:
        shown.append(f"  and {more} more")
    lines = "\n".join(shown)
    return AmbiguousPlaceError(
        f'"{text}" may be one of these; give the id, lat,lon, or add the country after a comma:\n'
        f"{lines}",
        candidates,
    )
