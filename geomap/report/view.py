"""What all sections of the report look things up in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geomap.errors import GazetteerError
from geomap.findings import find
from geomap.merge import Sources, World
from geomap.model import PlaceKind
from geomap.report.markdown import escape, listed
from geomap.wording import say_count, say_days, say_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geomap.merge.facets import Ontology
    from geomap.merge.world import Places
    from geomap.model import Document, Event, Place, Range, Result


# So many documents in a row are told as "5 to 9".
_SHORTEST_RUN = 4


class Context(Protocol):
    """What is asked of :class:`geomap.features.Context`."""

    @property
    def gazetteer(self) -> Places:
        """The places."""

    @property
    def ontology(self) -> Ontology:
        """The event types."""


class View:
    """A result with its documents numbered and its event types named."""

    def __init__(self, result: Result, context: Context) -> None:
        self.result = result
        self.findings = find(result)
        self._world = World(
            ontology=context.ontology,
            sources=Sources.of(result.near_copies),
            gazetteer=context.gazetteer,
        )
        self._gazetteer = context.gazetteer
        self._numbers: Mapping[str, int] = {
            document.id: number for number, document in enumerate(result.documents, start=1)
        }

    def number(self, document_id: str) -> str:
        """Return the number of a document, or its id if it is not in the result."""
        known = self._numbers.get(document_id)
        return str(known) if known else escape(document_id)

    def document(self, document_id: str) -> Document:
        """Return a document of the result."""
        return self.result.documents[self._numbers[document_id] - 1]

    def documents(self, document_ids: Iterable[str]) -> str:
        """Return numbers of documents: "document 2", "documents 1, 3 and 5 to 9"."""
        ids = sorted(set(document_ids), key=lambda key: (self._numbers.get(key, 0), key))
        words = listed(self._runs(ids))
        return f"document {words}" if len(ids) == 1 else f"documents {words}"

    def _runs(self, ids: Sequence[str]) -> list[str]:
        """Return numbers in words, three and more in a row as one: "5 to 9"."""
        runs: list[list[str]] = []
        for one in ids:
            number = self._numbers.get(one)
            last = self._numbers.get(runs[-1][-1]) if runs else None
            if number is not None and last is not None and number == last + 1:
                runs[-1].append(one)
            else:
                runs.append([one])
        return [word for run in runs for word in self._run(run)]

    def _run(self, run: Sequence[str]) -> list[str]:
        if len(run) < _SHORTEST_RUN:
            return [self.number(one) for one in run]
        return [f"{self.number(run[0])} to {self.number(run[-1])}"]

    def label(self, event: Event) -> str:
        """Return the words for the type of an event."""
        label = self._world.label_of(event.type)
        return escape(label[:1].upper() + label[1:])

    def where(self, event: Event) -> str:
        """Return the place of an event with what is around it: "Lviv (Lviv Oblast, Ukraine)"."""
        places = say_places(event.places, self._world.name_of)
        if len(event.places) != 1:
            return escape(places)
        place = event.places[0].place
        around: list[str | None] = [place.admin1] if place.kind is not PlaceKind.ADMIN1 else []
        around += [self._country(place)] if place.kind is not PlaceKind.COUNTRY else []
        words = ", ".join(word for word in dict.fromkeys(around) if word and word != place.name)
        return escape(f"{places} ({words})" if words else places)

    def _country(self, place: Place) -> str | None:
        """Return the name of the country around a place, its code where no name is known."""
        for parent in reversed(place.parents):
            try:
                area = self._gazetteer.place(parent)
            except GazetteerError:
                continue
            if area.kind is PlaceKind.COUNTRY:
                return area.name
        return place.country


def name(document: Document) -> str:
    """Return the title of a document, or what else it is known by."""
    return escape(document.title or document.id)


def days(event: Event) -> str:
    """Return the day or days of an event."""
    return say_days(event.when)


def figure(count: Range | None) -> str:
    """Return a figure in words, nothing where it is not told."""
    return say_count(count) if count else ""
