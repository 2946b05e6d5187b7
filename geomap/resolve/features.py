"""What speaks for or against a reading of a name, as far as the name itself and its text tell.

Each feature is a column of a matrix with a row for every reading of every name in a document. What
the document's other names add is in :mod:`geomap.resolve.context`.
"""

from __future__ import annotations

import re
from math import log1p
from typing import TYPE_CHECKING

import numpy as np

from geomap.model import MatchHow, PlaceKind, Use, noun
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import Annotation, Document, Place
    from geomap.resolve.names import Name, Reading
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
    "log_frequency",
    "in_opening",
    "all_capitals",
    "demonym",
    "words",
    "publisher_names_it",
    "publisher_names_parent",
    "publisher_country",
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
_COUNTRY_CODE = 2
_TELLING_LETTERS = 4
_LONGEST_GRAM = 3


@noun
class Setting:
    """What a document tells beside its names: its words, its publisher."""

    grams: frozenset[str]
    publisher: str
    publisher_country: str | None


def setting_of(document: Document) -> Setting:
    """Read the setting off a document; linear in its length."""
    host = (document.publisher or "").lower().removeprefix("www.")
    suffix = host.rpartition(".")[2] if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) else ""
    country = {"uk": "GB"}.get(suffix, suffix.upper()) if len(suffix) == _COUNTRY_CODE else None
    return Setting(
        grams=_grams(f"{document.title or ''}\n{document.text}"),
        publisher=re.sub(r"\W", "", host.removesuffix(f".{suffix}") if suffix else host),
        publisher_country=country,
    )


def _grams(text: str) -> frozenset[str]:
    """Collect runs of up to three capitalized words, folded: the names that a text could hold."""
    found: set[str] = set()
    for run in re.findall(r"[A-Z][\w.'’-]*(?:[ \n][A-Z][\w.'’-]*){0,6}", text):
        words = fold(re.sub(r"(?:'|’)s\b", "", run)).split()
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + _LONGEST_GRAM) + 1):
                found.add(" ".join(words[first:last]))
    return frozenset(found)


def local_matrix(names: Sequence[Name], annotation: Annotation, setting: Setting) -> Array:
    """Return the local features, a row a reading, in the order of names and their readings."""
    rows = []
    for name in names:
        shared = _of_name(name, annotation)
        populations = sorted((one.place.population or 0 for one in name.readings), reverse=True)
        for rank, reading in enumerate(name.readings):
            values = shared | _of_match(name, reading) | _of_place(reading.place, setting)
            population = reading.place.population or 0
            values["rank"] = float(rank)
            values["population_rank"] = float(populations.index(population))
            values["population_share"] = population / max(1, populations[0])
            values |= _of_containers(name, reading.place)
            rows.append([values[column] for column in LOCAL])
    return np.array(rows, dtype=np.float64).reshape(-1, len(LOCAL))


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
        "log_population": log1p(place.population or 0),
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
    """Return what the document's words, its publisher and the caller say of a place."""
    admin1 = fold(place.admin1) if place.admin1 else ""
    own = fold(place.name)
    publisher = setting.publisher
    return {
        "admin1_named": float(bool(admin1) and admin1 != own and admin1 in setting.grams),
        "publisher_names_it": float(_names(publisher, own)),
        "publisher_names_parent": float(admin1 != own and _names(publisher, admin1)),
        "publisher_country": float(
            place.country is not None and place.country == setting.publisher_country
        ),
    }


def _names(publisher: str, name: str) -> bool:
    """Tell whether a publisher's address or title holds a name of four letters or more."""
    return len(name) >= _TELLING_LETTERS and name.replace(" ", "") in publisher


def _of_containers(name: Name, place: Place) -> dict[str, float]:
    from geomap.resolve.names import contains

    inside = any(contains(outer, place) for outer in name.container)
    return {
        "in_container": float(inside),
        "container_misses": float(bool(name.container) and not inside),
        "in_following": float(any(contains(outer, place) for outer in name.within)),
    }
