"""What a publisher writes about, learned without labels from its other articles.

A paper that named ten places around Columbus, Nebraska, for certain means that Columbus the next
time. This is a mode of its own: an article's answers then hang on which others are read with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from geomap.model import PlaceKind
from geomap.resolve.leaning import areas_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geomap.model import Resolution

_SURE = 0.9
_LEAST_MENTIONS = 5
_WIDE = {PlaceKind.COUNTRY, PlaceKind.CONTINENT, PlaceKind.REGION, PlaceKind.BLOC, PlaceKind.SEA}


def profiles(
    articles: Sequence[tuple[str | None, Sequence[Resolution]]],
) -> list[Mapping[str, float] | None]:
    """Return the profile of each article's publisher, as its other articles tell it.

    ``articles`` are publishers with what the names were resolved to. A profile maps ids of places
    and areas to their share of the names that are sure; ``None`` where there is too little.
    """
    counts = [_areas(found) for _, found in articles]
    whole: dict[str, Counter[str]] = defaultdict(Counter)
    for (publisher, _), own in zip(articles, counts, strict=True):
        whole[publisher or ""].update(own)
    return [
        _shares(whole[publisher], own) if publisher else None
        for (publisher, _), own in zip(articles, counts, strict=True)
    ]


def _areas(found: Sequence[Resolution]) -> Counter[str]:
    """Count the areas of an article's sure names; "" counts the names."""
    counts: Counter[str] = Counter()
    for one in found:
        if one.place is not None and one.confidence >= _SURE and one.place.kind not in _WIDE:
            counts.update({"", *areas_of(one.place)})
    return counts


def _shares(whole: Counter[str], own: Counter[str]) -> Mapping[str, float] | None:
    names = whole[""] - own[""]
    if names < _LEAST_MENTIONS:
        return None
    others = {area: count - own[area] for area, count in whole.items() if area}
    return {area: count / names for area, count in sorted(others.items()) if count}
