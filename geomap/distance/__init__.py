"""Distances: measured, found stated in a text, and the one checked against the other.

:func:`measure` and :func:`to_border` measure, :func:`find_claims` finds what a text states, and
:func:`check` gives a verdict with its reason. Each is imported when it is first used: measuring
needs none of the patterns that read a text.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.distance.claims import find_claims
    from geomap.distance.measuring import measure, to_border
    from geomap.distance.verdict import check

__all__ = ["check", "find_claims", "measure", "to_border"]

_HOMES = {
    "check": "verdict",
    "find_claims": "claims",
    "measure": "measuring",
    "to_border": "measuring",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
