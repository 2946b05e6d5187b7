"""Which files a list of inputs stands for, and what each document is called."""

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from geomap.config import FILE_NAME
from geomap.errors import InputError
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Files that people keep beside their reports and that are no reports.
_NOT_REPORTS = frozenset({FILE_NAME, "corrections.csv"})
_README = "readme"

# A folder with both is the output of a build, which may stand below what it was made from.
_OF_A_BUILD = frozenset({"map.html", "run.json"})

STDIN = Path("-")

_GLOB = frozenset("*?[")


@noun
class Source:
    """A file to read, and the id of its document: the path below the folder that was given."""

    path: Path
    id: str

    def read(self, limit_bytes: int) -> bytes:
        """Return the bytes; raises :class:`InputError` where there are too many or none to get."""
        try:
            if self.path == STDIN:
                data = sys.stdin.buffer.read(limit_bytes + 1)
            else:
                with self.path.open("rb") as file:
                    data = file.read(limit_bytes + 1)
        except OSError as error:
            raise InputError(f"cannot be read ({error.strerror})") from error
        if len(data) > limit_bytes:
            raise InputError(
                f"larger than {limit_bytes // 1_000_000} MB; split it or raise max_file_mb in "
                "geomap.toml"
            )
        return data


def discover(inputs: Sequence[str | Path]) -> tuple[Source, ...]:
    """List the files of the inputs: given files as they are, folders with all below them, sorted.

    ``-`` is standard input, and a name with ``*`` that is no file stands for what it matches.
    Hidden files, READMEs, ``geomap.toml`` and ``corrections.csv`` in a folder are passed over, and
    so are links that lead out of it and the outputs of a build. Raises :class:`InputError` where an
    input does not exist or no file is found.
    """
    sources: dict[Path, Source] = {}
    ids: dict[str, int] = {}
    for given in inputs:
        for path, name in _files(Path(given)):
            if path.resolve() not in sources:
                sources[path.resolve()] = Source(path=path, id=unique(name, ids))
    if not sources:
        names = ", ".join(str(item) for item in inputs)
        raise InputError(f"{names}: no document found; put texts, pages, PDFs or feeds there")
    return tuple(sources.values())


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file below ``root`` (or ``root`` itself) with its name relative to it."""
    if root == STDIN or _is_file(root):
        yield root, "stdin" if root == STDIN else root.name
    elif root.is_dir():
        for path in sorted(_below(root)):
            relative = path.relative_to(root)
            if is_report(relative) and _is_inside(path, root):
                yield path, relative.as_posix()
    elif _GLOB & set(str(root)):
        for path in sorted(Path(root.anchor).glob(str(root.relative_to(root.anchor)))):
            yield from _files(path)
    else:
        raise InputError(f"{root}: no such file or folder")


def _below(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, links to folders not followed.

    A folder that may not be opened is yielded itself: reading it says why.
    """
    closed: list[OSError] = []
    for folder, _, names in os.walk(root, onerror=closed.append):
        if set(names) >= _OF_A_BUILD:
            continue
        for name in names:
            if (path := Path(folder, name)).is_file():
                yield path
    for error in closed:
        yield Path(error.filename)


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name too long for one is none."""
    try:
        return path.is_file()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def is_report(relative: PurePath) -> bool:
    """Tell whether a file below a folder or in an archive is meant to be read."""
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in relative.parts)
    name = relative.name.lower()
    return not hidden and name not in _NOT_REPORTS and relative.stem.lower() != _README


def _is_inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())


def unique(name: str, taken: dict[str, int]) -> str:
    """Return ``name``, with a number behind it where it is taken; ``taken`` counts the names."""
    free, number = name, taken.get(name, 0) + 1
    while number > 1 and (free := f"{name}#{number}") in taken:
        number += 1
    taken[name] = number
    taken.setdefault(free, 1)
    return free
