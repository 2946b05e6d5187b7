"""Ask an online geocoder what no entry of the gazetteer answers: off unless asked for.

The names of places that stay unresolved, and nothing else of a text, are sent to the service. Its
answers are kept in a file, asked for at most once a second (Nominatim's usage policy), and named in
what is written: their source is the service, and the resolution's note says so.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import TYPE_CHECKING, Any, Self

from geomap.errors import ConfigError
from geomap.gazetteer.resources import cache_folder
from geomap.model import GeoPrecision, Location, Place, PlaceKind, Point, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_SECONDS_BETWEEN = 1.0
_RADIUS_KM = 25.0
_CONFIDENCE = 0.3
"""An answer of a stranger, given without the text around the name, is a guess."""


class Online:
    """A geocoder's answers by name, kept in a file of JSON."""

    def __init__(self, service: str, geocode: Callable[[str], Any], kept_in: Path) -> None:
        """Use ``geocode``, which returns geopy's ``Location`` or ``None``, and remember."""
        self.service = service
        self._geocode = geocode
        self._file = kept_in
        self._answers: dict[str, dict[str, Any] | None] = _read(kept_in)

    @classmethod
    def open(cls, service: str) -> Self:
        """Use a service of geopy by its name ("nominatim", "photon").

        Raises :class:`~geomap.errors.ConfigError` where geopy has none of that name without a key.
        """
        from geopy.exc import GeocoderNotFound, GeopyError
        from geopy.extra.rate_limiter import RateLimiter
        from geopy.geocoders import get_geocoder_for_service

        try:
            geocoder = get_geocoder_for_service(service)(user_agent="geomap")
        except (GeocoderNotFound, TypeError, GeopyError) as error:
            raise ConfigError(
                f"geopy has no geocoder {service!r} that answers without a key: {error}"
            ) from error
        limited = RateLimiter(geocoder.geocode, min_delay_seconds=_SECONDS_BETWEEN)
        return cls(service, limited, cache_folder() / f"online-{service}.json")

    def fill(self, resolutions: Iterable[Resolution]) -> tuple[Resolution, ...]:
        """Return the resolutions, those without an answer with that of the service, if any."""
        return tuple(self._filled(one) for one in resolutions)

    def _filled(self, item: Resolution) -> Resolution:
        name = " ".join(item.mention.text.split())
        if item.location is not None or not name:
            return item
        place = self._place(name)
        if place is None:
            return item
        return dataclasses.replace(
            item,
            location=Location(
                place=place,
                point=place.point,
                precision=GeoPrecision.NEAR,
                radius_km=_RADIUS_KM,
            ),
            confidence=_CONFIDENCE,
            note=f"not in the gazetteer; answered online by {self.service}",
        )

    def _place(self, name: str) -> Place | None:
        if name not in self._answers:
            self._answers[name] = _told(self._geocode(name))
            _write(self._file, self._answers)
        answer = self._answers[name]
        if answer is None:
            return None
        key = hashlib.sha256(name.encode()).hexdigest()[:12]
        return Place(
            id=f"{self.service}:{key}",
            name=answer["address"].split(",")[0] or name,
            kind=PlaceKind.OTHER,
            point=Point(lon=answer["lon"], lat=answer["lat"]),
            precision=GeoPrecision.NEAR,
            radius_km=_RADIUS_KM,
            source=f"{self.service} (online)",
        )


def _told(found: Any) -> dict[str, Any] | None:
    """Return what is kept of a geocoder's answer."""
    if found is None:
        return None
    return {"address": found.address, "lat": found.latitude, "lon": found.longitude}


def _read(path: Path) -> dict[str, dict[str, Any] | None]:
    """Return the answers kept in a file; none where it is missing or was cut short."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _write(path: Path, answers: dict[str, dict[str, Any] | None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(answers, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    beside.replace(path)
