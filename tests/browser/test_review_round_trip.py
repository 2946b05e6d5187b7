"""What a reader corrects in the page, a rebuild applies and shows."""

from __future__ import annotations

import made_map
import pytest

from geomap import corrections, webmap
from geomap.cli import main as geomap

pytestmark = pytest.mark.browser


def corrected_in_the_page(opened, folder):
    """Reject an event, move one, change its type, join two; return the file that is saved."""
    page = opened.page
    page.locator("#review-switch").click()
    opened.rows().filter(has_text="Jets patrol").click()
    page.fill("#review-reason", "=an exercise, not a deployment")
    page.locator(".review-form button", has_text="no event").click()
    opened.rows().filter(has_text="Outage in Lviv").click()
    page.locator(".review-form button", has_text="Move").click()
    page.keyboard.press("Enter")
    page.select_option("#review-type", "fire")
    opened.rows().filter(has_text="Rockets fall").click()
    page.select_option("#review-twin", "e-kyiv")
    assert "merged with" in opened.rows().filter(has_text="Rockets fall").text_content()
    with page.expect_download() as waiting:
        page.locator(".review-bar button", has_text="Download").click()
    path = folder / "corrections.csv"
    waiting.value.save_as(path)
    return path


def test_corrections_of_the_page_are_applied_and_shown_by_a_rebuild(
    open_page, open_file, tmp_path, capsys
):
    result, context = made_map.result(), made_map.context()
    path = corrected_in_the_page(open_page(), tmp_path)

    assert geomap(["corrections", "check", str(path)]) == 0
    assert "4 corrections, no problem" in capsys.readouterr().err

    lines = corrections.read(path)
    again = corrections.apply(result, lines, context.ontology, context.gazetteer)
    assert [outcome.note for outcome in again.corrections if not outcome.applied] == []
    by_id = {event.id: event for event in again.events}
    assert "e-border" not in by_id
    assert by_id["e-undated"].type == "fire"
    assert by_id["e-undated"].places[0].point != made_map.WEST.point
    assert len(again.events) == len(result.events) - 2

    webmap.write(again, tmp_path / "map.html", context)
    rebuilt = open_file(tmp_path / "map.html", "#view=report")
    told = rebuilt.page.locator(".report-part", has_text="Line").last.inner_text()
    assert "=an exercise, not a deployment" in told
    assert rebuilt.complaints == []
