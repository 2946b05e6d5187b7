"""What the page knows: events, documents, distances and findings as plain data, nothing twice.

Fields that are unknown are left out; documents and areas are numbered and referred to. The page's
``events.js`` describes the same form as types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.features import event_features, event_fields
from geomap.findings import find
from geomap.model import Status
from geomap.webmap import evidence
from geomap.webmap.districts import number_areas
from geomap.webmap.shapes import encode
from geomap.webmap.summary import additions, summary

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context, Feature
    from geomap.model import Document, Result

Bounds = tuple[float, float, float, float]

#: Simplification of an event's area, as a share of its extent: finer does not show at any zoom
#: at which the whole area is in view.
_AREA_DETAIL = 1 / 1500
_FINEST_DEG = 0.001
_DIGITS = 6  # of a degree: 0.1 m
_TYPE_LOOK = ("label", "family", "color", "icon")
_TYPE_CODES = ("acled_event_type", "acled_sub_event_type", "cameo", "plover")
#: Fields of the table that the page derives from the type and the point.
_DERIVED = frozenset((*_TYPE_CODES, "lat", "lon"))


@dataclass(frozen=True, slots=True)
class Payload:
    """``content`` is ready for JSON; ``bounds`` are west, south, east, north of all events."""

    content: dict[str, Any]
    bounds: Bounds | None


@dataclass(slots=True)
class _Areas:
    """The shapes of events, each kept once however many events lie in it."""

    encoded: list[Any] = field(default_factory=list)
    index: dict[bytes, int] = field(default_factory=dict)

    def number(self, geometry: BaseGeometry) -> int:
        key: bytes = geometry.wkb
        if key not in self.index:
            self.index[key] = len(self.encoded)
            west, south, east, north = geometry.bounds
            extent = max(east - west, north - south)
            self.encoded.append(encode(geometry, max(extent * _AREA_DETAIL, _FINEST_DEG)))
        return self.index[key]


def build_payload(result: Result, context: Context) -> Payload:
    """Collect what page and picture show of ``result``."""
    return context.once("payload", result, lambda: _payload(result, context))


def _payload(result: Result, context: Context) -> Payload:
    features = event_features(result, context)
    areas = _Areas()
    findings = find(result)
    proofs = evidence.by_event(result, additions(findings, result.events))
    numbers = {document.id: number for number, document in enumerate(result.documents)}
    events = [_event(feature, areas, numbers, proofs) for feature in features]
    distances = evidence.distances(result, numbers)
    districts = number_areas(events, context.gazetteer)
    content = {
        "documents": [_document(document) for document in result.documents],
        "fields": [column.name for column in event_fields()],
        "types": _types(features, context),
        "all_types": {name: known.label for name, known in context.ontology.types.items()},
        "events": events,
        "areas": areas.encoded,
        "districts": districts,
        "distances": distances,
        "report": summary(result, findings, numbers),
    }
    points = [event["point"] for event in events if "point" in event]
    ends = [end for distance in distances for end in distance.get("line", ())]
    return Payload(content, _bounds(points + ends))


def _bounds(positions: list[list[float]]) -> Bounds | None:
    if not positions:
        return None
    lons, lats = zip(*positions, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _document(document: Document) -> dict[str, Any]:
    return _known(
        {
            "id": document.id,
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published.isoformat() if document.published else None,
            "url": document.url,
            "notes": list(document.notes),
        }
    )


def _types(features: list[Feature], context: Context) -> dict[str, Any]:
    used = {feature.properties["type"] for feature in features}
    return {
        name: _known({key: getattr(event_type, key) for key in (*_TYPE_LOOK, *_TYPE_CODES)})
        for name, event_type in context.ontology.types.items()
        if name in used
    }


def _event(
    feature: Feature, areas: _Areas, numbers: dict[str, int], proofs: dict[str, evidence.Proof]
) -> dict[str, Any]:
    told = {key: value for key, value in feature.properties.items() if key not in _DERIVED}
    event = _without_defaults(_known(told)) | _position(feature, areas)
    proof = proofs.get(event["id"], evidence.NO_PROOF)
    claims = feature.properties.get("claims") or ()
    if claims:
        event["claims"] = [_claim(claim, numbers, proof) for claim in claims]
    return event | proof.extra


def _without_defaults(event: dict[str, Any]) -> dict[str, Any]:
    """Leave out what ``events.js`` puts back: a last day that is the first, a single report."""
    if event.get("date_end") == event.get("date_start"):
        event.pop("date_end", None)
    for count in ("n_reports", "n_independent_sources"):
        if event.get(count) == 1:
            del event[count]
    return event


def _claim(claim: dict[str, Any], numbers: dict[str, int], proof: evidence.Proof) -> dict[str, Any]:
    known = _known(claim)
    document = known.pop("document_id")
    del known["end"]  # as long as the quote
    if known.get("status") == Status.REPORTED:
        del known["status"]
    if document in numbers:
        known.pop("publisher", None)  # the document has it
    marks = proof.marks.get((document, known["start"]))
    return {"document": numbers.get(document, -1), **known, **({"marks": marks} if marks else {})}


def _position(feature: Feature, areas: _Areas) -> dict[str, Any]:
    geometry = feature.geometry
    if geometry is None or geometry.is_empty:
        return {}
    point = feature.point
    if point is None:
        middle = geometry.representative_point()
        lon, lat = middle.x, middle.y
    else:
        lon, lat = point.lon, point.lat
    position: dict[str, Any] = {"point": [round(lon, _DIGITS), round(lat, _DIGITS)]}
    if not geometry.geom_type.endswith("Point"):
        position["area"] = areas.number(geometry)
    return position


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != []}
