"""The page in a notebook: a folium map that shows itself as the whole page in a frame."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.webmap import assets
from geomap.webmap.frame import EventMap
from geomap.webmap.options import PageOptions
from geomap.webmap.page import render

if TYPE_CHECKING:
    from geomap import model
    from geomap.features import Context

_HEIGHT_PX = 640


class InlineMap(EventMap):
    """folium's map with the events; Jupyter shows it, ``save`` writes the page to a file.

    What folium would put in a notebook lacks the page's scripts and data, so the frame holds the
    page as it is written to a file, with its policy: it asks the network for nothing.
    """

    def __init__(self, page: str, words: dict[str, str]) -> None:
        super().__init__(words)
        self.page = page

    def _repr_html_(self, **_options: Any) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" title="geomap" '
            f'style="width:100%;height:{_HEIGHT_PX}px;border:0" allowfullscreen></iframe>'
        )

    # branca writes to streams too, which no notebook has asked for.
    def save(self, outfile: str | Path, **_options: Any) -> None:  # type: ignore[override]
        """Write the page to a file."""
        Path(outfile).write_text(self.page, encoding="utf-8", newline="\n")


def inline_map(
    result: model.Result, context: Context, options: PageOptions | None = None
) -> InlineMap:
    """Return the map of ``result`` for a notebook."""
    chosen = options or PageOptions()
    return InlineMap(render(result, context, chosen).text, assets.words(chosen.language))
