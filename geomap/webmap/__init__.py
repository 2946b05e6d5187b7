"""The map page: one HTML file that asks the network for nothing.

folium builds the page (:mod:`.page`); this package hands it what a stock folium page lacks: a
vector basemap (:mod:`.basemap`), the events as one block of JSON (:mod:`.payload`), scripts and
styles of the project and of packages it depends on (:mod:`.assets`), and a Content-Security-Policy
under which nothing else can run (:mod:`.policy`). :mod:`.snapshot` draws the same map as a PNG.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.webmap.options import PageOptions

if TYPE_CHECKING:
    from pathlib import Path

    from geomap.features import Context
    from geomap.model import Result
    from geomap.webmap.inline import InlineMap
    from geomap.webmap.thinning import Thinned

__all__ = ["PageOptions", "inline_map", "write", "write_png"]


def write(
    result: Result, path: Path, context: Context, options: PageOptions | None = None
) -> Thinned | None:
    """Write the map of ``result`` to ``path``, a file that is complete in itself.

    Returns how it was thinned where it would have been larger than the options allow. The same
    result gives the same bytes. Raises :class:`~geomap.errors.OutputError` where the file cannot be
    written.
    """
    from geomap.webmap import page

    return page.write(result, path, context, options)


def inline_map(result: Result, context: Context, options: PageOptions | None = None) -> InlineMap:
    """Return the map of ``result`` as a folium map that a notebook shows."""
    from geomap.webmap import inline

    return inline.inline_map(result, context, options)


def write_png(result: Result, path: Path, context: Context) -> None:
    """Draw the map of ``result`` as a picture, without a browser.

    The same result gives the same bytes. Raises :class:`~geomap.errors.OutputError` where the file
    cannot be written.
    """
    from geomap.webmap import snapshot

    snapshot.write_png(result, path, context)
