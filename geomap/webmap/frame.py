"""What stands around a page's data: folium's page with our styles, scripts, words and policy.

It hangs on nothing that a build found, so that one build in thousands has folium make it.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from branca.element import Figure, MacroElement
from folium import FeatureGroup, LayerControl, Map
from folium.template import Template

from geomap.webmap import assets
from geomap.webmap.inserting import insert
from geomap.webmap.policy import content_security_policy, embed_json

if TYPE_CHECKING:
    from geomap.webmap.options import PageOptions

_FOLIUM_ID = re.compile(r"\b([a-z]+(?:_[a-z]+)*)_([0-9a-f]{32})(?![0-9a-f])")
MAX_ZOOM = 14  # the basemap is Natural Earth 1:10 million; closer in there is nothing to see


@dataclass(frozen=True, slots=True)
class _Overlay:
    """A layer of the page that a viewer can switch; ``key`` is its name in scripts and links."""

    key: str
    shown: bool


OVERLAYS = (
    _Overlay("areas", shown=True),
    _Overlay("radii", shown=True),
    _Overlay("parts", shown=True),
    _Overlay("distances", shown=True),
    _Overlay("heat", shown=False),
    _Overlay("choropleth", shown=False),
    _Overlay("tiles", shown=False),
)


class Page(Figure):
    """folium's figure with a language, a title, a policy and the data."""

    _template = Template(assets.own("figure.html.jinja"))
    language = "en"
    direction = "ltr"


class EventMap(Map):
    """folium's map with inlined Leaflet, no tiles, and the page's layout around it."""

    _template = Template(assets.own("map.html.jinja"))
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 (folium's attribute; both stay empty)
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def __init__(self, words: dict[str, str]) -> None:
        super().__init__(
            location=(0, 0),
            zoom_start=2,
            tiles=None,
            control_scale=True,
            zoom_control=False,
            zoom_snap=0.25,
            world_copy_jump=True,
        )
        # folium hands these two to tile layers only; without them a map without tiles has no end.
        self.options |= {"min_zoom": 1, "max_zoom": MAX_ZOOM}
        self.words = words


class Start(MacroElement):
    """Hands the map and its layers to the page's script."""

    _template = Template(assets.own("start.js.jinja"))

    def __init__(self, event_map: EventMap, overlays: dict[str, FeatureGroup]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self.map_name = event_map.get_name()
        self.layer_names = {key: group.get_name() for key, group in overlays.items()}


@lru_cache(maxsize=1)  # a build that waits has it made before it is asked for
def frame(options: PageOptions) -> str:
    """Return the page with marks where the data and the table of its events are inserted."""
    words = assets.words(options.language)
    page = insert(
        _number_ids(_folium_page(options.title or words["title"], words, options)),
        styles=assets.leaflet_style() + assets.own("page.css"),
        leaflet=assets.leaflet_script(),
        scripts=assets.script(),
    )
    policy = html.escape(content_security_policy(page, _tile_hosts(options)), quote=False)
    return insert(page, policy=policy, words=embed_json(words))


def _folium_page(title: str, words: dict[str, str], options: PageOptions) -> str:
    groups = {
        overlay.key: FeatureGroup(words[f"layer.{overlay.key}"], show=overlay.shown)
        for overlay in OVERLAYS
        if overlay.key != "tiles" or options.tiles
    }
    event_map = EventMap(words)
    for group in groups.values():
        group.add_to(event_map)
    LayerControl(position="topright", collapsed=True).add_to(event_map)
    Start(event_map, groups).add_to(event_map)
    page = Page(title=html.escape(title).replace("%", "&#37;"))
    page.language = options.language
    page.direction = words["direction"]
    page.add_child(event_map)
    rendered: str = page.render()
    return rendered


def _number_ids(text: str) -> str:
    """Replace folium's random identifiers by numbers in order of appearance."""
    numbers: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:
        return f"{match[1]}_{numbers.setdefault(match[2], len(numbers) + 1)}"

    return _FOLIUM_ID.sub(numbered, text)


def _tile_hosts(options: PageOptions) -> tuple[str, ...]:
    match = re.match(r"https://[\w.-]+", options.tiles or "")
    return (match[0],) if match else ()
