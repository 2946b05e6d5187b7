"""The border lines that distances are measured to: the gazetteer's, or OpenStreetMap's.

OpenStreetMap's are in an optional package of their own, ``borders-osm/`` in a checkout, because
their license (ODbL) asks that databases made from them be shared alike.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import GazetteerError
from geomap.model import noun

if TYPE_CHECKING:
    from geomap.gazetteer import Gazetteer

_PACKAGE, _FILE_NAME = "geomap_borders_osm", "borders.zip"


@noun
class Borders:
    """One data set of land borders.

    ``tolerance_km`` is how far off its lines may be, the worse end. ``find`` gives the border of
    two countries (ISO alpha-2), or with ``None`` all land borders of the first, as lines (lon, lat)
    or ``None`` where there is none.
    """

    dataset: str
    tolerance_km: float
    find: Callable[[str, str | None], Any | None]


def natural_earth(gazetteer: Gazetteer) -> Borders:
    """Return the gazetteer's borders, in its viewpoint."""
    return Borders(dataset="Natural Earth 10m", tolerance_km=3.0, find=gazetteer.border)


def openstreetmap() -> Borders:
    """Return the borders of the optional package; raise :class:`GazetteerError` without it.

    They were simplified to 10 m twice; the rest of the tolerance is for the drawing itself.
    """
    path = _osm_file()

    def find(country_a: str, country_b: str | None) -> Any | None:
        return _read(path, country_a, country_b)

    return Borders(dataset="OpenStreetMap (ODbL)", tolerance_km=0.1, find=find)


def _osm_file() -> Path:
    """Return the file of the installed package, or of a checkout."""
    spec = find_spec(_PACKAGE)
    folders = [Path(spec.origin).parent] if spec and spec.origin else []
    folders.append(Path(__file__).resolve().parents[2] / "borders-osm" / _PACKAGE)
    for folder in folders:
        if (folder / _FILE_NAME).is_file():
            return folder / _FILE_NAME
    raise GazetteerError(
        "OpenStreetMap's borders are in a package of their own (ODbL) that is not installed; "
        "from a checkout of geomap: pip install ./borders-osm"
    )


def _read(path: Path, country_a: str, country_b: str | None) -> Any | None:
    import shapely

    from geomap.gazetteer.codec import decode

    wanted = {country_a} | ({country_b} if country_b else set())
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if wanted <= set(name.split("-"))]
        lines = [decode(archive.read(name)) for name in names]
    parts = [part for line in lines for part in line.geoms]
    return shapely.MultiLineString(parts) if parts else None
