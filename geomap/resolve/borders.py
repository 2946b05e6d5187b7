"""Borders told by one or two countries, as lines: "the Polish border", "border of A and B"."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.geo import great_circle_km
from geomap.model import GeoPrecision, Location, PlaceKind, Point, Shape
from geomap.resolve import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.model import Place
    from geomap.resolve.options import Lookup
    from geomap.resolve.scene import Scene


def border_location(scene: Scene, gazetteer: Lookup) -> Location | None:
    """Read "the border with X", "the X border", "the border of A and B", "the A-B border"."""
    here = scene.location.place
    if here.kind is not PlaceKind.COUNTRY or here.country is None:
        return None
    pair = scene.next_if(wording.AND) if wording.BORDER_OF.search(scene.before) else None
    if pair is None and scene.index + 1 < len(scene.resolutions):
        ahead = dataclasses.replace(scene, index=scene.index + 1)
        joined = scene.next_if(wording.LINE_BETWEEN)
        pair = joined if joined and wording.BORDER_AFTER.match(ahead.after) else None
    told = (
        pair is not None
        or wording.BORDER_WITH.search(scene.before)
        or wording.BORDER_AFTER.match(scene.after)
    )
    if not told:
        return None
    others = [pair.place] if pair else _countries_around(scene)
    return _border_line(scene.location, others, gazetteer)


def _countries_around(scene: Scene) -> list[Place]:
    """List the countries that the text speaks of, those nearest to the mention first."""
    here = scene.resolutions[scene.index].mention.start
    nearby = sorted(
        scene.resolutions[max(0, scene.index - 12) : scene.index + 13],
        key=lambda one: abs(one.mention.start - here),
    )
    return [one.place for one in nearby if one.place is not None and one.place.country is not None]


def _border_line(here: Location, others: Sequence[Place], gazetteer: Lookup) -> Location | None:
    own = here.place.country
    assert own is not None
    tried: set[str] = {own}
    for other in others:
        country = other.country
        if country is None or country in tried:
            continue
        tried.add(country)
        line = gazetteer.border(own, country)
        if line is not None and not line.is_empty:
            return _on_line(here, line, _country_id(other))
    line = gazetteer.border(own)
    return _on_line(here, line, None) if line is not None and not line.is_empty else None


def _country_id(place: Place) -> str | None:
    """Return the id of a place's country: itself, or the parent that is one."""
    country = f"country:{place.country}"
    if place.kind is PlaceKind.COUNTRY:
        return place.id
    return country if country in place.parents else None


def _on_line(here: Location, line: BaseGeometry, neighbor: str | None) -> Location:
    """Return the border as a location; its point is the one halfway along the longest piece."""
    pieces = getattr(line, "geoms", [line])
    longest = max(pieces, key=lambda piece: float(piece.length))
    middle = longest.interpolate(0.5, normalized=True)
    west, south, east, north = line.bounds
    span_km = great_circle_km(Point(lon=west, lat=south), Point(lon=east, lat=north))
    return Location(
        place=here.place,
        point=Point(lon=round(middle.x, 4), lat=round(middle.y, 4)),
        precision=GeoPrecision.AREA,
        radius_km=round(span_km / 2, 1),
        shape=Shape.LINE,
        relation="on the border",
        anchors=(neighbor,) if neighbor else (),
    )
