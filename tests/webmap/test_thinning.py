"""A page that would be too large keeps every event, and says what it leaves out of details."""

from __future__ import annotations

import json

import made_cases
import made_map
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_data import data_of

from geomap import output, webmap
from geomap.config import Settings
from geomap.webmap.thinning import STEPS, thin

claims = st.lists(
    st.builds(
        lambda quote, start, marks: {"document": 0, "quote": quote, "start": start, "marks": marks},
        st.text(st.sampled_from("ab 🌊\n"), min_size=1, max_size=300),
        st.integers(0, 9),
        st.lists(st.tuples(st.integers(0, 99), st.integers(100, 400), st.just("when")), max_size=2),
    ),
    max_size=9,
)


def event(said):
    extra = {"claims": said} if said else {}
    return {"id": "e", "title": "T", "resolved": [{"words": "x"}] * 9, "notes": ["n"], **extra}


@given(claims)
def test_every_step_keeps_all_events_fields_and_sources(said):
    whole = event(said)
    before = json.dumps(whole)
    for step in STEPS:
        left = thin(whole, step)
        assert (left["id"], left["title"]) == ("e", "T")
        assert len(left.get("claims", [])) + len(left.get("left", [])) == len(said)
        assert bool(left.get("claims")) == bool(said)
    assert json.dumps(whole) == before  # what was given is used by other outputs


@given(claims)
def test_a_cut_quote_begins_the_whole_one_and_tells_where_that_ended(said):
    cut = thin(event(said), STEPS[-1])
    for claim, whole in zip(cut.get("claims", []), said, strict=False):
        assert whole["quote"].startswith(claim["quote"])
        assert claim.get("end", whole["start"] + len(claim["quote"])) == whole["start"] + len(
            whole["quote"]
        )
        units = len(claim["quote"].encode("utf-16-le")) // 2
        if "end" in claim:
            assert all(last <= units for _, last, _ in claim.get("marks", []))


@pytest.fixture(scope="module")
def covered():
    return made_cases.well_covered(300, 12)


def written(tmp_path, result, most_mb):
    path = tmp_path / f"{most_mb}.html"
    options = webmap.PageOptions(max_mb=most_mb)
    thinned = webmap.write(result, path, made_map.context(), options)
    text = path.read_text("utf-8")
    return thinned, len(text.encode()), data_of(text)


def test_the_first_step_that_fits_is_taken(tmp_path, covered):
    whole, whole_bytes, data = written(tmp_path, covered, 100)
    packed, packed_bytes, unpacked = written(tmp_path, covered, 2)
    assert whole is packed is None
    assert packed_bytes < 2e6 < whole_bytes
    assert unpacked == data
    thinned, size, thin = written(tmp_path, covered, 1)
    assert thinned is not None
    assert size < packed_bytes
    assert size <= 1e6 or thinned.cut  # as small as it gets
    assert thin["thinned"] == thinned.to_dict()
    for name in ("id", "point"):
        assert [one.get(name) for one in thin["events"]] == [
            one.get(name) for one in data["events"]
        ]


def test_report_says_it_and_layers_have_everything(tmp_path, covered, monkeypatch):
    monkeypatch.setattr(output.record, "render", lambda *_: "{}")  # the made gazetteer has no info
    notes = {}
    for name, most_mb in (("thin", 1), ("whole", 100)):
        (tmp_path / name).mkdir()
        settings = Settings(map_max_mb=most_mb, formats=("geojson", "claims"))
        written = output.write_all(covered, tmp_path / name, made_map.context(), settings)
        assert written.names[0] == "map.html"
        assert sorted(written.names) == sorted(file.name for file in (tmp_path / name).iterdir())
        notes[name] = written.page_note
    assert notes["whole"] is None
    assert "of its first" in notes["thin"]
    assert notes["thin"] in (tmp_path / "thin" / "report.md").read_text("utf-8")
    for name in ("events.geojson", "claims.csv", "map.png"):
        assert (tmp_path / "thin" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
