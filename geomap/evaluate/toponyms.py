"""The rows that are scored: toponyms of a gold file and the answers given for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geomap.model import Point, noun

if TYPE_CHECKING:
    from geomap.model import Resolution


@noun
class Toponym:
    """A span with the place it stands for, as gold tells it or as an answer claims it.

    ``point`` and ``geonameid`` are ``None`` where not told or unresolved. ``kind``, ``use`` and
    ``country`` serve to group figures and are ``None`` where the file does not tell them.
    """

    start: int
    end: int
    text: str
    point: Point | None = None
    geonameid: int | None = None
    name: str | None = None
    kind: str | None = None
    use: str | None = None
    country: str | None = None
    confidence: float = 0.0


@noun
class GoldDocument:
    """A text with the toponyms that people marked in it."""

    id: str
    corpus: str
    text: str
    toponyms: tuple[Toponym, ...]
    title: str | None = None
    published: date | None = None
    publisher: str | None = None


def answer(resolution: Resolution) -> Toponym:
    """Turn a resolution into the row that is scored."""
    mention, place = resolution.mention, resolution.place
    location = resolution.location
    return Toponym(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        point=location.place.point if location else None,
        geonameid=place.geonameid if place else None,
        name=place.name if place else None,
        kind=place.kind.value if place else None,
        use=mention.use.value,
        country=place.country if place else None,
        confidence=resolution.confidence,
    )
