"""The build of the gazetteer: from the packages of the extra and ``gazetteer/`` to one file.

The packages are pinned in ``pyproject.toml``, everything is written in the order of its key and
nothing depends on time or place, so that the same sources give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import zstandard

from geomap.gazetteer.build.areas import add_areas, add_polygons
from geomap.gazetteer.build.borders import land_borders
from geomap.gazetteer.build.cities import add_cities
from geomap.gazetteer.build.countries import add_continents, add_countries, country_shapes
from geomap.gazetteer.build.curated import Curator
from geomap.gazetteer.build.derive import derive
from geomap.gazetteer.build.world import World
from geomap.gazetteer.build.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COMPRESSION_LEVEL = 19


def build(sources: Path, output: Path, *, progress: Callable[[str], object] = str) -> None:
    """Write the SQLite file ``output`` from the packages and the folder ``sources``."""
    world = World()
    progress("countries")
    add_continents(world)
    add_countries(world)
    progress("areas")
    numbers = add_areas(world)
    add_polygons(world, sources / "sources" / "admin1.jsonl.zst")
    progress("places")
    add_cities(world, numbers)
    progress("curated tables")
    curator = Curator(world, sources / "curated")
    curator.add_points()
    curator.add_places()
    curator.add_names()
    curator.check()
    derive(world)
    progress("writing")
    writer = Writer(output)
    writer.add_world(world)
    writer.add_everyday(curator.everyday())
    writer.add_borders(land_borders(country_shapes()))
    writer.close()


def compress(database: Path, output: Path) -> None:
    """Write ``database`` compressed with zstandard."""
    parameters = zstandard.ZstdCompressionParameters.from_level(
        COMPRESSION_LEVEL, window_log=26, enable_ldm=True, write_checksum=True
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters)
    output.write_bytes(compressor.compress(database.read_bytes()))
