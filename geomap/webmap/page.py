"""The HTML file itself: a folium map in a page of our own, complete and closed to the network."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from geomap.errors import OutputError
from geomap.features.pieces import remembered
from geomap.webmap import assets, packing, plain
from geomap.webmap.basemap import basemap_of
from geomap.webmap.documents import documents
from geomap.webmap.inserting import insert
from geomap.webmap.options import PageOptions
from geomap.webmap.payload import build_payload, numbered
from geomap.webmap.thinning import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geomap import model
    from geomap.features import Context
    from geomap.webmap.parts import Part
    from geomap.webmap.payload import Payload
    from geomap.webmap.thinning import Thinned

_MB = 1_000_000
# Of more events than these the data are packed: a page of fewer is small, and can be read as it is.
_MOST_PLAIN = 1000
# What is drawn beside marks: most of the data but for the events.
_SHAPES = ("basemap", "areas", "districts")


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
    draft = _Draft(
        result=result,
        frame=_frame(options, context),
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
            if self.payload.parts.fit(most_bytes, thinned, packed=packed):
                yield self._page(thinned, packed=packed)
        yield self._page(last, packed=last_packed)

    def _page(self, thinned: Thinned | None, *, packed: bool) -> Rendered:
        """Return the whole page with so much in its data."""
        parts = self.payload.parts.of(thinned, packed=packed)
        if packed not in self.begun:
            self.begun[packed] = self._begun(parts, packed=packed)
        more = {"thinned": thinned.to_dict()} if thinned else {}
        lists = {
            "documents": documents(self.result, self.context, packed=packed),
            "runs": [part.content for part in parts],
        }
        text = insert(
            self.frame,
            table=self._table(thinned),
            type=packing.PACKED_TYPE if packed else packing.PLAIN_TYPE,
            data=packing.block(self.begun[packed], more, lists, packed=packed),
        )
        return Rendered(text, thinned)

    def _begun(self, parts: Sequence[Part], *, packed: bool) -> bytes:
        header = self.content | numbered(self.payload, parts, self.context)
        shapes = {name: header.pop(name) for name in _SHAPES}
        begun = packing.begin(header, packed=packed)
        return begun + packing.lasting(shapes, self.context.pieces, packed=packed)

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


def _frame(options: PageOptions, context: Context) -> str:
    """Return what stands around the data: from a former build, or from folium."""

    def make() -> bytes:
        from geomap.webmap.frame import frame  # imports folium, which takes half a second

        return frame(options).encode()

    about = json.dumps(asdict(options)).encode()
    return remembered(context.pieces, "frame", about, make).decode()
