"""What the report says of an event whatever stands around it, kept from build to build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from geomap.errors import GazetteerError
from geomap.features.runs import event_runs
from geomap.merge import Sources, World
from geomap.model import PlaceKind, noun
from geomap.model.later import event_ids
from geomap.report.markdown import escape, quotation
from geomap.wording import say_count, say_places

if TYPE_CHECKING:
    from geomap.features import Context
    from geomap.features.runs import Run
    from geomap.model import Event, Place, Range, Result


@noun
class Told:
    """An event in Markdown: its type, title, place and figures, and the words of its first report.

    ``undated`` says what words told a date that could not be read, if any did.
    """

    label: str
    title: str
    where: str
    killed: str
    injured: str
    words: str
    undated: str


_TOLD = msgspec.msgpack.Decoder(list[Told])


def tell(result: Result, context: Context) -> dict[str, Told]:
    """Return what is said of each event, by id."""
    world = World(
        ontology=context.ontology,
        sources=Sources.of(result.near_copies),
        gazetteer=context.gazetteer,
    )

    def make(run: Run) -> bytes:
        events = result.events[run.first : run.end]
        return msgspec.msgpack.encode([_tell(event, world) for event in events])

    pieces = event_runs(result, context).made("report", make)
    told = (each for piece in pieces for each in _TOLD.decode(piece))
    return dict(zip(event_ids(result.events), told, strict=True))


def _tell(event: Event, world: World) -> Told:
    label = world.label_of(event.type)
    return Told(
        label=escape(label[:1].upper() + label[1:]),
        title=escape(event.title),
        where=_where(event, world),
        killed=_figure(event.casualties.killed),
        injured=_figure(event.casualties.injured),
        words=quotation(event.reports[0].sentence.quote) if event.reports else "",
        undated=_undated(event),
    )


def _where(event: Event, world: World) -> str:
    """Return the place of an event with what is around it: "Lviv (Lviv Oblast, Ukraine)"."""
    places = say_places(event.places, world.name_of)
    if len(event.places) != 1:
        return escape(places)
    place = event.places[0].place
    around: list[str | None] = [place.admin1] if place.kind is not PlaceKind.ADMIN1 else []
    around += [_country(place, world)] if place.kind is not PlaceKind.COUNTRY else []
    words = ", ".join(word for word in dict.fromkeys(around) if word and word != place.name)
    return escape(f"{places} ({words})" if words else places)


def _country(place: Place, world: World) -> str | None:
    """Return the name of the country around a place, its code where no name is known."""
    for parent in reversed(place.parents):
        try:
            area = world.gazetteer.place(parent) if world.gazetteer else None
        except GazetteerError:
            continue
        if area and area.kind is PlaceKind.COUNTRY:
            return area.name
    return place.country


def _undated(event: Event) -> str:
    """Return the words that told the date and why they could not be read, if they could not."""
    when = event.when
    if when is None or when.first is not None or not when.text:
        return ""
    return f" It says {quotation(when.text)}: {escape(when.rule)}."


def _figure(count: Range | None) -> str:
    """Return a figure in words, nothing where it is not told."""
    return say_count(count) if count else ""
