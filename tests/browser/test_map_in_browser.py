"""The map page in a real browser without a network."""

from __future__ import annotations

import csv
import json

import made_cases
import made_map
import pytest

pytestmark = pytest.mark.browser

LOCATED = sum(bool(event.places) for event in made_map.few_events())
ALL = len(made_map.few_events())

PHONE = {"width": 390, "height": 844}


def test_opens_without_a_request_or_a_complaint(open_page):
    opened = open_page()
    opened.page.wait_for_selector(".base-land")
    assert opened.requests() == []
    assert opened.complaints == []
    assert opened.marks() == LOCATED
    assert opened.rows().count() == ALL


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_has_map_and_list_without_scrolling_sideways(open_page, scheme):
    opened = open_page(viewport=PHONE, is_mobile=True, has_touch=True, color_scheme=scheme)
    width = opened.page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= PHONE["width"]
    assert opened.rows().first.is_visible()
    assert opened.page.locator(".leaflet-container").is_visible()
    paper = opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(18, 22, 27)") == (scheme == "dark")


def test_hostile_text_is_text(open_page):
    opened = open_page("hostile")
    for row in opened.rows().all():
        row.click()
    opened.rows().filter(has_text="onload").first.click()
    panel = opened.page.locator("#event-details")
    assert made_cases.HOSTILE in panel.locator("h2").text_content()
    assert made_cases.HOSTILE in panel.locator("blockquote").first.text_content()
    assert made_cases.HOSTILE in panel.locator(".facts").text_content()
    opened.page.locator("#view-report").click()
    assert made_cases.HOSTILE in part(opened, "What could not be read").text_content()
    assert opened.page.evaluate("window.pwned") is None
    assert panel.locator("img, svg[onload], a[href^='javascript']").count() == 0
    assert opened.requests() == []
    assert opened.complaints == []


def test_event_without_a_place_or_a_date_is_listed(open_page):
    opened = open_page()
    assert "not on the map" in opened.rows().filter(has_text="Drones launched").text_content()
    assert opened.page.locator("h3.day").last.text_content() == "Date not known"


def test_details_tell_what_where_when_how_sure_and_who(open_page):
    opened = open_page()
    opened.rows().filter(has_text="Strike on Belgorod").click()
    text = opened.page.locator("#event-details").inner_text()
    for words in (
        "Sat, Dec 30, 2023",
        "Belgorod",
        "22 to 25 killed",
        "at least 100 injured",
        "claimed, 2 reports, 2 independent sources",
        "A strike on Belgorod killed 25 people, the governor said.",
        "according to the governor",
        "Harbor Daily",
        "weekday before publication",
        "94 % sure",
    ):
        assert words in text


@pytest.mark.parametrize("width", [1280, 390])
def test_a_thinned_page_says_so_and_still_finds_by_source(open_page, width):
    opened = open_page("thin", "#source=c50", viewport={"width": width, "height": 800})
    page = opened.page
    assert "To keep this page small" in page.locator("#thin-note").inner_text()
    assert page.locator("#counts").inner_text().startswith("36 of 300")  # of 100 texts, 12 each
    opened.rows().first.click()
    assert "whose words are not in this page" in page.locator(".left-out").inner_text()
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(fits)
    assert opened.complaints == []


def test_a_whole_page_has_nothing_to_say_of_thinning(open_page):
    page = open_page().page
    assert page.locator("#thin-note").is_hidden()
    assert page.locator(".left-out").count() == 0


def test_conflicting_figures_stand_side_by_side(open_page):
    opened = open_page(fragment="#e=e-belgorod")
    cells = opened.page.locator(".conflicts tbody td").all_text_contents()
    assert cells == ["22", "Wire Service", "25", "Harbor Daily"]


def test_distance_line_carries_its_length_and_what_was_stated(open_page):
    opened = open_page()
    label = opened.page.locator(".distance-icon")
    assert label.text_content() == "57.1 km"
    label.focus()
    opened.page.keyboard.press("Enter")
    card = opened.page.locator(".distance-card").inner_text()
    assert "measured 57.1 km, stated 70 km" in card
    assert "Natural Earth 10m" in card


def test_region_is_an_area_and_border_event_a_line(open_page):
    opened = open_page()
    assert opened.page.locator("path.event-area").count() == 1
    assert opened.page.locator("path.event-line").count() == 1
    assert opened.page.locator("path.event-radius").count() >= 1


def test_search_filter_and_days_combine(open_page):
    opened = open_page()
    opened.page.fill("#search", "kyiv")
    opened.page.wait_for_function("() => document.querySelectorAll('#rows .row').length === 2")
    opened.page.get_by_role("button", name="Fire 1", exact=True).click()
    assert opened.titles() == ["Market on fire in Kyiv"]
    assert opened.marks() == 1
    assert opened.page.locator("#counts").text_content().startswith(f"1 of {ALL} events")
    opened.page.locator("#clear-filters").click()
    opened.page.focus("#time-to")
    for _ in range(3):
        opened.page.keyboard.press("ArrowLeft")
    assert set(opened.titles()) == {"Strike on Belgorod", "Object enters the airspace of Poland"}


def test_filter_options_count_under_the_other_filters(open_page):
    opened = open_page()
    opened.page.select_option("#filter-status", "retracted")
    options = opened.page.locator("#filter-place option").all_text_contents()
    assert options == ["any", "Poland (1)"]


def test_play_steps_through_the_days(open_page):
    opened = open_page()
    opened.page.locator(".play").click()
    opened.page.wait_for_function("() => document.getElementById('time-from').value === '1'")
    opened.page.locator(".play").click()
    stopped = opened.page.input_value("#time-from")
    assert stopped == opened.page.input_value("#time-to")


def test_link_restores_the_view(open_page):
    opened = open_page()
    opened.page.fill("#search", "kyiv")
    opened.page.wait_for_function("() => document.querySelectorAll('#rows .row').length === 2")
    opened.page.locator(".leaflet-control-zoom-in").click()
    opened.rows().first.click()
    fragment = opened.hash("e=")
    again = open_page(fragment=fragment)
    assert again.page.input_value("#search") == "kyiv"
    assert again.titles() == opened.titles()
    assert again.page.locator("#event-details h2").text_content() == "Missiles hit houses in Kyiv"


@pytest.mark.parametrize(
    "fragment",
    [
        "#at=NaN/x/1e999&q=%%%",
        "#type=__proto__&place=constructor&days=2024-99-99/x",
        "#e=%3Csvg%3E",
    ],
)
def test_broken_address_is_a_plain_view(open_page, fragment):
    opened = open_page(fragment=fragment)
    assert opened.complaints == []
    assert opened.page.locator(".leaflet-container").is_visible()


def test_link_cannot_switch_the_street_map_on(open_page):
    opened = open_page(fragment="#layers=tiles,areas")
    opened.page.wait_for_selector(".base-land")
    assert opened.requests() == []


def test_street_map_asks_one_host_and_only_when_switched_on(open_page):
    opened = open_page()
    opened.page.locator(".leaflet-control-layers-toggle").focus()
    opened.page.keyboard.press("Enter")
    switch = opened.page.locator(".leaflet-control-layers-overlays label", has_text="Street map")
    with opened.page.expect_request("https://tile.openstreetmap.org/**"):
        switch.locator("input").focus()
        opened.page.keyboard.press("Space")
    assert "tile.openstreetmap.org" in opened.page.locator("#map-note").text_content()
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in opened.requests())


def test_keyboard_alone_opens_an_event_and_comes_back(open_page):
    opened = open_page()
    opened.rows().first.focus()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    title = opened.page.locator("#event-details h2").text_content()
    assert title == opened.titles()[1]
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#event-details").is_hidden()
    assert title in opened.page.evaluate("document.activeElement.textContent")


def test_mark_and_list_are_linked_both_ways(open_page):
    opened = open_page()
    opened.page.locator(".mark", has=opened.page.locator("svg")).first.click()
    chosen = opened.page.locator("#rows button[aria-current=true]")
    assert chosen.count() == 1
    assert opened.page.locator(".mark.is-chosen").count() == 1


def test_table_is_an_alternative_to_the_map(open_page):
    opened = open_page()
    opened.page.locator("#view-table").click()
    assert opened.page.locator("#table-view tbody tr").count() == ALL
    assert opened.page.locator("#map-column").is_hidden()
    opened.page.locator("#table-view th button", has_text="Killed").click()
    first = opened.page.locator("#table-view tbody tr").first.inner_text()
    assert "Strike on Belgorod" in first


def part(opened, name):
    return opened.page.locator(".report-part", has=opened.page.get_by_role("heading", name=name))


def test_report_tells_what_report_md_tells(open_page):
    opened = open_page("told", fragment="#view=report")
    assert opened.complaints == []
    names = opened.page.locator(".report-numbers dt").all_text_contents()
    numbers = opened.page.locator(".report-numbers dd").all_text_contents()
    assert dict(zip(names, map(int, numbers), strict=True)) == {
        "documents": 3,
        "independent sources": 2,
        "events": 9,
        "with a place": 8,
        "where reports differ": 1,
        "could not be read": 1,
    }
    for name, words in {
        "What was read": "mended the encoding",
        "Independent sources": "2 Harbor Daily",
        "Events by day and place": "Belgorod",
        "Figures": "All these events together: 22 to 25 killed, at least 110 injured",
        "Where reports disagree": "Wire Service",
        "Distances, stated and measured": "measured 57.1 km, stated 70 km",
        "Denied or withdrawn": "Object enters the airspace of Poland",
        "Possibly the same event": "Rockets fall on Kharkiv",
        "Events without a place": "Drones launched at night",
        "Events without a date": "Outage in Lviv",
        "Place names without a place": "two places of that name",
        "What could not be read": "no text",
        "Corrections": "the governor was misheard",
        "Corrections without effect": "no event has the id",
    }.items():
        assert words in part(opened, name).first.inner_text(), name


def test_report_follows_the_filters_and_opens_events(open_page):
    opened = open_page("told", fragment="#view=report&place=Kharkiv")
    days = part(opened, "Events by day and place")
    assert days.locator("tbody tr").count() == 1
    assert "said of 1 of" in opened.page.locator(".report-filtered").inner_text()
    days.get_by_role("button", name="Rocket fire").focus()
    opened.page.keyboard.press("Enter")
    title = opened.page.locator("#event-details h2")
    assert title.text_content() == "Rockets fall on Kharkiv"
    opened.page.keyboard.press("Escape")
    assert "Rocket fire" in opened.page.evaluate("document.activeElement.textContent")


def test_report_leads_to_what_one_source_tells(open_page):
    opened = open_page("told", fragment="#view=report")
    opened.page.get_by_role("button", name="2 reports; show the events that Wire Service").click()
    assert "source=Wire" in opened.hash("source=")
    assert opened.page.locator("#list-panel").is_visible()


def test_event_that_people_set_right_says_so(open_page):
    opened = open_page("told", fragment="#e=e-belgorod")
    assert "the governor was misheard" in opened.page.locator("#event-details").inner_text()
    row = opened.rows().filter(has_text="Strike on Belgorod")
    assert "corrected" in row.text_content()


def downloaded(opened, button):
    opened.page.locator("#take-away summary").click()
    with opened.page.expect_download() as waiting:
        opened.page.locator(button).click()
    return waiting.value.path().read_text("utf-8")


def test_geojson_of_what_is_shown(open_page):
    opened = open_page(fragment="#type=interception,drone_strike")
    features = json.loads(downloaded(opened, "#download-geojson"))["features"]
    kinds = {feature["id"]: (feature["geometry"] or {}).get("type") for feature in features}
    assert kinds == {"e-odesa": "MultiPolygon", "e-nowhere": None}
    assert features[0]["properties"]["killed_min"] is None


def test_csv_runs_no_formula(open_page):
    opened = open_page("hostile", fragment="#type=explosion")
    (row,) = csv.DictReader(downloaded(opened, "#download-csv").splitlines())
    assert row["title"].startswith("'=1+1")


def test_review_writes_corrections(open_page):
    opened = open_page()
    opened.page.locator("#review-switch").click()
    opened.rows().filter(has_text="Jets patrol").click()
    opened.page.locator(".review-form button", has_text="no event").click()
    opened.rows().filter(has_text="Rockets fall").click()
    opened.page.select_option("#review-type", "missile_strike")
    opened.page.locator(".review-form button", has_text="Move").click()
    opened.page.keyboard.press("Enter")
    with opened.page.expect_download() as waiting:
        opened.page.locator(".review-bar button", has_text="Download").click()
    rows = list(csv.DictReader(waiting.value.path().read_text("utf-8").splitlines()))
    assert [(row["action"], row["event_id"], row["field"]) for row in rows] == [
        ("reject", "e-border", ""),
        ("set", "e-kharkiv", "type"),
        ("set", "e-kharkiv", "place"),
    ]
    assert rows[0]["document_id"] == "c"
    latitude, longitude = map(float, rows[2]["value"].split(","))
    assert 44 < latitude < 56
    assert 20 < longitude < 40


def test_no_events_is_said_in_words(open_page):
    opened = open_page("empty")
    assert opened.complaints == []
    assert opened.rows().count() == 0
    assert "No event" in opened.page.locator("#timeline").text_content()
    assert opened.page.locator("#counts").text_content() == "No event was found in the documents."
    assert "No event was found" in opened.page.locator("#rows").text_content()


@pytest.mark.parametrize("size", [(700, 450), (360, 300), (1200, 700)])
def test_embedded_map_fills_its_frame(open_page, size):
    width, height = size
    opened = open_page(fragment="#embed=1", viewport={"width": width, "height": height})
    box = opened.page.locator(".leaflet-container").bounding_box()
    assert box["width"] == width
    assert box["height"] > height / 3
    assert opened.page.evaluate("document.scrollingElement.scrollHeight") <= height
    assert opened.page.locator(".embed-link").is_visible()


def test_edges_of_the_world_and_crowds_are_shown(open_page):
    opened = open_page("odd")
    opened.page.wait_for_selector(".base-land", state="attached")
    assert opened.complaints == []
    assert opened.marks() == len(made_cases.odd_result().events)
    opened.rows().filter(has_text="Told by all").click()
    claims = opened.page.locator("#event-details .claim")
    assert claims.count() == 100
    opened.page.locator("#event-details button", has_text="Show 100 more").click()
    assert claims.count() == 200
    reports = f"{made_cases.MANY_SOURCES + 1:,} reports"
    assert reports in opened.page.locator("#event-details .facts").inner_text()


def test_events_at_one_point_fan_out(open_page):
    opened = open_page("odd")
    opened.rows().filter(has_text="At one point, 7").first.click()
    opened.page.locator("#event-details button", has_text="Show on the map").click()
    opened.page.wait_for_selector(".fan-leg", state="attached")
    assert opened.page.locator(".mark.is-chosen").count() == 1
    assert opened.page.locator(".mark").count() == 60


def test_without_scripts_there_is_a_table(open_page):
    opened = open_page(java_script_enabled=False)
    assert opened.page.locator("noscript tr, table tr").count() == ALL + 1
