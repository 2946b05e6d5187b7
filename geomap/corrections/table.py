"""The corrections file: finding it, reading it, and saying what is wrong with a line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.corrections import values
from geomap.errors import CorrectionError
from geomap.given import read_text
from geomap.model import Correction, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FILE_NAME = "corrections.csv"
COLUMNS = (
    "action",
    "event_id",
    "document_id",
    "start",
    "end",
    "field",
    "value",
    "author",
    "reason",
)
ACTIONS = ("reject", "set", "merge", "split", "annotate")
FIELDS = ("place", "date", "type", "status", "killed", "injured", "title")

_NEED_A_VALUE = frozenset({"set", "merge", "annotate"})
# Spreadsheets put an apostrophe before a cell that would otherwise be taken for a formula.
_GUARDED = ("'=", "'+", "'-", "'@")
_REST = "more cells than columns"
_SHOWN_CHARS = 100


def beside(inputs: Iterable[str | Path]) -> Path | None:
    """Return the first corrections file in an input folder or beside an input file, if any."""
    for item in map(Path, inputs):
        path = (item if item.is_dir() else item.parent) / FILE_NAME
        if path.is_file():
            return path
    return None


def read(path: Path) -> tuple[Correction, ...]:
    """Read the lines of a corrections file; raise CorrectionError if it is no such file.

    Lines that make no sense are kept: :func:`problem` says what is wrong with them, and applying
    them reports it.
    """
    text = read_text(path, CorrectionError)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), restkey=_REST, strict=True)
        _check_columns(path, rows.fieldnames or ())
        return tuple(_correction(rows.line_num, row) for row in rows)
    except csv.Error as error:
        raise CorrectionError(f"{path}: is not a CSV table: {error}") from error


def clashes(corrections: Iterable[Correction]) -> dict[int, str]:
    """Return, by line, what is wrong with lines that a later one makes void.

    Only lines that address an event in the same way can be told to clash without the events.
    """
    void: dict[int, str] = {}
    last: dict[tuple[object, ...], int] = {}
    for one in corrections:
        if one.action == "set":
            key = (one.event_id, one.document_id, one.start, one.end, one.field)
            if key in last:
                void[last[key]] = f"line {one.line} sets the {one.field} of the same event again"
            last[key] = one.line
    return void


def problem(correction: Correction) -> str | None:
    """Return what is wrong with a line whatever the events are, ``None`` if nothing."""
    if correction.action not in ACTIONS:
        return f'unknown action "{correction.action}"; known: {", ".join(ACTIONS)}'
    return _address_problem(correction) or _value_problem(correction)


def _address_problem(correction: Correction) -> str | None:
    if correction.event_id is None and correction.document_id is None:
        return "names no event; fill in event_id, or document_id with start and end"
    if (correction.start is None) != (correction.end is None):
        return "start and end must both be whole numbers, or both be empty"
    if correction.start is not None and not 0 <= correction.start <= (correction.end or 0):
        return "start must be at least 0 and at most end"
    if correction.action == "split" and correction.document_id is None:
        return "split needs the document_id of the report to take out"
    return None


def _value_problem(correction: Correction) -> str | None:
    if correction.action in _NEED_A_VALUE and correction.value is None:
        return f"{correction.action} needs a value"
    return _field_problem(correction) if correction.action == "set" else None


def _field_problem(correction: Correction) -> str | None:
    field, value = correction.field, correction.value or ""
    if field not in FIELDS:
        return f'unknown field "{field or ""}"; known: {", ".join(FIELDS)}'
    if value == values.UNKNOWN and field in {"place", "date", "killed", "injured"}:
        return None
    if field == "date" and values.days(value) is None:
        return f'"{value}" is no date; write 2024-01-02 or 2024-01-01/2024-01-07'
    if field in {"killed", "injured"} and values.count(value) is None:
        return f'"{value}" is no count; write 25, 22-25 or 22+'
    if field == "status" and value not in set(Status):
        return f'unknown status "{value}"; known: {", ".join(Status)}'
    return None


def _check_columns(path: Path, found: Sequence[str]) -> None:
    names = [name.strip().lower() for name in found]
    unknown = [name for name in names if name not in COLUMNS]
    if unknown or "action" not in names:
        wrong = f'unknown column "{unknown[0][:_SHOWN_CHARS]}"' if unknown else 'no column "action"'
        raise CorrectionError(f"{path}: {wrong}; the columns are {', '.join(COLUMNS)}")


def _correction(line: int, row: Mapping[str, str | Sequence[str] | None]) -> Correction:
    cells = {
        name.strip().lower(): _cell(value)
        for name, value in row.items()
        if isinstance(value, str) and name != _REST
    }
    extra = any(cell.strip() for cell in row.get(_REST) or ())
    return Correction(
        line=line,
        action="(more cells than columns)" if extra else (cells.get("action") or "").lower(),
        event_id=cells.get("event_id"),
        document_id=cells.get("document_id"),
        start=_whole(cells.get("start")),
        end=_whole(cells.get("end")),
        field=(cells.get("field") or "").lower() or None,
        value=cells.get("value"),
        author=cells.get("author"),
        reason=cells.get("reason"),
    )


def _cell(value: str) -> str | None:
    cell = value.strip()
    return (cell[1:] if cell.startswith(_GUARDED) else cell) or None


def _whole(cell: str | None) -> int | None:
    """Return the number in a cell; what is none becomes -1, which no span has."""
    if cell is None:
        return None
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 16 else -1  # noqa: PLR2004
