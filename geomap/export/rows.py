"""Rows of a layer in runs, of which nobody makes those that are known from former builds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geomap.features.runs import Run, Runs

Row = dict[str, Any]


class Rows(Sequence[Row]):
    """The rows of all runs in order, made when they are looked at.

    ``make`` gives the rows of a run; ``name`` is that of the layer.
    """

    def __init__(self, name: str, runs: Runs, make: Callable[[Run], list[Row]]) -> None:
        self._name = name
        self._runs = runs
        self._make = make

    def made(self, kind: str, write: Callable[[Sequence[Row]], bytes]) -> list[bytes]:
        """Return what ``write`` makes of the rows of each run; what is known is not made."""
        return self._runs.made(f"{self._name}.{kind}", lambda run: write(self._make(run)))

    @cached_property
    def _all(self) -> list[Row]:
        return [row for run in self._runs.runs for row in self._make(run)]

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._all)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._all[index]
