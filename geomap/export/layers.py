"""What every format writes: four layers of plain rows, made once from a result."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geomap.features import event_features, first_level
from geomap.features.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.features.fields import Field
    from geomap.model import (
        DistanceCheck,
        Document,
        Location,
        Measurement,
        Place,
        Point,
        Resolution,
        Result,
    )
    from geomap.ontology import Ontology

_DEGREE_DIGITS = 6  # 0.1 m
_KM_DIGITS = 3
_SCORE_DIGITS = 4
_UNKNOWN_COLOR = "#777777"


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows of plain JSON values under the names of ``fields``, and a geometry (lon, lat) each."""

    name: str
    rows: tuple[dict[str, Any], ...]
    geometries: tuple[BaseGeometry | None, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, in order."""
        return fields_of(self.name)


@dataclass(frozen=True, slots=True)
class Look:
    """How a type of event is named and colored (``#rrggbb``) in the legend."""

    type: str
    label: str
    color: str


@dataclass(frozen=True, slots=True)
class Layers:
    """All that is exported of one build.

    ``events`` have the geometry that they are drawn with; the point of an event that is drawn as an
    area or a line is in its ``lat`` and ``lon``. ``claims`` are tellings of events, and stated
    distances with the line that was measured. ``mentions`` and ``places`` are points.
    ``looks`` has the types that occur, in the order of the ontology.
    """

    events: Layer
    claims: Layer
    mentions: Layer
    places: Layer
    looks: tuple[Look, ...] = ()

    def __iter__(self) -> Iterator[Layer]:
        return iter((self.events, self.claims, self.mentions, self.places))

    @property
    def latest_day(self) -> str:
        """The last day in the data, ISO 8601: stands for the clock where a format wants it."""
        days = [row["date_end"] for row in self.events.rows]
        days += [row["published"] for row in self.claims.rows]
        return max(filter(None, days), default="1970-01-01")


def of_result(result: Result, context: Context) -> Layers:
    """Return the layers of a result, made once for all formats."""
    return context.once("layers", result, lambda: _layers(result, context))


def _layers(result: Result, context: Context) -> Layers:
    features = event_features(result, context)
    events = Layer(
        "events",
        tuple(feature.properties for feature in features),
        tuple(feature.geometry for feature in features),
    )
    return Layers(
        events=events,
        claims=_layer("claims", _claims(result, events)),
        mentions=_layer("mentions", _mentions(result.resolutions)),
        places=_layer("places", _places(result)),
        looks=looks_of({event.type for event in result.events}, context.ontology),
    )


def looks_of(types: set[str], ontology: Ontology) -> tuple[Look, ...]:
    """Return the looks of types; one that the ontology does not know is gray."""
    known = [ontology.types[name] for name in ontology.types if name in types]
    unknown = sorted(types - set(ontology.types))
    return (
        *(Look(kind.name, kind.label, kind.color) for kind in known),
        *(Look(name, name, _UNKNOWN_COLOR) for name in unknown),
    )


def _layer(name: str, pairs: Iterable[tuple[dict[str, Any], BaseGeometry | None]]) -> Layer:
    names = [field.name for field in fields_of(name)]
    rows, geometries = [], []
    for values, geometry in pairs:
        rows.append({key: values.get(key) for key in names})
        geometries.append(geometry)
    return Layer(name, tuple(rows), tuple(geometries))


def _claims(result: Result, events: Layer) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    published = {document.id: _published(document) for document in result.documents}
    for event in events.rows:
        for claim in event["claims"]:
            row = {"kind": "event", "event_id": event["id"], **claim}
            yield row | published.get(claim["document_id"], {}), None
    for check in result.distances:
        document_id = check.claim.provenance.document_id
        line = check.measured and _measured_line(check.measured)
        yield _distance(check) | published.get(document_id, {}), line


def _published(document: Document) -> dict[str, Any]:
    day = document.published.isoformat() if document.published else None
    return {"publisher": document.publisher, "published": day}


def _distance(check: DistanceCheck) -> dict[str, Any]:
    claim, measured = check.claim, check.measured
    return {
        "kind": "distance",
        "document_id": claim.provenance.document_id,
        "quote": claim.provenance.quote,
        "start": claim.provenance.start,
        "end": claim.provenance.end,
        "origin": claim.origin.name,
        "target": claim.target.name,
        "to_border": int(claim.to_border),
        "stated_low_km": round(claim.stated_low_km, _KM_DIGITS),
        "stated_high_km": round(claim.stated_high_km, _KM_DIGITS),
        "approximate": int(claim.approximate),
        "measured_km": round(measured.distance_km, _KM_DIGITS) if measured else None,
        "bearing_deg": round(measured.bearing_deg, 1) if measured else None,
        "tolerance_km": measured.tolerance_km if measured else None,
        "dataset": measured.dataset if measured else None,
        "verdict": check.verdict.value,
        "note": check.note,
    }


def _measured_line(measured: Measurement) -> BaseGeometry:
    ends = (measured.origin, measured.nearest)
    return shapely.LineString([(point.lon, point.lat) for point in ends])


def _mentions(
    resolutions: Sequence[Resolution],
) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """Yield each mention; a location that many of them share is described once."""
    described: dict[int, tuple[dict[str, Any], BaseGeometry | None]] = {}
    for resolution in resolutions:
        location = resolution.location
        if location is None:
            yield _mention(resolution), None
            continue
        if id(location) not in described:
            described[id(location)] = _location(location), _point(location.point)
        columns, shape = described[id(location)]
        yield _mention(resolution) | columns, shape


def _mention(resolution: Resolution) -> dict[str, Any]:
    mention = resolution.mention
    return {
        "document_id": mention.document_id,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "use": mention.use.value,
        "confidence": round(resolution.confidence, _SCORE_DIGITS),
        "note": resolution.note,
    }


def _location(location: Location) -> dict[str, Any]:
    position = _position(location.point)
    return _place(location.place) | position | {"geo_precision": int(location.precision)}


def _places(result: Result) -> Iterator[tuple[dict[str, Any], BaseGeometry | None]]:
    """Yield each place that a mention was resolved to, by id."""
    resolved = [item.place for item in result.resolutions if item.place]
    located = [location.place for event in result.events for location in event.places]
    by_id = {place.id: place for place in (*resolved, *located)}
    n_mentions = Counter(place.id for place in resolved)
    n_events = Counter(place.id for place in located)
    for place_id, place in sorted(by_id.items()):
        counts = {"n_mentions": n_mentions[place_id], "n_events": n_events[place_id]}
        row = _place(place) | {"population": place.population} | _position(place.point) | counts
        yield row, _point(place.point)


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.id,
        "place": place.name,
        "place_kind": place.kind.value,
        "admin1": first_level(place),
        "country": place.country,
        "geonameid": place.geonameid,
    }


def _position(point: Point | None) -> dict[str, Any]:
    if point is None:
        return {}
    return {"lat": round(point.lat, _DEGREE_DIGITS), "lon": round(point.lon, _DEGREE_DIGITS)}


def _point(point: Point | None) -> BaseGeometry | None:
    return shapely.Point(point.lon, point.lat) if point else None
