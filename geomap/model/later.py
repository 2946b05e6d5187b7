"""Sequences that are made when somebody looks into them, for what most builds never look at again.

They stand where a tuple does, and equal it. Their lengths are known before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar, cast, overload

from geomap.model.places import Resolution
from geomap.model.reports import Event, Report

T = TypeVar("T")


class Later(Sequence[T]):
    """What ``make`` will give, which is ``length`` long; it is called once at most."""

    __slots__ = ("_length", "_made", "_make")

    def __init__(self, length: int, make: Callable[[], Sequence[T]]) -> None:
        self._length = length
        self._make = make
        self._made: Sequence[T] | None = None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all()[index]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (tuple, Later)):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (tuple(self),)

    def _all(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made


class Told(Later[Resolution]):
    """The resolutions of one document; those without a place are at hand."""

    __slots__ = ("unresolved",)

    def __init__(
        self,
        length: int,
        make: Callable[[], Sequence[Resolution]],
        unresolved: tuple[Resolution, ...],
    ) -> None:
        super().__init__(length, make)
        self.unresolved = unresolved


class Resolutions(Later[Resolution]):
    """The resolutions of all documents, one after another."""

    __slots__ = ("by_document",)

    def __init__(self, by_document: Mapping[str, Sequence[Resolution]]) -> None:
        parts = by_document.values()
        super().__init__(sum(map(len, parts)), lambda: tuple(chain.from_iterable(parts)))
        self.by_document = by_document

    def __iter__(self) -> Iterator[Resolution]:
        return chain.from_iterable(self.by_document.values())


class Reports(Later[Report]):
    """The reports of all documents, one after another.

    ``digests`` are checksums of all that decides what a document tells, by its id; of those that
    nobody knows there is none.
    """

    __slots__ = ("by_document", "digests")

    def __init__(
        self, by_document: Mapping[str, Sequence[Report]], digests: Mapping[str, bytes]
    ) -> None:
        parts = by_document.values()
        super().__init__(sum(map(len, parts)), lambda: tuple(chain.from_iterable(parts)))
        self.by_document = by_document
        self.digests = digests

    def __iter__(self) -> Iterator[Report]:
        return chain.from_iterable(self.by_document.values())


class Events(Later[Event]):
    """Events of which each is made when somebody looks at it.

    Their ``ids`` are known before. ``digests`` stand for all that each hangs on, but for what
    decides how documents are told and merged; one that is not known is empty.
    """

    __slots__ = ("_each", "_known", "digests", "ids")

    def __init__(
        self, ids: Sequence[str], digests: Sequence[bytes], make: Callable[[int], Event]
    ) -> None:
        super().__init__(len(ids), lambda: tuple(map(self._one, range(len(ids)))))
        self.ids = ids
        self.digests = digests
        self._each = make
        self._known: dict[int, Event] = {}

    def __iter__(self) -> Iterator[Event]:
        return map(self._one, range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | Sequence[Event]:
        chosen = range(len(self))[index]
        return self._one(chosen) if isinstance(chosen, int) else tuple(map(self._one, chosen))

    def _one(self, number: int) -> Event:
        if number not in self._known:
            self._known[number] = self._each(number)
        return self._known[number]


def stand_in(later: Later[T]) -> tuple[T, ...]:
    """Give ``later`` the type of the tuple that it stands for."""
    return cast("tuple[T, ...]", later)


def by_document(resolutions: Sequence[Resolution]) -> Mapping[str, Sequence[Resolution]]:
    """Return resolutions by the id of their document, without making any."""
    if isinstance(resolutions, Resolutions):
        return resolutions.by_document
    found: dict[str, list[Resolution]] = {}
    for resolution in resolutions:
        found.setdefault(resolution.mention.document_id, []).append(resolution)
    return found


def reports_by_document(reports: Sequence[Report]) -> Mapping[str, int]:
    """Return the number of reports by the id of their document, without making any."""
    if isinstance(reports, Reports):
        return {key: len(told) for key, told in reports.by_document.items() if told}
    return Counter(report.document_id for report in reports)


def event_ids(events: Sequence[Event]) -> Sequence[str]:
    """Return the ids of events in order, without making any."""
    return events.ids if isinstance(events, Events) else [event.id for event in events]


def event_digests(events: Sequence[Event]) -> Sequence[bytes] | None:
    """Return checksums of all that events hang on, ``None`` where only the events tell it."""
    return events.digests if isinstance(events, Events) else None


def unresolved(resolutions: Sequence[Resolution]) -> Iterator[Resolution]:
    """Yield the resolutions without a place, in order, without making any others."""
    if isinstance(resolutions, Told):
        yield from resolutions.unresolved
    elif isinstance(resolutions, Resolutions):
        for part in resolutions.by_document.values():
            yield from unresolved(part)
    else:
        yield from (resolution for resolution in resolutions if resolution.location is None)
