"""Which files a list of inputs stands for, and what each document is called."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geomap.config import FILE_NAME
from geomap.errors import InputError
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Files that people keep beside their reports and that are no reports.
_NOT_REPORTS = frozenset({FILE_NAME, "corrections.csv"})
_README = "readme"


@noun
class Source:
    """A file to read, and the id of its document: the path below the folder that was given."""

    path: Path
    id: str


def discover(inputs: Sequence[str | Path]) -> tuple[Source, ...]:
    """List the files of the inputs: given files as they are, folders with all below them, sorted.

    Hidden files, READMEs, ``geomap.toml`` and ``corrections.csv`` in a folder are passed over, and
    so are links that lead out of it. Raises :class:`InputError` where an input does not exist or no
    file is found.
    """
    sources: dict[Path, Source] = {}
    ids: set[str] = set()
    for given in inputs:
        root = Path(given)
        for path, name in _files(root):
            if path.resolve() not in sources:
                sources[path.resolve()] = Source(path=path, id=_unique(name, ids))
    if not sources:
        names = ", ".join(str(item) for item in inputs)
        raise InputError(f"{names}: no document found; put .txt or .md files there")
    return tuple(sources.values())


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file below ``root`` (or ``root`` itself) with its name relative to it."""
    if root.is_file():
        yield root, root.name
    elif root.is_dir():
        for path in sorted(root.rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and _is_report(relative) and _is_inside(path, root):
                yield path, relative.as_posix()
    else:
        raise InputError(f"{root}: no such file or folder")


def _is_report(relative: Path) -> bool:
    hidden = any(part.startswith(".") for part in relative.parts)
    name = relative.name.lower()
    return not hidden and name not in _NOT_REPORTS and relative.stem.lower() != _README


def _is_inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def _unique(name: str, taken: set[str]) -> str:
    """Return ``name``, with a number behind it where another input has the same."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name}#{number}"
    taken.add(unique)
    return unique
