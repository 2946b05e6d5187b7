"""Read gold files: JSON Lines, one annotated document a line.

A line is ``{"id", "text"[, "title", "domain", "date"], "toponyms": [{"start", "end"[, "lat", "lon",
"geonameid", "type", "fcode", "country"]}]}``; offsets are code points of ``text``. The
public corpora hold a few spans outside of their texts; they stay, and no answer can match them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from geomap.errors import InputError
from geomap.evaluate.toponyms import GoldDocument, Toponym
from geomap.given import parse_json, read_lines
from geomap.model import Point
from geomap.visible import whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_MAX_LON, _MAX_LAT = 180, 90


def read_gold(path: Path) -> tuple[GoldDocument, ...]:
    """Read a gold file; the corpus is named after the file. ``InputError`` names a wrong line."""
    corpus = path.name.split(".")[0]
    documents = tuple(
        _document(row, corpus, f"{path}, line {number}") for number, row in json_lines(path)
    )
    if not documents:
        raise InputError(f"{path} holds no documents; expected one JSON object a line")
    return documents


def json_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of every line that is not blank."""
    for number, line in read_lines(path, InputError):
        yield number, _object(line, f"{path}, line {number}")


def _object(line: str, where: str) -> dict[str, Any]:
    row = parse_json(line, where, InputError)
    if not isinstance(row, dict):
        raise InputError(f"{where}: expected a JSON object, found {type(row).__name__}")
    return row


def _document(row: Mapping[str, Any], corpus: str, where: str) -> GoldDocument:
    text, toponyms = row.get("text"), row.get("toponyms")
    if not isinstance(text, str) or not isinstance(toponyms, list):
        raise InputError(f"{where}: expected a string under 'text' and a list under 'toponyms'")
    return GoldDocument(
        id=str(row.get("id", where)),
        corpus=corpus,
        text=whole_characters(text),
        toponyms=tuple(_toponym(item, text, where) for item in toponyms),
        title=row.get("title"),
        published=_day(row.get("date")),
        publisher=row.get("domain"),
    )


def _toponym(item: Any, text: str, where: str) -> Toponym:
    try:
        start, end = int(item["start"]), int(item["end"])
        point = _point(item.get("lat"), item.get("lon"))
        geonameid = int(item["geonameid"]) if item.get("geonameid") else None
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(
            f"{where}: a toponym needs whole numbers, and degrees if it has a position: {item!r}"
        ) from error
    return Toponym(
        start=start,
        end=end,
        text=text[start:end] if 0 <= start < end <= len(text) else str(item.get("phrase", "")),
        point=point,
        geonameid=geonameid,
        name=item.get("name"),
        kind=item.get("fcode") or item.get("kind"),
        use=item.get("type") or item.get("use"),
        country=item.get("country"),
    )


def _point(lat: Any, lon: Any) -> Point | None:
    """Return the point; (0, 0) is how the corpora write that they know none.

    Raises ``ValueError`` for what is no position on earth.
    """
    if lat is None or lon is None:
        return None
    point = Point(lon=float(lon), lat=float(lat))
    if not (abs(point.lon) <= _MAX_LON and abs(point.lat) <= _MAX_LAT):
        raise ValueError("out of range")
    return None if (point.lon, point.lat) == (0.0, 0.0) else point


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
