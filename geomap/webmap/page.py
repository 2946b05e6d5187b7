"""The HTML file itself: a folium map in a page of our own, complete and closed to the network."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from branca.element import Figure, MacroElement
from folium import FeatureGroup, LayerControl, Map
from folium.template import Template

from geomap.errors import OutputError
from geomap.webmap import assets, packing, plain
from geomap.webmap.basemap import basemap_of
from geomap.webmap.documents import documents
from geomap.webmap.options import PageOptions
from geomap.webmap.payload import build_payload, numbered
from geomap.webmap.policy import content_security_policy, embed_json
from geomap.webmap.thinning import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geomap import model
    from geomap.features import Context
    from geomap.webmap.parts import Part
    from geomap.webmap.payload import Payload
    from geomap.webmap.thinning import Thinned

_FOLIUM_ID = re.compile(r"\b([a-z]+(?:_[a-z]+)*)_([0-9a-f]{32})(?![0-9a-f])")
# Where the rendered page has what must not pass through templates: branca compiles what a template
# gave as a template once more.
_MARK = re.compile(r"%geomap-(\w+)%")
_MB = 1_000_000
# Of more events than these the data are packed: a page of fewer is small, and can be read as it is.
_MOST_PLAIN = 1000
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


@dataclass(frozen=True, slots=True)
class Rendered:
    """A whole page, and how it was thinned."""

    text: str
    thinned: Thinned | None


def write(
    result: model.Result, path: Path, context: Context, options: PageOptions | None
) -> Thinned | None:
    """Write the page; see :func:`geomap.webmap.write`."""
    page = render(result, context, options or PageOptions())
    try:
        path.write_text(page.text, "utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from error
    return page.thinned


def render(result: model.Result, context: Context, options: PageOptions) -> Rendered:
    """Return the whole page. The same result gives the same text."""
    words = assets.words(options.language)
    payload = build_payload(result, context)
    title = options.title or words["title"]
    base = {
        "page": {"title": title, "tiles": options.tiles, "tilesCredit": options.tiles_credit},
        "symbols": assets.symbols(),
        "basemap": basemap_of(result, payload.bounds, context),
    }
    frame = _insert(
        _number_ids(_folium_page(title, words, options)),
        styles=assets.leaflet_style() + assets.own("page.css"),
        leaflet=assets.leaflet_script(),
        scripts=assets.script(),
    )
    policy = html.escape(content_security_policy(frame, _tile_hosts(options)), quote=False)
    draft = _Draft(
        result=result,
        frame=_insert(frame, policy=policy, words=embed_json(words)),
        words=words,
        content=base | payload.content,
        payload=payload,
        context=context,
    )
    most_bytes = options.max_mb * _MB
    return _first_within(most_bytes, draft.pages(most_bytes))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page but for data and table; ``begun`` are the data that all its versions begin with."""

    result: model.Result
    frame: str
    words: dict[str, str]
    content: dict[str, Any]
    payload: Payload
    context: Context
    begun: dict[bool, bytes] = field(default_factory=dict)

    def pages(self, most_bytes: int) -> Iterator[Rendered]:
        """Yield the page with less and less, but for those of which the events are too much."""
        *manners, (last, last_packed) = _manners(self.payload.parts.n_events)
        for thinned, packed in manners:
            parts = self.payload.parts.of(thinned, packed=packed)
            if sum(len(part.content) for part in parts) <= most_bytes:
                yield self._page(parts, thinned, packed=packed)
        parts = self.payload.parts.of(last, packed=last_packed)
        yield self._page(parts, last, packed=last_packed)

    def _page(self, parts: list[Part], thinned: Thinned | None, *, packed: bool) -> Rendered:
        """Return the whole page with so much in its data."""
        if packed not in self.begun:
            header = self.content | numbered(self.payload, parts, self.context)
            self.begun[packed] = packing.begin(header, packed=packed)
        more = {"thinned": thinned.to_dict()} if thinned else {}
        lists = {
            "documents": documents(self.result, self.context, packed=packed),
            "runs": [part.content for part in parts],
        }
        text = _insert(
            self.frame,
            table=self._table(thinned),
            type=packing.PACKED_TYPE if packed else packing.PLAIN_TYPE,
            data=packing.block(self.begun[packed], more, lists, packed=packed),
        )
        return Rendered(text, thinned)

    def _table(self, thinned: Thinned | None) -> str:
        n_events = self.payload.parts.n_events
        quoted = plain.is_quoted(n_events)
        rows = self.payload.parts.table(thinned, plain.MOST_ROWS, quoted=quoted)
        return plain.table(rows, n_events, self.words)


def _manners(n_events: int) -> Iterator[tuple[Thinned | None, bool]]:
    """Yield how a page may be thinned, and whether its data are packed, the largest first."""
    if n_events <= _MOST_PLAIN:
        yield None, False
    yield from ((step, True) for step in STEPS)


def _first_within(most_bytes: int, pages: Iterator[Rendered]) -> Rendered:
    """Return the first page that is not too large, else the last."""
    page = next(pages)
    while len(page.text.encode()) > most_bytes and (thinner_one := next(pages, None)):
        page = thinner_one
    return page


def _insert(text: str, **contents: str) -> str:
    """Replace ``%geomap-name%`` by the content of that name; what is inserted is not read again."""
    return _MARK.sub(lambda mark: contents.get(mark[1], mark[0]), text)


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
