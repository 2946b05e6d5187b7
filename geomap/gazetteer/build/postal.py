"""Small places of the United States: names of post offices that GeoNames' towns do not have."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from geomap.gazetteer.build.entry import Entry
from geomap.model import PlaceKind, Point
from geomap.names import fold, respellings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from geomap.gazetteer.build.world import World

SOURCE = "GeoNames and USPS postal codes (zipcodes 3.0.0)"
_TYPES = {"STANDARD", "PO BOX"}


def add_postal_places(world: World) -> None:
    """Add each pair of city and state that no populated place of that state is called."""
    known = _known(world)
    places: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for record in _all_codes():
        if record["country"] == "US" and record["zip_code_type"] in _TYPES and record["lat"]:
            places.setdefault((record["state"], record["city"]), []).append(record)
    for (state, city), records in sorted(places.items()):
        area = world.find(f"admin1:US-{state}")
        if area and not {(area.number, key) for key in (fold(city), *respellings(city))} & known:
            world.add(_entry(world, area, city, records))


def _all_codes() -> list[dict[str, Any]]:
    import zipcodes

    list_all: Callable[[], list[dict[str, Any]]] = zipcodes.list_all
    return list_all()


def _known(world: World) -> set[tuple[int, str]]:
    """Return state and key of every name of the country's populated places."""
    return {
        (entry.admin1, fold(name))
        for entry in world.entries.values()
        if entry.country == "US" and entry.kind is PlaceKind.CITY and entry.admin1
        for name in (entry.name, *entry.names)
    }


def _entry(world: World, area: Entry, city: str, records: list[dict[str, Any]]) -> Entry:
    state = area.key.removeprefix("admin1:US-")
    return Entry(
        number=world.new_number(),
        key=f"postal:US-{state}-{fold(city).replace(' ', '-')}",
        name=city,
        kind=PlaceKind.CITY,
        source=SOURCE,
        point=Point(lon=_middle(records, "long"), lat=_middle(records, "lat")),
        country="US",
        admin1=area.number,
        parent=_county(world, area, records[0]["county"]) or area.number,
    )


def _middle(records: Iterable[dict[str, Any]], column: str) -> float:
    return round(median(float(record[column]) for record in records), 5)


def _county(world: World, area: Entry, name: str) -> int | None:
    return world.area_of(area.number, name)
