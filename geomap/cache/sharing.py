"""One object for one place: what is read from bytes has a copy of its own of everything.

A place is named again and again in tens of thousands of documents; shared, what these told takes
half of the memory.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geomap.model import Location, Place, Resolution, Telling


class Sharing:
    """Places and locations that were met before."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._locations: dict[str, Location] = {}

    def share(self, told: Telling) -> None:
        """Put what was met before in the place of its equals.

        ``told`` must have been made just now: nobody else may have it yet, since nouns do not
        change once they are handed out.
        """
        document_id = told.document.id
        for resolution in chain(told.resolutions, *(report.where for report in told.reports)):
            if resolution.mention.document_id == document_id:
                object.__setattr__(resolution.mention, "document_id", document_id)
            self.share_location(resolution)
            for rival in resolution.rivals:
                place = self._known(rival.candidate.place)
                object.__setattr__(rival.candidate, "place", place)

    def share_location(self, resolution: Resolution) -> None:
        """Do so for the place of one resolution."""
        location = resolution.location
        if location is None:
            return
        object.__setattr__(location, "place", self._known(location.place))
        known = self._locations.setdefault(location.place.id, location)
        if known == location:
            object.__setattr__(resolution, "location", known)

    def _known(self, place: Place) -> Place:
        known = self._places.setdefault(place.id, place)
        return known if known == place else place
