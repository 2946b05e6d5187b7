"""Writing what a build found: map, layers, report and the record of the run."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import export, record, report, webmap
from geomap.errors import ConfigError
from geomap.model import Result, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.config import Settings
    from geomap.features import Context

    Write = Callable[[Result, Path, Context], object]

MAP_FILE = "map.html"
SNAPSHOT_FILE = "map.png"
REPORT_FILE = "report.md"


@noun
class Written:
    """The names of the files, the map first, and what the page leaves out, in words."""

    names: tuple[str, ...]
    page_note: str | None = None


def write_all(result: Result, stage: Path, context: Context, settings: Settings) -> Written:
    """Write map, layers, report and record into the folder ``stage``.

    Raises :class:`ConfigError` for a format that is not known.
    """
    writers = _writers(settings.formats)
    note = _write_page(result, stage / MAP_FILE, context, settings)
    writers[REPORT_FILE] = partial(_write_report, page_note=note)
    for name, write in writers.items():
        write(result, stage / name, context)
    text = record.render(result, settings, context.gazetteer)
    (stage / record.RECORD_FILE).write_text(text, encoding="utf-8")
    return Written(names=(MAP_FILE, *writers, record.RECORD_FILE), page_note=note)


def rehearse(context: Context, settings: Settings) -> None:
    """Write a result of nothing to nowhere, so that all that loads when first used is loaded."""
    nothing = Result(documents=(), resolutions=(), reports=(), events=())
    with tempfile.TemporaryDirectory() as folder:
        write_all(nothing, Path(folder), context, settings)


def _writers(formats: Sequence[str]) -> dict[str, Write]:
    """Return the layers' file names with what writes them, in the order people look at them."""
    writers: dict[str, Write] = {SNAPSHOT_FILE: webmap.write_png}
    for name in formats:
        if name not in export.FORMATS:
            known = ", ".join(export.FORMATS)
            raise ConfigError(f'unknown format "{name}"; known: {known}')
        chosen = export.FORMATS[name]
        writers[chosen.file_name] = chosen.write
    return writers


def _write_page(result: Result, path: Path, context: Context, settings: Settings) -> str | None:
    """Write the map; say in words what it leaves out to stay small."""
    options = webmap.PageOptions(max_mb=settings.map_max_mb)
    thinned = webmap.write(result, path, context, options)
    if thinned is None:
        return None
    return (
        f"to stay near {settings.map_max_mb} MB (map_max_mb), {MAP_FILE} holds of each event "
        f"{thinned}; the layers hold everything"
    )


def _write_report(result: Result, path: Path, context: Context, *, page_note: str | None) -> None:
    path.write_text(report.render(result, context, page_note), encoding="utf-8")
