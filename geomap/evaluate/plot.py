"""The reliability plot of the documentation, drawn from bands of confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geomap.evaluate.learn import Band

_SIZE = 300
_MARGIN = 50
_LARGEST_DOT = 12.0
_STYLE = "font: 12px sans-serif; fill: #333"


def reliability_svg(bands: Iterable[Band]) -> str:
    """Return an SVG: a dot a band, its area the number of answers, and the line of perfection."""
    drawn = list(bands)
    most = max((count for *_, count in drawn), default=1)
    whole = _SIZE + 2 * _MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" role="img">',
        "<title>Share of right answers by confidence</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333"/>',
        f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
        *(_tick(n / 4) for n in range(5)),
        _label("confidence", _x(0.5), whole - 8),
        _label("share right", _MARGIN, _MARGIN - 16),
    ]
    for low, high, share, count in drawn:
        radius = max(2.0, _LARGEST_DOT * (count / most) ** 0.5)
        parts.append(
            f'<circle cx="{_x((low + high) / 2)}" cy="{_y(share)}" r="{radius:.1f}" '
            f'fill="#1f6fb2" fill-opacity=".7"><title>{count} answers</title></circle>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _label(text: str, x: float, y: float, anchor: str = "middle") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" style="{_STYLE}">{text}</text>'


def _x(value: float) -> float:
    return round(_MARGIN + value * _SIZE, 1)


def _y(value: float) -> float:
    return round(_MARGIN + (1 - value) * _SIZE, 1)


def _tick(value: float) -> str:
    across = _label(f"{value:g}", _x(value), _y(0) + 18)
    return across + _label(f"{value:g}", _x(0) - 8, _y(value) + 4, "end")
