"""Villages that no gazetteer lists, placed by what the text says of them in passing.

"Minkebo village in Enga province, about 600 km northwest of Port Moresby": the name takes the point
that the distance tells, held against the area it is said to be in; without a distance, the area.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from geomap.model import GeoPrecision, Location, MatchHow, PlaceKind, Resolution
from geomap.names import fold
from geomap.resolve.choose import INHERITS, shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geomap.model import Annotation, Place
    from geomap.resolve.options import Lookup

_HEARD = 3
_REACH = 140
_KIND = r"(?:\s(?:village|town|township|hamlet|settlement|district|area|community|city))?"
_ASIDE = re.compile(
    rf"\A{_KIND}(?:,?\s(?:in|of)\s[^,;.!?\n]{{1,60}})?,\s"
    r"(?:(?:which|that)\s(?:is|lies|sits|stands)\s)?(?:located\s|situated\s|lying\s|just\s|only\s)?"
    r"(?:some|about|around|roughly|nearly|almost|approximately|over|more\sthan|less\sthan|an?)?"
    r"\s?[\w.,-]{1,20}\s[^,;.!?\n]{2,60}\Z"
)
_LENGTH = re.compile(r"\b(?:km|kms|kilomet\w+|miles?|mi|met\w+)\b", re.IGNORECASE)
_INSIDE = re.compile(
    rf"\A{_KIND}(?:,\s|,?\s(?:in|of)\s(?:the\s)?"
    r"(?:\w{3,10}ern\s|central\s)?(?:parts?\sof\s)?(?:the\s)?(?:(?:province|state|region)\sof\s)?)\Z"
)
_HOLDERS = {PlaceKind.ADMIN1, PlaceKind.ADMIN2, PlaceKind.DISTRICT, PlaceKind.ISLAND}
_LOOSE = {MatchHow.SKELETON, MatchHow.FUZZY}
_MOST_CONFIDENT = 0.85
_KM_PER_DEGREE = 111.2


def place_by_apposition(
    annotation: Annotation, resolutions: Sequence[Resolution], gazetteer: Lookup
) -> tuple[Resolution, ...]:
    """Give names without a place of their own the one that the words after them tell."""
    order = sorted(range(len(resolutions)), key=lambda n: resolutions[n].mention.start)
    placed = list(resolutions)
    for position, index in enumerate(order):
        if _is_homeless(resolutions[index]):
            following = [resolutions[n] for n in order[position + 1 : position + 1 + _HEARD]]
            told = _told(annotation.document.text, resolutions[index], following, gazetteer)
            if told is not None:
                placed[index] = told
    return tuple(_as_told_elsewhere(placed, resolutions))


def _as_told_elsewhere(
    placed: Sequence[Resolution], before: Sequence[Resolution]
) -> Iterator[Resolution]:
    """Yield the resolutions, those of the same unlisted name in the place that one was told."""
    told = {
        fold(one.mention.text): one
        for one, former in reversed(list(zip(placed, before, strict=True)))
        if one is not former
    }
    for one, former in zip(placed, before, strict=True):
        model = told.get(fold(one.mention.text))
        if model is None or one is not former or not _is_homeless(one):
            yield one
        else:
            yield dataclasses.replace(model, mention=one.mention, rivals=one.rivals)


def _is_homeless(item: Resolution) -> bool:
    """Tell whether a name is not in the gazetteer by this spelling."""
    if item.location is None or item.location.relation == INHERITS:
        return not item.rivals or item.rivals[0].candidate.place.kind is not PlaceKind.BLOC
    return bool(item.rivals) and item.rivals[0].candidate.how in _LOOSE


def _told(
    text: str, item: Resolution, following: Sequence[Resolution], gazetteer: Lookup
) -> Resolution | None:
    holder = _holder(text, item, following)
    for other, between in _near(text, item, following):
        location = other.location
        if location is None or location.relation is None or not _ASIDE.match(between):
            continue
        if _LENGTH.search(location.relation) and location.point is not None:
            if holder is None or _fits(location, holder, gazetteer):
                return _placed(item, location, other)
            break
    if holder is None or holder.place is None:
        return None
    return _placed(item, _somewhere_in(holder.place), holder)


def _near(
    text: str, item: Resolution, following: Sequence[Resolution]
) -> Iterator[tuple[Resolution, str]]:
    """Yield the mentions behind one with the words between, as far as they may belong to it."""
    for other in following:
        if 0 <= other.mention.start - item.mention.end <= _REACH:
            yield other, text[item.mention.end : other.mention.start]


def _holder(text: str, item: Resolution, following: Sequence[Resolution]) -> Resolution | None:
    """Return the area that the words right after a name say it is in."""
    for other, between in _near(text, item, following[:1]):
        place = other.place
        if place is not None and place.kind in _HOLDERS and _INSIDE.match(between):
            return other
    return None


def _fits(location: Location, holder: Resolution, gazetteer: Lookup) -> bool:
    """Tell whether a point lies in an area, as nearly as its radius says."""
    from shapely.geometry import Point as Spot

    area = gazetteer.geometry(holder.place.id) if holder.place else None
    if area is None or location.point is None:
        return True
    off_degrees = area.distance(Spot(location.point.lon, location.point.lat))
    return bool(off_degrees * _KM_PER_DEGREE <= (location.radius_km or 0.0))


def _somewhere_in(place: Place) -> Location:
    return Location(
        place=place,
        point=place.point,
        precision=GeoPrecision.AREA,
        radius_km=place.radius_km,
        shape=shape_of(place),
        relation="in",
    )


def _placed(item: Resolution, location: Location, teller: Resolution) -> Resolution:
    return dataclasses.replace(
        item,
        location=dataclasses.replace(location, name=item.mention.text),
        confidence=min(_MOST_CONFIDENT, teller.confidence),
        features=(),
        note=f"not listed by this name; placed by what is said of {teller.mention.text!r}",
    )
