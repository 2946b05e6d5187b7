"""The gazetteer as a read-only store: names to candidates, ids to places, places to geometry."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geomap.errors import GazetteerError, UnknownPlaceError
from geomap.gazetteer.basemap import Basemap, read_basemap
from geomap.gazetteer.resources import unpacked_file
from geomap.gazetteer.schema import FIRST_OWN_NUMBER, KINDS, SCALE
from geomap.gazetteer.search import Search
from geomap.gazetteer.space import Space
from geomap.model import GeoPrecision, Place, PlaceKind, Point

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from geomap.gazetteer.info import GazetteerInfo
    from geomap.model import Candidate

_CACHED_PLACES = 50_000
_CACHED_NAMES = 50_000
_MAPPED_BYTES = 1 << 28


class Gazetteer:
    """The places of the world, read-only. Open it with :meth:`open`, in ``with`` or not."""

    def __init__(self, path: Path, *, overlays: Sequence[Path] = (), viewpoint: str | None = None):
        self.path = path
        self.viewpoint = viewpoint
        self._database = _connect(path)
        self._sources = dict(self._database.execute("SELECT id, name FROM source"))
        self._row = lru_cache(_CACHED_PLACES)(self._read_place)
        self._search = Search(self._database, self._row)
        self._space = Space(self._database, self._row)
        self._candidates = lru_cache(_CACHED_NAMES)(self._search.candidates)

    @classmethod
    def open(
        cls,
        path: str | Path | None = None,
        *,
        overlays: Sequence[str | Path] = (),
        viewpoint: str | None = None,
    ) -> Self:
        """Open the gazetteer that came with geomap, or the SQLite file at ``path``.

        ``overlays`` are CSV or GeoJSON files of the user's own places, which rank first.
        ``viewpoint`` is an ISO alpha-2 code: borders as that country sees them.
        """
        paths = [Path(overlay) for overlay in overlays]
        if path is not None:
            return cls(Path(path), overlays=paths, viewpoint=viewpoint)
        try:
            return cls(unpacked_file(), overlays=paths, viewpoint=viewpoint)
        except sqlite3.DatabaseError:
            return cls(unpacked_file(anew=True), overlays=paths, viewpoint=viewpoint)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the gazetteer answers nothing any more."""
        self._database.close()

    def candidates(self, name: str, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
        """Return the places that ``name`` may mean: best kind of match first, then population.

        With ``fuzzy``, names one letter away answer where nothing else does.
        """
        return self._candidates(name)

    def knows(self, name: str) -> bool:
        """Tell whether a place has this name or alias, but for case, accents and punctuation."""
        return self._search.knows(name)

    def place(self, place_id: str) -> Place:
        """Return the place of an id: ``geonames:703448``, ``country:UA``, ``curated:donbas``.

        Raises :class:`~geomap.errors.UnknownPlaceError` where there is none.
        """
        number = self._number(place_id)
        if number is None:
            raise UnknownPlaceError(f"the gazetteer has no place {place_id!r}")
        return self._row(number)

    def geometry(self, place_id: str) -> Any | None:
        """Return the polygon or line of a place (lon, lat), ``None`` where it has but a point."""
        number = self._number(place_id)
        return None if number is None else self._space.shape(number)

    def border(self, country_a: str, country_b: str | None = None) -> Any | None:
        """Return the land border of two countries (ISO alpha-2), or all land borders of one.

        A MultiLineString (lon, lat) of Natural Earth 10m, not simplified; ``None`` where they do
        not touch.
        """
        return self._space.border(country_a, country_b)

    def containing(self, point: Point) -> tuple[Place, ...]:
        """Return the areas and the country that contain ``point``, the narrowest first."""
        return self._space.containing(point)

    def nearest(
        self, point: Point, *, limit: int = 1, min_population: int = 0
    ) -> tuple[tuple[Place, float], ...]:
        """Return the nearest populated places with their geodesic distance in km."""
        return self._space.nearest(point, limit, min_population)

    def basemap(self, bounds: tuple[float, float, float, float], *, towns: int = 400) -> Basemap:
        """Return what lies under a map of ``bounds`` (west, south, east, north, in degrees)."""
        return read_basemap(self._database, self._row, bounds, towns)

    def info(self) -> GazetteerInfo:
        """Return what the gazetteer holds, from where, and under which licences."""
        from geomap.gazetteer.info import read_info

        return read_info(self._database, self.path)

    def _number(self, place_id: str) -> int | None:
        query = "SELECT place FROM reference WHERE key = ?"
        row = self._database.execute(query, (place_id,)).fetchone()
        if row is None and place_id.startswith("geonames:") and place_id[9:].isdecimal():
            query = "SELECT id FROM place WHERE id = ?"
            row = self._database.execute(query, (int(place_id[9:20]),)).fetchone()
        return None if row is None else int(row[0])

    def _read_place(self, number: int) -> Place:
        query = "SELECT * FROM place WHERE id = ?"
        row = self._database.execute(query, (number,)).fetchone()
        _, key, name, kind, lon, lat, country, parent, population, precision = row[:10]
        radius_km, source, has_shape = row[10:]
        area = self._row(parent) if parent else None
        return Place(
            id=key or f"geonames:{number}",
            name=name,
            kind=KINDS[kind],
            point=None if lon is None else Point(lon=lon / SCALE, lat=lat / SCALE),
            country=country,
            admin1=_first_level(area),
            parents=(area.id, *area.parents) if area else (),
            population=population,
            precision=GeoPrecision(precision),
            radius_km=radius_km,
            source=self._sources[source],
            geonameid=number if number < FIRST_OWN_NUMBER else None,
            has_geometry=bool(has_shape),
        )


def _first_level(area: Place | None) -> str | None:
    """Return the name of the first-level area that ``area`` is or lies in."""
    if area is None:
        return None
    return area.name if area.kind is PlaceKind.ADMIN1 else area.admin1


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file read-only and memory-mapped; what is no gazetteer is an error."""
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        database = sqlite3.connect(uri, uri=True, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise GazetteerError(f"cannot open the gazetteer {path}: {error}") from error
    database.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
    return database
