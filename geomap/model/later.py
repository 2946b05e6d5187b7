"""Sequences that are made when somebody looks into them, for what most builds never look at again.

They stand where a tuple does, and equal it. Their lengths are known before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar, cast, overload

from geomap.model.places import Resolution

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


def unresolved(resolutions: Sequence[Resolution]) -> Iterator[Resolution]:
    """Yield the resolutions without a place, in order, without making any others."""
    if isinstance(resolutions, Told):
        yield from resolutions.unresolved
    elif isinstance(resolutions, Resolutions):
        for part in resolutions.by_document.values():
            yield from unresolved(part)
    else:
        yield from (resolution for resolution in resolutions if resolution.location is None)
