"""The JSON Lines form in which documents come in and located toponyms go out."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from geomap import given
from geomap.config import Settings
from geomap.errors import InputError
from geomap.model import Document, noun
from geomap.visible import whole_characters

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from geomap.model import Location, Resolution

_FILE_ENDINGS = (".jsonl", ".ndjson", ".json", ".txt", ".md")


@noun
class Row:
    """A document of the input with its id as it came, and the spans that were given.

    ``where`` says for people where it stands in the input.
    """

    id: Any
    document: Document
    where: str
    toponyms: Any = None

    def spans(self) -> list[tuple[int, int]]:
        """Return the given spans; ``InputError`` where they are not pairs of whole numbers."""
        if not isinstance(self.toponyms, list):
            raise InputError(f"{self}: no list under 'toponyms'")
        try:
            return [(_whole(item["start"]), _whole(item["end"])) for item in self.toponyms]
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"{self}: expected whole numbers under 'start' and 'end' of every toponym, found "
                f"{error}"
            ) from error

    def __str__(self) -> str:
        return f"{self.where} (document {self.id!r})"


@noun
class Rows:
    """Documents in input order; ``structured`` tells that they came as JSON Lines."""

    structured: bool
    rows: Iterable[Row]


def add_input(parser: argparse.ArgumentParser) -> None:
    """Describe what :func:`read_rows` reads, and ``--json``."""
    parser.add_argument(
        "input",
        nargs="?",
        default="-",
        metavar="TEXT|FILE|-",
        help="a text, a file of text, a JSON Lines file, or - for standard input",
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object a document")


def read_rows(source: str) -> Rows:
    """Read documents from a file, from standard input (``-``), or take ``source`` as the text."""
    if source == "-":
        return _guess(given.read_stream(sys.stdin, "standard input", InputError), "standard input")
    if not _is_file(source):
        return Rows(structured=False, rows=[_plain(source, "text", "the text")])
    path = Path(source)
    if path.suffix in {".jsonl", ".ndjson"}:
        for _ in _structured_file(path):  # a wrong line is told before anything is printed
            pass
        return Rows(structured=True, rows=_structured_file(path))
    return _guess(given.read_text(path, InputError), str(path))


def resolution_row(resolution: Resolution, *, explain: bool) -> dict[str, Any]:
    """Return one mention as JSON."""
    mention = resolution.mention
    row: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "use": mention.use.value,
        "confidence": round(resolution.confidence, 4),
        "place": place_row(resolution.location),
    }
    if resolution.location and resolution.location.relation:
        row["location"] = _location_row(resolution.location)
    if not mention.text:
        row["error"] = resolution.note
    if explain:
        row["note"] = resolution.note
        row["rivals"] = [
            {
                "name": rival.candidate.place.name,
                "id": rival.candidate.place.id,
                "score": round(rival.score, 4),
                "features": [
                    {
                        "name": feature.name,
                        "adds": round(feature.value * feature.weight, 4),
                        "value": feature.detail,
                    }
                    for feature in rival.features
                ],
            }
            for rival in resolution.rivals
        ]
    return row


def place_row(location: Location | None) -> dict[str, Any] | None:
    """Return the resolved place as JSON, ``None`` where unresolved."""
    if location is None:
        return None
    place = location.place
    return {
        "name": place.name,
        "kind": place.kind.value,
        "lat": place.point.lat if place.point else None,
        "lon": place.point.lon if place.point else None,
        "country": place.country,
        "admin1": place.admin1,
        "geonameid": place.geonameid,
    }


def _location_row(location: Location) -> dict[str, Any]:
    return {
        "relation": location.relation,
        "lat": round(location.point.lat, 5) if location.point else None,
        "lon": round(location.point.lon, 5) if location.point else None,
        "precision": int(location.precision),
        "radius_km": location.radius_km,
        "shape": location.shape.value,
        "anchors": list(location.anchors),
    }


def _is_file(source: str) -> bool:
    """Tell whether an argument names a file; one that looks so and is none is an error."""
    try:
        if Path(source).is_file():
            return True
    except (OSError, ValueError):  # longer than a file name may be, or with a null character
        return False
    if source.endswith(_FILE_ENDINGS) and not any(c.isspace() for c in source):
        raise InputError(f"{source} is no file; give an existing file, a text, or -")
    return False


def _guess(text: str, name: str) -> Rows:
    """Read as JSON Lines what begins like it, as plain text what does not."""
    if not text.lstrip().startswith("{"):
        return Rows(structured=False, rows=[_plain(text, PurePath(name).name, name)])
    lines = given.numbered_lines(io.StringIO(text), name, InputError)
    return Rows(structured=True, rows=[_row(line, f"{name}, line {n}") for n, line in lines])


def _plain(text: str, name: str, where: str) -> Row:
    return Row(id=name, document=Document(id=name, text=_checked(text, where)), where=where)


def _structured_file(path: Path) -> Iterator[Row]:
    for number, line in given.read_lines(path, InputError):
        yield _row(line, f"{path}, line {number}")


def _row(line: str, where: str) -> Row:
    from geomap.read.text import parse_date  # with all readers, which many commands do not need

    data = given.parse_json(line, where, InputError)
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise InputError(f"{where}: expected an object with a string under 'text'")
    document = Document(
        id=str(data.get("id", where)),
        text=_checked(data["text"], where),
        title=_string(data.get("title")),
        published=parse_date(str(data.get("date", ""))),
        publisher=_string(data.get("domain")),
    )
    toponyms = data.get("toponyms")
    return Row(id=data.get("id"), document=document, where=where, toponyms=toponyms)


def _checked(text: str, where: str) -> str:
    """Hold the limit of a text, and make it one that UTF-8 can write; its length stays."""
    limit = Settings().max_text_chars
    if len(text) > limit:
        raise InputError(f"{where}: a text of {len(text):,} characters; the limit is {limit:,}")
    return whole_characters(text)


def _string(value: Any) -> str | None:
    return whole_characters(value) if isinstance(value, str) and value else None


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(repr(value))
    return value
