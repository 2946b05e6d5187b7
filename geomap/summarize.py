"""Totals of a build over time and place, from its ``events.geojson``, counting nobody twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geomap.errors import ConfigError, InputError
from geomap.given import parse_json, read_text
from geomap.merge.totals import NOT_COUNTED, Tolled, add, net_figures
from geomap.model import Range, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    Properties = Mapping[str, Any]

EVENTS_FILE = "events.geojson"
TOLLS = ("killed", "injured")


@noun
class Total:
    """A group of events: its keys in the order asked for, ``None`` where not known.

    ``events`` are those that are no part of another event, ``parts`` those that are. ``figures``
    are by name of the toll; ``None`` where no event of the group tells one.
    """

    keys: tuple[str | None, ...]
    events: int
    parts: int
    not_counted: int
    figures: Mapping[str, Range | None]


def read_events(path: Path) -> list[dict[str, Any]]:
    """Return the properties of the events in a GeoJSON file or in the output folder of a build."""
    file = path / EVENTS_FILE if path.is_dir() else path
    if not file.is_file():
        raise InputError(f"{file}: no such file; give the output folder of a build")
    data = parse_json(read_text(file, InputError), str(file), InputError)
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise InputError(f"{file}: is not a GeoJSON FeatureCollection")
    return [_properties(file, number, feature) for number, feature in enumerate(features, start=1)]


def summarize(events: Iterable[Properties], by: Sequence[str]) -> list[Total]:
    """Return totals of the groups that ``by`` makes, in order; unknown keys come last.

    Events that were denied or withdrawn are counted apart and add to no figure. An event whose
    days lie in two periods is in a group of both ("2024-01/2024-02"), not in either, and so is an
    attack on several places.
    """
    key_of = [_grouping(name) for name in by]
    groups: dict[tuple[str | None, ...], list[Properties]] = defaultdict(list)
    counted = list(events)
    for event in counted:
        groups[tuple(key(event) for key in key_of)].append(event)
    known = {str(event["id"]) for event in counted}
    net = {toll: net_figures(_tolled(event, toll) for event in counted) for toll in TOLLS}
    ordered = sorted(groups, key=lambda keys: [(key is None, key or "") for key in keys])
    return [_total(keys, groups[keys], known, net) for keys in ordered]


def row(total: Total, by: Sequence[str]) -> dict[str, Any]:
    """Return a total as a flat row: ``killed_min``, ``killed_max`` and so on.

    ``killed_open`` says that the highest number was told as "at least".
    """
    cells: dict[str, Any] = dict(zip(by, total.keys, strict=True))
    cells |= {"events": total.events, "parts": total.parts, "not_counted": total.not_counted}
    for toll, figure in total.figures.items():
        cells[f"{toll}_min"] = figure.low if figure else None
        cells[f"{toll}_max"] = figure.high if figure else None
        cells[f"{toll}_open"] = figure.open_ended if figure else None
    return cells


def _total(
    keys: tuple[str | None, ...],
    events: Sequence[Properties],
    known: set[str],
    net: Mapping[str, Mapping[str, Range]],
) -> Total:
    counted = [event for event in events if event.get("status") not in NOT_COUNTED]
    parts = sum(event.get("parent_id") in known for event in counted)
    return Total(
        keys=keys,
        events=len(counted) - parts,
        parts=parts,
        not_counted=len(events) - len(counted),
        figures={
            toll: add(own[event["id"]] for event in events if event["id"] in own)
            for toll, own in net.items()
        },
    )


def _tolled(event: Properties, toll: str) -> Tolled:
    low, high = event.get(f"{toll}_min"), event.get(f"{toll}_max")
    told = low is not None or high is not None
    return Tolled(
        id=event["id"],
        parent_id=event.get("parent_id"),
        figure=Range(low=low, high=high, open_ended=high is None) if told else None,
        counted=event.get("status") not in NOT_COUNTED,
    )


def _properties(file: Path, number: int, feature: Any) -> dict[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise InputError(f"{file}: feature {number} has no properties with an id")
    for name in ("killed_min", "killed_max", "injured_min", "injured_max"):
        if not isinstance(found.get(name), int | None):
            raise InputError(f"{file}: feature {number}: {name} is no whole number")
    return found


def _grouping(name: str) -> Callable[[Properties], str | None]:
    if name in _PERIODS:
        return lambda event: _period(event, _PERIODS[name])
    if name in _PLACES:
        return lambda event: _everywhere(event, name)
    if name in _FIELDS:
        return lambda event: _text(event.get(name))
    known = ", ".join(KEYS)
    raise ConfigError(f'cannot summarize by "{name}"; known: {known}')


def _everywhere(event: Properties, name: str) -> str | None:
    """Return what an event's places have under ``name``, "A/B" where they differ."""
    others = event.get("other_places")
    places = [event, *(others if isinstance(others, list) else ())]
    told = (_text(place.get(name)) for place in places if isinstance(place, Mapping))
    return "/".join(sorted(set(filter(None, told)))) or None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _period(event: Properties, name_of: Callable[[date], str]) -> str | None:
    """Return the period of an event, "first/last" where its days lie in several."""
    try:
        first = date.fromisoformat(event.get("date_start") or "")
        last = date.fromisoformat(event.get("date_end") or first.isoformat())
    except (TypeError, ValueError):
        return None
    names = dict.fromkeys((name_of(first), name_of(last)))
    return "/".join(names)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


_PLACES = ("place", "admin1", "country")
_FIELDS = ("type", "attacker", "status")
_PERIODS: Mapping[str, Callable[[date], str]] = MappingProxyType(
    {
        "day": date.isoformat,
        "week": _week,
        "month": lambda day: f"{day.year:04}-{day.month:02}",
        "year": lambda day: f"{day.year:04}",
    }
)
KEYS = (*_PERIODS, *_PLACES, *_FIELDS)
