"""Positions told relative to a place: "50 km east of Lviv", "between A and B", "the Polish border".

The words just before and after a mention are read, never more than a line of them. What they tell
becomes a location with a point, line or area of its own and a radius that says how far off it may
be: a word for one of eight winds leaves 22.5 degrees to either side, which is 0.4 of the distance.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from geomap.geo import destination, great_circle_km, midpoint
from geomap.model import GeoPrecision, Location, PlaceKind, Point, Resolution, Shape, Use
from geomap.quantities import find_lengths
from geomap.resolve import wording
from geomap.resolve.borders import border_location
from geomap.resolve.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shapely.geometry.base import BaseGeometry

    from geomap.model import Annotation
    from geomap.resolve.options import Lookup

_BEARINGS_DEG = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
    "northwest": 315,
}
_SPREAD = 0.4
_TOWN_RADIUS_KM = 5.0
_UNTOLD_OFFSET_KM = 15.0
_OFFSHORE_RADIUS_KM = 40.0
_NEAR_KM = 25.0
_FARTHEST_PAIR_KM = 400.0
_SPOTS = {PlaceKind.CITY, PlaceKind.DISTRICT, PlaceKind.FACILITY, PlaceKind.OTHER}
_SHORES = _SPOTS | {PlaceKind.ISLAND, PlaceKind.PENINSULA, PlaceKind.COUNTRY, PlaceKind.ADMIN1}


def place_relatively(
    annotation: Annotation, resolutions: Sequence[Resolution], gazetteer: Lookup
) -> tuple[Resolution, ...]:
    """Give mentions that words around them place relatively a location of their own."""
    order = sorted(range(len(resolutions)), key=lambda n: resolutions[n].mention.start)
    in_order = [resolutions[n] for n in order]
    moved = list(resolutions)
    for position, index in enumerate(order):
        if _may_anchor(in_order[position]):
            scene = Scene(text=annotation.document.text, resolutions=in_order, index=position)
            location = _told_location(scene, gazetteer)
            if location is not None:
                moved[index] = dataclasses.replace(resolutions[index], location=location)
    return tuple(moved)


def _may_anchor(resolution: Resolution) -> bool:
    """Tell whether a mention stands for a place with a position, itself or by its adjective."""
    location = resolution.location
    return (
        location is not None
        and location.point is not None
        and location.relation is None
        and resolution.mention.use not in {Use.METONYM, Use.EMBEDDED}
    )


def _told_location(scene: Scene, gazetteer: Lookup) -> Location | None:
    if not wording.ANY.search(scene.before + "\n" + scene.after):
        return None
    border = border_location(scene, gazetteer)
    if border is not None:
        return border
    if scene.resolutions[scene.index].mention.use is Use.DEMONYM:
        return None
    for rule in _RULES:
        found = rule(scene)
        if found is not None:
            return found
    return _part(scene, gazetteer)


def _offset(scene: Scene) -> Location | None:
    """Read "50 km east of X", "50 km from X", "east of X"."""
    before, anchor = scene.before, scene.location
    wind = wording.OF_WIND.search(before)
    lengths = [one for one in find_lengths(before) if one.low_km or one.high_km]
    if lengths:
        tail = before[lengths[-1].end :]
        low, high = lengths[-1].low_km, lengths[-1].high_km
        length_km = ((low or high or 0.0) + (high or low or 0.0)) / 2
        words = " ".join(before[lengths[-1].start :].split())
        if wind and not before[lengths[-1].end : wind.start()].strip(" ,"):
            return _shifted(anchor, wind["wind"], length_km, words)
        if wording.FROM.match(tail):
            return _around(anchor, words, radius_km=length_km)
    if wind:
        own_km = anchor.radius_km or _TOWN_RADIUS_KM
        words = " ".join(wind[0].split())
        if anchor.place.kind in _SPOTS:
            return _shifted(anchor, wind["wind"], own_km + _UNTOLD_OFFSET_KM, words)
        return _around(anchor, words, radius_km=2 * own_km)
    return None


def _shifted(anchor: Location, wind: str, length_km: float, words: str) -> Location:
    assert anchor.point is not None
    bearing = _BEARINGS_DEG[wind.lower().replace("-", "").replace(" ", "")]
    radius_km = max(_SPREAD * length_km, _TOWN_RADIUS_KM)
    return Location(
        place=anchor.place,
        point=destination(anchor.point, bearing, length_km),
        precision=GeoPrecision.NEAR if radius_km <= _NEAR_KM else GeoPrecision.AREA,
        radius_km=round(radius_km, 1),
        relation=words,
    )


def _around(anchor: Location, words: str, *, radius_km: float) -> Location:
    """Keep the anchor's point and widen what is said of it."""
    precise = anchor.precision is not GeoPrecision.AREA and radius_km <= _NEAR_KM
    return Location(
        place=anchor.place,
        point=anchor.point,
        precision=GeoPrecision.NEAR if precise else GeoPrecision.AREA,
        radius_km=round(max(radius_km, anchor.radius_km or 0.0), 1),
        shape=anchor.shape,
        relation=words,
    )


def _between(scene: Scene) -> Location | None:
    """Read "between A and B" at A, and at B the same by looking back."""
    if wording.BETWEEN.search(scene.before):
        return _midway(scene.location, scene.next_if(wording.AND))
    if scene.index == 0:
        return None
    previous = dataclasses.replace(scene, index=scene.index - 1)
    if not _may_anchor(previous.resolutions[previous.index]):
        return None
    if previous.next_if(wording.AND) is None or not wording.BETWEEN.search(previous.before):
        return None
    return _midway(scene.location, previous.location)


def _midway(here: Location, there: Location | None) -> Location | None:
    """Return the middle of two spots; countries "between" which something is are no position."""
    if there is None or there.point is None or here.point is None:
        return None
    if here.place.kind not in _SPOTS or there.place.kind not in _SPOTS:
        return None
    apart_km = great_circle_km(here.point, there.point)
    if apart_km > _FARTHEST_PAIR_KM:
        return None
    return Location(
        place=here.place,
        point=midpoint(here.point, there.point),
        precision=GeoPrecision.NEAR if apart_km / 2 <= _NEAR_KM else GeoPrecision.AREA,
        radius_km=round(max(apart_km / 2, _TOWN_RADIUS_KM), 1),
        relation="between",
        anchors=(there.place.id,),
    )


def _near(scene: Scene) -> Location | None:
    """Read "near X", "on the outskirts of X", "the X area"."""
    before, after = wording.NEAR.search(scene.before), wording.AREA_OF.match(scene.after)
    found = before or (after if scene.location.place.kind in _SPOTS else None)
    if found is None:
        return None
    radius_km = 2 * (scene.location.radius_km or _TOWN_RADIUS_KM)
    return _around(scene.location, " ".join(found["words"].split()), radius_km=radius_km)


def _offshore(scene: Scene) -> Location | None:
    """Read "off the coast of X", "off X"."""
    found = wording.OFFSHORE.search(scene.before)
    if found is None or scene.location.place.kind not in _SHORES:
        return None
    words = " ".join(found["words"].split())
    location = _around(scene.location, words, radius_km=_OFFSHORE_RADIUS_KM)
    return dataclasses.replace(location, shape=Shape.POINT)


_RULES: tuple[Callable[[Scene], Location | None], ...] = (_between, _offset, _offshore, _near)


def _part(scene: Scene, gazetteer: Lookup) -> Location | None:
    """Read "southern X", "the south of X": the area, and of a country that part of it."""
    found = wording.PART.search(scene.before)
    place = scene.location.place
    if found is None or place.kind in _SPOTS:
        return None
    words = " ".join((found["words"] or f"{found['wind']} of").split())
    if place.kind is not PlaceKind.COUNTRY:
        return dataclasses.replace(scene.location, relation=words, precision=GeoPrecision.AREA)
    geometry = gazetteer.geometry(place.id)
    if geometry is None or geometry.is_empty:
        return dataclasses.replace(scene.location, relation=words, precision=GeoPrecision.AREA)
    return _part_of_country(scene.location, geometry, words)


def _part_of_country(whole: Location, geometry: BaseGeometry, words: str) -> Location:
    """Return a point inside the half or quarter of a country that the words name."""
    from shapely.geometry import box

    west, south, east, north = geometry.bounds
    third_lon, third_lat = (east - west) / 3, (north - south) / 3
    wind = words.lower()
    window = box(
        east - third_lon if "east" in wind else west,
        north - third_lat if "north" in wind else south,
        west + third_lon if "west" in wind else east,
        south + third_lat if "south" in wind else north,
    )
    part = geometry.intersection(window)
    inside = part.centroid if part.contains(part.centroid) else part.representative_point()
    point = Point(lon=round(inside.x, 4), lat=round(inside.y, 4)) if not part.is_empty else None
    corner = Point(lon=part.bounds[0], lat=part.bounds[1]) if point else None
    return Location(
        place=whole.place,
        point=point or whole.point,
        precision=GeoPrecision.AREA,
        radius_km=round(great_circle_km(point, corner), 1) if point and corner else whole.radius_km,
        relation=words,
    )
