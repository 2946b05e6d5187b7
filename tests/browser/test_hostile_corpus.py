"""The map of everything hostile, in a real browser: nothing runs, and nothing is asked for."""

from __future__ import annotations

import pytest

pytest_plugins = ("hostile_build",)
pytestmark = pytest.mark.browser


def test_nothing_runs_and_nothing_is_requested(open_file, hostile_output):
    opened = open_file(hostile_output / "map.html")
    for row in opened.rows().all():
        row.click()
        assert opened.page.locator("#event-details h2").text_content()
    assert "window.pwned" in opened.page.content()  # to be read, and not run
    assert opened.page.evaluate("window.pwned") is None
    made = "img[onerror], svg[onload], [onmouseover], a[href^='javascript' i], base, iframe, object"
    assert opened.page.locator(made).count() == 0
    assert opened.requests() == []
    assert opened.complaints == []
