"""A drawing surface in Web Mercator: positions are (lon, lat), sizes are pixels of the result."""

from __future__ import annotations

import math
import unicodedata
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from geomap.webmap.payload import Bounds

    Position = Sequence[float]
    Line = Sequence[Position] | NDArray[np.float64]
    Spot = tuple[float, float]  # pixels of the enlarged image
    Box = tuple[float, float, float, float]
    LegendRow = tuple[list[list[list[float]]], str, str, str]  # outlines, color, words, count

_SCALE = 2  # drawn so many times larger, then reduced: smooth edges
_MARGIN = 90
_LEGEND_WIDTH = 330
_EUROPE: Bounds = (-10.0, 36.0, 45.0, 65.0)
_LEAST_SPAN = 1.5 / 360  # of the world's width: closer in, the basemap has nothing to show
_LATITUDE_LIMIT = 85.0511
_INK, _SOFT, _PANEL, _LINE = "#1c2430", "#515b67", "#ffffff", "#dcd8cf"
_DASH, _GAP = 10, 7
# Pillow's own font has these and ASCII: other letters lose their accents, or are left out.
_SIGNS = frozenset("©«°±´·»‘’“”…‹›⁄™")
_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ħ": "h", "Ħ": "H"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ð": "d", "þ": "th", "Þ": "Th"}
    | dict.fromkeys("‐‑‒–—―−", "-")
)
_AT_MARK = 17  # a town nearer to a mark than this has its name beside the mark


def mercator(positions: ArrayLike) -> NDArray[np.float64]:
    """Return rows of (lon, lat) in Web Mercator (EPSG:3857), a unit square, y downwards."""
    lons, lats = np.asarray(positions, dtype=np.float64).T
    sines = np.sin(np.radians(np.clip(lats, -_LATITUDE_LIMIT, _LATITUDE_LIMIT)))
    return np.stack((lons / 360 + 0.5, 0.5 - np.arctanh(sines) / (2 * math.pi)), axis=-1)


class Canvas:
    """Shows ``bounds`` (west, south, east, north) in the middle of what the legend leaves free."""

    def __init__(self, width: int, height: int, bounds: Bounds | None, background: str) -> None:
        self.size = (width * _SCALE, height * _SCALE)
        self.image = Image.new("RGB", self.size, background)
        self.draw = ImageDraw.Draw(self.image, "RGBA")
        self.credit = ""
        self.taken: list[Box] = []
        self.marks: list[Spot] = []
        self.bounds = bounds
        west, south, east, north = bounds or _EUROPE
        (left, top), (right, bottom) = mercator([(west, north), (east, south)]).tolist()
        free = (width - _LEGEND_WIDTH - 2 * _MARGIN, height - 2 * _MARGIN)
        span = max((right - left) / free[0], (bottom - top) / free[1], _LEAST_SPAN / free[0])
        self.scale = _SCALE / span
        self.offset = (
            (_LEGEND_WIDTH + width) / 2 * _SCALE - (left + right) / 2 * self.scale,
            self.size[1] / 2 - (top + bottom) / 2 * self.scale,
        )

    def pixels(self) -> bytes:
        """Return what was drawn so far."""
        return self.image.tobytes()

    def show(self, pixels: bytes) -> None:
        """Put what :meth:`pixels` gave for another canvas of the same size in place of all."""
        self.image.frombytes(pixels)

    def at(self, position: Position) -> Spot:
        """Return where a (lon, lat) lies on the enlarged image."""
        x, y = self._path([position])[0].tolist()
        return x, y

    def _path(self, positions: ArrayLike) -> NDArray[np.float64]:
        path: NDArray[np.float64] = mercator(positions) * self.scale + self.offset
        return path

    def _seen(self, lines: Sequence[Line]) -> list[NDArray[np.float64]]:
        """Return the lines that reach into the picture, in pixels of the enlarged image."""
        if not lines:
            return []
        starts = np.cumsum([0, *(len(line) for line in lines[:-1])])
        path = self._path(np.concatenate(lines))
        is_seen = np.minimum.reduceat(path, starts) < self.size
        is_seen &= np.maximum.reduceat(path, starts) > 0
        paths = np.split(path, starts[1:])
        return [paths[index] for index in np.flatnonzero(is_seen.all(axis=1))]

    def cells(self, positions: Sequence[Position], pixels: int) -> list[tuple[int, int]]:
        """Return the cell of a grid of ``pixels`` that each position falls into."""
        if not positions:
            return []
        numbers = np.rint(self._path(positions) / (pixels * _SCALE)).astype(int)
        return [(column, row) for column, row in numbers.tolist()]

    def fill(self, polygons: Sequence[Sequence[Line]], color: str) -> None:
        """Fill polygons without their holes, which on land are lakes and drawn as such."""
        for path in self._seen([rings[0] for rings in polygons]):
            self.draw.polygon(path.ravel().tolist(), fill=color)

    def lines(self, lines: Sequence[Line], color: str, width: int, *, dashed: bool = False) -> None:
        """Draw lines ``width`` pixels wide."""
        for path in self._seen(lines):
            if dashed:
                self._dashes(_seen_apart(path).tolist(), color, width)
            else:
                flat = path.ravel().tolist()
                self.draw.line(flat, fill=color, width=width * _SCALE, joint="curve")

    def tinted(self, polygons: Sequence[Sequence[Line]], color: str) -> None:
        """Draw areas through which the map is seen; a decoded ring ends where it begins."""
        self.fill(polygons, f"{color}24")
        self.lines([rings[0] for rings in polygons], color, 2, dashed=True)

    def _dashes(self, points: list[Spot], color: str, width: int) -> None:
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

    def _symbol(self, at: Spot, outline: list[list[list[float]]], color: str, scale: float) -> None:
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

    def _tag(self, at: Spot, text: str, color: str, size: int) -> None:
        font = _font(size)
        box = self.draw.textbbox(at, text, font=font, anchor="mm")
        pad = 6 * _SCALE
        frame = (box[0] - pad, box[1] - pad, box[2] + pad, box[3] + pad)
        self.draw.rounded_rectangle(frame, 9 * _SCALE, fill=_PANEL, outline=color, width=_SCALE)
        self.draw.text(at, text, font=font, anchor="mm", fill=color)

    def label(self, position: Position, text: str, color: str) -> bool:
        """Write a town's name beside its dot or mark; tell whether there was room for it."""
        x, y = self.at(position)
        words = drawable(text)
        near = [mark for mark in self.marks if math.dist(mark, (x, y)) < _AT_MARK * _SCALE]
        left = near[0][0] + _AT_MARK * _SCALE if near else x + 8 * _SCALE
        if not (_LEGEND_WIDTH * _SCALE < x < self.size[0] and 0 < y < self.size[1]):
            return False
        box = self.draw.textbbox((left, y), words, font=_font(14), anchor="lm")
        if not words or any(_touch(box, other) for other in self.taken):
            return False
        self.taken.append(box)
        if not near:
            dot = 2.5 * _SCALE
            self.draw.ellipse((x - dot, y - dot, x + dot, y + dot), fill=color)
        self.draw.text(
            (left, y),
            words,
            font=_font(14),
            anchor="lm",
            fill=color,
            stroke_width=2 * _SCALE,
            stroke_fill=f"{_PANEL}b0",
        )
        return True

    def legend(self, title: str, subtitle: str, rows: list[LegendRow]) -> None:
        """Draw the panel at the left: what the picture is, and what its marks mean."""
        title, subtitle, credit = map(drawable, (title, subtitle, self.credit))
        width, line = _LEGEND_WIDTH * _SCALE, 28 * _SCALE
        self.draw.rectangle((0, 0, width, self.size[1]), fill=_PANEL)
        self.draw.line((width, 0, width, self.size[1]), fill=_LINE, width=_SCALE)
        left, y = 26 * _SCALE, 34 * _SCALE
        self.draw.text((left, y), title, font=_font(22), anchor="lm", fill=_INK)
        self.draw.text((left, y + line), subtitle, font=_font(13), anchor="lm", fill=_SOFT)
        y += 2 * line + 12 * _SCALE
        for outline, color, words, count in rows:
            self._symbol((left + 10 * _SCALE, y), outline, color, _SCALE)
            self.draw.text(
                (left + 32 * _SCALE, y), drawable(words), font=_font(15), anchor="lm", fill=_INK
            )
            end = (width - 26 * _SCALE, y)
            self.draw.text(end, count, font=_font(15), anchor="rm", fill=_SOFT)
            y += line
        foot = self.size[1] - 24 * _SCALE
        self.draw.text((left, foot), credit, font=_font(12), anchor="lm", fill=_SOFT)

    def finished(self) -> Image.Image:
        """Return the image at its true size."""
        return self.image.reduce(_SCALE)


def drawable(text: str) -> str:
    """Return ``text`` with the letters that the font of the picture has."""
    parts = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    kept = (part for part in parts if (part.isascii() and part.isprintable()) or part in _SIGNS)
    return " ".join("".join(kept).split())


def _seen_apart(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a path without the points that fall on the pixel of the one before."""
    pixels = np.rint(path / _SCALE)
    is_apart = np.any(pixels[1:] != pixels[:-1], axis=1)
    return path[np.concatenate(([True], is_apart))]


@cache
def _font(size: int) -> Any:
    return ImageFont.load_default(size * _SCALE)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
