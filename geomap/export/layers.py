"""What every format writes: four layers of plain rows, made once from a result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geomap.export.claims import claims
from geomap.export.mentions import Mentions
from geomap.export.rows import Made, Row, Rows
from geomap.features.briefs import briefs
from geomap.features.fields import fields_of
from geomap.features.making import maker
from geomap.features.marks import geometries
from geomap.features.runs import event_runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.features.fields import Field
    from geomap.model import Result
    from geomap.ontology import Ontology

_UNKNOWN_COLOR = "#777777"


@dataclass(frozen=True, slots=True)
class Layer:
    """Rows of plain JSON values under the names of ``fields``, and a geometry (lon, lat) each."""

    name: str
    rows: Sequence[Row]
    geometries: Sequence[BaseGeometry | None]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, in order."""
        return fields_of(self.name)

    def made(self, kind: str, write: Callable[[Sequence[Row]], bytes]) -> list[bytes]:
        """Return what ``write`` makes of the rows, in parts; what former builds made is not asked.

        What ``write`` gives must hang on the rows and on ``kind`` alone, and parts that are joined
        must say what one would.
        """
        if isinstance(self.rows, Rows):
            return self.rows.made(kind, write)
        return [write(self.rows)]


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
        days = [_latest(self.events, "date_end"), _latest(self.claims, "published")]
        return max(filter(None, days), default="1970-01-01")


def _latest(layer: Layer, column: str) -> str:
    """Return the last day of a column, nothing where it has none."""

    def write(rows: Sequence[Row]) -> bytes:
        return max((row[column] for row in rows if row[column]), default="").encode()

    return max(layer.made(f"latest {column}", write), default=b"").decode()


def of_result(result: Result, context: Context) -> Layers:
    """Return the layers of a result, made once for all formats."""
    return context.once("layers", result, lambda: _layers(result, context))


def mentions_of(result: Result, context: Context) -> Layer:
    """Return the layer of mentions, which hangs on no event."""
    mentions = Mentions(result, context)
    return Layer("mentions", mentions.rows(), Made(mentions.points))


def _layers(result: Result, context: Context) -> Layers:
    make = maker(result, context)
    runs = event_runs(result, context)
    places = cache(Mentions(result, context).places)
    return Layers(
        events=Layer(
            "events",
            Rows("events", runs, lambda run: [each.properties for each in make.of(run)]),
            geometries(result, context),
        ),
        claims=Layer("claims", *claims(result, context)),
        mentions=mentions_of(result, context),
        places=Layer("places", Made(lambda: places()[0]), Made(lambda: places()[1])),
        looks=looks_of({event.type for event in briefs(result, context)}, context.ontology),
    )


def looks_of(types: set[str], ontology: Ontology) -> tuple[Look, ...]:
    """Return the looks of types; one that the ontology does not know is gray."""
    known = [ontology.types[name] for name in ontology.types if name in types]
    unknown = sorted(types - set(ontology.types))
    return (
        *(Look(kind.name, kind.label, kind.color) for kind in known),
        *(Look(name, name, _UNKNOWN_COLOR) for name in unknown),
    )
