"""The HTML file: complete, closed, and the same for the same input."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import zlib

import made_cases
import made_map
import pytest
from made_pieces import Kept
from page_data import data_of, is_packed

from geomap import webmap
from geomap.errors import OutputError
from geomap.webmap import packing
from geomap.webmap.sharing import share


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    webmap.write(made_cases.hostile_result(), path, made_map.context())
    return path.read_text("utf-8")


def test_same_result_gives_same_bytes(tmp_path):
    for name in ("one", "two"):
        webmap.write(made_map.result(), tmp_path / name, made_map.context())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_stands_around_the_data_is_taken_from_a_former_build(tmp_path, monkeypatch):
    context = dataclasses.replace(made_map.context(), pieces=Kept())
    webmap.write(made_map.result(), tmp_path / "one", context)
    monkeypatch.setattr("geomap.webmap.frame.frame", lambda _: pytest.fail("folium was asked"))
    webmap.write(made_map.result(), tmp_path / "two", context)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    with pytest.raises(pytest.fail.Exception, match="folium was asked"):
        webmap.write(made_map.result(), tmp_path / "three", context, webmap.PageOptions(title="T"))


def test_nothing_in_the_page_is_fetched(page):
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)
    assert not re.findall(r"url\((?!data:|#)", page.split("<body>")[0])


def test_policy_allows_inline_scripts_by_hash_only(page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy.count("'sha256-") == len(re.findall(r"<(?:script|style)>", page))


def test_markup_of_documents_is_not_markup_of_the_page(page):
    assert made_cases.HOSTILE not in page
    assert "<svg onload" not in page
    assert "<img src=x" not in page


def test_data_survive_the_escaping(page):
    (bad,) = [event for event in data_of(page)["events"] if event["id"] == made_cases.HOSTILE]
    assert bad["attacker"] == made_cases.HOSTILE
    assert bad["claims"][0]["quote"].startswith("=cmd() </script>")


def test_every_event_is_in_the_page(page):
    data = data_of(page)
    assert len(data["events"]) == len(made_map.few_events()) + 1
    by_id = {event["id"]: event for event in data["events"]}
    assert "point" not in by_id["e-nowhere"]
    assert "area" in by_id["e-odesa"]
    assert by_id["e-border"]["area"] != by_id["e-odesa"]["area"]


def test_quote_marks_the_words_that_tell(page):
    by_id = {event["id"]: event for event in data_of(page)["events"]}
    (claim,) = by_id["e-kyiv"]["claims"]
    told = {name: claim["quote"][start:end] for start, end, name in claim["marks"]}
    assert told == {"trigger": "hit", "when": "on Tuesday", "injured": "at least 10 people"}


def test_distance_line_has_length_and_data_set(page):
    (distance,) = data_of(page)["distances"]
    assert distance["measured"] == 57.1
    assert distance["stated"] == [70, 70]
    assert distance["dataset"] == "Natural Earth 10m"


def test_no_events_is_a_page_too(tmp_path):
    webmap.write(made_map.result((), distances=()), tmp_path / "map.html", made_map.context())
    assert data_of((tmp_path / "map.html").read_text("utf-8"))["events"] == []


def test_unwritable_path_is_an_output_error(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        webmap.write(made_map.result(), tmp_path / "none" / "map.html", made_map.context())


def test_what_events_share_is_written_once():
    spot = {"place": "Lviv", "point": [24.0, 49.8]}
    events = [{"id": "a"} | spot, {"id": "b", "date_start": "2024-01-02"} | spot, {"id": "c"}]
    assert share(events) == {
        "events": [{"id": "a", "where": 0}, {"id": "b", "where": 0, "when": 0}, {"id": "c"}],
        "where": [{"place": "Lviv", "point": (24.0, 49.8)}],
        "when": [{"date_start": "2024-01-02"}],
    }


def test_a_page_of_many_events_is_packed_and_says_the_same(tmp_path, monkeypatch):
    texts = []
    for most_plain in (1000, 3):
        monkeypatch.setattr("geomap.webmap.page._MOST_PLAIN", most_plain)
        webmap.write(made_cases.hostile_result(), tmp_path / "map.html", made_map.context())
        texts.append((tmp_path / "map.html").read_text("utf-8"))
    assert list(map(is_packed, texts)) == [False, True]
    plain, packed = map(data_of, texts)
    assert plain == packed


def test_parts_of_a_packed_stream_are_made_apart():
    texts = [b"some words", b"", b"and the same words again, and the same words", b"\xc3\xa9"]
    for order in itertools.permutations(texts):
        stream = b"".join(map(packing.pack, order)) + b"\x03\x00"
        assert zlib.decompress(stream, -15) == b"".join(order)


def page_of(tmp_path, **more):
    webmap.write(made_map.result(**more), tmp_path / "map.html", made_map.context())
    return data_of((tmp_path / "map.html").read_text("utf-8"))


def test_a_distance_that_was_not_measured_has_no_line(tmp_path):
    check = dataclasses.replace(made_map.lviv_check(), measured=None)
    (row,) = page_of(tmp_path, distances=(check,))["distances"]
    assert "measured" not in row
    assert row["stated"]


def test_a_name_without_a_place_says_why(tmp_path):
    known = made_map.resolution("a", "Lviv", made_map.WEST)
    unknown = dataclasses.replace(known, location=None, note="no place of that name")
    rows = json.dumps(page_of(tmp_path, resolutions=(known, unknown)))
    assert "no place of that name" in rows
