"""Where events are drawn, as little as page, picture and layers need of those that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import shapely

from geomap.features.drawing import OutlineKey
from geomap.features.making import maker
from geomap.features.runs import event_runs
from geomap.model import noun

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.features.context import Context
    from geomap.features.runs import Run
    from geomap.model import Result


@noun
class Mark:
    """Where the mark of an event stands, in degrees, and the key of the outline it is drawn as."""

    lon: float
    lat: float
    outline: OutlineKey | None = None


_MARKS = list[Mark | None]


def marks(result: Result, context: Context) -> list[Mark | None]:
    """Return where each event of a result is drawn, ``None`` where it could not be located."""
    return context.once("marks", result, lambda: _marks(result, context))


def _marks(result: Result, context: Context) -> list[Mark | None]:
    def make(run: Run) -> bytes:
        found = [
            feature.point
            and Mark(lon=feature.point.lon, lat=feature.point.lat, outline=feature.outline)
            for feature in maker(result, context).of(run)
        ]
        return msgspec.msgpack.encode(found)

    decode = msgspec.msgpack.Decoder(_MARKS).decode
    return [
        mark for piece in event_runs(result, context).made("marks", make) for mark in decode(piece)
    ]


def geometries(result: Result, context: Context) -> list[BaseGeometry | None]:
    """Return what each event is drawn as (lon, lat); those drawn alike share one object."""
    found = marks(result, context)
    outline = maker(result, context).drawing.outline
    places = {(mark.lon, mark.lat): None for mark in found if mark and not mark.outline}
    points = dict(zip(places, shapely.points(list(places)), strict=True)) if places else {}
    return [
        mark and (outline(mark.outline) if mark.outline else points[mark.lon, mark.lat])
        for mark in found
    ]
