"""What an output needs to know beside the result."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from geomap.features.nearby import Memory
    from geomap.features.pieces import Pieces
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Result
    from geomap.ontology import Ontology

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What an output needs to know beside the result.

    ``pois`` are a user's own places of interest; every event tells the nearest one.
    ``surroundings`` may remember what is around places from former builds, ``pieces`` what was
    written of events. ``made`` keeps what was made of the last result and is asked for again by
    other outputs.
    """

    gazetteer: Gazetteer
    ontology: Ontology
    pois: tuple[Place, ...] = ()
    surroundings: Memory | None = field(default=None, repr=False, compare=False)
    pieces: Pieces | None = field(default=None, repr=False, compare=False)
    made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, result: Result, make: Callable[[], T]) -> T:
        """Return what ``make`` gives for ``result``, made at the first call of that ``name``."""
        if self.made.get("result") is not result:
            self.made.clear()
            self.made["result"] = result
        if name not in self.made:
            self.made[name] = make()
        made: T = self.made[name]
        return made
