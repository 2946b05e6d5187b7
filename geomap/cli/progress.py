"""A progress bar on standard error that leaves standard output to the data."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from geomap.cli.terminal import bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Drawing takes longer than recalling what a short document tells.
_EVERY_SECONDS = 0.05


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function ``progress(stage, done, total)`` that draws one bar for each stage."""
    if quiet:
        yield lambda _stage, _done, _total: None
        return
    with ExitStack() as stack:
        shown: list[Any] = []
        drawn = 0.0

        def progress(stage: str, done: int, total: int) -> None:
            nonlocal drawn
            now = time.monotonic()
            if done not in {0, total} and now - drawn < _EVERY_SECONDS:
                return
            drawn = now
            if not shown:
                bars = stack.enter_context(_bars())
                shown.extend((bars, bars.add_task(stage, total=total, rate="")))
            bars, task = shown
            speed = next(each.speed for each in bars.tasks if each.id == task)
            rate = f"{speed:.1f}/s" if speed else ""
            bars.update(task, completed=done, total=total, rate=rate)
            if done == total:  # nor does its thread outlive a stage: what follows may fork again
                stack.close()
                shown.clear()

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
    console = Console(file=bare(sys.stderr))
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
