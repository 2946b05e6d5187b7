"""Writing what a build found: map, layers, report and the record of the run."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from geomap import export, geo, record, report, webmap
from geomap.engine import processors
from geomap.engine.aside import aside
from geomap.errors import ConfigError
from geomap.features.briefs import briefs
from geomap.features.marks import marks
from geomap.model import (
    Casualties,
    Event,
    GeoPrecision,
    Location,
    Place,
    PlaceKind,
    Point,
    Result,
    Status,
    noun,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geomap.config import Settings
    from geomap.features import Context

    Write = Callable[[Result, Path, Context], object]

MAP_FILE = "map.html"
SNAPSHOT_FILE = "map.png"
REPORT_FILE = "report.md"
# Formats that take longer than all others, the slowest first.
_SLOW = ("xlsx", "kml", "gpkg", "parquet")
_MANY = 5_000  # events: of fewer the picture takes longer than any layer
# Of fewer mentions than these a process is forked for nothing: they take a tenth of a second.
_WORTH_A_PROCESS = 10_000


@noun
class Written:
    """The names of the files, the map first, and what the page leaves out, in words.

    ``counts`` are the figures of the summary.
    """

    names: tuple[str, ...]
    counts: Mapping[str, int]
    page_note: str | None = None


@contextmanager
def ahead(
    told: Result, stage: Path, context: Context, settings: Settings
) -> Iterator[Callable[[], Mapping[str, Path]]]:
    """Have another process write what hangs on no event, while the block merges those.

    ``told`` has none yet. Gives a function that waits for the process and returns what it began in
    a folder of ``stage``, by the name of the file: nothing where it failed, or was not worth it.
    """
    formats = [export.FORMATS[name] for name in settings.formats if name in export.FORMATS]
    begun = {each.file_name: each for each in formats if each.beginning}
    is_worth_it = _several(settings) and len(told.resolutions) >= _WORTH_A_PROCESS
    with tempfile.TemporaryDirectory(prefix=".begun-", dir=stage) as name:
        files = {file: Path(name) / file for file in begun}

        def write() -> None:
            for file, chosen in begun.items():
                chosen.begin(told, files[file], context)
            _keep_pieces(context)

        with aside(write, allowed=is_worth_it and bool(files)) as is_done:
            yield lambda: files if is_done() else {}


def write_all(
    result: Result,
    stage: Path,
    context: Context,
    settings: Settings,
    *,
    begun: Callable[[], Mapping[str, Path]] = dict,
) -> Written:
    """Write map, layers, report and record into the folder ``stage``.

    Another process writes layers, picture and record meanwhile, where there is a processor for it,
    and this one goes on with what nobody has begun when it is done with page and report; the files
    are the same.
    What ``begun`` gives, as :func:`ahead` does, is gone on with.
    Raises :class:`ConfigError` for a format that is not known.
    """
    # For both processes, as are the features of what is new, made for the first of these.
    marks(result, context)
    briefs(result, context)
    layers = _layers(settings.formats, begun())
    picture: dict[str, Write] = {SNAPSHOT_FILE: webmap.write_png}
    others = _slowest_first(layers)
    others[record.RECORD_FILE] = partial(_write_record, settings=settings)
    # Of many events rather by this process, which has what a page shows of them by then.
    shared = picture | others if len(result.events) < _MANY else others | picture
    with tempfile.TemporaryDirectory(prefix=".layers-", dir=stage) as name:
        folder = Path(name)

        def write_shared() -> None:
            _write_unbegun(shared, result, folder, context)
            _keep_pieces(context)

        with aside(write_shared, allowed=_several(settings) and bool(layers)) as is_done:
            note = _write_page(result, stage / MAP_FILE, context, settings)
            _write_report(result, stage / REPORT_FILE, context, note)
            mine = _write_unbegun(dict(reversed(shared.items())), result, folder, context)
            written = set(shared) if is_done() else mine
        for file in written:
            (folder / file).rename(stage / file)
        for file in shared.keys() - written:
            shared[file](result, stage / file, context)
    names = (MAP_FILE, SNAPSHOT_FILE, *layers, REPORT_FILE, record.RECORD_FILE)
    counts = record.counts(result, context)
    return Written(names=names, counts=counts, page_note=note)


def rehearse(context: Context, settings: Settings) -> Iterator[None]:
    """Write next to nothing to nowhere, a file a step: what loads at first use is loaded then.

    But for the picture: it takes longer to draw one than to load what draws.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_page(_NEXT_TO_NOTHING, folder / MAP_FILE, context, settings)
        yield
        geo.distance_km(_SOMEWHERE, Point(lon=0.0, lat=0.0))
        import_module("geomap.webmap.snapshot")
        yield
        for file, write in _layers(settings.formats, {}).items():
            write(_NEXT_TO_NOTHING, folder / file, context)
            yield
        _write_report(_NEXT_TO_NOTHING, folder / REPORT_FILE, context, None)
        _write_record(_NEXT_TO_NOTHING, folder / record.RECORD_FILE, context, settings)


# One event at a place with land and borders around it, so that these are looked up and drawn.
_SOMEWHERE = Point(lon=24.0, lat=50.0)
_NEXT_TO_NOTHING = Result(
    documents=(),
    resolutions=(),
    reports=(),
    events=(
        Event(
            id="",
            type="",
            title="",
            when=None,
            places=(
                Location(
                    place=Place(id="", name="", kind=PlaceKind.CITY, point=_SOMEWHERE),
                    point=_SOMEWHERE,
                    precision=GeoPrecision.EXACT,
                ),
            ),
            attacker=None,
            target=None,
            weapons=(),
            casualties=Casualties(),
            status=Status.REPORTED,
            conflicts=(),
            reports=(),
            n_independent_sources=0,
            confidence=0.0,
        ),
    ),
)


def _several(settings: Settings) -> bool:
    return (settings.workers or processors()) > 1


def _keep_pieces(context: Context) -> None:
    """Keep what a forked process made."""
    if context.pieces:
        context.pieces.write()


def _layers(formats: Sequence[str], begun: Mapping[str, Path]) -> dict[str, Write]:
    """Return the layers' file names with what writes them, where it was begun to the end."""
    writers: dict[str, Write] = {}
    for name in formats:
        if name not in export.FORMATS:
            known = ", ".join(export.FORMATS)
            raise ConfigError(f'unknown format "{name}"; known: {known}')
        chosen = export.FORMATS[name]
        writers[chosen.file_name] = partial(chosen.write, begun=begun.get(chosen.file_name))
    return writers


def _slowest_first(layers: Mapping[str, Write]) -> dict[str, Write]:
    """Return layers so that two processes which begin at either end are done together."""
    ranks = {export.FORMATS[name].file_name: rank for rank, name in enumerate(_SLOW)}
    return dict(sorted(layers.items(), key=lambda layer: ranks.get(layer[0], len(ranks))))


def _write_unbegun(
    writers: Mapping[str, Write], result: Result, folder: Path, context: Context
) -> set[str]:
    """Write the files that no other process has begun; return their names."""
    begun = set()
    for name, write in writers.items():
        try:
            (folder / f"{name}.begun").touch(exist_ok=False)
        except FileExistsError:
            continue
        begun.add(name)
        write(result, folder / name, context)
    return begun


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


def _write_report(result: Result, path: Path, context: Context, page_note: str | None) -> None:
    path.write_text(report.render(result, context, page_note), encoding="utf-8")


def _write_record(result: Result, path: Path, context: Context, settings: Settings) -> None:
    path.write_text(record.render(result, settings, context), encoding="utf-8")
