"""What a caller can set about resolution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from geomap.model import noun

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geomap.model import Candidate


class Lookup(Protocol):
    """What resolution asks of a gazetteer; ``geomap.gazetteer.Gazetteer`` answers it."""

    def candidates(self, name: str, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
        """Return what ``name`` may mean, best match first."""

    def knows(self, name: str) -> bool:
        """Tell whether some place has this name."""

    def geometry(self, place_id: str) -> BaseGeometry | None:
        """Return the line or polygon of a place."""

    def border(self, country_a: str, country_b: str | None = None) -> BaseGeometry | None:
        """Return the land border of a country, with one other or with all."""


@noun
class Options:
    """Settings of resolution.

    ``margin`` is the least lead in probability that the best candidate needs over the best one
    lying more than 161 km away, and ``least_chance`` the least probability at all; below them the
    mention stays unresolved. Both are low by default: measured on the development corpora, an
    answer is more often right than not well above them. ``max_candidates`` bounds
    the work for names that hundreds of places bear. ``profile`` maps ids of areas to the share of
    a publisher's other articles that lie there; ``None`` leaves the publisher's profile out.
    ``explain`` fills in the features of answers and rivals, which costs about as much as resolving.
    """

    margin: float = 0.005
    least_chance: float = 0.03
    max_candidates: int = 32
    profile: Mapping[str, float] | None = None
    explain: bool = False


DEFAULT = Options()
