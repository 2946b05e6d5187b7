"""All entries of a build, found by number or by the reference that curated tables use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.errors import GazetteerError
from geomap.gazetteer.schema import FIRST_OWN_NUMBER
from geomap.model import PlaceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geomap.gazetteer.build.entry import Entry


class World:
    """The entries, each under its number and under every reference that means it."""

    def __init__(self) -> None:
        self.entries: dict[int, Entry] = {}
        self._references: dict[str, int] = {}
        self._areas: dict[tuple[int, str], int] = {}
        self._next = FIRST_OWN_NUMBER

    def new_number(self) -> int:
        """Return a row id for a place without a GeoNames id."""
        self._next += 1
        return self._next

    def add(self, entry: Entry, references: Iterable[str] = ()) -> None:
        """Add an entry; a second one of the same number or reference is an error."""
        if entry.number in self.entries:
            raise GazetteerError(f"{entry.key} and {self.entries[entry.number].key} are one place")
        self.entries[entry.number] = entry
        for reference in (entry.key, *references):
            self.refer(reference, entry.number)

    def refer(self, reference: str, number: int) -> None:
        """Let a reference such as ``admin1:UA-63`` mean an entry."""
        self._references.setdefault(reference, number)

    def find(self, reference: str) -> Entry | None:
        """Return what a reference (``country:UA``, ``geonames:703448``) means, if anything."""
        number = self._references.get(reference)
        if number is None and reference.startswith("geonames:"):
            number = int(reference.removeprefix("geonames:"))
        return None if number is None else self.entries.get(number)

    def area_of(self, admin1: int, name: str) -> int | None:
        """Return the number of the second-level area of that name in a first-level one."""
        if not self._areas:
            for number, entry in self.entries.items():
                if entry.kind is PlaceKind.ADMIN2 and entry.admin1:
                    self._areas[entry.admin1, entry.name] = number
        return self._areas.get((admin1, name))

    def references(self) -> Iterator[tuple[str, int]]:
        """Yield every reference that does not tell its number itself, in order."""
        for reference, number in sorted(self._references.items()):
            if not reference.startswith(("geonames:", "admin:")):
                yield reference, number
