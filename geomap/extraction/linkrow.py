"""The names of the linker's features, in the order of its weights, and one row of them."""

from __future__ import annotations

from geomap.extraction.lexicon import table
from geomap.extraction.linkcontext import CONTEXT
from geomap.extraction.linksurface import SURFACE

PREPOSITIONS: tuple[str, ...] = tuple(table("links")["prepositions"])
_DEPS: tuple[str, ...] = tuple(table("links")["deps"])
_LABELS = ("GPE", "LOC", "FAC", "ORG", "PERSON", "NORP", "PRODUCT", "EVENT", "")
_USES = ("place", "metonym", "demonym", "embedded", "unknown", "")

_OWN: tuple[str, ...] = (
    *table("links")["features0"],
    *(f"prep_{p}" for p in PREPOSITIONS),
    *table("links")["features1"],
    *(f"cand_dep_{d}" for d in _DEPS),
    *(f"up_{d}" for d in _DEPS),
    *(f"down_{d}" for d in _DEPS),
    *(f"label_{label or 'none'}" for label in _LABELS),
    *(f"use_{use or 'none'}" for use in _USES),
    *table("links")["features2"],
)
FEATURES: tuple[str, ...] = (*_OWN, *CONTEXT, *SURFACE)
# What the second model adds: what the first one thinks of this name and of the others.
SECOND: tuple[str, ...] = tuple(table("links")["second"])
_INDEX = {name: number for number, name in enumerate(_OWN)}


class Row:
    """The features of one event and one name that are set by name, all others 0."""

    def __init__(self) -> None:
        self.values = [0.0] * len(_OWN)

    def copy(self) -> Row:
        """Return a row that may be changed without this one."""
        row = Row()
        row.values = list(self.values)
        return row

    def set(self, name: str, value: float = 1.0) -> None:
        """Set a feature; one that the weights do not know says nothing."""
        if name in _INDEX:
            self.values[_INDEX[name]] = float(value)

    def add(self, name: str) -> None:
        """Count one more of a feature."""
        if name in _INDEX:
            self.values[_INDEX[name]] += 1.0
