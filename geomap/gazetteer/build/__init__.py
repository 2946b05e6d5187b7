"""The build of the gazetteer: from the packages of the extra and ``gazetteer/`` to one file.

The packages are pinned in ``pyproject.toml``, everything is written in the order of its key and
nothing depends on time or place, so that the same sources give the same bytes.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

from geomap.errors import GazetteerError
from geomap.gazetteer.build.airports import add_airports
from geomap.gazetteer.build.areas import add_areas
from geomap.gazetteer.build.borders import disputed_lines, land_borders, viewpoints
from geomap.gazetteer.build.cities import add_cities
from geomap.gazetteer.build.countries import add_continents, add_countries, country_shapes
from geomap.gazetteer.build.curated import Curator
from geomap.gazetteer.build.derive import derive
from geomap.gazetteer.build.polygons import add_polygons
from geomap.gazetteer.build.postal import add_postal_places
from geomap.gazetteer.build.waters import add_seas, lakes
from geomap.gazetteer.build.world import World
from geomap.gazetteer.build.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("countries", "areas", "places", "curated tables", "writing", "compressing")
COMPRESSION_LEVEL = 19
WINDOW_LOG = 26


def build(sources: Path, output: Path, *, progress: Callable[[str], object] = str) -> None:
    """Write the SQLite file ``output`` from the packages and the folder ``sources``."""
    world = World()
    curator = Curator(world, sources / "curated")
    _gather(world, curator, sources / "sources", progress)
    progress("writing")
    writer = Writer(output)
    writer.add_world(world)
    writer.add_fuzzy_keys(world)
    writer.add_everyday(curator.everyday())
    writer.add_origins(sources / "sources" / "sources.csv")
    _write_lines(writer, world, sources / "borders")
    writer.close()


def _gather(
    world: World, curator: Curator, folder: Path, progress: Callable[[str], object]
) -> None:
    """Fill the world, from wide to narrow; curated rows come once what they refer to is there."""
    progress("countries")
    add_continents(world)
    add_countries(world)
    progress("areas")
    numbers = add_areas(world)
    add_polygons(world, folder / "admin1.jsonl.zst")
    progress("places")
    add_cities(world, numbers)
    add_postal_places(world)
    progress("curated tables")
    curator.name_areas()
    curator.add_points()
    curator.add_places()
    curator.add_names()
    curator.check()
    add_seas(world, folder / "seas.jsonl.zst")
    add_airports(world)
    derive(world)


def _write_lines(writer: Writer, world: World, folder: Path) -> None:
    """Write what belongs to no single place: lakes, borders, disputes."""
    writer.add_layer("lakes", lakes())
    writer.add_borders(land_borders(country_shapes()))
    lines = disputed_lines(world, folder / "disputed.csv")
    writer.add_disputes(lines, viewpoints(world, folder / "viewpoints.csv"))


def build_compressed(
    sources: Path, output: Path, *, progress: Callable[[str], object] = str
) -> int:
    """Write the compressed gazetteer ``output`` and return its size in bytes.

    A build that fails leaves the former file whole.
    """
    for folder in (sources / "curated", sources / "sources"):
        if not folder.is_dir():
            raise GazetteerError(f"{folder} is missing; run this in a checkout or give --sources")
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=output.parent) as folder_name:
        database, packed = Path(folder_name) / "gazetteer.sqlite", Path(folder_name) / output.name
        try:
            build(sources, database, progress=progress)
        except ModuleNotFoundError as error:
            raise GazetteerError(
                f"the build needs {error.name}; install geomap with its extra: geomap[gazetteer]"
            ) from error
        progress("compressing")
        compress(database, packed)
        packed.replace(output)
    return output.stat().st_size


def compress(database: Path, output: Path) -> None:
    """Write ``database`` compressed with zstandard."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        COMPRESSION_LEVEL, window_log=WINDOW_LOG, enable_ldm=True, write_checksum=True
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    output.write_bytes(compressor.compress(database.read_bytes()))
