"""What many events have in common, written once: a hundred events of one town share all of it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Fields that go together, by the name under which an event says which of the rows is its own.
_GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "where": frozenset(
            {"place", "place_kind", "admin1", "admin2", "country", "geonameid"}
            | {"geo_precision", "radius_km", "point", "area", "within", "dms", "mgrs"}
            | {"nearest_city", "nearest_city_km", "nearest_city_direction"}
            | {"border_country", "border_km", "border_direction"}
            | {"poi", "poi_km", "poi_direction"}
        ),
        "when": frozenset({"date_start", "date_end", "time_precision", "date_text", "date_rule"}),
    }
)


def share(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return ``events`` with numbers in place of shared fields, and the rows of each group.

    ``events.js`` puts the fields back.
    """
    rows: dict[str, dict[Any, int]] = {group: {} for group in _GROUPS}
    short = [_shorten(event, rows) for event in events]
    return {"events": short} | {group: list(map(dict, rows[group])) for group in rows}


def _shorten(event: Mapping[str, Any], rows: dict[str, dict[Any, int]]) -> dict[str, Any]:
    shorter = dict(event)
    for group, names in _GROUPS.items():
        fields = tuple(
            (name, tuple(value) if isinstance(value, list) else value)
            for name, value in event.items()
            if name in names
        )
        if fields:
            for name, _ in fields:
                del shorter[name]
            shorter[group] = rows[group].setdefault(fields, len(rows[group]))
    return shorter
