"""The gazetteer as a read-only store: names to candidates, ids to places, places to geometry."""

from __future__ import annotations

import dataclasses
import sqlite3
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import shapely

from geomap.errors import GazetteerError, UnknownPlaceError
from geomap.gazetteer.basemap import Basemap, read_basemap, read_world
from geomap.gazetteer.codec import decode
from geomap.gazetteer.overlay import Overlay, read_overlays
from geomap.gazetteer.resources import unpacked_file
from geomap.gazetteer.schema import FIRST_OWN_NUMBER, KINDS, SCALE
from geomap.gazetteer.search import Search
from geomap.gazetteer.space import Space
from geomap.gazetteer.viewpoint import Viewpoint
from geomap.model import GeoPrecision, Place, PlaceKind, Point
from geomap.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from geomap.gazetteer.info import GazetteerInfo
    from geomap.model import Candidate

_COUNTRY = "country:"
_COUNTRY_KIND = KINDS.index(PlaceKind.COUNTRY)
_CACHED_PLACES = 20_000
_CACHED_NAMES = 10_000
_MAPPED_BYTES = 1 << 28


class Gazetteer:
    """The places of the world, read-only. Open it with :meth:`open`, in ``with`` or not."""

    def __init__(
        self, path: Path, *, overlays: Sequence[Path] = (), viewpoint: str | None = None
    ) -> None:
        self.path = path
        self.viewpoint = viewpoint.upper() if viewpoint else None
        self._database = _connect(path)
        self._sources = dict(self._database.execute("SELECT id, name FROM source"))
        self._row = lru_cache(_CACHED_PLACES)(self._read_place)
        self._overlay = Overlay()
        self._view = Viewpoint(self._database, self.viewpoint)
        self._search = Search(self._database, self._row)
        self._space = Space(self._database, self._row)
        self._overlay = read_overlays(overlays, self._known, self._shape)
        self._loose = lru_cache(_CACHED_NAMES)(self._search.loose)
        self._candidates = lru_cache(_CACHED_NAMES)(self._find)
        self._info = cache(self._read_info)
        self._world_land = cache(lambda: read_world(self._database))

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
            try:
                return cls(Path(path), overlays=paths, viewpoint=viewpoint)
            except sqlite3.DatabaseError as error:
                raise GazetteerError(f"{path} is no gazetteer of geomap: {error}") from error
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

        With ``fuzzy``, where nothing answers, names one letter away do, or else names that are a
        part of this one; ``Candidate.distance`` counts the letters that differ.
        """
        found = self._candidates(name)
        return self._loose(name) if fuzzy and not found else found

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Return the user's own places of that name, then the gazetteer's."""
        own = self._overlay.names.get(fold(name), ())
        hidden = self._overlay.suppressed | {candidate.place.id for candidate in own}
        found = self._search.candidates(name)
        return (*own, *(c for c in found if c.place.id not in hidden)) if own or hidden else found

    def knows(self, name: str) -> bool:
        """Tell whether a place has this name or alias, but for case, accents and punctuation."""
        return self._search.knows(name) or fold(name) in self._overlay.names

    def place(self, place_id: str) -> Place:
        """Return the place of an id: ``geonames:703448``, ``country:UA``, ``curated:donbas``.

        Raises :class:`~geomap.errors.UnknownPlaceError` where there is none.
        """
        place = self._known(place_id)
        if place is None:
            raise UnknownPlaceError(f"the gazetteer has no place {place_id!r}")
        return place

    def geometry(self, place_id: str) -> Any | None:
        """Return the polygon or line of a place (lon, lat), ``None`` where it has but a point."""
        if place_id in self._overlay.shapes:
            return self._overlay.shapes[place_id]
        if self._view and place_id.startswith(_COUNTRY):
            return self._view.country_shape(place_id.removeprefix(_COUNTRY), self._shape)
        return self._shape(place_id)

    def border(self, country_a: str, country_b: str | None = None) -> Any | None:
        """Return the land border of two countries (ISO alpha-2), or all land borders of one.

        A MultiLineString (lon, lat) of Natural Earth 10m, not simplified; ``None`` where they do
        not touch.
        """
        parts = self._view.border(country_a, country_b)
        return shapely.MultiLineString(parts) if parts else None

    def disputed(self) -> Any:
        """Return all disputed boundaries (MultiLineString; lon, lat)."""
        rows = self._database.execute("SELECT data FROM disputed ORDER BY area, neighbor")
        return shapely.MultiLineString([part for (data,) in rows for part in decode(data).geoms])

    def containing(self, point: Point) -> tuple[Place, ...]:
        """Return the areas and the country that contain ``point``, the narrowest first."""
        found = self._space.containing(point)
        moved = self._view.owner(place.id for place in found)
        if moved is None:
            return found
        areas = (place for place in found if place.kind is not PlaceKind.COUNTRY)
        return (*areas, self.place(f"{_COUNTRY}{moved}"))

    def nearest(
        self, point: Point, *, limit: int = 1, min_population: int = 0
    ) -> tuple[tuple[Place, float], ...]:
        """Return the nearest populated places with their geodesic distance in km."""
        return self._space.nearest(point, limit, min_population)

    def basemap(self, bounds: tuple[float, float, float, float], *, towns: int = 400) -> Basemap:
        """Return what lies under a map of ``bounds`` (west, south, east, north, in degrees)."""
        return read_basemap(
            self._database, self._row, bounds, towns=towns, world_land=self._world_land()
        )

    def within(
        self, point: Point, radius_km: float, *, min_population: int = 0
    ) -> tuple[tuple[Place, float], ...]:
        """Return all populated places within ``radius_km`` with their distance, nearest first."""
        return self._space.within(point, radius_km, min_population)

    def overlay_counts(self) -> tuple[int, int, int]:
        """Return how many places, names and suppressed places the overlays bring."""
        overlay = self._overlay
        return len(overlay.places), len(overlay.names), len(overlay.suppressed)

    def info(self) -> GazetteerInfo:
        """Return what the gazetteer holds, from where, and under which licences; counted once."""
        return self._info()

    def _read_info(self) -> GazetteerInfo:
        from geomap.gazetteer.info import read_info

        return read_info(self._database, self.path)

    def _shape(self, place_id: str) -> Any | None:
        number = self._number(place_id)
        return None if number is None else self._space.shape(number)

    def _known(self, place_id: str) -> Place | None:
        number = self._number(place_id)
        return self._overlay.places.get(place_id) if number is None else self._row(number)

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
        place_id = key or f"geonames:{number}"
        parents = (area.id, *area.parents) if area else ()
        owner = self._view.owner((place_id, *parents))
        if owner is None and self._view and area and country:
            owner = area.country  # which may have been moved with the country around it
        if kind != _COUNTRY_KIND and owner:
            parents = tuple(_COUNTRY + owner if p.startswith(_COUNTRY) else p for p in parents)
            country = owner
        place = Place(
            id=place_id,
            name=name,
            kind=KINDS[kind],
            point=None if lon is None else Point(lon=lon / SCALE, lat=lat / SCALE),
            country=country,
            admin1=_first_level(area),
            parents=parents,
            population=population,
            precision=GeoPrecision(precision),
            radius_km=radius_km,
            source=self._sources[source],
            geonameid=number if number < FIRST_OWN_NUMBER else None,
            has_geometry=bool(has_shape),
        )
        return _somewhere_in(area, place) if lon is None and area else place


def _somewhere_in(area: Place, place: Place) -> Place:
    """Give a district of which nobody tells the position that of its province, as widely known."""
    if place.kind is not PlaceKind.ADMIN2 or area.kind is not PlaceKind.ADMIN1:
        return place
    return dataclasses.replace(
        place, point=area.point, precision=area.precision, radius_km=area.radius_km
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
