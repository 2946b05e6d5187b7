"""Writing what a build found: map, layers, report and the record of the run."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import export, record, report, webmap
from geomap.errors import ConfigError
from geomap.model import Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geomap.config import Settings
    from geomap.features import Context

    Write = Callable[[Result, Path, Context], None]

MAP_FILE = "map.html"
SNAPSHOT_FILE = "map.png"
REPORT_FILE = "report.md"


def write_all(result: Result, stage: Path, context: Context, settings: Settings) -> tuple[str, ...]:
    """Write map, layers, report and record into the folder ``stage``; return the file names.

    The map comes first. Raises :class:`ConfigError` for a format that is not known.
    """
    writers = _writers(settings.formats)
    for name, write in writers.items():
        write(result, stage / name, context)
    text = record.render(result, settings, context.gazetteer)
    (stage / record.RECORD_FILE).write_text(text, encoding="utf-8")
    return (*writers, record.RECORD_FILE)


def rehearse(context: Context, settings: Settings) -> None:
    """Write a result of nothing to nowhere, so that all that loads when first used is loaded."""
    nothing = Result(documents=(), resolutions=(), reports=(), events=())
    with tempfile.TemporaryDirectory() as folder:
        write_all(nothing, Path(folder), context, settings)


def _writers(formats: Sequence[str]) -> Mapping[str, Write]:
    """Return file names with the functions that write them, in the order people look at them."""
    writers: dict[str, Write] = {MAP_FILE: webmap.write, SNAPSHOT_FILE: webmap.write_png}
    for name in formats:
        if name not in export.FORMATS:
            known = ", ".join(export.FORMATS)
            raise ConfigError(f'unknown format "{name}"; known: {known}')
        chosen = export.FORMATS[name]
        writers[chosen.file_name] = chosen.write
    writers[REPORT_FILE] = _write_report
    return writers


def _write_report(result: Result, path: Path, context: Context) -> None:
    path.write_text(report.render(result, context), encoding="utf-8")
