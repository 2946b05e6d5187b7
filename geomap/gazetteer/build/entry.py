"""An entry while the gazetteer is being built: a place that still grows names and parents."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geomap.model import GeoPrecision, PlaceKind, Point
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

# Scripts that news about the world quotes; names in others only cost space.
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW")


@dataclass(slots=True)
class Entry:
    """A place to be written. ``number`` is the row id: the GeoNames id where there is one.

    ``parent`` is the number of the next wider area. ``names`` are all but the first name, as
    written; ``abbreviations`` are those of them that are acronyms. ``shape`` is what
    :mod:`geomap.gazetteer.codec` makes of a geometry.
    """

    number: int
    key: str
    name: str
    kind: PlaceKind
    source: str
    point: Point | None = None
    country: str | None = None
    admin1: int | None = None
    parent: int | None = None
    population: int | None = None
    precision: GeoPrecision = GeoPrecision.EXACT
    radius_km: float | None = None
    geonameid: int | None = None
    names: dict[str, None] = field(default_factory=dict)
    abbreviations: set[str] = field(default_factory=set)
    shape: bytes | None = None

    def add_names(self, names: Iterable[str]) -> None:
        """Add names in their order, but for those in scripts we do not search."""
        self.names.update(dict.fromkeys(name for name in names if is_searchable(name)))


def is_searchable(name: str) -> bool:
    """Tell whether a name has a key, and its first letter is in a script that we search."""
    if name.isascii():
        return bool(fold(name))
    first = next((letter for letter in name if letter.isalpha()), None)
    return first is not None and unicodedata.name(first, "").startswith(_SCRIPTS)
