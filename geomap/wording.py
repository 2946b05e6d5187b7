"""Counts, days and places in words, for titles, conflicts, reports and the columns of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.model import PlaceKind, Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geomap.model import DateRange, Location, Range

    NameOf = Callable[[str], str | None]

_NAMED_IN_FULL = 3
# Words of a relative position that stand behind the name: "the Kyiv area".
_AFTER_NAME = frozenset({"area", "suburb", "suburbs", "outskirts", "surroundings", "vicinity"})

# Not strftime: its names depend on the locale of the machine.
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def nameless(_place_id: str) -> None:
    """Know no place by name."""


def title(
    label: str,
    places: Sequence[Location],
    when: DateRange | None,
    name_of: NameOf = nameless,
) -> str:
    """Return one line for people: "Missile strike, Kyiv, 2 January 2024"."""
    where = say_places(places, name_of)
    return ", ".join((label[:1].upper() + label[1:], where, say_days(when)))


def say_places(places: Sequence[Location], name_of: NameOf = nameless) -> str:
    """Return the names of the places; of more than three only the first two."""
    names = [say_place(location, name_of) for location in places]
    if not names:
        return "place not known"
    if len(names) > _NAMED_IN_FULL:
        names = [*names[: _NAMED_IN_FULL - 1], f"{len(names) - _NAMED_IN_FULL + 1} more places"]
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def say_place(location: Location, name_of: NameOf = nameless) -> str:
    """Return the name of a place, with the words of a relative position: "near Kyiv".

    What the text names and the gazetteer does not keeps its name: "Retamas, in or near Parcoy".
    A border and a stretch between two places need the name of the other one, which ``name_of``
    gives for its id.
    """
    name, relation = location.place.name, location.relation
    anchors = [anchor for key in location.anchors if (anchor := name_of(key))]
    if relation == "on the border" or _is_border(location):
        return f"border of {' and '.join((name, *anchors))}"
    if relation == "between" and anchors:
        return f"between {name} and {anchors[0]}"
    if relation and relation.lower() in _AFTER_NAME:
        return f"{name} {relation}"
    told = f"{relation} {name}" if relation else name
    return f"{location.name}, {told}" if location.name else told


def _is_border(location: Location) -> bool:
    return location.shape is Shape.LINE and location.place.kind is PlaceKind.COUNTRY


def say_days(when: DateRange | None) -> str:
    """Return the possible days: "2 January 2024", "between 1 and 7 January 2024"."""
    if when is None or when.first is None:
        return "date not known"
    first, last = when.first, when.last or when.first
    year, month, day = f" {last.year}", f" {_MONTHS[last.month - 1]}", str(last.day)
    if first == last:
        return day + month + year
    start = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {_MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"between {start} and {day}{month}{year}"


def say_count(count: Range) -> str:
    """Return a count: "22", "at least 22", "up to 30", "22 to 25", "22 to 25 or more"."""
    if count.low is None:
        return "unknown" if count.high is None else f"up to {count.high}"
    if count.high is None:
        return f"at least {count.low}"
    told = str(count.low) if count.low == count.high else f"{count.low} to {count.high}"
    return f"{told} or more" if count.open_ended else told
