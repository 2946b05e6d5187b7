"""Which files a list of inputs stands for, and what each document is called."""

# There may be a hundred thousand files, and making a `Path` for each question about one costs more
# than the question itself: here paths are strings until a file is to be read.
# ruff: noqa: PTH118

from __future__ import annotations

import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from geomap.config import FILE_NAME
from geomap.errors import InputError
from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Files that people keep beside their reports and that are no reports.
_NOT_REPORTS = frozenset({FILE_NAME, "corrections.csv"})
_README = "readme"
_HIDDEN = (".", "__MACOSX")

# A folder with both is the output of a build, which may stand below what it was made from.
_OF_A_BUILD = frozenset({"map.html", "run.json"})

STDIN = Path("-")

_GLOB = frozenset("*?[")


@noun
class Source:
    """A file to read, and the id of its document: the path below the folder that was given.

    ``location`` is its path as text, ``-`` for standard input.
    """

    location: str
    id: str

    @property
    def path(self) -> Path:
        """The path of the file."""
        return Path(self.location)

    def read(self, limit_bytes: int) -> bytes:
        """Return the bytes; raises :class:`InputError` where there are too many or none to get."""
        try:
            if self.location == str(STDIN):
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
    sources: dict[str, Source] = {}
    ids: dict[str, int] = {}
    for given in inputs:
        for found in _files(Path(given)):
            if found.real not in sources:
                sources[found.real] = Source(location=found.path, id=unique(found.name, ids))
    if not sources:
        names = ", ".join(str(item) for item in inputs)
        raise InputError(f"{names}: no document found; put texts, pages, PDFs or feeds there")
    return tuple(sources.values())


class _Found(NamedTuple):
    """A file with its name below what was given, and its path without links."""

    path: str
    name: str
    real: str


def _files(root: Path) -> Iterator[_Found]:
    """Yield each file below ``root``, or ``root`` itself."""
    if root == STDIN or _is_file(root):
        name = "stdin" if root == STDIN else root.name
        yield _Found(path=str(root), name=name, real=str(root.resolve()))
    elif root.is_dir():
        yield from _in_folder(root)
    elif _GLOB & set(str(root)):
        for path in sorted(Path(root.anchor).glob(str(root.relative_to(root.anchor)))):
            yield from _files(path)
    else:
        raise InputError(f"{root}: no such file or folder")


def _in_folder(root: Path) -> Iterator[_Found]:
    """Yield the reports below a folder in order of path, without links that lead out of it."""
    real_root = root.resolve()
    # What stands before the names of files, so that none is joined to it with all care by itself.
    above, real_above = str(root.joinpath("-"))[:-1], os.path.join(real_root, "")
    for parts, is_link in sorted(_below(str(root), ())):
        if not parts:  # the folder itself, which may not be opened
            yield _Found(path=str(root), name="", real=str(real_root))
            continue
        name = "/".join(parts)
        inside = name if os.sep == "/" else os.sep.join(parts)
        real = real_above + inside  # folders on the way are no links
        if is_link:
            real = os.path.realpath(real)
            if not Path(real).is_relative_to(real_root):
                continue
        yield _Found(above + inside, name, real)


def _below(folder: str, parts: tuple[str, ...]) -> list[tuple[tuple[str, ...], bool]]:
    """Return the parts of the path of each report below a folder, and whether it is a link.

    What is hidden is not looked into, and links to folders are not followed. A folder that may not
    be opened is returned itself: reading it says why.
    """
    try:
        with os.scandir(folder) as opened:
            entries = [entry for entry in opened if not _is_hidden(entry.name)]
    except OSError:
        return [(parts, False)]
    files = [entry for entry in entries if entry.is_file()]
    if {entry.name for entry in files} >= _OF_A_BUILD:
        return []
    reports = (entry for entry in files if _may_be_report(entry.name))
    found = [((*parts, entry.name), entry.is_symlink()) for entry in reports]
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            found += _below(entry.path, (*parts, entry.name))
    return found


def _is_file(path: Path) -> bool:
    """Tell whether there is such a file; a name too long for one is none."""
    try:
        return path.is_file()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def is_report(relative: PurePath) -> bool:
    """Tell whether a file below a folder or in an archive is meant to be read."""
    return not any(map(_is_hidden, relative.parts)) and _may_be_report(relative.name)


def _is_hidden(part: str) -> bool:
    return part.startswith(_HIDDEN) and part != ".."


def _may_be_report(file_name: str) -> bool:
    name = file_name.lower()
    return name not in _NOT_REPORTS and (name.rpartition(".")[0] or name) != _README


def unique(name: str, taken: dict[str, int]) -> str:
    """Return ``name``, with a number behind it where it is taken; ``taken`` counts the names."""
    if name not in taken:
        taken[name] = 1
        return name
    number = taken[name] + 1
    while (free := f"{name}#{number}") in taken:
        number += 1
    taken[name] = number
    taken[free] = 1
    return free
