"""How long a page takes in Chromium, for the tests of large maps and for their benchmark.

Times are processor time of the page's main thread: other work on the machine does not change them.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

_MARK = ".leaflet-marker-icon"
_PATIENCE_MS = 240_000
_FILTER_STEP = """async (index) => {
  document.querySelectorAll("button.type")[index].click();
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
}"""
_FILTER_STEPS = 8


@dataclass(frozen=True)
class Speed:
    """Milliseconds from the start of a cold load to the first mark, and for a filter step.

    A step is from a click on a type to the next frame, the median of eight; ``None`` where the page
    has no mark in four minutes, or no such filter.
    """

    first_mark_ms: float | None
    filter_step_ms: float | None


def measure(browser: Any, path: Path) -> Speed:
    """Open a page in a context of its own and measure it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        return _measure(context.new_page(), path)
    finally:
        context.close()


def _measure(page: Any, path: Path) -> Speed:
    from playwright.sync_api import TimeoutError as NoMarkError

    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_selector(_MARK, timeout=_PATIENCE_MS)
    except NoMarkError:
        return Speed(None, None)
    mark = _busy_ms(devtools)
    page.wait_for_load_state("load")
    if not page.locator("button.type").count():
        return Speed(mark, None)
    page.wait_for_timeout(1500)  # what is drawn after the marks is not part of a filter step
    return Speed(mark, statistics.median(_step(page, devtools, n) for n in range(_FILTER_STEPS)))


def _step(page: Any, devtools: Any, index: int) -> float:
    before = _busy_ms(devtools)
    page.evaluate(_FILTER_STEP, index)
    after = _busy_ms(devtools)
    page.wait_for_timeout(300)
    return after - before


def _busy_ms(devtools: Any) -> float:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return next(1000 * item["value"] for item in metrics if item["name"] == "TaskDuration")
