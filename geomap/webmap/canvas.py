"""A drawing surface in Web Mercator: positions are (lon, lat), sizes are pixels of the result."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geomap.webmap.payload import Bounds

    Position = Sequence[float]
    Box = tuple[float, float, float, float]

_SCALE = 2  # drawn so many times larger, then reduced: smooth edges
_MARGIN = 90
_LEGEND_WIDTH = 330
_EUROPE: Bounds = (-10.0, 36.0, 45.0, 65.0)
_LEAST_SPAN = 1.5 / 360  # of the world's width: closer in, the basemap has nothing to show
_LATITUDE_LIMIT = 85.0511
_INK, _SOFT, _PANEL, _LINE = "#1c2430", "#515b67", "#ffffff", "#dcd8cf"
_DASH, _GAP = 10, 7
_AT_MARK = 17  # a town nearer to a mark than this has its name beside the mark


def mercator(lon: float, lat: float) -> tuple[float, float]:
    """Return Web Mercator (EPSG:3857) scaled to the unit square, y downwards."""
    sine = math.sin(math.radians(max(-_LATITUDE_LIMIT, min(_LATITUDE_LIMIT, lat))))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


class Canvas:
    """Shows ``bounds`` (west, south, east, north) in the middle of what the legend leaves free."""

    def __init__(self, width: int, height: int, bounds: Bounds | None, background: str) -> None:
        self.size = (width * _SCALE, height * _SCALE)
        self.image = Image.new("RGB", self.size, background)
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self.credit = ""
        self.taken: list[Box] = []
        self.marks: list[tuple[float, float]] = []
        west, south, east, north = bounds or _EUROPE
        (left, top), (right, bottom) = mercator(west, north), mercator(east, south)
        free = (width - _LEGEND_WIDTH - 2 * _MARGIN, height - 2 * _MARGIN)
        span = max((right - left) / free[0], (bottom - top) / free[1], _LEAST_SPAN / free[0])
        self.pixels = _SCALE / span
        self.offset = (
            (_LEGEND_WIDTH + width) / 2 * _SCALE - (left + right) / 2 * self.pixels,
            self.size[1] / 2 - (top + bottom) / 2 * self.pixels,
        )

    def at(self, position: Position) -> tuple[float, float]:
        """Return where a (lon, lat) lies on the enlarged image."""
        x, y = mercator(position[0], position[1])
        return x * self.pixels + self.offset[0], y * self.pixels + self.offset[1]

    def cell(self, position: Position, pixels: int) -> tuple[int, int]:
        """Return the cell of a grid of ``pixels`` that a position falls into."""
        x, y = self.at(position)
        return round(x / pixels / _SCALE), round(y / pixels / _SCALE)

    def polygon(self, rings: Sequence[Sequence[Position]], fill: str) -> None:
        """Fill a polygon without its holes, which on land are lakes and drawn as such."""
        self.draw.polygon([self.at(position) for position in rings[0]], fill=fill)

    def tinted(self, rings: Sequence[Sequence[Position]], color: str) -> None:
        """Draw an area through which the map is seen."""
        points = [self.at(position) for position in rings[0]]
        self.draw.polygon(points, fill=f"{color}24")
        self._dashes([*points, points[0]], color, 2)

    def line(
        self, line: Sequence[Position], color: str, width: int, *, dashed: bool = False
    ) -> None:
        """Draw a line ``width`` pixels wide."""
        points = [self.at(position) for position in line]
        if dashed:
            self._dashes(points, color, width)
        else:
            self.draw.line(points, fill=color, width=width * _SCALE, joint="curve")

    def _dashes(self, points: list[tuple[float, float]], color: str, width: int) -> None:
        """Draw dashes along a line; lengths run on from segment to segment."""
        period, run = (_DASH + _GAP) * _SCALE, 0.0
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            at = -(run % period)
            while at < length < period * 10_000:  # a line far out of the picture is left out
                start, end = max(at, 0), min(at + _DASH * _SCALE, length)
                if end > start:
                    dx, dy = (x1 - x0) / length, (y1 - y0) / length
                    ends = [(x0 + dx * along, y0 + dy * along) for along in (start, end)]
                    self.draw.line(ends, fill=color, width=width * _SCALE)
                at += period
            run += length

    def mark(
        self, position: Position, outline: list[list[list[float]]], color: str, radius: float
    ) -> None:
        """Draw a symbol (outlines in a square from -10 to 10) with a light rim."""
        x, y = self.at(position)
        self._symbol((x, y), outline, color, radius * _SCALE / 10)
        reach = radius * _SCALE
        self.marks.append((x, y))
        self.taken.append((x - reach, y - reach, x + reach, y + reach))

    def _symbol(
        self, at: tuple[float, float], outline: list[list[list[float]]], color: str, scale: float
    ) -> None:
        rings = [[(at[0] + x * scale, at[1] + y * scale) for x, y in ring] for ring in outline]
        edge = [*rings[0], rings[0][0]]
        self.draw.line(edge, fill=_PANEL, width=round(5 * scale), joint="curve")
        self.draw.polygon(rings[0], fill=color)
        for hole in rings[1:]:
            self.draw.polygon(hole, fill=_PANEL)

    def badge(self, position: Position, text: str, radius: float, color: str) -> None:
        """Write a number at the upper right of a mark."""
        x, y = self.at(position)
        self._tag((x + radius * _SCALE, y - radius * _SCALE), text, color, 13)

    def tag(self, position: Position, text: str, color: str) -> None:
        """Write words in a frame above a position."""
        x, y = self.at(position)
        self._tag((x, y - 20 * _SCALE), text, color, 15)

    def _tag(self, at: tuple[float, float], text: str, color: str, size: int) -> None:
        font = _font(size)
        box = self.draw.textbbox(at, text, font=font, anchor="mm")
        pad = 6 * _SCALE
        frame = (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad)
        self.draw.rounded_rectangle(frame, 9 * _SCALE, fill=_PANEL, outline=color, width=_SCALE)
        self.draw.text(at, text, font=font, anchor="mm", fill=color)

    def label(self, position: Position, text: str, color: str) -> bool:
        """Write a town's name beside its dot or mark; tell whether there was room for it."""
        x, y = self.at(position)
        near = [mark for mark in self.marks if math.dist(mark, (x, y)) < _AT_MARK * _SCALE]
        left = near[0][0] + _AT_MARK * _SCALE if near else x + 8 * _SCALE
        box = self.draw.textbbox((left, y), text, font=_font(14), anchor="lm")
        is_seen = _LEGEND_WIDTH * _SCALE < x < self.size[0] and 0 < y < self.size[1]
        if not is_seen or any(_touch(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        if not near:
            dot = 2.5 * _SCALE
            self.draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=color)
        self.draw.text((left, y), text, font=_font(14), anchor="lm", fill=color)
        return True

    def legend(self, title: str, subtitle: str, rows: list[tuple[Any, str, str]]) -> None:
        """Draw the panel at the left: what the picture is, and what its marks mean."""
        width, line = _LEGEND_WIDTH * _SCALE, 28 * _SCALE
        self.draw.rectangle((0, 0, width, self.size[1]), fill=_PANEL)
        self.draw.line((width, 0, width, self.size[1]), fill=_LINE, width=_SCALE)
        left, y = 26 * _SCALE, 34 * _SCALE
        self.draw.text((left, y), title, font=_font(22), anchor="lm", fill=_INK)
        self.draw.text((left, y + line), subtitle, font=_font(13), anchor="lm", fill=_SOFT)
        y += 2 * line + 12 * _SCALE
        for outline, color, words in rows:
            self._symbol((left + 10 * _SCALE, y), outline, color, _SCALE)
            self.draw.text((left + 32 * _SCALE, y), words, font=_font(15), anchor="lm", fill=_INK)
            y += line
        foot = self.size[1] - 24 * _SCALE
        self.draw.text((left, foot), self.credit, font=_font(12), anchor="lm", fill=_SOFT)

    def finished(self) -> Image.Image:
        """Return the image at its true size."""
        return self.image.resize(
            (self.size[0] // _SCALE, self.size[1] // _SCALE), Image.Resampling.BOX
        )


def _font(size: int) -> Any:
    return ImageFont.load_default(size * _SCALE)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
