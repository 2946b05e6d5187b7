"""What speaks for or against a reading of a name, as far as the name itself and its text tell.

Each feature is a column of a matrix with a row for every reading of every name in a document. What
the document's other names add is in :mod:`geomap.resolve.context`.
"""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from geomap.geo import great_circle_km
from geomap.model import MatchHow, PlaceKind, Use
from geomap.names import fold
from geomap.resolve.readings import contains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation, Place
    from geomap.resolve.names import Name
    from geomap.resolve.readings import Reading
    from geomap.resolve.setting import Setting
    from geomap.resolve.sphere import Array

LOCAL = (
    "match",
    "edit_distance",
    "partial",
    "same_case",
    "curated",
    "log_population",
    "population_rank",
    "population_share",
    "rank",
    "log_readings",
    "everyday",
    "is_country",
    "is_admin1",
    "is_admin2",
    "is_city",
    "is_district",
    "is_region",
    "is_physical",
    "is_facility",
    "affix_agrees",
    "affix_differs",
    "in_container",
    "container_misses",
    "in_following",
    "admin1_named",
    "country_named",
    "log_frequency",
    "in_opening",
    "all_capitals",
    "demonym",
    "words",
    "outlet_names_it",
    "outlet_names_parent",
    "outlet_country",
    "cue_share",
    "home_told",
    "log_home_km",
)

_MATCH = {how: float(rank) for rank, how in enumerate(MatchHow)}
_REGIONS = {PlaceKind.REGION, PlaceKind.CONTINENT, PlaceKind.BLOC}
_PHYSICAL = {
    PlaceKind.SEA,
    PlaceKind.LAKE,
    PlaceKind.RIVER,
    PlaceKind.STRAIT,
    PlaceKind.CANAL,
    PlaceKind.MOUNTAIN,
    PlaceKind.ISLAND,
    PlaceKind.PENINSULA,
    PlaceKind.DESERT,
}
_OPENING = 200
_HOMES = 12
_PEOPLE_PER_SQUARE_KM = 20.0
_SMALL_KM = 10.0
_KNOWN = 100_000.0
_FAR = log1p(20_100.0)
_TELLING_LETTERS = 4


def local_matrix(names: Sequence[Name], annotation: Annotation, setting: Setting) -> Array:
    """Return the local features, a row a reading, in the order of names and their readings."""
    rows = []
    homes = _Homes(names)
    for name in names:
        shared = _of_name(name, annotation)
        populations = sorted((_weight(one.place) for one in name.readings), reverse=True)
        for rank, reading in enumerate(name.readings):
            values = shared | _of_match(name, reading) | _of_place(reading.place, setting)
            population = _weight(reading.place)
            values["rank"] = float(rank)
            values["population_rank"] = float(populations.index(population))
            values["population_share"] = population / max(1, populations[0])
            values |= _of_containers(name, reading.place)
            values["home_told"] = float(homes.told)
            values["log_home_km"] = homes.log_km(reading.place) if name.mentions else _FAR
            rows.append([values[column] for column in LOCAL])
    return np.array(rows, dtype=np.float64).reshape(-1, len(LOCAL))


def _weight(place: Place) -> float:
    """Return the population of a place, or what stands for it where nobody is counted.

    A sea or region is as well known as it is wide, and a facility is listed because it is known.
    """
    if place.population:
        return place.population
    if place.kind in _REGIONS or place.kind in _PHYSICAL:
        return _PEOPLE_PER_SQUARE_KM * (place.radius_km or _SMALL_KM) ** 2
    return _KNOWN if place.kind is PlaceKind.FACILITY else 0


class _Homes:
    """The places by whose names the outlet calls itself."""

    def __init__(self, names: Sequence[Name]) -> None:
        own = [name for name in names if name.is_home]
        self.told = any(len(name.readings) == 1 for name in own)
        self._points = [
            reading.place.point
            for name in own
            for reading in name.readings[:_HOMES]
            if reading.place.point
        ]

    def log_km(self, place: Place) -> float:
        """Return ln(1 + km) to the nearest of them, as from the far side of the Earth if none."""
        if place.point is None or not self._points:
            return _FAR
        return log1p(min(great_circle_km(place.point, home) for home in self._points))


def _of_name(name: Name, annotation: Annotation) -> dict[str, float]:
    """Return what all readings of a name share."""
    uses = [annotation.mentions[index].use for index in name.mentions]
    return {
        "log_readings": log1p(len(name.readings)),
        "log_frequency": log1p(len(name.mentions)),
        "in_opening": float(name.first < _OPENING),
        "all_capitals": float(name.text.isupper()),
        "demonym": float(Use.DEMONYM in uses),
        "words": float(name.text.count(" ") + 1),
    }


def _of_match(name: Name, reading: Reading) -> dict[str, float]:
    """Return how well the name in the text meets the name in the gazetteer."""
    candidate = reading.candidate
    kind = candidate.place.kind
    return {
        "match": _MATCH[candidate.how],
        "edit_distance": float(candidate.distance),
        "partial": float(reading.partial),
        "same_case": float(candidate.matched_name == name.text),
        "everyday": candidate.everyday,
        "affix_agrees": float(name.affix is not None and name.affix is kind),
        "affix_differs": float(name.affix is not None and name.affix is not kind),
    }


def _of_place(place: Place, setting: Setting) -> dict[str, float]:
    """Return what the place brings along, whatever it is called."""
    kind = place.kind
    return {
        "curated": float("curated" in place.source),
        "log_population": log1p(_weight(place)),
        "is_country": float(kind is PlaceKind.COUNTRY),
        "is_admin1": float(kind is PlaceKind.ADMIN1),
        "is_admin2": float(kind is PlaceKind.ADMIN2),
        "is_city": float(kind is PlaceKind.CITY),
        "is_district": float(kind is PlaceKind.DISTRICT),
        "is_region": float(kind in _REGIONS),
        "is_physical": float(kind in _PHYSICAL),
        "is_facility": float(kind is PlaceKind.FACILITY),
        **_of_surroundings(place, setting),
    }


def _of_surroundings(place: Place, setting: Setting) -> dict[str, float]:
    """Return what the document's words and its outlet say of a place."""
    admin1 = fold(place.admin1).replace(" ", "") if place.admin1 else ""
    own = fold(place.name).replace(" ", "")
    named = [parent for parent in place.parents if parent in setting.areas]
    country = f"country:{place.country}"
    return {
        "admin1_named": float(any(parent != country for parent in named)),
        "country_named": float(country in named),
        "outlet_names_it": float(_names(setting.outlet, own)),
        "outlet_names_parent": float(admin1 != own and _names(setting.outlet, admin1)),
        "outlet_country": float(
            place.country is not None and place.country == setting.outlet_country
        ),
        "cue_share": setting.cues.get(place.country or "", 0.0),
    }


def _names(outlet: str, name: str) -> bool:
    """Tell whether an outlet's address or title holds a name of four letters or more."""
    return len(name) >= _TELLING_LETTERS and name in outlet


def _of_containers(name: Name, place: Place) -> dict[str, float]:
    inside = any(contains(outer, place) for outer in name.container)
    return {
        "in_container": float(inside),
        "container_misses": float(bool(name.container) and not inside),
        "in_following": float(any(contains(outer, place) for outer in name.within)),
    }
