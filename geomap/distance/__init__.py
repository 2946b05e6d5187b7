"""Distances: measured, found stated in a text, and the one checked against the other.

:func:`measure` and :func:`to_border` measure, :func:`find_claims` finds what a text states, and
:func:`check` gives a verdict with its reason.
"""

from __future__ import annotations

from geomap.distance.claims import find_claims
from geomap.distance.measuring import measure, to_border
from geomap.distance.verdict import check

__all__ = ["check", "find_claims", "measure", "to_border"]
