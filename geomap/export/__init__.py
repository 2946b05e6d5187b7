"""Export formats: one module each, with a function ``write(layers, path)``.

To add a format, write the module and add its row to :data:`FORMATS`; ``docs/exports.md`` shows it,
and the contract tests of ``tests/export`` take the new row by themselves. A module is imported when
its format is first written.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from geomap.model import noun

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from geomap.export.layers import Layers
    from geomap.features import Context
    from geomap.model import Result


@noun
class Format:
    """A format: its name in settings, the file that a build writes, what it is for.

    ``function`` is ``module:function`` of this package. A format of which much hangs on no event
    has a ``beginning`` too, a function that is given the layer of mentions and a path; the other
    one takes the path of what that began as its ``begun``, which may be ``None``.
    """

    name: str
    file_name: str
    function: str
    description: str
    beginning: str | None = None

    def begin(self, result: Result, path: Path, context: Context) -> None:
        """Write what hangs on no event."""
        from geomap.export import layers

        if self.beginning:
            self._named(self.beginning)(layers.mentions_of(result, context), path)

    def write(
        self, result: Result, path: Path, context: Context, begun: Path | None = None
    ) -> None:
        """Write a result; raise :class:`~geomap.errors.OutputError` where that fails.

        ``begun`` is what :meth:`begin` wrote of the same documents, if it did; it is used up.
        """
        from geomap.export import layers

        self.write_layers(layers.of_result(result, context), path, begun)

    def write_layers(self, layers: Layers, path: Path, begun: Path | None = None) -> None:
        """Write layers that were made or read before.

        A process that failed at it may have used up what was begun.
        """
        known = {"begun": begun} if begun and begun.exists() else {}
        self._named(self.function)(layers, path, **known)

    def _named(self, function: str) -> Callable[..., None]:
        module, _, name = function.partition(":")
        named: Callable[..., None] = getattr(import_module(f"geomap.export.{module}"), name)
        return named


_BEGINNINGS = {"gpkg": "geopackage:begin", "mentions": "table:begin_mentions"}
#: Name in settings, file, module and function, and what it is.
_ALL = (
    ("geojson", "events.geojson", "geojson:write", "GeoJSON (RFC 7946)"),
    ("gpkg", "events.gpkg", "geopackage:write", "GeoPackage with six layers, styled for QGIS"),
    ("parquet", "events.parquet", "parquet:write", "GeoParquet 1.1"),
    ("csv", "events.csv", "table:write_events", "events as CSV with WKT"),
    ("claims", "claims.csv", "table:write_claims", "who says what where, and stated distances"),
    ("mentions", "mentions.csv", "table:write_mentions", "every place name and its place"),
    ("fgb", "events.fgb", "flatgeobuf:write", "FlatGeobuf"),
    ("kml", "events.kml", "kml:write", "KML with time spans, for Google Earth"),
    ("xlsx", "events.xlsx", "xlsx:write", "Excel workbook (needs the extra xlsx)"),
    ("hxl", "events.hxl.csv", "table:write_hxl", "events as CSV with HXL hashtags"),
)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        name: Format(
            name=name,
            file_name=file_name,
            function=function,
            description=description,
            beginning=_BEGINNINGS.get(name),
        )
        for name, file_name, function, description in _ALL
    }
)
