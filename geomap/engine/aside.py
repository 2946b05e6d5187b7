"""Work done by a forked process while this one does other work."""

from __future__ import annotations

import gc
import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.engine.forking import begin, can_fork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def aside(work: Callable[[], None], *, allowed: bool) -> Iterator[Callable[[], bool]]:
    """Have a forked process do ``work`` while the block runs.

    Gives a function that waits for it and tells whether it was done. It was not where that is not
    ``allowed``, where forking is not safe, and where the process failed or died; what went wrong
    there will do so again, and be told, where it is done after all.
    """
    if not (allowed and can_fork()):
        yield lambda: False
        return
    is_frozen = gc.get_freeze_count() > 0  # by others, who are to thaw it themselves
    gc.freeze()  # or collecting would copy every page that the two processes share
    process = multiprocessing.get_context("fork").Process(target=_alone, args=(work,))
    process.start()

    def is_done() -> bool:
        process.join()
        return process.exitcode == 0

    try:
        yield is_done
    finally:
        process.kill()
        process.join()
        process.close()
        if not is_frozen:
            gc.unfreeze()


def _alone(work: Callable[[], None]) -> None:
    begin()
    try:
        work()
    except BaseException as error:  # told by whoever does it after all
        raise SystemExit(1) from error
