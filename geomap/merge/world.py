"""What combining looks things up in: event types, sources, and names of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geomap.errors import GazetteerError
from geomap.merge.facets import Ontology
from geomap.merge.sources import Sources
from geomap.model import noun
from geomap.wording import title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.model import DateRange, Location, Place


class Places(Protocol):
    """What is asked of the gazetteer."""

    def place(self, place_id: str) -> Place:
        """Return an entry, or raise UnknownPlaceError."""


@noun
class World:
    """Event types, near-copies, and the gazetteer, without which borders have one name only."""

    ontology: Ontology
    sources: Sources
    gazetteer: Places | None = None

    def name_of(self, place_id: str) -> str | None:
        """Return the name of a place, ``None`` where it is not known."""
        try:
            return self.gazetteer.place(place_id).name if self.gazetteer else None
        except GazetteerError:
            return None

    def label_of(self, type_name: str) -> str:
        """Return the words for a type: "missile strike"."""
        known = self.ontology.types.get(type_name)
        return known.label if known else type_name.replace("_", " ")

    def title(self, type_name: str, places: Sequence[Location], when: DateRange | None) -> str:
        """Return one line for people: "Missile strike, Kyiv, 2 January 2024"."""
        return title(self.label_of(type_name), places, when, self.name_of)
