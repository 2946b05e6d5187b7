"""The map underneath: land, lakes, borders, first-level areas and towns from the gazetteer.

Around the events the lines are as fine as the data are; the rest of the world is there in outline,
so that a viewer who zooms out is not lost.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geomap.features.pieces import remembered
from geomap.webmap.shapes import encode

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geomap.features import Context
    from geomap.gazetteer import Gazetteer
    from geomap.model import Place, Result
    from geomap.webmap.payload import Bounds

    Shapes = NDArray[np.object_]

_WORLD: Bounds = (-180.0, -85.0, 180.0, 85.0)
_NO_EVENTS: Bounds = (-25.0, 30.0, 60.0, 72.0)
#: Around the events: this share of their extent, and at least so many degrees, is drawn in detail.
_MARGIN, _LEAST_MARGIN_DEG = 0.6, 3.0
#: Detail as a share of the extent: a pixel when all events fill a screen three times as wide.
_DETAIL = 1 / 4000
_FINEST_DEG, _COARSEST_DEG = 0.004, 0.05  # Natural Earth 10m has a vertex every 0.005° or so
_TOWNS = 400


def basemap_of(result: Result, bounds: Bounds | None, context: Context) -> dict[str, Any]:
    """Return the basemap around the events of ``result``, the same for page and picture."""
    return context.once("basemap", result, lambda: _remembered(bounds, context))


def _remembered(bounds: Bounds | None, context: Context) -> dict[str, Any]:
    def make() -> bytes:
        return json.dumps(collect_basemap(bounds, context.gazetteer)).encode()

    about = json.dumps(bounds).encode()
    basemap: dict[str, Any] = json.loads(remembered(context.pieces, "basemap", about, make))
    return basemap


def collect_basemap(bounds: Bounds | None, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the basemap for events within ``bounds`` (west, south, east, north), for JSON."""
    detailed = _around(bounds or _NO_EVENTS)
    base = gazetteer.basemap(detailed, towns=_TOWNS)
    window = shapely.box(*detailed)
    extent = max(detailed[2] - detailed[0], detailed[3] - detailed[1])
    fine = min(max(extent * _DETAIL, _FINEST_DEG), _COARSEST_DEG)
    return {
        "land": [
            encode(_outside(base.world_land, window), 0),
            encode(base.land, fine),
        ],
        "lakes": [encode(base.lakes, fine)],
        "admin1": [encode(base.provinces, fine * 1.5)],
        "borders": [encode(base.borders, fine)],
        "disputed": [encode(base.disputed, fine)],
        "countries": [
            [*_label(place), round(width_deg, 1)]
            for place, width_deg in base.countries
            if place.point
        ],
        "towns": [[*_label(place), place.population or 0] for place in base.towns if place.point],
        "credit": base.dataset,
    }


def _around(bounds: Bounds) -> Bounds:
    """Return ``bounds`` with a margin, within the world; across the antimeridian it is cut."""
    west, south, east, north = bounds
    margin = max(_MARGIN * max(east - west, north - south), _LEAST_MARGIN_DEG)
    wide = margin / max(math.cos(math.radians((south + north) / 2)), 0.2)
    return (
        max(west - wide, _WORLD[0]),
        max(south - margin, _WORLD[1]),
        min(east + wide, _WORLD[2]),
        min(north + margin, _WORLD[3]),
    )


def _outside(shapes: Shapes, window: BaseGeometry) -> Shapes:
    """Return what of the world in outline lies outside of the window drawn in detail."""
    touched = shapely.intersects(shapes, window)
    cut: Shapes = shapely.difference(shapely.make_valid(shapes[touched]), window)
    return np.concatenate((shapes[~touched], cut))


def _label(place: Place) -> list[Any]:
    point = place.point
    assert point is not None
    return [place.name, round(point.lon, 3), round(point.lat, 3)]
