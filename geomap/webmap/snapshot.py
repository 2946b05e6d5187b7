"""A picture of the map, drawn without a browser: ``map.png`` for a report, a chat, a printout.

Pillow draws it, at twice the size, and halves it: its lines have no smooth edges of their own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from geomap.errors import OutputError
from geomap.features.briefs import briefs
from geomap.features.marks import marks
from geomap.features.pieces import remembered
from geomap.webmap import assets
from geomap.webmap.basemap import basemap_of
from geomap.webmap.canvas import Canvas
from geomap.webmap.payload import build_payload
from geomap.webmap.shapes import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from geomap.features import Context
    from geomap.features.briefs import Brief
    from geomap.features.drawing import OutlineKey
    from geomap.features.marks import Mark
    from geomap.model import Result
    from geomap.webmap.payload import Payload
    from geomap.webmap.shapes import EncodedShape

    Area = tuple[EncodedShape, str]  # with its color

WIDTH, HEIGHT = 1600, 1000  # pixels
_COMPRESSION = 3  # of 9: half the time of the default for 7 % more bytes
_MARK_RADIUS = 13
_MOST_MARKS = 4000
_MOST_TOWNS = 40
_LEGEND_TYPES = 14
_INK, _SOFT, _PANEL, _BORDER, _PROVINCE = "#1c2430", "#515b67", "#ffffff", "#a79f93", "#d8d1c5"
_LAND, _WATER, _ACCENT = "#f7f4ed", "#cfdfe8", "#0b5a86"


def write_png(result: Result, path: Path, context: Context) -> None:
    """Draw the map of ``result`` as a PNG file of 1600 by 1000 pixels.

    The same result gives the same bytes. Raises :class:`~geomap.errors.OutputError` where the file
    cannot be written.
    """
    payload = build_payload(result, context)
    events = briefs(result, context)
    places = marks(result, context)
    canvas = Canvas(WIDTH, HEIGHT, payload.bounds, _WATER)
    basemap = basemap_of(result, payload.bounds, context)
    looks = payload.content["types"]
    canvas.credit = basemap["credit"]
    _draw_background(canvas, basemap, _areas(events, places, payload), context)
    _draw_marks(canvas, events, places, looks)
    _draw_distances(canvas, payload.content["distances"])
    _draw_towns(canvas, basemap["towns"])
    _draw_frame(canvas, events, looks, assets.words())
    try:
        canvas.finished().save(path, "PNG", compress_level=_COMPRESSION)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error


def _draw_background(
    canvas: Canvas, basemap: dict[str, Any], areas: Mapping[OutlineKey, Area], context: Context
) -> None:
    """Draw what lies under the marks, which a few new events seldom change."""

    def make() -> bytes:
        _draw_basemap(canvas, basemap)
        _draw_areas(canvas, areas.values())
        return canvas.pixels()

    shown = (canvas.bounds, [(key, color) for key, (_, color) in areas.items()])
    about = msgspec.json.encode(shown)
    canvas.show(remembered(context.pieces, "picture", about, make))


def _draw_basemap(canvas: Canvas, basemap: dict[str, Any]) -> None:
    for layer, color in (("land", _LAND), ("lakes", _WATER)):
        for shape in basemap[layer]:
            canvas.fill(decode(shape)[0], color)
    for layer, color, width in (("admin1", _PROVINCE, 1), ("borders", _BORDER, 2)):
        for shape in basemap[layer]:
            canvas.lines(decode(shape)[1], color, width)
    for shape in basemap["disputed"]:
        canvas.lines(decode(shape)[1], _BORDER, 2, dashed=True)


def _draw_towns(canvas: Canvas, towns: list[Any]) -> None:
    """Name the largest towns of the picture."""
    left = _MOST_TOWNS
    for name, lon, lat, _ in towns:
        left -= canvas.label((lon, lat), name, _SOFT)
        if not left:
            break


def _areas(
    events: Sequence[Brief], places: Sequence[Mark | None], payload: Payload
) -> dict[OutlineKey, Area]:
    """Return each area once, in the color of the first event that lies in it."""
    first: dict[OutlineKey, Brief] = {}
    for event, place in zip(events, places, strict=True):
        if place and place.outline:
            first.setdefault(place.outline, event)
    shapes, looks = payload.content["areas"], payload.content["types"]
    return {
        key: (shapes[payload.areas[key]], _look(looks, event)["color"])
        for key, event in first.items()
    }


def _draw_areas(canvas: Canvas, areas: Iterable[Area]) -> None:
    for shape, color in areas:
        polygons, lines = decode(shape)
        canvas.tinted(polygons, color)
        canvas.lines(lines, color, 4, dashed=True)


def _draw_distances(canvas: Canvas, distances: list[dict[str, Any]]) -> None:
    measured = [distance for distance in distances if "line" in distance]
    canvas.lines([distance["line"] for distance in measured], _ACCENT, 3)
    for distance in measured:
        canvas.tag(distance["line"][1], f"{distance['measured']:g} km", _ACCENT)


def _draw_marks(
    canvas: Canvas,
    events: Sequence[Brief],
    places: Sequence[Mark | None],
    looks: dict[str, Any],
) -> None:
    """Draw one mark at each point, with the number of events where there are several."""
    located = [(event, place) for event, place in zip(events, places, strict=True) if place]
    cells = canvas.cells([(place.lon, place.lat) for _, place in located], 2 * _MARK_RADIUS)
    stacks: dict[tuple[int, int], list[tuple[Brief, Mark]]] = {}
    for cell, pair in zip(cells, located, strict=True):
        stacks.setdefault(cell, []).append(pair)
    outlines = assets.symbols()
    for stack in list(stacks.values())[:_MOST_MARKS]:
        event, place = max(stack, key=lambda pair: _killed(pair[0]))
        look, position = _look(looks, event), (place.lon, place.lat)
        canvas.mark(position, outlines[look["icon"]], look["color"], _MARK_RADIUS)
        if len(stack) > 1:
            canvas.badge(position, str(len(stack)), _MARK_RADIUS, _INK)


def _killed(event: Brief) -> int:
    killed = event.casualties.killed
    return (killed and (killed.high or killed.low)) or 0


def _draw_frame(
    canvas: Canvas, events: Sequence[Brief], looks: dict[str, Any], words: dict[str, str]
) -> None:
    counts = Counter(event.type for event in events)
    outlines = assets.symbols()
    rows = [
        (outlines[look["icon"]], look["color"], look["label"], str(counts[name]))
        for name, look in looks.items()
    ]
    whens = [event.when for event in events if event.when]
    days = [day for when in whens for day in (when.first, when.last) if day]
    between = words["when.range"]
    ends = {"from": min(days).isoformat(), "to": max(days).isoformat()} if days else {}
    span = f" · {between.format(**ends)}" if days else ""
    number = len(events)
    total = words["counts.all.one" if number == 1 else "counts.all"].replace("{n}", str(number))
    canvas.legend(words["title"], f"{total}{span}", rows[:_LEGEND_TYPES])


def _look(looks: dict[str, Any], event: Brief) -> dict[str, Any]:
    unknown = {"label": event.type, "color": "#666666", "icon": "circle"}
    look: dict[str, Any] = looks.get(event.type, unknown)
    return look
