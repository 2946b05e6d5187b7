"""Gazetteer entries, candidates, locations and resolutions."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from geomap.model.base import noun
from geomap.model.documents import Mention


@noun
class Point:
    """A position in degrees on WGS 84."""

    lon: float
    lat: float


class PlaceKind(StrEnum):
    """What a place is. An area is drawn as its geometry, everything else as a point or a line."""

    CITY = "city"  # any populated place
    DISTRICT = "district"  # part of a city
    ADMIN1 = "admin1"  # first-level area: oblast, state, province
    ADMIN2 = "admin2"  # second-level area: raion, county
    COUNTRY = "country"
    CONTINENT = "continent"
    REGION = "region"  # without a legal boundary: Donbas, Sahel
    BLOC = "bloc"  # EU, NATO, the West: known, and not a point
    SEA = "sea"  # ocean, sea, gulf, bay
    LAKE = "lake"
    RIVER = "river"
    STRAIT = "strait"
    CANAL = "canal"
    MOUNTAIN = "mountain"  # peak or range
    ISLAND = "island"
    PENINSULA = "peninsula"
    DESERT = "desert"
    FACILITY = "facility"  # plant, bridge, base, crossing, airport, building
    OTHER = "other"


class GeoPrecision(IntEnum):
    """How closely a place is known, in ACLED's codes (ACLED Codebook, "Geo-precision code")."""

    EXACT = 1  # the town or spot itself
    NEAR = 2  # near it, or a part of a district
    AREA = 3  # a province or something wider


@noun
class Place:
    """A gazetteer entry.

    ``id`` is ``source:key``, for example ``geonames:703448`` or ``curated:black-sea``. ``point`` is
    the representative point (GeoNames' where it has one), ``None`` for what has no position (NATO).
    ``country`` is ISO 3166-1 alpha-2. ``admin1`` is the name of the first-level area. ``parents``
    are ids from the nearest area to the widest. ``radius_km`` says how far from ``point`` an event
    "in" this place may be. ``has_geometry`` tells that the gazetteer holds its line or polygon.
    """

    id: str
    name: str
    kind: PlaceKind
    point: Point | None
    country: str | None = None
    admin1: str | None = None
    parents: tuple[str, ...] = ()
    population: int | None = None
    precision: GeoPrecision = GeoPrecision.EXACT
    radius_km: float | None = None
    source: str = ""
    geonameid: int | None = None
    has_geometry: bool = False


class MatchHow(StrEnum):
    """How a name in a text met a name in the gazetteer, best first."""

    EXACT = "exact"
    ALIAS = "alias"
    NORMALIZED = "normalized"
    SKELETON = "skeleton"
    FUZZY = "fuzzy"


@noun
class Candidate:
    """A place that a name may mean.

    ``distance`` is the edit distance of a fuzzy match. ``everyday`` is between 0 and 1: how often
    the name is no place at all in running text ("Reading", "Nice", "Jordan"), 0 where not known.
    """

    place: Place
    matched_name: str
    how: MatchHow
    distance: int = 0
    everyday: float = 0.0


@noun
class Feature:
    """One reason for a score: ``value`` times ``weight`` is what it adds."""

    name: str
    value: float
    weight: float = 1.0
    detail: str = ""


class Shape(StrEnum):
    """How a location is drawn."""

    POINT = "point"
    AREA = "area"  # the geometry of ``place``
    LINE = "line"  # the border of ``place`` with ``anchors[0]``, or the geometry of a river


@noun
class Location:
    """Where something is: a place, or a position told relative to one.

    ``relation`` holds the words of a relative position ("50 km east of"), ``None`` for the place
    itself. ``anchors`` are the ids of further places it is told by ("between A and B"). ``point``
    and ``radius_km`` are those of the location, not of ``place``. ``name`` is what the text calls
    it where that is no name of ``place``: a hamlet in or near the town.
    """

    place: Place
    point: Point | None
    precision: GeoPrecision
    radius_km: float | None = None
    shape: Shape = Shape.POINT
    relation: str | None = None
    anchors: tuple[str, ...] = ()
    name: str | None = None


@noun
class Rival:
    """A candidate with its score; the best was chosen, or none was when the margin was small."""

    candidate: Candidate
    score: float
    features: tuple[Feature, ...] = ()


@noun
class Resolution:
    """What a mention was resolved to. ``location is None`` means unresolved: a value, no error.

    ``confidence`` is a calibrated probability that the place is right, 0 where unresolved.
    ``rivals`` are in order of score, the chosen candidate first where there is one. ``note`` says
    in words why nothing was chosen, or that the place was inherited from another mention.
    """

    mention: Mention
    location: Location | None
    confidence: float
    features: tuple[Feature, ...] = ()
    rivals: tuple[Rival, ...] = ()
    note: str | None = None

    @property
    def place(self) -> Place | None:
        """The resolved place, if any."""
        return self.location.place if self.location else None
