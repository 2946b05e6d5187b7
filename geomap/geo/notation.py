"""Positions written for people: degrees, minutes and seconds, and the military grid."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.model import Point


def decimal_degrees(point: Point, digits: int = 4) -> str:
    """Return "50.243 N, 23.536 E"."""
    lat, lon = f"{abs(point.lat):.{digits}f}", f"{abs(point.lon):.{digits}f}"
    return f"{lat} {_north(point)}, {lon} {_east(point)}"


def dms(point: Point) -> str:
    """Return degrees, minutes and whole seconds: ``49°50′23″N 24°01′47″E``."""
    return f"{_sexagesimal(point.lat)}{_north(point)} {_sexagesimal(point.lon)}{_east(point)}"


def mgrs(point: Point, square_m: int = 1) -> str:
    """Return the square of the Military Grid Reference System that a point lies in.

    ``square_m`` is its side: 1, 10, 100, 1,000 or 10,000 meters.
    """
    digits = 6 - len(str(square_m))
    return str(_grid().toMGRS(point.lat, point.lon, MGRSPrecision=digits))


@cache
def _grid() -> Any:
    from mgrs import MGRS  # type: ignore[import-untyped]

    return MGRS()


def _sexagesimal(degrees: float) -> str:
    seconds = round(abs(degrees) * 3600)
    return f"{seconds // 3600}°{seconds % 3600 // 60:02}′{seconds % 60:02}″"


def _north(point: Point) -> str:
    return "N" if point.lat >= 0 else "S"


def _east(point: Point) -> str:
    return "E" if point.lon >= 0 else "W"
