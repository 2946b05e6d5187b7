"""The nouns that pass between the stages, and nothing else.

Every class is a frozen, slotted, keyword-only dataclass, so that a stage cannot change what another
stage handed it. Each module imports nothing of geomap but others of this package.

Conventions that hold everywhere:

* Offsets are code points of ``Document.text``; ``text[start:end]`` is the span.
* Coordinates are degrees on WGS 84. ``Point`` is keyword-only because GeoJSON and shapely want
  (lon, lat) while folium and geopy want (lat, lon).
* Lengths are kilometers and say so in their name (``_km``).
* Unknown is ``None``, never 0 and never an empty string.
"""

from __future__ import annotations

from geomap.model.base import noun
from geomap.model.distances import DistanceCheck, DistanceClaim, Measurement, Verdict
from geomap.model.documents import (
    Annotation,
    Document,
    Entity,
    Failure,
    Mention,
    Sentence,
    Token,
    Use,
)
from geomap.model.places import (
    Candidate,
    Feature,
    GeoPrecision,
    Location,
    MatchHow,
    Place,
    PlaceKind,
    Point,
    Resolution,
    Rival,
    Shape,
)
from geomap.model.reports import (
    MIN_CONFIDENCE,
    Actor,
    Casualties,
    Conflict,
    ConflictValue,
    DateRange,
    Event,
    Evidence,
    Figure,
    Provenance,
    Range,
    Report,
    Speaker,
    Status,
    TimePrecision,
    Weapon,
)
from geomap.model.results import Correction, CorrectionOutcome, Result, Telling

__all__ = [
    "MIN_CONFIDENCE",
    "Actor",
    "Annotation",
    "Candidate",
    "Casualties",
    "Conflict",
    "ConflictValue",
    "Correction",
    "CorrectionOutcome",
    "DateRange",
    "DistanceCheck",
    "DistanceClaim",
    "Document",
    "Entity",
    "Event",
    "Evidence",
    "Failure",
    "Feature",
    "Figure",
    "GeoPrecision",
    "Location",
    "MatchHow",
    "Measurement",
    "Mention",
    "Place",
    "PlaceKind",
    "Point",
    "Provenance",
    "Range",
    "Report",
    "Resolution",
    "Result",
    "Rival",
    "Sentence",
    "Shape",
    "Speaker",
    "Status",
    "Telling",
    "TimePrecision",
    "Token",
    "Use",
    "Verdict",
    "Weapon",
    "noun",
]
