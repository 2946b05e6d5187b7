"""A limit on the time that one document may take.

What a stranger wrote may keep a parser busy for hours. The limit counts processor time and not the
clock on the wall, so that a busy machine reads the same documents as an idle one.
"""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geomap.errors import SlowError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

# A library that swallows every exception is told again.
_AGAIN_SECONDS = 1.0


class _TimeUp(BaseException):
    """The time is up."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise :class:`~geomap.errors.SlowError` where the block takes more processor time.

    Works in the main thread of systems with interval timers (not Windows); elsewhere the block runs
    without a limit. Code that is not Python is interrupted when it returns.
    """
    if not _can_interrupt():
        yield
        return
    former = signal.signal(signal.SIGPROF, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN_SECONDS)
        yield
    except _TimeUp:
        raise SlowError(
            f"takes longer than {seconds:g} s (max_seconds in geomap.toml); split it or leave it "
            "out"
        ) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


def _can_interrupt() -> bool:
    main = threading.current_thread() is threading.main_thread()
    return main and hasattr(signal, "setitimer")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise _TimeUp
