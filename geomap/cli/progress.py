"""A progress bar on standard error that leaves standard output to the data."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from geomap.cli.terminal import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function ``progress(stage, done, total)`` that draws one bar for each stage."""
    if quiet:
        yield lambda _stage, _done, _total: None
        return
    with ExitStack() as stack:
        shown: list[Any] = []
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if not shown:
                shown.append(stack.enter_context(_bars()))
            bars = shown[0]
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total, rate="")
            speed = next(task.speed for task in bars.tasks if task.id == tasks[stage])
            rate = f"{speed:.1f}/s" if speed else ""
            bars.update(tasks[stage], completed=done, total=total, rate=rate)

        yield progress


def _bars() -> Any:
    """Make the display, whose thread starts when it does: not before processes were forked."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:<12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(file=bare(sys.stderr)), transient=True)
