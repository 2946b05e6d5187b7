"""The map underneath: land, lakes, borders, first-level areas and towns from the gazetteer.

Around the events the lines are as fine as the data are; the rest of the world is there in outline,
so that a viewer who zooms out is not lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer
    from geomap.webmap.payload import Bounds

WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)


def collect_basemap(bounds: Bounds | None, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the basemap for events within ``bounds`` (west, south, east, north)."""
    _ = bounds, gazetteer
    return {}
