"""A headless Chromium that can reach nothing but the file it opens."""

from __future__ import annotations

import shutil
from pathlib import Path

import made_cases
import made_map
import pytest

from geomap import webmap

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not on this machine (Debian: apt-get install chromium)")
    with api.sync_playwright() as playwright:
        # The proxy answers to nobody: whatever a page asks for fails.
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            proxy={"server": "http://127.0.0.1:9"},
        )
        yield launched
        launched.close()


class Opened:
    """A page with all it asked for, complained of and threw."""

    def __init__(self, browser, path, fragment="", **context):
        self.context = browser.new_context(**({"viewport": DESKTOP} | context))
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.asked, self.complaints = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(path.as_uri() + fragment)
        self.page.wait_for_selector("#rows", state="attached")

    def requests(self):
        own = ("file:", "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)] + [
            url for url in self.asked[1:] if url.startswith("file:")
        ]

    def rows(self):
        return self.page.locator("#rows button.row")

    def titles(self):
        return self.page.locator("#rows .row-title").all_text_contents()

    def marks(self):
        """Return how many events the marks in view stand for."""
        counts = self.page.locator(".marker-cluster .cluster-count").all_text_contents()
        return self.page.locator(".mark").count() + sum(int(count) for count in counts)

    def hash(self, contains):
        self.page.wait_for_function("part => location.hash.includes(part)", arg=contains)
        return self.page.evaluate("location.hash")


@pytest.fixture(scope="session")
def made_pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    results = {
        "few": made_map.result(),
        "told": made_cases.told_result(),
        "hostile": made_cases.hostile_result(),
        "odd": made_cases.odd_result(),
        "empty": made_map.result((), distances=()),
    }
    for name, result in results.items():
        webmap.write(result, folder / f"{name}.html", made_map.context())
    small = webmap.PageOptions(max_mb=1)
    webmap.write(made_cases.well_covered(300, 12), folder / "thin.html", made_map.context(), small)
    return folder


@pytest.fixture
def open_file(browser):
    """Return a function that opens a page; all are closed at the end."""
    opened = []

    def opens(path, fragment="", **context):
        opened.append(Opened(browser, path, fragment, **context))
        return opened[-1]

    yield opens
    for one in opened:
        one.context.close()


@pytest.fixture
def open_page(open_file, made_pages):
    def opens(name="few", fragment="", **context):
        return open_file(made_pages / f"{name}.html", fragment, **context)

    return opens
