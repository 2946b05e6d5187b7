"""What ``import geomap`` offers: the library behind the command line.

Everything here opens the gazetteer and the language model by itself and leaves nothing open behind.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.config import Settings
from geomap.model import Document, Report, Result, noun
from geomap.visible import whole_characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geopandas import GeoDataFrame

    from geomap.cache import Cache
    from geomap.engine.processes import Pool
    from geomap.features import Context
    from geomap.locator import Located
    from geomap.model import Correction, Place
    from geomap.telling import Item, Tell, Told
    from geomap.tools import Tools
    from geomap.webmap.inline import InlineMap

    Progress = Callable[[str, int, int], None]


@noun
class Built:
    """A finished build: what was found, and the files written, the map first.

    ``known`` counts the documents that were told from the cache, ``notes`` say what was wrong with
    it. ``counts`` are the figures of the summary and of ``run.json``. ``page_note`` says what the
    map leaves out of details to stay small, ``None`` where nothing. ``settings`` are those of the
    build.
    """

    result: Result
    files: tuple[Path, ...]
    known: int = 0
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    page_note: str | None = None
    settings: Settings = field(default_factory=Settings)

    def events_frame(self) -> GeoDataFrame:
        """Return the events as a GeoDataFrame in EPSG:4326, indexed by id.

        Days are ``datetime64[s]``, whole numbers ``Int64``; what is not known is missing.
        """
        from geomap.export.frames import events_frame

        with _context(self.settings) as context:
            return events_frame(self.result, context)

    def explore(self) -> InlineMap:
        """Return the map as a folium map, which a notebook shows when it ends a cell."""
        from geomap.webmap import inline_map

        with _context(self.settings) as context:
            return inline_map(self.result, context)


@contextmanager
def _context(settings: Settings) -> Iterator[Context]:
    """Open what the outputs of a build look things up in."""
    from geomap.features import Context
    from geomap.gazetteer import Gazetteer
    from geomap.ontology import Ontology

    pois = _points_of_interest(settings)
    ontology = Ontology.load(*settings.ontologies)
    with Gazetteer.open(overlays=settings.overlays, viewpoint=settings.viewpoint) as gazetteer:
        yield Context(gazetteer=gazetteer, ontology=ontology, pois=pois)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


def build(
    inputs: Sequence[str | Path],
    folder: str | Path = "output",
    *,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Built:
    """Read documents, find their events and write map, layers, report and record to ``folder``.

    Raises :class:`~geomap.errors.InputError` when there is no document at all,
    :class:`~geomap.errors.OutputError` when ``folder`` cannot be written,
    :class:`~geomap.errors.CorrectionError` when a corrections file is no such file. A document that
    cannot be worked on is among ``result.failures``.
    """
    from geomap.engine import ahead

    chosen = settings or Settings()
    with ahead(chosen) as begun:
        if begun:
            # Before anything else: models load longest, and what two processes have is copied when
            # one writes it, of which there is little yet. Where nothing is new it was for nothing.
            begun.load()
        return _build(inputs, Path(folder), chosen, progress, begun=begun)


def _build(
    inputs: Sequence[str | Path],
    folder: Path,
    chosen: Settings,
    progress: Progress,
    *,
    begun: Pool | None,
) -> Built:
    """Build; ``begun`` may be a process to tell what is new, started already or yet to start."""
    from geomap import output, pipeline
    from geomap.cache import open_cache
    from geomap.engine import open_engine
    from geomap.read import read_documents
    from geomap.staging import staged
    from geomap.tools import open_tools

    lines, pois = _corrections(inputs, chosen), _points_of_interest(chosen)
    with (
        staged(folder) as stage,
        open_tools(chosen) as tools,
        open_cache(_cache_folder(chosen), chosen, tools.gazetteer) as cache,
    ):
        tools.memory = cache.merging()
        context = _remembering(tools, cache, pois)
        documents: list[Item] = []
        meanwhile = _meanwhile(documents, tools, context, chosen)
        with open_engine(chosen, _here(tools), cache.mark, meanwhile, begun=begun) as engine:
            documents.extend(read_documents(inputs, chosen, cache.files))
            told = pipeline.tell_all(documents, cache.known.before(engine), tools, progress)
        # The engine is closed by now: nothing is forked beside its threads.
        with output.ahead(told, stage, context, chosen) as files_begun:
            result = pipeline.merge_all(told, tools, progress, corrections=lines)
            written = output.write_all(result, stage, context, chosen, begun=files_begun)
    return Built(
        result=result,
        files=tuple(folder / name for name in written.names),
        known=cache.known.found,
        notes=cache.notes,
        counts=written.counts,
        page_note=written.page_note,
        settings=chosen,
    )


def _remembering(tools: Tools, cache: Cache, pois: tuple[Place, ...]) -> Context:
    """Return what the outputs of a build look things up in, with what former builds left."""
    from geomap.features import Context

    return Context(
        gazetteer=tools.gazetteer,
        ontology=tools.ontology,
        pois=pois,
        surroundings=cache.surroundings,
        pieces=cache.pieces,
    )


def _meanwhile(
    items: Sequence[Item], tools: Tools, context: Context, settings: Settings
) -> Iterator[None]:
    """Do what hangs on nothing that is told, a step at a time; ``items`` are there by the first."""
    from geomap import output

    tools.memory.copies.of([item for item in items if isinstance(item, Document)])
    yield
    yield from output.rehearse(context, settings)


def _here(tools: Tools) -> Tell:
    """Return the engine of this process, which imports what tells when it is asked to."""

    def tell_all(items: Sequence[Item]) -> Iterator[Told]:
        from geomap.telling import tell_here

        return tell_here(tools)(items)

    return tell_all


def _corrections(inputs: Sequence[str | Path], settings: Settings) -> Sequence[Correction]:
    """Read what people set right: the file of the settings, or the one beside the input."""
    from geomap import corrections

    given = Path(settings.corrections) if settings.corrections else corrections.beside(inputs)
    return corrections.read(given) if given else ()


def _points_of_interest(settings: Settings) -> tuple[Place, ...]:
    """Read the points that the outputs shall name distances to, if there are any."""
    from geomap.features.pois import read_pois

    return read_pois(Path(settings.poi)) if settings.poi else ()


def _cache_folder(settings: Settings) -> Path | None:
    """Return where what was read and told is kept, if it shall be."""
    from geomap.gazetteer.resources import cache_folder

    return cache_folder() if settings.cache else None


def documents_of(texts: Iterable[str | Document]) -> Iterator[Document]:
    """Give each plain text an id, its number from 0; documents stay as they are.

    Halves of characters, which no file can hold, are replaced; the length of a text stays.
    """
    for number, text in enumerate(texts):
        if isinstance(text, Document):
            yield text
        else:
            yield Document(id=str(number), text=whole_characters(text))


def locate(
    texts: Iterable[str | Document], *, settings: Settings | None = None, near: str | None = None
) -> Iterator[Located]:
    """Find the toponyms of each text and resolve them; yields in input order.

    ``near`` is the name of a place that ambiguous names lean to. A toponym that stays unresolved is
    a :class:`~geomap.model.Resolution` whose ``location`` is ``None``.
    """
    from geomap.locator import open_locator

    chosen = settings or Settings()
    if near:
        chosen = dataclasses.replace(chosen, near=near)
    with open_locator(chosen) as locator:
        yield from locator.locate(documents_of(texts))


def locate_frame(frame: Any, column: str, *, settings: Settings | None = None) -> Any:
    """Locate a column of a pandas DataFrame; returns a GeoDataFrame of one row a toponym.

    The index is that of ``frame``, repeated; ``geometry`` is a point in EPSG:4326, empty where the
    toponym is unresolved. The other columns are start, end, text, use, confidence, place, kind,
    country, admin1 and geonameid.
    """
    import geopandas
    from shapely import Point

    rows = [
        {
            "row": index,
            **_mention_row(resolution),
            "geometry": Point(point.lon, point.lat) if point else None,
        }
        for index, located in zip(
            frame.index,
            locate(frame[column].fillna("").astype(str), settings=settings),
            strict=True,
        )
        for resolution in located.resolutions
        for point in [resolution.location.point if resolution.location else None]
    ]
    columns = ["row", *_MENTION_COLUMNS, "geometry"]
    found = geopandas.GeoDataFrame(rows, columns=columns, geometry="geometry", crs="EPSG:4326")
    return found.set_index("row").rename_axis(frame.index.name)


_MENTION_COLUMNS = (
    "start",
    "end",
    "text",
    "use",
    "confidence",
    "place",
    "kind",
    "country",
    "admin1",
    "geonameid",
)


def _mention_row(resolution: Any) -> dict[str, Any]:
    mention, place = resolution.mention, resolution.place
    values = (
        mention.start,
        mention.end,
        mention.text,
        mention.use.value,
        resolution.confidence,
        place and place.name,
        place and place.kind.value,
        place and place.country,
        place and place.admin1,
        place and place.geonameid,
    )
    return dict(zip(_MENTION_COLUMNS, values, strict=True))


def extract(
    texts: Iterable[str | Document], *, settings: Settings | None = None
) -> Iterator[tuple[Report, ...]]:
    """Find the events that each text reports; yields one tuple a text, in input order."""
    from geomap.telling import dated, telling
    from geomap.tools import open_tools

    with open_tools(settings or Settings()) as tools:
        for document in documents_of(texts):
            (annotation,) = tools.recognizer.annotate([dated(document)])
            yield telling(annotation, tools).reports
