"""How large and how quick the map page is, beside a plain folium page of the same events.

Usage: ``python benchmarks/map_page.py [200 2000 10000 …]``; needs the ``test`` extra and Chromium.
Times in the page are processor time of its main thread, from the start of a cold load to the first
mark, and from a click on a type to the next frame (median of eight): a busy machine does not change
them.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import made_cases

from geomap import webmap
from geomap.features import Context
from geomap.gazetteer import Gazetteer
from geomap.ontology import Ontology

if TYPE_CHECKING:
    from geomap.model import Result

CHROMIUM = "/usr/bin/chromium"
FILTER_STEP = """async (index) => {
  document.querySelectorAll("button.type")[index].click();
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
}"""
FILTER_STEPS = 8


def main() -> None:
    """Print one line for each page."""
    counts = [int(argument) for argument in sys.argv[1:]] or [200, 2000, 10_000]
    context = Context(gazetteer=Gazetteer.open(), ontology=Ontology.load())
    print("events  page       MB    gzip MB  build s  first mark ms  filter step ms")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            result = made_cases.many_events(count)
            for name, write in (("geomap", webmap.write), ("folium", write_plain)):
                path = Path(folder) / f"{name}.html"
                start = time.perf_counter()
                write(result, path, context)
                built = time.perf_counter() - start
                report(count, name, path, built)


def report(count: int, name: str, path: Path, built: float) -> None:
    """Print what one page weighs and how quick it is."""
    raw = path.read_bytes()
    mark, step = measure(path) if name == "geomap" else ("blank offline", "–")
    packed = len(gzip.compress(raw, 6)) / 1e6
    sizes = f"{len(raw) / 1e6:6.2f} {packed:10.2f}"
    print(f"{count:6}  {name:7} {sizes} {built:8.1f}  {mark:>13}  {step:>14}")


def measure(path: Path) -> tuple[str, str]:
    """Return milliseconds of the page's main thread to the first mark and for a filter step."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        devtools = page.context.new_cdp_session(page)
        devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_selector(".leaflet-marker-icon")
        mark = busy_ms(devtools)
        page.wait_for_timeout(1500)
        steps = []
        for index in range(FILTER_STEPS):
            before = busy_ms(devtools)
            page.evaluate(FILTER_STEP, index)
            steps.append(busy_ms(devtools) - before)
            page.wait_for_timeout(300)
        browser.close()
    return f"{mark:.0f}", f"{statistics.median(steps):.0f}"


def busy_ms(devtools: Any) -> float:
    """Return how long the page's main thread has worked, in milliseconds of processor time."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(1000 * item["value"] for item in metrics if item["name"] == "TaskDuration")


def write_plain(result: Result, path: Path, _context: Any) -> None:
    """Write what folium's tutorial would: a marker with a popup for each event."""
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
