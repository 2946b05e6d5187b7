"""What the page knows beside its events: documents, areas, distances and findings as plain data.

Fields that are unknown are left out; documents and areas are numbered and referred to. The page's
``events.js`` describes the same form as types.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.features import event_fields
from geomap.features.briefs import briefs
from geomap.features.making import maker
from geomap.features.marks import marks
from geomap.features.pieces import remembered
from geomap.findings import find
from geomap.webmap import evidence
from geomap.webmap.districts import Districts
from geomap.webmap.parts import Parts
from geomap.webmap.shapes import encode
from geomap.webmap.summary import additions, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.features.drawing import OutlineKey
    from geomap.features.marks import Mark
    from geomap.model import Result
    from geomap.webmap.parts import Part
    from geomap.webmap.shapes import EncodedShape

Bounds = tuple[float, float, float, float]

#: Simplification of an event's area, as a share of its extent: finer does not show at any zoom
#: at which the whole area is in view.
_AREA_DETAIL = 1 / 1500
_FINEST_DEG = 0.001
_DIGITS = 6  # of a degree: 0.1 m
_TYPE_LOOK = ("label", "family", "color", "icon")
_TYPE_CODES = ("acled_event_type", "acled_sub_event_type", "cameo", "plover")


@dataclass(frozen=True, slots=True)
class Payload:
    """What page and picture show.

    ``content`` is ready for JSON and has all but the documents, and the events, which are in
    ``parts``. ``areas`` are the numbers of outlines in it, ``bounds`` west, south, east, north of
    all events.
    """

    content: dict[str, Any]
    parts: Parts
    numbers: dict[str, int]
    areas: dict[OutlineKey, int]
    bounds: Bounds | None


def build_payload(result: Result, context: Context) -> Payload:
    """Collect what page and picture show of ``result``."""
    return context.once("payload", result, lambda: _payload(result, context))


def _payload(result: Result, context: Context) -> Payload:
    events = briefs(result, context)
    findings = context.once("findings", result, lambda: find(result, events))
    numbers = {document.id: number for number, document in enumerate(result.documents)}
    places = [mark for mark in marks(result, context) if mark]
    keys = dict.fromkeys(mark.outline for mark in places if mark.outline)
    distances = evidence.distances(result, numbers)
    content = {
        "fields": [column.name for column in event_fields()],
        "types": _types({event.type for event in events}, context),
        "all_types": {name: known.label for name, known in context.ontology.types.items()},
        "areas": [_area(key, result, context) for key in keys],
        "distances": distances,
        "report": summary(result, findings, numbers),
    }
    return Payload(
        content=content,
        parts=Parts(result, context, additions(findings, events)),
        numbers=numbers,
        areas={key: number for number, key in enumerate(keys)},
        bounds=_bounds(places, distances),
    )


def numbered(payload: Payload, parts: Sequence[Part], context: Context) -> dict[str, Any]:
    """Return what the numbers within each part stand for, and the first-level areas.

    ``refs`` has for each part the numbers of documents, areas and first-level areas, ``None`` where
    there is none.
    """
    districts = Districts(context)
    refs = [
        [
            [payload.numbers[key] for key in part.documents],
            [payload.areas[key] for key in part.areas],
            [districts.number(each) for each in part.districts],
        ]
        for part in parts
    ]
    return {"refs": refs, "districts": districts.areas}


def _area(key: OutlineKey, result: Result, context: Context) -> EncodedShape:
    """Return the outline of events as the page draws it."""

    def make() -> bytes:
        outline = maker(result, context).drawing.outline(key)
        assert outline is not None
        return json.dumps(_encoded(outline)).encode()

    area: EncodedShape = json.loads(
        remembered(context.pieces, "area", "\0".join(key).encode(), make)
    )
    return area


def _encoded(outline: BaseGeometry) -> EncodedShape:
    west, south, east, north = outline.bounds
    extent = max(east - west, north - south)
    return encode(outline, max(extent * _AREA_DETAIL, _FINEST_DEG))


def _bounds(places: Sequence[Mark], distances: Sequence[dict[str, Any]]) -> Bounds | None:
    positions = [(mark.lon, mark.lat) for mark in places]
    positions += [end for distance in distances for end in distance.get("line", ())]
    if not positions:
        return None
    lons, lats = zip(*positions, strict=True)
    west, south, east, north = (
        round(end, _DIGITS) for end in (min(lons), min(lats), max(lons), max(lats))
    )
    return west, south, east, north


def _types(used: set[str], context: Context) -> dict[str, Any]:
    return {
        name: _known({key: getattr(event_type, key) for key in (*_TYPE_LOOK, *_TYPE_CODES)})
        for name, event_type in context.ontology.types.items()
        if name in used
    }


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != []}
