"""Files that people give beside their documents: settings, ontologies, places, gold, corrections.

They may come from strangers too. Each is read within a limit of size, and what its parser throws,
whatever that is, becomes the error of whoever asked: one line that names the file.
"""

from __future__ import annotations

import json
import tomllib
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap.errors import GeomapError

_MEGABYTE = 1_000_000

# A gazetteer of a country's own places is a few megabytes.
MAX_MB = 100

# An object of two or three characters takes two hundred bytes.
_MAX_CONTAINERS = 3_000_000

# A line of JSON Lines is a document; a longer one is no news.
_MAX_LINE_CHARS = 20 * _MEGABYTE


def read_text(path: Path, error: type[GeomapError]) -> str:
    r"""Return the UTF-8 text of a file, lines ending in ``\n``, without its byte order mark.

    Raises ``error``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_MB * _MEGABYTE + 1)
        if len(data) > MAX_MB * _MEGABYTE:
            raise error(f"{path}: larger than {MAX_MB} MB; split it")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as wrong:
        raise error(f"{path}: is not UTF-8 text (byte {wrong.start}); save it as UTF-8") from wrong
    except (OSError, ValueError) as wrong:  # no such file, or a name with a null character
        raise error(f"{path}: cannot be read ({_reason(wrong)})") from wrong


def read_stream(stream: IO[str], name: str, error: type[GeomapError]) -> str:
    """Return all of a text stream; raises ``error``."""
    try:
        text = stream.read(MAX_MB * _MEGABYTE + 1)
    except UnicodeDecodeError as wrong:
        raise error(f"{name}: is not UTF-8 text") from wrong
    if len(text) > MAX_MB * _MEGABYTE:
        raise error(f"{name}: more than {MAX_MB} MB; give a file")
    return text


def read_lines(path: Path, error: type[GeomapError]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of a UTF-8 file that are not blank; raises ``error``.

    Nothing but the line is kept in memory.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield from numbered_lines(file, str(path), error)
    except OSError as wrong:
        raise error(f"{path}: cannot be read ({_reason(wrong)})") from wrong


def numbered_lines(file: IO[str], name: str, error: type[GeomapError]) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines of an open file that are not blank; raises ``error``."""
    number = 0
    try:
        while line := file.readline(_MAX_LINE_CHARS + 1):
            number += 1
            if len(line) > _MAX_LINE_CHARS:
                raise error(f"{name}, line {number}: longer than {_MAX_LINE_CHARS:,} characters")
            if line.strip():
                yield number, line
    except UnicodeDecodeError as wrong:
        raise error(f"{name}, after line {number}: is not UTF-8 text; save it as UTF-8") from wrong


def parse_json(text: str, where: str, error: type[GeomapError]) -> Any:
    """Return what a JSON text says; raises ``error``."""
    try:
        return json_value(text)
    except ValueError as wrong:
        raise error(f"{where}: is not JSON ({wrong})") from wrong


def json_value(text: str) -> Any:
    """Return what a JSON text says; raises ``ValueError``, also where it would take too much."""
    if len(text) > _MAX_CONTAINERS and text.count("{") + text.count("[") > _MAX_CONTAINERS:
        raise ValueError(f"more than {_MAX_CONTAINERS:,} objects and lists")
    try:
        return json.loads(text)
    except RecursionError as wrong:
        raise ValueError("nested too deep") from wrong


def parse_toml(text: str, where: str, error: type[GeomapError]) -> dict[str, Any]:
    """Return the table of a TOML text; raises ``error``."""
    try:
        return tomllib.loads(text)
    except ValueError as wrong:
        raise error(f"{where}: not a TOML file ({wrong})") from wrong
    except RecursionError as wrong:
        raise error(f"{where}: not a TOML file (nested too deep)") from wrong


def _reason(wrong: OSError | ValueError) -> str:
    return (wrong.strerror if isinstance(wrong, OSError) else None) or str(wrong)
