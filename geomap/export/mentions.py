"""The rows of the layers ``mentions`` and ``places``: names in texts, and what they stand for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
import shapely

from geomap.export.rows import Row, Rows
from geomap.features import first_level
from geomap.features.fields import fields_of
from geomap.features.runs import document_runs, event_runs
from geomap.model.later import by_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.features.runs import Run
    from geomap.model import Location, Place, Point, Resolution, Result

_DEGREE_DIGITS = 6  # 0.1 m
_SCORE_DIGITS = 4

Position = tuple[float, float]  # lon, lat
_POINTS = msgspec.msgpack.Decoder(list[Position | None])
_COUNTS = msgspec.msgpack.Decoder(list[tuple[str, int, msgspec.Raw]])
_PLACE = msgspec.msgpack.Decoder(tuple[dict[str, Any], Position | None])


class Mentions:
    """The resolutions of a result, by run of documents."""

    def __init__(self, result: Result, context: Context) -> None:
        self._result = result
        self._runs = document_runs(result, context)
        self._event_runs = event_runs(result, context)
        self._by_document = by_document(result.resolutions)

    def rows(self) -> Rows:
        """Return the rows of ``mentions``."""
        return Rows("mentions", self._runs, lambda run: _rows(self._of(run)))

    def points(self) -> list[BaseGeometry | None]:
        """Return where each mention lies; those of one place share one object."""
        pieces = self._runs.made("mentions.points", self._points)
        return _shared([point for piece in pieces for point in _POINTS.decode(piece)])

    def places(self) -> tuple[list[Row], list[BaseGeometry | None]]:
        """Return a row for each place that a mention was resolved to, or an event is at, by id."""
        mentioned = self._runs.made("mentions.places", self._mentioned)
        told = self._event_runs.made("events.places", self._told)
        found: dict[str, msgspec.Raw] = {}
        n_mentions = _counted(mentioned, found)
        n_events = _counted(told, found)
        rows, positions = [], []
        for key in sorted(found):
            row, position = _PLACE.decode(found[key])
            rows.append(row | {"n_mentions": n_mentions[key], "n_events": n_events[key]})
            positions.append(position)
        return _ordered("places", rows), _shared(positions)

    def _of(self, run: Run) -> list[Resolution]:
        documents = self._result.documents[run.first : run.end]
        return [each for document in documents for each in self._by_document.get(document.id, ())]

    def _points(self, run: Run) -> bytes:
        points = [each.location and _pair(each.location.point) for each in self._of(run)]
        return msgspec.msgpack.encode(points)

    def _mentioned(self, run: Run) -> bytes:
        return _places(each.place for each in self._of(run) if each.place)

    def _told(self, run: Run) -> bytes:
        events = self._result.events[run.first : run.end]
        return _places(location.place for event in events for location in event.places)


def _places(places: Iterable[Place]) -> bytes:
    """Return each place with how often it is there."""
    numbered = list(places)
    by_id = {place.id: place for place in numbered}
    return msgspec.msgpack.encode(
        [
            (key, count, (_described(by_id[key]), _pair(by_id[key].point)))
            for key, count in Counter(place.id for place in numbered).items()
        ]
    )


def _counted(pieces: Iterable[bytes], found: dict[str, msgspec.Raw]) -> Counter[str]:
    """Return how often each place is there; what is said of them goes to ``found``."""
    counts: Counter[str] = Counter()
    for piece in pieces:
        for key, count, place in _COUNTS.decode(piece):
            counts[key] += count
            found[key] = place
    return counts


def _rows(resolutions: Sequence[Resolution]) -> list[Row]:
    """Return a row for each mention; a location that many of them share is described once."""
    described: dict[int, dict[str, Any]] = {}
    rows = []
    for resolution in resolutions:
        location = resolution.location
        columns = {}
        if location is not None:
            if id(location) not in described:
                described[id(location)] = _location(location)
            columns = described[id(location)]
        rows.append(_mention(resolution) | columns)
    return _ordered("mentions", rows)


def _ordered(layer: str, rows: Iterable[Row]) -> list[Row]:
    names = [field.name for field in fields_of(layer)]
    return [{key: row.get(key) for key in names} for row in rows]


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


def _described(place: Place) -> dict[str, Any]:
    return _place(place) | {"population": place.population} | _position(place.point)


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


def _pair(point: Point | None) -> Position | None:
    return (point.lon, point.lat) if point else None


def _shared(positions: Sequence[Position | None]) -> list[BaseGeometry | None]:
    """Return points; those at one position share one object."""
    distinct = list(dict.fromkeys(filter(None, positions)))
    points = dict(zip(distinct, shapely.points(distinct), strict=True)) if distinct else {}
    return [position and points[position] for position in positions]
