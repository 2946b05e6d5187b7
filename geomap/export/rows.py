"""Rows of a layer in runs, of which nobody makes those that are known from former builds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.features.runs import Run, Runs

T = TypeVar("T")
Row = dict[str, Any]


class Made(Sequence[T]):
    """What ``make`` gives, made when it is looked at: few formats look at all that a layer has."""

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make_all = make

    @cached_property
    def _all(self) -> Sequence[T]:
        return self._make_all()

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all[index]


class Rows(Made[Row]):
    """The rows of all runs in order.

    ``make`` gives the rows of a run; ``name`` is that of the layer.
    """

    def __init__(self, name: str, runs: Runs, make: Callable[[Run], list[Row]]) -> None:
        super().__init__(lambda: [row for run in runs.runs for row in make(run)])
        self._name = name
        self._runs = runs
        self._make = make

    def made(self, kind: str, write: Callable[[Sequence[Row]], bytes]) -> list[bytes]:
        """Return what ``write`` makes of the rows of each run; what is known is not made."""
        return self._runs.made(f"{self._name}.{kind}", lambda run: write(self._make(run)))
