"""The map as a notebook shows it."""

from __future__ import annotations

import html

import folium
import made_cases
import made_map as made

from geomap.webmap import inline_map, write


def test_a_notebook_shows_the_page_as_it_is_written(tmp_path):
    shown = inline_map(made.result(), made.context())
    assert isinstance(shown, folium.Map)
    write(made.result(), tmp_path / "map.html", made.context())
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    frame = shown._repr_html_()
    assert html.unescape(frame.split('srcdoc="')[1].split('" title=')[0]) == page
    shown.save(tmp_path / "saved.html")
    assert (tmp_path / "saved.html").read_text(encoding="utf-8") == page


def test_no_text_of_a_report_breaks_out_of_the_frame():
    frame = inline_map(made_cases.hostile_result(), made.context())._repr_html_()
    assert frame.count("<") == 2  # the frame's own two tags
    assert frame.count('"') == 6
