"""The scripts, styles and words of the page: the project's own files, and Leaflet's from XStatic.

Leaflet is depended on, not copied: XStatic-Leaflet 1.9.3 holds the files of the release that
folium 0.20 links to.
"""

from __future__ import annotations

import base64
import importlib.metadata
import json
import re
from importlib import resources

# In the order in which they are read: a file uses only what stands above it.
SCRIPTS = (
    "loading.js",
    "words.js",
    "dom.js",
    "events.js",
    "symbols.js",
    "filters.js",
    "basemap.js",
    "clusters.js",
    "overlays.js",
    "heat.js",
    "timeline.js",
    "list.js",
    "details.js",
    "report.js",
    "review.js",
    "downloads.js",
    "address.js",
    "controls.js",
    "app.js",
)
_BEGIN = "window.geomap = { start: (map, groups) => readData((DATA) => {\n"
_END = "start(map, groups);\n}) };\n"
_IMAGE = re.compile(r"url\((images/[\w.-]+\.png)\)")


def own(name: str) -> str:
    """Return a text file of ``geomap/webmap/page``."""
    return resources.files("geomap.webmap").joinpath("page", name).read_text("utf-8")


def words(language: str = "en") -> dict[str, str]:
    """Return the interface's strings; ``language`` names the file ``words.<language>.json``."""
    loaded: dict[str, str] = json.loads(own(f"words.{language}.json"))
    return loaded


def symbols() -> dict[str, list[list[list[float]]]]:
    """Return the outlines of marks by name, in a square from -10 to 10, y downwards."""
    loaded: dict[str, list[list[list[float]]]] = json.loads(own("symbols.json"))
    return loaded


def script() -> str:
    """Return the project's scripts as one function, so that no name of theirs becomes global.

    All but the first run when the data are read, and the page that folium built asks for that.
    """
    loading, *others = map(own, SCRIPTS)
    body = "\n".join(others)
    return f'(function () {{\n"use strict";\n{loading}\n{_BEGIN}{body}\n{_END}}})();'


def leaflet_script() -> str:
    """Return Leaflet without the comment that makes developer tools ask for a source map."""
    return re.sub(r"\n//# sourceMappingURL=.*", "", _leaflet_text("leaflet.js"))


def leaflet_style() -> str:
    """Return Leaflet's style sheet with its images inlined as ``data:`` addresses."""
    return _IMAGE.sub(_data_address, _leaflet_text("leaflet.css"))


def _data_address(match: re.Match[str]) -> str:
    encoded = base64.b64encode(_leaflet(match[1])).decode("ascii")
    return f"url(data:image/png;base64,{encoded})"


def _leaflet_text(name: str) -> str:
    # A browser reads CR LF as LF, and the policy's checksums are of what the browser reads.
    return _leaflet(name).decode("utf-8").replace("\r\n", "\n")


def _leaflet(name: str) -> bytes:
    package = importlib.metadata.distribution("XStatic-Leaflet")
    path = package.locate_file(f"xstatic/pkg/leaflet/data/{name}")
    with open(str(path), "rb") as file:  # noqa: PTH123 (locate_file gives no pathlib path)
        return file.read()
