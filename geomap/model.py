"""The nouns that pass between the stages, and nothing else.

Every class is a frozen, slotted, keyword-only dataclass, so that a stage cannot change what another
stage handed it. This module imports nothing of geomap.

Conventions that hold everywhere:

* Offsets are code points of ``Document.text``; ``text[start:end]`` is the span.
* Coordinates are degrees on WGS 84. ``Point`` is keyword-only because GeoJSON and shapely want
  (lon, lat) while folium and geopy want (lat, lon).
* Lengths are kilometers and say so in their name (``_km``).
* Unknown is ``None``, never 0 and never an empty string.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def noun(cls: type[T]) -> type[T]:
    """Make ``cls`` a frozen, slotted, keyword-only dataclass."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


# --- documents -----------------------------------------------------------------------------------


@noun
class Document:
    """One text as it was read.

    ``id`` is unique in a build and stable between builds of the same input. ``published`` is the
    day of publication, ``None`` where neither header nor text tells it. ``publisher`` is who
    published (a newspaper, an agency), not who is quoted. ``source`` is the path or stream it was
    read from, ``sha256`` the checksum of the bytes read. ``notes`` say in words what reading had to
    mend or could not understand.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    source: str | None = None
    sha256: str | None = None
    notes: tuple[str, ...] = ()


@noun
class Failure:
    """A document that could not be read or worked on; the build went on without it."""

    source: str
    stage: str
    message: str


# --- annotation ----------------------------------------------------------------------------------


class Use(StrEnum):
    """What a place name is used for in its sentence."""

    PLACE = "place"  # the place as such: "in Kyiv"
    METONYM = "metonym"  # an institution named by its seat: "Kyiv said"
    DEMONYM = "demonym"  # people or things of a place: "Ukrainian forces"
    EMBEDDED = "embedded"  # part of another name: "University of Leeds"
    UNKNOWN = "unknown"


@noun
class Token:
    """A word with its syntax. ``head`` is the index in ``Annotation.tokens``; a root heads itself.

    ``pos`` is the universal part of speech, ``tag`` the Penn Treebank tag, ``dep`` the ClearNLP
    dependency label, ``lemma`` is lower case for everything but names.
    """

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@noun
class Sentence:
    """A sentence: its span in the text, and its tokens ``Annotation.tokens[first:last]``."""

    start: int
    end: int
    first: int
    last: int


@noun
class Entity:
    """A name that is no toponym: ``label`` is PERSON, ORG, DATE, CARDINAL … (OntoNotes 5)."""

    start: int
    end: int
    text: str
    label: str


@noun
class Mention:
    """One occurrence of a toponym; ``text`` is the span without article and possessive.

    ``label`` is the recognizer's own label: GPE, LOC, FAC or NORP (OntoNotes 5), or ADMIN for a
    name whose area word stands outside the span ("Idlib province"; each name of "Kharkiv and
    Kherson regions"). ``score`` is its probability, ``None`` where it has none.
    """

    document_id: str
    start: int
    end: int
    text: str
    label: str
    use: Use = Use.UNKNOWN
    score: float | None = None


@noun
class Annotation:
    """A document with sentences, tokens, toponym mentions and other entities, each in text order.

    ``tokens`` have no syntax (empty ``dep``) where only mentions were asked for.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...] = ()


# --- places --------------------------------------------------------------------------------------


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
    and ``radius_km`` are those of the location, not of ``place``.
    """

    place: Place
    point: Point | None
    precision: GeoPrecision
    radius_km: float | None = None
    shape: Shape = Shape.POINT
    relation: str | None = None
    anchors: tuple[str, ...] = ()


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


# --- reports and events --------------------------------------------------------------------------


@noun
class Provenance:
    """The exact words: ``document.text[start:end] == quote``, always."""

    document_id: str
    start: int
    end: int
    quote: str


class TimePrecision(IntEnum):
    """How closely a date is known, in ACLED's codes (ACLED Codebook, "Time precision code")."""

    DAY = 1
    WEEK = 2
    MONTH = 3


@noun
class DateRange:
    """When: first and last possible day, the words that told it and the rule that read them.

    Both days are ``None`` where the words could not be dated (``rule`` then says why). The words
    are ``text``; ``provenance`` is where they stand.
    """

    first: date | None
    last: date | None
    precision: TimePrecision | None
    rule: str
    text: str | None = None
    provenance: Provenance | None = None


@noun
class Range:
    """A count as told: ``low`` to ``high``, ``None`` where that end is not told.

    "22" is (22, 22); "at least 22" is (22, None, open_ended=True); "up to 30" is (None, 30).
    """

    low: int | None
    high: int | None
    open_ended: bool = False


@noun
class Casualties:
    """People harmed or moved; a field that was not told is ``None``."""

    killed: Range | None = None
    injured: Range | None = None
    missing: Range | None = None
    displaced: Range | None = None
    detained: Range | None = None


@noun
class Weapon:
    """A weapon system (from the lexicon) with how many were launched, destroyed and hit."""

    system: str
    launched: Range | None = None
    destroyed: Range | None = None
    hit: Range | None = None


@noun
class Actor:
    """Who acted or was acted on: the normalized name, its country (ISO alpha-2), and the words."""

    name: str
    country: str | None = None
    provenance: Provenance | None = None


@noun
class Speaker:
    """Who says so, as opposed to who published it; ``side`` is an ISO alpha-2 country."""

    name: str
    side: str | None = None
    provenance: Provenance | None = None


class Status(StrEnum):
    """What the text makes of the event. Never "confirmed": text alone cannot confirm."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    DISPUTED = "disputed"
    RETRACTED = "retracted"


@noun
class Evidence:
    """The words that one field of a report came from; ``field`` is the name of the field."""

    field: str
    provenance: Provenance


@noun
class Report:
    """One event as one document tells it.

    ``id`` is made of document and trigger offsets. ``where`` has several resolutions when one
    attack hit several places, none when the place is not told. ``parent_id`` is the report in the
    same document of which this one is an effect or a part. ``sentence`` is the telling sentence.
    """

    id: str
    document_id: str
    type: str
    trigger: Provenance
    sentence: Provenance
    when: DateRange | None = None
    where: tuple[Resolution, ...] = ()
    attacker: Actor | None = None
    target: Actor | None = None
    weapons: tuple[Weapon, ...] = ()
    casualties: Casualties = field(default_factory=Casualties)
    status: Status = Status.REPORTED
    speaker: Speaker | None = None
    evidence: tuple[Evidence, ...] = ()
    parent_id: str | None = None
    confidence: float = 0.5


@noun
class ConflictValue:
    """One of the values that a field has among the reports, and the documents that say so."""

    value: str
    document_ids: tuple[str, ...]


@noun
class Conflict:
    """A field in which the reports of one event differ."""

    field: str
    values: tuple[ConflictValue, ...]


@noun
class Event:
    """What happened, merged from the reports that tell it.

    ``id`` is a hash of what identifies the event. ``places`` is empty where it could not be
    located; the first is the one the mark stands on. ``n_independent_sources`` counts near-copies
    once.
    ``parent_id`` names the event that this is a part or an effect of. ``notes`` are for people.
    """

    id: str
    type: str
    title: str
    when: DateRange | None
    places: tuple[Location, ...]
    attacker: Actor | None
    target: Actor | None
    weapons: tuple[Weapon, ...]
    casualties: Casualties
    status: Status
    conflicts: tuple[Conflict, ...]
    reports: tuple[Report, ...]
    n_independent_sources: int
    confidence: float
    parent_id: str | None = None
    possible_duplicates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


# --- distances -----------------------------------------------------------------------------------


@noun
class DistanceClaim:
    """A distance that a text states: from ``origin`` to ``target``, or to the target's border."""

    provenance: Provenance
    origin: Place
    target: Place
    to_border: bool
    stated_low_km: float
    stated_high_km: float
    approximate: bool


class Verdict(StrEnum):
    """What measuring says of a stated distance."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNDECIDED = "cannot tell"


@noun
class Measurement:
    """A geodesic distance with the line it was measured along and what it rests on.

    ``bearing_deg`` is the initial bearing, clockwise from north. ``nearest`` is the end of the
    line: the target point, or the nearest point of the border. ``tolerance_km`` is how far off the
    data may be.
    """

    distance_km: float
    bearing_deg: float
    origin: Point
    nearest: Point
    dataset: str
    tolerance_km: float


@noun
class DistanceCheck:
    """A stated distance beside the measured one; ``note`` gives the reason for the verdict."""

    claim: DistanceClaim
    measured: Measurement | None
    verdict: Verdict
    note: str


# --- corrections ---------------------------------------------------------------------------------


@noun
class Correction:
    """What a person set right: one line of a corrections file.

    The event is told by ``event_id``, or by the words of a report (``document_id``, ``start``,
    ``end``), which outlive a change of ids; what was left empty is ``None``.
    """

    line: int
    action: str
    event_id: str | None = None
    document_id: str | None = None
    start: int | None = None
    end: int | None = None
    field: str | None = None
    value: str | None = None
    author: str | None = None
    reason: str | None = None


@noun
class CorrectionOutcome:
    """A correction with what it did: ``note`` says what changed, or why it no longer applies."""

    correction: Correction
    applied: bool
    note: str
    event_id: str | None = None


# --- the whole build -----------------------------------------------------------------------------


@noun
class Result:
    """Everything a build found, in document order and, for events, in order of date and id."""

    documents: tuple[Document, ...]
    resolutions: tuple[Resolution, ...]
    reports: tuple[Report, ...]
    events: tuple[Event, ...]
    distances: tuple[DistanceCheck, ...] = ()
    near_copies: tuple[tuple[str, ...], ...] = ()  # groups of document ids that copy one another
    failures: tuple[Failure, ...] = ()
    corrections: tuple[CorrectionOutcome, ...] = ()  # in the order of the file
