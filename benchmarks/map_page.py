"""How large and how quick the map page is, beside a plain folium page of the same events.

Usage: ``python benchmarks/map_page.py [200 2000 10000 …]``; needs the ``test`` extra and Chromium.
Times are those of one cold load in headless Chromium; a filter step is the median time from a
click on a type to the next frame.
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

import made_map

from geomap import webmap
from geomap.features import Context
from geomap.gazetteer import Gazetteer
from geomap.ontology import Ontology

if TYPE_CHECKING:
    from geomap.model import Result

CHROMIUM = "/usr/bin/chromium"
FIRST_MARK = """() => new Promise((found) => {
  const look = () => document.querySelector(".leaflet-marker-icon")
    ? found(performance.now()) : requestAnimationFrame(look);
  look();
})"""
FILTER_STEPS = """async () => {
  const times = [];
  for (const button of [...document.querySelectorAll("button.type")].slice(0, 8)) {
    const start = performance.now();
    button.click();
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    times.push(performance.now() - start);
    await new Promise((rest) => setTimeout(rest, 300));
  }
  return times;
}"""


def main() -> None:
    """Print one line for each page."""
    counts = [int(argument) for argument in sys.argv[1:]] or [200, 2000, 10_000]
    context = Context(gazetteer=Gazetteer.open(), ontology=Ontology.load())
    print("events  page       MB    gzip MB  build s  first mark ms  filter step ms")
    with tempfile.TemporaryDirectory() as folder:
        for count in counts:
            result = made_map.many_events(count)
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
    """Return milliseconds to the first mark and of a filter step."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(path.as_uri(), wait_until="commit")
        mark = page.evaluate(FIRST_MARK)
        page.wait_for_timeout(1500)
        steps = page.evaluate(FILTER_STEPS)
        browser.close()
    return f"{mark:.0f}", f"{statistics.median(steps):.0f}"


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
