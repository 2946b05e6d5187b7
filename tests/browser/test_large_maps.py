"""Maps of many events: how large the file is, when the first mark is seen, what a filter costs."""

from __future__ import annotations

import made_cases
import made_map
import page_speed
import pytest

from geomap import webmap

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(
    ("count", "most_mb", "first_mark_s", "filter_step_ms"),
    [
        pytest.param(10_000, 12, 2, 100, id="a year of a country: at once"),
        pytest.param(100_000, 60, 6, 400, id="a war: usable in six seconds"),
    ],
)
def test_large_map_is_small_and_quick_enough(
    browser, tmp_path, count, most_mb, first_mark_s, filter_step_ms
):
    path = tmp_path / "map.html"
    webmap.write(made_cases.many_events(count), path, made_map.context())
    assert path.stat().st_size < most_mb * 1e6
    speed = page_speed.measure(browser, path)
    assert speed.first_mark_ms < first_mark_s * 1000
    assert speed.filter_step_ms < filter_step_ms
