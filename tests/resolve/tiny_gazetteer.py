"""A gazetteer of a few made-up and a few real places, for tests of resolution."""

from __future__ import annotations

from shapely.geometry import LineString, MultiLineString, box

from geomap.model import Candidate, GeoPrecision, MatchHow, Place, PlaceKind, Point
from geomap.names import fold

_WIDE = {PlaceKind.COUNTRY, PlaceKind.ADMIN1, PlaceKind.BLOC, PlaceKind.SEA}


def place(key, kind, lat, lon, country=None, **more):
    return Place(
        id=f"test:{key}",
        name=more.pop("name", key.replace("-", " ").title()),
        kind=kind,
        point=None if lat is None else Point(lon=lon, lat=lat),
        country=country,
        precision=GeoPrecision.AREA if kind in _WIDE else GeoPrecision.EXACT,
        radius_km=5.0 if kind is PlaceKind.CITY else None,
        **more,
    )


PLACES = (
    place("france", PlaceKind.COUNTRY, 46.0, 2.0, "FR", population=67_000_000),
    place("united-states", PlaceKind.COUNTRY, 39.8, -98.5, "US", population=330_000_000),
    place("ukraine", PlaceKind.COUNTRY, 49.0, 32.0, "UA", population=41_000_000, has_geometry=True),
    place("poland", PlaceKind.COUNTRY, 52.0, 20.0, "PL", population=38_000_000, has_geometry=True),
    place("texas", PlaceKind.ADMIN1, 31.25, -99.25, "US", admin1="Texas", population=29_000_000),
    place("paris-fr", PlaceKind.CITY, 48.85, 2.35, "FR", name="Paris", population=2_100_000),
    place(
        "paris-tx",
        PlaceKind.CITY,
        33.66,
        -95.55,
        "US",
        name="Paris",
        admin1="Texas",
        population=25_000,
        parents=("test:texas", "test:united-states"),
    ),
    place(
        "dallas",
        PlaceKind.CITY,
        32.78,
        -96.8,
        "US",
        admin1="Texas",
        population=1_300_000,
        parents=("test:texas", "test:united-states"),
    ),
    place("lviv", PlaceKind.CITY, 49.84, 24.03, "UA", admin1="Lviv", population=720_000),
    place("kyiv", PlaceKind.CITY, 50.45, 30.52, "UA", admin1="Kyiv City", population=2_900_000),
    place("odesa", PlaceKind.CITY, 46.48, 30.73, "UA", admin1="Odesa", population=1_000_000),
    place(
        "odesa-oblast",
        PlaceKind.ADMIN1,
        46.8,
        30.3,
        "UA",
        name="Odesa",
        admin1="Odesa",
        population=2_400_000,
        has_geometry=True,
    ),
    place("nato", PlaceKind.BLOC, None, None, name="NATO"),
    place("black-sea", PlaceKind.SEA, 43.0, 34.0, has_geometry=True),
)

ALIASES = {
    "Ukrainian": "test:ukraine",
    "Polish": "test:poland",
    "Odesa region": "test:odesa-oblast",
}


class TinyGazetteer:
    """Looks places up as the real one does, most populous first."""

    def __init__(self, places=PLACES):
        self._places = {one.id: one for one in places}
        self.lookups = 0

    def candidates(self, name, *, fuzzy=False):  # noqa: ARG002 - of the contract
        self.lookups += 1
        key = fold(name)
        found = [(one, MatchHow.EXACT) for one in self._places.values() if fold(one.name) == key]
        found += [
            (self._places[place_id], MatchHow.ALIAS)
            for alias, place_id in ALIASES.items()
            if fold(alias) == key
        ]
        found.sort(key=lambda pair: -(pair[0].population or 0))
        return tuple(Candidate(place=one, matched_name=name, how=how) for one, how in found)

    def knows(self, name):
        return bool(self.candidates(name))

    def geometry(self, place_id):
        if place_id == "test:ukraine":
            return box(22.0, 44.0, 40.0, 52.0)
        return None

    def border(self, country_a, country_b=None):
        if {country_a, country_b or "UA"} == {"PL", "UA"}:
            return MultiLineString([LineString([(23.6, 51.5), (22.6, 49.1)])])
        return None
