"""How large and how quick the map page is, beside a plain folium page of the same events.

Usage: ``python benchmarks/map_page.py [1000 10000 100000 …]``; needs the ``test`` extra and
Chromium. The plain page has a Marker with a Popup for each event. With the package folium-offline
its assets are inside, so that it opens without a network as well; without it its page stays blank.
Times in the page are processor time of its main thread, from the start of a cold load to the first
mark, and from a click on a type to the next frame (median of eight): a busy machine does not change
them.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import made_cases
import page_speed

from geomap import webmap
from geomap.features import Context
from geomap.gazetteer import Gazetteer
from geomap.ontology import Ontology

if TYPE_CHECKING:
    from geomap.model import Result

CHROMIUM = "/usr/bin/chromium"


def main() -> None:
    """Print one line for each page."""
    counts = [int(argument) for argument in sys.argv[1:]] or [1000, 10_000, 100_000]
    context = Context(gazetteer=Gazetteer.open(), ontology=Ontology.load())
    from playwright.sync_api import sync_playwright

    print("events  page       MB    gzip MB  build s  first mark ms  filter step ms")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for count in counts:
            result = made_cases.many_events(count)
            for name, write in (("geomap", write_whole), ("folium", write_plain)):
                path = Path(folder) / f"{name}.html"
                start = time.perf_counter()
                write(result, path, context)
                built = time.perf_counter() - start
                print(f"{count:6}  {name:7} {sizes(path)} {built:8.1f}  {times(browser, path)}")


def sizes(path: Path) -> str:
    """Return what a page weighs, as it is and packed."""
    raw = path.read_bytes()
    return f"{len(raw) / 1e6:6.2f} {len(gzip.compress(raw, 6)) / 1e6:10.2f}"


def times(browser: Any, path: Path) -> str:
    """Return how quick a page is, "–" where it shows no mark or has no filter."""
    speed = page_speed.measure(browser, path)
    cells = (speed.first_mark_ms, speed.filter_step_ms)
    mark, step = ("–" if cell is None else f"{cell:.0f}" for cell in cells)
    return f"{mark:>13}  {step:>14}"


def write_whole(result: Result, path: Path, context: Context) -> None:
    """Write the page with all details, however large."""
    webmap.write(result, path, context, webmap.PageOptions(max_mb=1000))


def write_plain(result: Result, path: Path, _context: Any) -> None:
    """Write what folium's tutorial would: a marker with a popup for each event."""
    try:
        import offlinefolium as folium
    except ImportError:
        import folium

    plain = folium.Map(location=(49, 31), zoom_start=6)
    for event in result.events:
        if event.places and event.places[0].point:
            point = event.places[0].point
            popup = folium.Popup(f"{event.title}<br>{event.reports[0].sentence.quote}")
            folium.Marker((point.lat, point.lon), popup=popup).add_to(plain)
    plain.save(path)


if __name__ == "__main__":
    main()
