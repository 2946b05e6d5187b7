"""FlatGeobuf: one layer of events, for streaming and for maps on the web.

The format's index takes no feature without a geometry, and an event that could not be located must
not be lost: the file has no index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.export.arrow import to_stream
from geomap.export.atomic import replacing
from geomap.export.gdal import write_layer

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.export.layers import Layers


def write(layers: Layers, path: Path) -> None:
    """Write the events with the geometry that they are drawn with."""
    with replacing(path) as temporary:
        write_layer(
            to_stream(layers.events),
            temporary,
            driver="FlatGeobuf",
            geometry_type="Unknown",
            layer_options={"SPATIAL_INDEX": "NO"},
            layer="events",
        )
