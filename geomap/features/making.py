"""Features made of events, a run at a time: nobody asks for those of a run that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geomap.features import columns
from geomap.features.drawing import Drawing, OutlineKey, outline_key
from geomap.features.fields import event_fields
from geomap.features.nearby import Nearby
from geomap.features.runs import event_runs
from geomap.model import GeoPrecision

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.features.context import Context
    from geomap.features.runs import Run
    from geomap.model import Event, Point, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """An event ready to be written: properties, geometry (lon, lat) and where its mark stands.

    ``geometry`` is the area or line of an event that is known no better, named by ``outline``; it
    and ``point`` are ``None`` where the event could not be located.
    """

    properties: dict[str, Any]
    geometry: BaseGeometry | None
    point: Point | None
    outline: OutlineKey | None = None


class Maker:
    """Makes the features of a result, each once."""

    def __init__(self, result: Result, context: Context) -> None:
        self.drawing = Drawing(context.gazetteer, context.pieces)
        self._events = result.events
        self._context = context
        self._nearby = Nearby(context.gazetteer, context.pois, context.surroundings)
        self._publishers = {document.id: document.publisher for document in result.documents}
        self._names = [column.name for column in event_fields()]
        self._made: dict[int, list[Feature]] = {}

    def of(self, run: Run) -> list[Feature]:
        """Return the features of a run of events."""
        if run.first not in self._made:
            events = self._events[run.first : run.end]
            self._made[run.first] = [self._feature(event) for event in events]
        return self._made[run.first]

    def _feature(self, event: Event) -> Feature:
        gazetteer = self._context.gazetteer
        location = event.places[0] if event.places else None
        geometry, point = self.drawing.draw(location) if location else (None, None)
        values = columns.told(event, self._context.ontology.types.get(event.type))
        values |= columns.where(location, point, gazetteer) | {
            "claims": [columns.claim(report, self._publishers) for report in event.reports],
            "other_places": [columns.other(other, gazetteer) for other in event.places[1:]],
        }
        if location and point and location.precision is not GeoPrecision.AREA:
            around = self._nearby.around(point, location.place)
            values = around | {name: value for name, value in values.items() if value is not None}
        is_outline = geometry is not None and geometry.geom_type != "Point"
        return Feature(
            properties={name: values.get(name) for name in self._names},
            geometry=geometry,
            point=point,
            outline=outline_key(location) if location and is_outline else None,
        )


def maker(result: Result, context: Context) -> Maker:
    """Return what makes the features of ``result``, the same for all outputs."""
    return context.once("features", result, lambda: Maker(result, context))


def event_features(result: Result, context: Context) -> list[Feature]:
    """Return the events as features, in the order of ``result.events``."""
    make = maker(result, context)
    return [feature for run in event_runs(result, context).runs for feature in make.of(run)]
