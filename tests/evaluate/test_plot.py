"""The reliability plot is an SVG with a dot for every band."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from geomap.evaluate.plot import reliability_svg


def test_every_band_is_a_dot_on_its_spot():
    root = ET.fromstring(reliability_svg([(0.0, 0.5, 0.25, 4), (0.9, 1.0, 0.95, 400)]))
    dots = [node for node in root if node.tag.endswith("circle")]
    assert [(dot.get("cx"), dot.get("cy")) for dot in dots] == [
        ("125.0", "275.0"),
        ("335.0", "65.0"),
    ]
    assert float(dots[0].get("r")) < float(dots[1].get("r"))


def test_no_answers_draw_no_dots():
    assert "circle" not in reliability_svg([])
